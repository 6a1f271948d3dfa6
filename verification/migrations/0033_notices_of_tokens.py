"""Notices tell of tokens too."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A column without a value, and a constraint that the next migration asks of what there is."""

    dependencies = [("claims", "0011_whose_tokens"), ("verification", "0032_keyed_requests")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.AddField(
            "notification",
            "token",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.apitoken",
            ),
        ),
        migrations.RemoveConstraint("notification", "notification_is_of_one"),
        AddConstraintNotValid(
            "notification",
            models.CheckConstraint(
                condition=Q(
                    Q(("review__isnull", False), ("token__isnull", True), ("webhook__isnull", True)),
                    Q(("review__isnull", True), ("token__isnull", True), ("webhook__isnull", False)),
                    Q(("review__isnull", True), ("token__isnull", False), ("webhook__isnull", True)),
                    _connector="OR",
                ),
                name="notification_is_of_one",
            ),
        ),
        # What there was no room for before goes on the way back.
        migrations.RunSQL(migrations.RunSQL.noop, "DELETE FROM verification_notification WHERE token_id IS NOT NULL"),
    ]
