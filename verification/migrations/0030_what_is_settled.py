"""Webhook messages may go once they are settled, notices tell of webhooks too, letters may be given up."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from claims.models.append_only import FUNCTION, SEARCH_PATH, append_only_trigger

MESSAGES, ATTEMPTS = "verification_webhookmessage", "verification_webhookattempt"
KEEP = f"""
CREATE FUNCTION readout_keep_message() RETURNS trigger LANGUAGE plpgsql {SEARCH_PATH} AS $$
BEGIN
  IF OLD.due_at IS NOT NULL THEN
    RAISE EXCEPTION 'a message that is due stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.publication_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM verification_webhookdelivery
     WHERE webhook_id = OLD.webhook_id AND publication_id = OLD.publication_id
  ) THEN
    RAISE EXCEPTION 'a message goes once it is on record what became of it' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$
"""
GO_WITH = f"""
CREATE FUNCTION readout_go_with_message() RETURNS trigger LANGUAGE plpgsql {SEARCH_PATH} AS $$
BEGIN
  IF EXISTS (SELECT FROM {MESSAGES} WHERE id = OLD.message_id) THEN
    RAISE EXCEPTION 'an attempt goes with its message alone' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$
"""
KEEP_MESSAGES = f"CREATE TRIGGER keep_messages BEFORE DELETE ON {MESSAGES} FOR EACH ROW EXECUTE FUNCTION"
DROP_KEEP_MESSAGES = f"DROP TRIGGER keep_messages ON {MESSAGES}"
GO_WITH_MESSAGE = (
    f"CREATE CONSTRAINT TRIGGER go_with_message AFTER DELETE ON {ATTEMPTS} DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION readout_go_with_message()"
)


def append_only(events: str) -> str:
    """Return the statement that refuses `events` on each attempt."""
    return str(append_only_trigger(ATTEMPTS, events).sql)


class Migration(migrations.Migration):
    dependencies = [("verification", "0029_travelling")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhook_deliveries",
                        to="verification.publication",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="verification.webhook",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "webhook"), name="webhookdelivery_is_one_a_webhook"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_at__isnull", False), ("given_up_at__isnull", False), _connector="OR"
                        ),
                        name="webhookdelivery_has_an_end",
                    ),
                ],
            },
        ),
        append_only_trigger("verification_webhookdelivery"),
        migrations.RunSQL(KEEP, "DROP FUNCTION readout_keep_message()"),
        migrations.RunSQL(GO_WITH, "DROP FUNCTION readout_go_with_message()"),
        migrations.RunSQL(
            [DROP_KEEP_MESSAGES, f"{KEEP_MESSAGES} readout_keep_message()"],
            [DROP_KEEP_MESSAGES, f"{KEEP_MESSAGES} {FUNCTION}()"],
        ),
        migrations.RunSQL(
            [f"DROP TRIGGER append_only ON {ATTEMPTS}", append_only("UPDATE"), GO_WITH_MESSAGE],
            [
                f"DROP TRIGGER go_with_message ON {ATTEMPTS}",
                f"DROP TRIGGER append_only ON {ATTEMPTS}",
                append_only("UPDATE OR DELETE"),
            ],
        ),
        migrations.AddField(
            "subscriber",
            "letter_refusals",
            models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="times the words of the letter that is next were refused for good",
            ),
        ),
        migrations.AddField("subscribermail", "refused", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField(
            "notification",
            "webhook",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="verification.webhook",
            ),
        ),
        migrations.AlterField(
            "notification",
            "review",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="verification.review"
            ),
        ),
        AddConstraintNotValid(
            "notification",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("review__isnull", True), ("webhook__isnull", False)),
                    models.Q(("review__isnull", False), ("webhook__isnull", True)),
                    _connector="OR",
                ),
                name="notification_is_of_one",
            ),
        ),
        # What there was no room for before goes on the way back.
        migrations.RunSQL(migrations.RunSQL.noop, "DELETE FROM verification_notification WHERE review_id IS NULL"),
        migrations.RunSQL(migrations.RunSQL.noop, "DELETE FROM verification_subscribermail WHERE refused IS NOT NULL"),
    ]
