"""One scale is in use at a time: two that were both offered become the older one."""

from typing import Any

from django.db import migrations, models

NAME = "ratingscale_one_in_use"


def keep_the_oldest(apps: Any, schema_editor: Any) -> None:
    """Take further scales out of use; their ratings stay with what was judged by them."""
    scales = apps.get_model("verification", "RatingScale").objects
    oldest = scales.filter(in_use=True).order_by("pk").first()
    if oldest:
        scales.filter(in_use=True).exclude(pk=oldest.pk).update(in_use=False)


class Migration(migrations.Migration):
    """Rows, and an index made without holding up who writes."""

    atomic = False
    dependencies = [("verification", "0015_speaker_sides")]
    operations = [
        migrations.RunPython(keep_the_oldest, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    "ratingscale",
                    models.UniqueConstraint(fields=["in_use"], condition=models.Q(in_use=True), name=NAME),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON verification_ratingscale (in_use) WHERE in_use",
                    f"DROP INDEX CONCURRENTLY {NAME}",
                )
            ],
        ),
    ]
