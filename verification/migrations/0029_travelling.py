"""Where verdicts go, what the desk tells of itself, what readers report; and a sign of each change that they see."""

import uuid
from collections.abc import Iterator

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import claims.models.clock
from claims.models.append_only import SEARCH_PATH, append_only_trigger

SAY = "readout_say_public_change"
# They run as the owner: between this migration and the privileges that follow it, a desk that is at work may write.
# Kept are the newest hundred rows, and what a transaction of long ago commits late: all of them name the edition.
FUNCTION = f"""
CREATE FUNCTION {SAY}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SEARCH_PATH} AS $$
BEGIN
  INSERT INTO verification_publicchange (name) VALUES (gen_random_uuid());
  DELETE FROM verification_publicchange WHERE id IN (
    SELECT id FROM verification_publicchange ORDER BY id DESC OFFSET 100 FOR UPDATE SKIP LOCKED);
  RETURN NULL;
END $$
"""
FUNCTION_OF_CLAIMS = f"""
CREATE FUNCTION {SAY}_of_claim() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SEARCH_PATH} AS $$
BEGIN
  -- Of most claims nothing is published, nor of the case they joined; a part stands where its whole does.
  IF EXISTS (
    SELECT FROM verification_review AS review
     WHERE review.claim_id = NEW.claim_id
       AND (review.publication_id IS NOT NULL OR review.duplicate_of_id IS NOT NULL
            OR EXISTS (SELECT FROM verification_part WHERE whole_id = review.id))
  ) THEN
    INSERT INTO verification_publicchange (name) VALUES (gen_random_uuid());
  END IF;
  RETURN NULL;
END $$
"""
FUNCTION_OF_TOPICS = f"""
CREATE FUNCTION {SAY}_of_topic() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SEARCH_PATH} AS $$
BEGIN
  -- Triage gives topics to many a case of which nothing is published.
  IF EXISTS (
    SELECT FROM verification_review
     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.review_id ELSE NEW.review_id END AND publication_id IS NOT NULL
  ) THEN
    INSERT INTO verification_publicchange (name) VALUES (gen_random_uuid());
  END IF;
  RETURN NULL;
END $$
"""


def changed(*columns: str) -> str:
    """Return the condition that one of the columns was."""
    return "(" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns) + ")"


# A table, when, and for which rows. What these show: feeds, lists, pages of policies, a check's page (see `edition`).
SHOWN = [
    ("verification_publication", "INSERT", "true"),
    ("verification_checkpoint", "INSERT", "true"),
    ("verification_desktext", "INSERT", "true"),
    ("verification_logkey", "INSERT OR UPDATE", "true"),
    ("verification_verdictpackage", "INSERT", "true"),
    ("verification_challenge", "INSERT OR UPDATE", "true"),
    ("verification_review", "UPDATE", changed("publication_id", "duplicate_of_id")),
    # Not with each attempt to tell a hub, which no reader sees.
    ("verification_hub", "INSERT OR UPDATE OF off_at", "true"),
    ("verification_desk", "INSERT OR UPDATE", "true"),
    ("verification_ratingscale", "INSERT OR UPDATE", "true"),
    ("verification_rating", "INSERT OR UPDATE", "true"),
    ("verification_topic", "UPDATE", changed("name")),
    ("verification_source", "UPDATE", changed("name")),
    ("claims_outlet", "UPDATE", changed("name")),
    ("claims_speaker", "UPDATE", changed("name", "kind", "same_as", "joined_to_id")),
    ("claims_claim", "UPDATE", changed("speaker_id")),
    ("claims_article", "UPDATE", changed("outlet_id", "title", "url", "published", "published_precision")),
]
TOPICS = "verification_review_topics"


