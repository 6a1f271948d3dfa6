"""Live sources: what they are asked, what they showed, the cited pages that are watched."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.clock
from claims.models.widening import widen


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("claims", "0004_lanes_and_feeds"),
        ("verification", "0017_queued_by_deadline"),
    ]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="contact",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="an e-mail address or page; sites we fetch from are told it",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="first_seen_at",
            field=models.DateTimeField(help_text="when this desk first saw that it exists", null=True),
        ),
        migrations.AddField(
            model_name="searchrun",
            name="exchange",
            field=models.ForeignKey(
                db_index=False,
                help_text="the last answer of a live source",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="searchrun",
            name="step",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="of the search plan", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="also_called",
            field=models.JSONField(
                blank=True, default=list, help_text="other names of whom it speaks for: people, offices, bodies"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="asked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="catalogue",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="its entry in the catalogue",
                max_length=60,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="cursor",
            field=models.JSONField(editable=False, help_text="where a listing goes on", null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="enabled",
            field=models.BooleanField(db_default=False, default=False, help_text="whether it is asked at all"),
        ),
        migrations.AddField(
            model_name="source",
            name="every_minutes",
            field=models.PositiveIntegerField(db_default=60, default=60, help_text="how often, at most"),
        ),
        migrations.AddField(
            model_name="source",
            name="failures",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, help_text="in a row"),
        ),
        migrations.AddField(
            model_name="source",
            name="licence",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="source",
            name="newest_at",
            field=models.DateTimeField(editable=False, help_text="the newest date it showed", null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="next_at",
            field=models.DateTimeField(
                db_default=claims.models.clock.ClockTimestamp(), help_text="when it is asked next"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("OK", "OK"),
                    ("NOT_MODIFIED", "not modified"),
                    ("EMPTY", "empty"),
                    ("NOT_FOUND", "not found"),
                    ("REFUSED", "refused"),
                    ("THROTTLED", "throttled"),
                    ("FAILED", "failed"),
                ],
                editable=False,
                max_length=14,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="probed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="sentence",
            field=models.TextField(blank=True, editable=False, help_text="what went wrong last"),
        ),
        migrations.AddField(
            model_name="source",
            name="zone",
            field=models.CharField(blank=True, db_default="", default="", help_text="its time zone", max_length=60),
        ),
        migrations.AlterField(
            model_name="document",
            name="published",
            field=models.DateTimeField(help_text="as the source claims", null=True),
        ),
        widen(
            "searchrun",
            "outcome",
            models.CharField(
                choices=[
                    ("OK", "found"),
                    ("EMPTY", "nothing found"),
                    ("NOT_PUBLISHED", "not published there"),
                    ("REFUSED", "refused to answer"),
                    ("THROTTLED", "asked to wait"),
                    ("STALE", "shows nothing new"),
                    ("FAILED", "could not be asked"),
                ],
                max_length=14,
            ),
            "verification_searchrun",
            10,
        ),
        migrations.CreateModel(
            name="PageWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.TextField()),
                ("next_at", models.DateTimeField(db_index=True)),
                ("looks", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OK", "OK"),
                            ("NOT_MODIFIED", "not modified"),
                            ("EMPTY", "empty"),
                            ("NOT_FOUND", "not found"),
                            ("REFUSED", "refused"),
                            ("THROTTLED", "throttled"),
                            ("FAILED", "failed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("sentence", models.TextField(blank=True)),
                (
                    "fate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "the same, in the same place"),
                            ("moved", "the same words elsewhere"),
                            ("changed", "other words"),
                            ("gone", "gone"),
                        ],
                        help_text="of the worst passage, last time",
                        max_length=10,
                    ),
                ),
                ("missing_since", models.DateTimeField(help_text="the page answers that it is not there", null=True)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="watch", to="verification.document"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.snapshot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("same", "the same, in the same place"),
                            ("moved", "the same words elsewhere"),
                            ("changed", "other words"),
                            ("gone", "gone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("exact", models.TextField(help_text="the passage as it was cited")),
                (
                    "now",
                    models.TextField(
                        blank=True, help_text="the nearest passage that stands there now, with its surroundings"
                    ),
                ),
                ("diff", models.JSONField(default=list, help_text="words kept, taken out and put in")),
                ("found_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.snapshot"
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="verification.pagewatch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("watch", "snapshot", "exact"), name="pagechange_is_told_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.TextField()),
                ("etag", models.TextField(blank=True)),
                ("last_modified", models.TextField(blank=True)),
                ("stored_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="verification.source"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "url"), name="sourceaddress_is_kept_once")],
            },
        ),
        migrations.CreateModel(
            name="SourceItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stable_id", models.CharField(max_length=500)),
                ("url", models.TextField()),
                ("title", models.TextField(null=True)),
                ("published", models.DateTimeField(null=True)),
                ("entry", models.JSONField(help_text="as the source showed it")),
                ("fingerprint", models.CharField(max_length=64)),
                ("first_seen_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "waits to be fetched"), ("stored", "a document"), ("passed", "no document")],
                        default="due",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OK", "OK"),
                            ("NOT_MODIFIED", "not modified"),
                            ("EMPTY", "empty"),
                            ("NOT_FOUND", "not found"),
                            ("REFUSED", "refused"),
                            ("THROTTLED", "throttled"),
                            ("FAILED", "failed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("sentence", models.TextField(blank=True, help_text="why it is no document")),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.document",
                    ),
                ),
                (
                    "shown_in",
                    models.ForeignKey(
                        help_text="the exchange that showed it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.snapshot",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="verification.source"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "-published"], name="sourceitem_newest_first")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "stable_id"), name="sourceitem_is_listed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("poll", "polled"),
                            ("list", "listed by date"),
                            ("fetch", "fetched documents"),
                            ("try", "tried out"),
                            ("probe", "probed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("OK", "OK"),
                            ("NOT_MODIFIED", "not modified"),
                            ("EMPTY", "empty"),
                            ("NOT_FOUND", "not found"),
                            ("REFUSED", "refused"),
                            ("THROTTLED", "throttled"),
                            ("FAILED", "failed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("sentence", models.TextField(blank=True)),
                ("requests", models.PositiveIntegerField(default=0)),
                ("shown", models.PositiveIntegerField(default=0, help_text="entries that the source showed")),
                ("fresh", models.PositiveIntegerField(default=0, help_text="of them new")),
                ("changed", models.PositiveIntegerField(default=0, help_text="of them changed")),
                ("details", models.JSONField(default=dict, help_text="what a probe found different")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="verification.source"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "-finished_at"], name="sourcerun_newest_first")],
            },
        ),
    ]
