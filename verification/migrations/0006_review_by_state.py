"""The queue's index, made without holding up who writes to the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index, outside a transaction."""

    atomic = False
    dependencies = [("verification", "0005_four_eyes")]
    operations = [
        AddIndexConcurrently(
            "review", models.Index(fields=["state", "-priority", "id"], name="review_by_state_and_priority")
        )
    ]
