"""What comes back on its day is found by index, and only what is on hold comes back: without holding up who writes."""

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

COMES_BACK = "review_only_on_hold_comes_back"


class Migration(migrations.Migration):
    """Two indexes and a rule, outside a transaction."""

    atomic = False
    dependencies = [("verification", "0010_people_and_afterwards")]
    operations = [
        AddIndexConcurrently(
            "review",
            models.Index(fields=["held_until"], condition=Q(held_until__isnull=False), name="review_that_comes_back"),
        ),
        AddIndexConcurrently(
            "review",
            models.Index(fields=["review_on"], condition=Q(review_on__isnull=False), name="review_that_is_seen_again"),
        ),
        AddConstraintNotValid(
            "review",
            models.CheckConstraint(condition=Q(held_until__isnull=True) | Q(state="on_hold"), name=COMES_BACK),
        ),
        ValidateConstraint("review", COMES_BACK),
    ]
