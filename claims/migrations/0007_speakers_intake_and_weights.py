"""Speakers that are joined and parted, ways of intake, weights; what a claim asserts and how it stands alone."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import claims.models.clock


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("claims", "0006_outcomes_of_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(help_text="what uses it", max_length=100)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_holds_something",
        ),
        migrations.AddField(
            model_name="appearance",
            name="chain",
            field=models.JSONField(
                db_default=[], default=list, help_text="the sources in between, from the outermost to the speaker"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="asserts",
            field=models.JSONField(db_default=[], default=list, help_text="the kinds of what is asserted"),
        ),
        migrations.AddField(
            model_name="claim",
            name="due",
            field=models.DateField(help_text="the first day on which a prediction can be checked", null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="features",
            field=models.JSONField(
                db_default={}, default=dict, help_text="what the score was weighed by, as name and value"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="parts",
            field=models.JSONField(
                db_default=[],
                default=list,
                help_text="checkable parts of a compound claim, as start, end, exact, wording",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="standalone",
            field=models.TextField(
                help_text="a proposed wording that stands alone; the text's own words are in `text`", null=True
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="joined_to",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[("", "not known"), ("person", "person"), ("organisation", "organisation")],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="contact",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="where a reader may be answered", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="note",
            field=models.TextField(blank=True, db_default="", default="", help_text="what a reader wants checked"),
        ),
        migrations.AddField(
            model_name="submission",
            name="set_aside_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="set_aside_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="way",
            field=models.CharField(
                choices=[
                    ("desk", "by hand"),
                    ("import", "imported"),
                    ("api", "by a program"),
                    ("reader", "by a reader"),
                ],
                db_default="desk",
                default="desk",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="kind",
            field=models.CharField(
                choices=[
                    ("quotation", "quotation"),
                    ("statement", "reported statement"),
                    ("quantity", "figure"),
                    ("trend", "comparison or trend"),
                    ("event", "event"),
                    ("cause", "cause"),
                    ("prediction", "prediction"),
                    ("rule", "rule or law"),
                    ("opinion", "opinion"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("joined_to__isnull", True), models.Q(("joined_to", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="speaker_is_not_joined_to_itself",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="token",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="claims.apitoken",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url__isnull", False),
                    ("article__isnull", False),
                    models.Q(("way", "reader"), models.Q(("note", ""), _negated=True)),
                    _connector="OR",
                ),
                name="submission_holds_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("way", "reader"), _connector="OR"),
                name="submission_comes_from_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("token__isnull", False), ("way", "api")),
                    models.Q(models.Q(("way", "api"), _negated=True), ("token__isnull", True)),
                    _connector="OR",
                ),
                name="submission_by_a_program_has_its_token",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("set_aside_at__isnull", True), ("set_aside_by__isnull", True)),
                    models.Q(("set_aside_at__isnull", False), ("set_aside_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_is_set_aside_by_somebody",
            ),
        ),
        migrations.CreateModel(
            name="SpeakerJoin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.TextField(blank=True)),
                ("joined_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joins_received", to="claims.speaker"
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joins", to="claims.speaker"
                    ),
                ),
                (
                    "undone_by",
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
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("speaker",),
                        name="speaker_is_joined_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="speaker_join_is_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmissionKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("digest", models.CharField(help_text="SHA-256 of the request's body", max_length=64)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="claims.submission"
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="claims.apitoken",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("token", "key"), name="submission_key_is_used_once")],
            },
        ),
        migrations.CreateModel(
            name="Weighing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("features", models.JSONField(default=dict)),
                ("topics", models.JSONField(default=list)),
                ("saved_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "weighing",
                "verbose_name_plural": "weighings",
            },
        ),
    ]
