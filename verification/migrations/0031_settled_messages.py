"""Settled messages, notices of webhooks and verdicts by language are found by index; a constraint is made good."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    """Indexes, and a constraint that is asked of what there is, outside a transaction."""

    atomic = False
    dependencies = [("verification", "0030_what_is_settled")]
    operations = [
        AddIndexConcurrently(
            "webhookmessage",
            models.Index(fields=["made_at"], condition=Q(due_at__isnull=True), name="webhookmessage_settled"),
        ),
        AddIndexConcurrently(
            "notification",
            models.Index(fields=["webhook"], condition=Q(webhook__isnull=False), name="notification_of_webhook"),
        ),
        AddIndexConcurrently(
            "verdict",
            models.Index(
                Upper(
                    Func(F("language"), Value("-"), Value(1), function="split_part", output_field=models.CharField())
                ),
                name="verdict_by_language",
            ),
        ),
        ValidateConstraint("notification", "notification_is_of_one"),
    ]
