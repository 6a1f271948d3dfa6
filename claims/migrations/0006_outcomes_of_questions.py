"""The outcomes that only a question to a source can have get their names. No column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Choices."""

    dependencies = [
        ("claims", "0005_by_address"),
    ]

    operations = [
        migrations.AlterField(
            model_name="articlewatch",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("OK", "OK"),
                    ("NOT_MODIFIED", "not modified"),
                    ("EMPTY", "empty"),
                    ("NOT_FOUND", "not found"),
                    ("NOT_PUBLISHED", "not published there"),
                    ("REFUSED", "refused"),
                    ("THROTTLED", "throttled"),
                    ("FAILED", "failed"),
                    ("STALE", "nothing new for long"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="outletfeed",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("OK", "OK"),
                    ("NOT_MODIFIED", "not modified"),
                    ("EMPTY", "empty"),
                    ("NOT_FOUND", "not found"),
                    ("NOT_PUBLISHED", "not published there"),
                    ("REFUSED", "refused"),
                    ("THROTTLED", "throttled"),
                    ("FAILED", "failed"),
                    ("STALE", "nothing new for long"),
                ],
                editable=False,
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("OK", "OK"),
                    ("NOT_MODIFIED", "not modified"),
                    ("EMPTY", "empty"),
                    ("NOT_FOUND", "not found"),
                    ("NOT_PUBLISHED", "not published there"),
                    ("REFUSED", "refused"),
                    ("THROTTLED", "throttled"),
                    ("FAILED", "failed"),
                    ("STALE", "nothing new for long"),
                ],
                default="OK",
                max_length=14,
            ),
        ),
    ]
