"""What is asked of submissions and speakers is found by index: made without holding up who writes."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Indexes, outside a transaction."""

    atomic = False
    dependencies = [("claims", "0008_weighing_and_speaker_walls")]
    operations = [
        AddIndexConcurrently(
            "speaker",
            models.Index(fields=["joined_to"], condition=Q(joined_to__isnull=False), name="speaker_stands_for_others"),
        ),
        AddIndexConcurrently(
            "submission",
            models.Index(
                fields=["submitted_at"],
                condition=Q(way="reader", person__isnull=True, set_aside_at__isnull=True),
                name="submission_waits_for_a_person",
            ),
        ),
        AddIndexConcurrently(
            "submission",
            models.Index(fields=["token"], condition=Q(token__isnull=False), name="submission_of_a_token"),
        ),
    ]
