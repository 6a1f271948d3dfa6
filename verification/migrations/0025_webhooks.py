"""Webhooks, their messages and every attempt; what a message tells, and to whom, is never changed."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import claims.models.clock
from claims.models.append_only import FUNCTION, append_only_trigger

TOLD = ("public", "webhook_id", "publication_id", "event", "body", "made_at")
CHANGES = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in TOLD)
KEEP_WHAT_IS_TOLD = (
    "CREATE TRIGGER keep_what_is_told BEFORE UPDATE ON verification_webhookmessage"
    f" FOR EACH ROW WHEN ({CHANGES}) EXECUTE FUNCTION {FUNCTION}()"
)
KEEP_MESSAGES = (
    "CREATE TRIGGER keep_messages BEFORE DELETE ON verification_webhookmessage"
    f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
)


class Migration(migrations.Migration):
    """New tables and their triggers."""

    dependencies = [
        ("verification", "0024_workbench"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("url", models.TextField()),
                ("events", models.JSONField(blank=True, default=list, help_text="names of events; none: all of them")),
                ("base", models.CharField(max_length=300)),
                ("secret", models.TextField()),
                ("previous_secret", models.TextField(blank=True)),
                ("previous_until", models.DateTimeField(null=True)),
                ("rotations", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("off_at", models.DateTimeField(null=True)),
                (
                    "off_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "switched off by a person"),
                            ("failing", "switched off: nothing was taken for five days on end"),
                            ("gone", "switched off: the receiver answered 410 Gone, which asks for no more"),
                        ],
                        max_length=10,
                    ),
                ),
                ("failing_since", models.DateTimeField(null=True)),
                ("told_up_to", models.PositiveBigIntegerField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "off_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("secret", ""), _negated=True)
                        ),
                        name="webhook_has_a_name_and_a_secret",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__regex", "^https?://[^/@?#]+/")), name="webhook_url_has_no_password"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "events__contained_by",
                                ["verdict.published", "verdict.corrected", "verdict.updated", "verdict.retracted"],
                            )
                        ),
                        name="webhook_events_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous_secret", ""), ("previous_until__isnull", True)),
                            models.Q(
                                models.Q(("previous_secret", ""), _negated=True), ("previous_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="webhook_previous_secret_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("off_at__isnull", True), ("off_because", ""), ("off_by__isnull", True)),
                            models.Q(("off_at__isnull", False), ("off_because", "person"), ("off_by__isnull", False)),
                            models.Q(
                                ("off_at__isnull", False),
                                ("off_because__in", ["failing", "gone"]),
                                ("off_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_off_says_why",
                    ),
                ],
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WebhookMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("verdict.published", "a first verdict was published"),
                            ("verdict.corrected", "a verdict was corrected"),
                            ("verdict.updated", "a verdict was brought up to date"),
                            ("verdict.retracted", "a verdict was withdrawn"),
                            ("webhook.test", "a test, sent by a person"),
                        ],
                        max_length=30,
                    ),
                ),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("due_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhook_messages",
                        to="verification.publication",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="verification.webhook"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["webhook", "due_at"],
                        name="webhookmessage_to_be_sent",
                    ),
                    models.Index(fields=["webhook", "-id"], name="webhookmessage_newest_first"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("webhook", "publication", "event"), name="webhookmessage_event_has_one_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_at__isnull", True), ("event", "webhook.test"), ("publication__isnull", True)
                            ),
                            models.Q(
                                (
                                    "event__in",
                                    [
                                        "verdict.published",
                                        "verdict.corrected",
                                        "verdict.updated",
                                        "verdict.retracted",
                                        "webhook.test",
                                    ],
                                ),
                                ("publication__isnull", False),
                                models.Q(("event", "webhook.test"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="webhookmessage_tells_of_a_publication",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__isnull", True), ("given_up_at__isnull", True), _connector="OR"),
                        name="webhookmessage_due_or_given_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("event", "webhook.test"),
                            ("due_at__isnull", False),
                            ("delivered_at__isnull", False),
                            ("given_up_at__isnull", False),
                            _connector="OR",
                        ),
                        name="webhookmessage_is_never_lost",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("status", models.PositiveSmallIntegerField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("delivered", "taken"),
                            ("gone", "410 Gone: the receiver wants no more"),
                            (
                                "redirected",
                                "it answered with a redirect, which is not followed: enter the address it leads to",
                            ),
                            ("throttled", "429: the receiver asks us to wait"),
                            ("refused", "the receiver refused it"),
                            ("broken", "the receiver had a fault of its own"),
                            ("away", "the receiver is not at work behind its front door"),
                            ("slow", "no answer in time"),
                            ("unreachable", "nobody answered, or the connection broke off"),
                            ("nameless", "the host has no address"),
                            ("distrusted", "no secure connection: its certificate was not accepted"),
                            (
                                "forbidden",
                                "the address leads to where nothing may be sent: a private network, or without https",
                            ),
                            ("garbled", "what came back was no answer of a web server"),
                            ("secretless", "the secret cannot be read with this SECRET_KEY: make a new one"),
                        ],
                        max_length=20,
                    ),
                ),
                ("milliseconds", models.PositiveIntegerField()),
                ("answer", models.TextField(blank=True, help_text="how the receiver’s answer began")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts_made",
                        to="verification.webhookmessage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "delivered",
                                    "gone",
                                    "redirected",
                                    "throttled",
                                    "refused",
                                    "broken",
                                    "away",
                                    "slow",
                                    "unreachable",
                                    "nameless",
                                    "distrusted",
                                    "forbidden",
                                    "garbled",
                                    "secretless",
                                ],
                            )
                        ),
                        name="webhookattempt_has_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "delivered"), ("status__gte", 200), ("status__lt", 300)),
                            models.Q(
                                models.Q(("outcome", "delivered"), _negated=True),
                                models.Q(
                                    ("status__isnull", True),
                                    models.Q(("status__gte", 200), ("status__lt", 300), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="webhookattempt_2xx_is_delivered",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("answer"), 2048
                        ),
                        name="webhookattempt_answer_is_short",
                    ),
                ],
            },
        ),
        append_only_trigger("verification_webhookattempt"),
        migrations.RunSQL(KEEP_MESSAGES, "DROP TRIGGER keep_messages ON verification_webhookmessage"),
        migrations.RunSQL(KEEP_WHAT_IS_TOLD, "DROP TRIGGER keep_what_is_told ON verification_webhookmessage"),
    ]
