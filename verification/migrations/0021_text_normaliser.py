"""The hash of a document's text names the version of what normalised it; for those before, nobody wrote it down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("verification", "0020_still_to_fetch")]
    operations = [
        migrations.AddField(
            "document",
            "text_normaliser",
            models.CharField(help_text="its version", max_length=20, null=True),
        ),
        migrations.AlterField(
            "document", "text_sha256", models.CharField(help_text="of the normalised text", max_length=64)
        ),
    ]