def triggers() -> Iterator[tuple[str, str]]:
    """Return the statement that makes each trigger, and the one that takes it away."""
    for table, when, condition in SHOWN:
        undo = f"DROP TRIGGER say_public_change ON {table}"
        where = "" if condition == "true" else f" WHEN {condition}"
        yield (
            f"CREATE TRIGGER say_public_change AFTER {when} ON {table} FOR EACH ROW{where} EXECUTE FUNCTION {SAY}()",
            undo,
        )
    for table, when, which in (("claims_appearance", "INSERT", "claim"), (TOPICS, "INSERT", "topic")):
        yield (
            f"CREATE TRIGGER say_public_change AFTER {when} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {SAY}_of_{which}()",
            f"DROP TRIGGER say_public_change ON {table}",
        )
    yield (
        f"CREATE TRIGGER say_public_change_gone AFTER DELETE ON {TOPICS}"
        f" FOR EACH ROW EXECUTE FUNCTION {SAY}_of_topic()",
        f"DROP TRIGGER say_public_change_gone ON {TOPICS}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0028_long_passages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.UUIDField(default=uuid.uuid4)),
                ("at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
            ],
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("address", models.EmailField(max_length=254)),
                (
                    "wants",
                    models.CharField(
                        choices=[("all", "every new check, and corrections"), ("corrections", "corrections only")],
                        default="all",
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("asked_at", models.DateTimeField(help_text="when the question went out", null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "told_up_to",
                    models.PositiveBigIntegerField(help_text="the place in the sealed log up to which they were told"),
                ),
                (
                    "due_at",
                    models.DateTimeField(help_text="when mail is tried next, after their server refused it", null=True),
                ),
                (
                    "refusals",
                    models.PositiveSmallIntegerField(default=0, help_text="days in a row it was refused for good"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("address"), name="subscriber_address_is_there_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wants__in", ["all", "corrections"])), name="subscriber_wants_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("about", "who we are"),
                            ("methodology", "how we choose and check claims"),
                            ("sources", "which sources we use"),
                            ("corrections", "how we correct"),
                            ("ethics", "how we stay fair and independent"),
                            ("funding", "who owns and funds us"),
                            ("team", "our team"),
                            ("feedback", "how to reach us and complain"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="in the marks that explanations are written in")),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "-id"], name="desktext_newest_of_its_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "about",
                                    "methodology",
                                    "sources",
                                    "corrections",
                                    "ethics",
                                    "funding",
                                    "team",
                                    "feedback",
                                ],
                            )
                        ),
                        name="desktext_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmbedSite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.CharField(help_text="scheme and host of the page that embeds it", max_length=200)),
                ("version", models.PositiveSmallIntegerField()),
                ("first_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("last_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "review",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="embeds",
                        to="verification.review",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("review", "origin"), name="embedsite_is_one_a_check")],
            },
        ),
        migrations.CreateModel(
            name="FeedReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("feed", models.CharField(help_text="path and query of the feed", max_length=300)),
                ("agent", models.CharField(max_length=120)),
                ("first_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("last_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "seen",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.publication",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("feed", "agent"), name="feedreader_is_one_a_feed")],
            },
        ),
        migrations.CreateModel(
            name="Hub",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("url", models.TextField(unique=True)),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("off_at", models.DateTimeField(null=True)),
                (
                    "told_up_to",
                    models.PositiveBigIntegerField(help_text="the place in the sealed log up to which it was told"),
                ),
                ("told_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(help_text="when it is tried next, while it is behind", null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "error",
                    models.TextField(blank=True, help_text="one sentence, of the last attempt; empty: it was taken"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("url__regex", "^https?://[^/@?#]+(/|$)")), name="hub_url_has_no_password"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[("reader", "a reader"), ("subject", "whoever was checked")],
                        default="reader",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("contact", models.CharField(blank=True, help_text="how to answer; never published", max_length=200)),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, help_text="why it was set aside")),
                (
                    "challenge",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="verification.challenge",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="verification.publication",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["made_at"],
                        name="report_waits_for_an_editor",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="report_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["reader", "subject"])), name="report_comes_from_outside"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("challenge__isnull", True),
                                ("reason", ""),
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                            ),
                            models.Q(
                                ("challenge__isnull", False),
                                ("reason", ""),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            models.Q(
                                ("challenge__isnull", True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_is_taken_up_or_set_aside",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubscriberMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="verification.publication"
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mails",
                        to="verification.subscriber",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "subscriber"), name="subscribermail_is_sent_once")
                ],
            },
        ),
        append_only_trigger("verification_desktext"),
        migrations.RunSQL(FUNCTION, f"DROP FUNCTION {SAY}()"),
        migrations.RunSQL(FUNCTION_OF_CLAIMS, f"DROP FUNCTION {SAY}_of_claim()"),
        migrations.RunSQL(FUNCTION_OF_TOPICS, f"DROP FUNCTION {SAY}_of_topic()"),
        *(migrations.RunSQL(make, undo) for make, undo in triggers()),
    ]
