"""What is due soon is taken first, and found by index: made without holding up who writes."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index, outside a transaction."""

    atomic = False
    dependencies = [("verification", "0016_one_scale_in_use")]
    operations = [
        AddIndexConcurrently(
            "review",
            models.Index(
                fields=["deadline", "-priority", "id"],
                condition=Q(state="queued", deadline__isnull=False),
                name="review_queued_by_deadline",
            ),
        ),
    ]
