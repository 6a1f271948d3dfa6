"""People, what comes back to a case, parts, places, earlier checks, checkpoints, the steps a log may hold."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import claims.models.clock
from claims.models.append_only import append_only_trigger


class Migration(migrations.Migration):
    """Columns that may be empty or have a default, and new tables."""

    dependencies = [
        ("claims", "0003_submission"),
        ("verification", "0009_verdict_searches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("claim_text", models.TextField()),
                ("claimant", models.CharField(max_length=200, null=True)),
                ("said", models.DateTimeField(null=True)),
                (
                    "said_precision",
                    models.CharField(
                        choices=[
                            ("second", "second"),
                            ("minute", "minute"),
                            ("day", "day"),
                            ("month", "month"),
                            ("year", "year"),
                        ],
                        max_length=10,
                        null=True,
                    ),
                ),
                ("rating_label", models.CharField(max_length=200)),
                ("rating_value", models.FloatField(null=True)),
                ("rating_worst", models.FloatField(null=True)),
                ("rating_best", models.FloatField(null=True)),
                ("title", models.TextField(blank=True)),
                ("url", models.URLField(help_text="where it was published", max_length=2000, unique=True)),
                ("publisher", models.CharField(max_length=200, null=True)),
                ("language", models.CharField(max_length=20, null=True)),
                ("published", models.DateTimeField(null=True)),
                (
                    "published_precision",
                    models.CharField(
                        choices=[
                            ("second", "second"),
                            ("minute", "minute"),
                            ("day", "day"),
                            ("month", "month"),
                            ("year", "year"),
                        ],
                        max_length=10,
                        null=True,
                    ),
                ),
                ("imported_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "snapshot",
                    models.ForeignKey(
                        help_text="the file it was read from",
                        on_delete=django.db.models.deletion.PROTECT,
                        to="claims.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EarlierSegment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "analysis",
                    models.PositiveSmallIntegerField(help_text="version of the reading of texts this was made with"),
                ),
                ("documents", models.PositiveIntegerField()),
                ("passages", models.PositiveIntegerField()),
                ("removed", models.BinaryField(default=b"", help_text="numbers of the documents that were taken out")),
                ("document_ids", models.BinaryField(help_text="of Document, by number")),
                ("document_lengths", models.BinaryField(help_text="terms in each document's text")),
                ("title_lengths", models.BinaryField(help_text="terms in each document's title")),
                ("passage_counts", models.BinaryField(help_text="passages of each document")),
                ("passage_lengths", models.BinaryField(help_text="terms in each passage")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LogKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="as the signature line names it", max_length=100)),
                ("key_id", models.CharField(help_text="four bytes, in hexadecimal", max_length=8, unique=True)),
                ("public_key", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("retired_at", models.DateTimeField(help_text="signs no more; what it signed holds", null=True)),
                (
                    "compromised_at",
                    models.DateTimeField(help_text="what it signed after this proves nothing", null=True),
                ),
                ("note", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("in_use", models.BooleanField(default=True, help_text="offered in triage")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="desk",
            name="names_to_adjudicator",
            field=models.BooleanField(
                db_default=False, default=False, help_text="who decides between two judgments sees whose they are"
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="postponements",
            field=models.PositiveSmallIntegerField(
                db_default=2,
                default=2,
                help_text="how often a checker may put off the end of a turn; editors always may",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="risk_from",
            field=models.FloatField(
                db_default=0.7,
                default=0.7,
                help_text="by risk: cases of this priority (0 to 1) or more are judged twice",
                validators=[
                    django.core.validators.MinValueValidator(0.0),
                    django.core.validators.MaxValueValidator(1.0),
                ],
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="sample_percent",
            field=models.PositiveSmallIntegerField(
                db_default=20,
                default=20,
                help_text="by sample: how many of a hundred cases are judged twice; the log tells how they were drawn",
                validators=[django.core.validators.MaxValueValidator(100)],
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="second_check_rule",
            field=models.CharField(
                choices=[
                    ("fixed", "as set above"),
                    ("risk", "by risk: the most urgent ones as well"),
                    ("sample", "by sample: some, drawn by chance, as well"),
                ],
                db_default="fixed",
                default="fixed",
                help_text="by risk and by sample add second checks to what is set above, and never take one away",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="places",
            field=models.JSONField(help_text="spans of the text with their page, cell or media time", null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="withheld",
            field=models.BooleanField(
                db_default=False, help_text="readers see the passage that is cited, not the document"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="place",
            field=models.JSONField(help_text="page, cell or media time, where the document has such", null=True),
        ),
        migrations.AddField(
            model_name="judgment",
            name="rating_label",
            field=models.CharField(
                blank=True, db_default="", help_text="the rating's words when it was submitted", max_length=100
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="edited_at",
            field=models.DateTimeField(
                help_text="when a minor edit went out; its `published_at` is that of what it edits", null=True
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="as_of",
            field=models.DateField(help_text="the day for which the verdict holds, where that matters", null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="held_until",
            field=models.DateTimeField(help_text="when an on-hold case comes back by itself", null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="language",
            field=models.CharField(
                blank=True, db_default="", help_text="of the article; empty: unknown", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="legal_read",
            field=models.CharField(
                blank=True,
                choices=[("", "not asked for"), ("asked", "asked for"), ("read", "read")],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="review_on",
            field=models.DateTimeField(help_text="when what is published is looked at again", null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="rollup",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "no parts"),
                    ("weakest", "the lowest rating of a part"),
                    ("middle", "the middle rating of the parts"),
                    ("by_hand", "weighed by the checker, who says how"),
                ],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="turn",
            name="postponed",
            field=models.PositiveSmallIntegerField(db_default=0, help_text="how often its end was put off"),
        ),
        migrations.AddField(
            model_name="verdict",
            name="as_of",
            field=models.DateField(help_text="the day for which it holds, where that matters", null=True),
        ),
        migrations.AddField(
            model_name="verdict",
            name="parts",
            field=models.JSONField(help_text="a compound claim's rule and parts, in the words of the day", null=True),
        ),
        migrations.AddField(
            model_name="verdictevidence",
            name="place",
            field=models.JSONField(help_text="page, cell or media time, where the document has such", null=True),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("transcript", "transcript"),
                    ("readout", "readout"),
                    ("statement", "statement"),
                    ("prepared", "remarks as prepared"),
                    ("fact_sheet", "fact sheet"),
                    ("order", "order"),
                    ("dataset", "dataset"),
                    ("correspondence", "correspondence"),
                    ("recording", "recording, transcribed"),
                    ("other", "other"),
                ],
                default="other",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="change",
            field=models.CharField(
                choices=[
                    ("initial", "first version"),
                    ("correction", "correction"),
                    ("update", "update"),
                    ("void", "void"),
                    ("minor", "minor edit"),
                ],
                default="initial",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="turn",
            name="closed_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("done", "done"),
                    ("handed_back", "handed back"),
                    ("recalled", "recalled"),
                    ("ran_out", "ran out"),
                    ("handed_over", "handed over"),
                    ("left", "left the desk"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="change",
            field=models.CharField(
                choices=[
                    ("initial", "first version"),
                    ("correction", "correction"),
                    ("update", "update"),
                    ("void", "void"),
                    ("minor", "minor edit"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="the last day away")),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("reader", "a reader"),
                            ("subject", "whoever was checked"),
                            ("colleague", "a colleague"),
                            ("watch", "the source watch"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("contact", models.CharField(blank=True, help_text="how to answer; never published", max_length=200)),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "open"), ("reaffirmed", "reaffirmed"), ("changed", "led to a new version")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="verification.publication",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="challenges", to="verification.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("declared_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.outlet",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IndexedEarlier",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="verification.earliercheck",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="within the segment")),
            ],
        ),
        migrations.CreateModel(
            name="EarlierPassage",
            fields=[
                ("number", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "document", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="verification.earliercheck",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EarlierPosting",
            fields=[
                ("term", models.CharField(db_collation="C", max_length=64)),
                ("documents", models.BinaryField()),
                ("titles", models.BinaryField()),
                ("passages", models.BinaryField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "segment", "term", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="postings",
                        to="verification.earliersegment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254)),
                ("roles", models.JSONField(default=list, help_text="names of groups")),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("mail_error", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(help_text="the signed note, whole")),
                ("at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checkpoints", to="verification.seal"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkpoints",
                        to="verification.logkey",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("seal", "key"), name="checkpoint_is_signed_once")],
            },
        ),
        migrations.CreateModel(
            name="LogStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=60)),
                ("from_state", models.CharField(blank=True, max_length=20)),
                ("to_state", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("verb", "from_state", "to_state"), name="logstep_is_told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("text", models.JSONField(help_text="an untranslated message with its values")),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "mail",
                    models.CharField(blank=True, help_text="at_once or digest while a mail is due", max_length=10),
                ),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.reviewevent",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="verification.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("on_desk", models.BooleanField(default=True)),
                (
                    "mail",
                    models.CharField(
                        choices=[("never", "no mail"), ("at_once", "at once"), ("digest", "in the daily digest")],
                        default="never",
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotifiedUpTo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.BigIntegerField(help_text="id of the last event that was read")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="notifiedupto_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="its place in the whole, from 1")),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="part_of", to="verification.review"
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="verification.review"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ReplyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("cycle", models.PositiveSmallIntegerField()),
                ("asked", models.CharField(help_text="whom", max_length=200)),
                ("channel", models.CharField(help_text="how: e-mail, telephone, letter …", max_length=100)),
                ("question", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("deadline", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no answer yet"),
                            ("answered", "answered"),
                            ("declined", "declined to comment"),
                            ("silent", "no answer by the deadline"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        help_text="the answer as it was filed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.document",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_requests",
                        to="verification.review",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("languages", models.JSONField(blank=True, default=list, help_text="codes such as en, pt; none: any")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(blank=True, help_text="cases at once; empty: no limit", null=True),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="share of automatic assignment beside others; 0: none"
                    ),
                ),
                (
                    "digest_hour",
                    models.PositiveSmallIntegerField(default=8, help_text="hour of the day, in the desk's zone"),
                ),
                ("digested_at", models.DateTimeField(editable=False, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="profile", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, help_text="offered first", related_name="+", to="verification.topic"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="review",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="reviews", to="verification.topic"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__lte", models.F("until"))), name="absence_ends_after_it_began"
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="challenge_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True)),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="challenge_settled_has_an_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="conflict",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["person"], name="conflict_that_holds"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outlet__isnull", False), ("speaker__isnull", True)),
                    models.Q(("outlet__isnull", True), ("speaker__isnull", False)),
                    _connector="OR",
                ),
                name="conflict_is_with_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="conflict_says_why"
            ),
        ),
        migrations.AddField(
            model_name="indexedearlier",
            name="segment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="indexed_documents",
                to="verification.earliersegment",
            ),
        ),
        migrations.AddIndex(
            model_name="earliercheck",
            index=models.Index(fields=["claimant"], name="earliercheck_by_claimant"),
        ),
        migrations.AddConstraint(
            model_name="earliercheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim_text", ""), _negated=True), models.Q(("rating_label", ""), _negated=True)
                ),
                name="earliercheck_has_claim_and_rating",
            ),
        ),
        migrations.AddConstraint(
            model_name="earliercheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said__isnull", True), ("said_precision__isnull", True)),
                    models.Q(("said__isnull", False), ("said_precision__isnull", False)),
                    _connector="OR",
                ),
                name="earliercheck_said_has_a_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="earliercheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published__isnull", True), ("published_precision__isnull", True)),
                    models.Q(("published__isnull", False), ("published_precision__isnull", False)),
                    _connector="OR",
                ),
                name="earliercheck_published_has_a_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                fields=("email",),
                name="invitation_is_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("person__isnull", True)),
                    models.Q(("accepted_at__isnull", False), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_accepted_has_its_person",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["person"], name="notification_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(models.Q(("mail", ""), _negated=True), ("mailed_at__isnull", True)),
                fields=["mail", "person"],
                name="notification_mail_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(fields=("person", "event", "kind"), name="notification_is_made_once"),
        ),
        migrations.AddConstraint(
            model_name="notificationchoice",
            constraint=models.UniqueConstraint(fields=("person", "kind"), name="notificationchoice_is_made_once"),
        ),
        migrations.AddConstraint(
            model_name="notificationchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ["never", "at_once", "digest"])),
                name="notificationchoice_mail_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(fields=("whole", "number"), name="part_number_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("whole", models.F("part")), _negated=True), name="part_is_not_its_own_whole"
            ),
        ),
        migrations.AddIndex(
            model_name="replyrequest",
            index=models.Index(
                condition=models.Q(("outcome", "")), fields=["deadline"], name="replyrequest_still_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="replyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True)),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="replyrequest_settled_has_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="replyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "answered"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="replyrequest_answered_has_its_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="replyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("asked", ""), _negated=True), models.Q(("question", ""), _negated=True)),
                name="replyrequest_says_whom_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest_hour__lt", 24)), name="profile_digest_hour_is_of_a_day"
            ),
        ),
        append_only_trigger("verification_earliercheck", "UPDATE"),
        append_only_trigger("verification_checkpoint"),
    ]
