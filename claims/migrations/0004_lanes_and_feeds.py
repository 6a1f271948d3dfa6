"""Politeness as rows, what is followed on a schedule, exchanges kept whole."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.clock
from claims.models.widening import widen


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("claims", "0003_submission"),
    ]

    operations = [
        migrations.CreateModel(
            name="HostLane",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=255, unique=True)),
                (
                    "next_at",
                    models.DateTimeField(
                        db_default=claims.models.clock.ClockTimestamp(), help_text="when the next request may start"
                    ),
                ),
                (
                    "gap_ms",
                    models.PositiveIntegerField(
                        blank=True, help_text="at least so long between two requests", null=True
                    ),
                ),
                (
                    "crawl_delay_ms",
                    models.PositiveIntegerField(blank=True, help_text="as its robots.txt asks", null=True),
                ),
                (
                    "daily_budget",
                    models.PositiveIntegerField(blank=True, help_text="requests a day (UTC), at most", null=True),
                ),
                ("day", models.DateField(blank=True, help_text="the day that is being counted", null=True)),
                ("spent", models.PositiveIntegerField(db_default=0, default=0, help_text="requests on that day")),
                ("closed_until", models.DateTimeField(blank=True, null=True)),
                ("closed_because", models.TextField(blank=True, db_default="", default="")),
            ],
        ),
        migrations.CreateModel(
            name="RobotsFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.CharField(max_length=300, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("rules", "rules"),
                            ("open", "none: everything may be fetched"),
                            ("closed", "could not be had: nothing may be fetched"),
                        ],
                        max_length=10,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(blank=True)),
                ("fetched_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("expires_at", models.DateTimeField()),
                ("unreachable_since", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="replaces",
            field=models.ForeignKey(
                help_text="the copy read before this",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="claims.article",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="part_of",
            field=models.ForeignKey(
                db_index=False,
                help_text="what it was read from",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="revisits",
            field=models.ForeignKey(
                db_index=False,
                help_text="the same bytes, before",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="sentence",
            field=models.TextField(blank=True, db_default="", help_text="why it is not the page, where it is not"),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="warc_sha256",
            field=models.CharField(help_text="of the WARC file of the exchange", max_length=64, null=True),
        ),
        widen(
            "snapshot",
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
                default="OK",
                max_length=14,
            ),
            "claims_snapshot",
            10,
        ),
        migrations.CreateModel(
            name="ArchiveMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bytes", models.PositiveBigIntegerField()),
                ("files", models.PositiveBigIntegerField()),
                ("budget", models.PositiveBigIntegerField(null=True)),
                ("measured_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="archivemeasure_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("missing_since", models.DateTimeField(help_text="the page answers that it is not there", null=True)),
                (
                    "article",
                    models.OneToOneField(
                        help_text="as it reads now",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watch",
                        to="claims.article",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutletFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "enabled",
                    models.BooleanField(db_default=False, default=False, help_text="whether it is asked at all"),
                ),
                (
                    "every_minutes",
                    models.PositiveIntegerField(db_default=60, default=60, help_text="how often, at most"),
                ),
                (
                    "next_at",
                    models.DateTimeField(
                        db_default=claims.models.clock.ClockTimestamp(), help_text="when it is asked next"
                    ),
                ),
                ("asked_at", models.DateTimeField(editable=False, null=True)),
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
                        editable=False,
                        max_length=14,
                    ),
                ),
                ("sentence", models.TextField(blank=True, editable=False, help_text="what went wrong last")),
                (
                    "failures",
                    models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, help_text="in a row"),
                ),
                ("newest_at", models.DateTimeField(editable=False, help_text="the newest date it showed", null=True)),
                ("url", models.URLField(max_length=500, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("feed", "feed (RSS, Atom, JSON Feed)"),
                            ("sitemap", "sitemap"),
                            ("news_sitemap", "news sitemap"),
                        ],
                        default="feed",
                        max_length=14,
                    ),
                ),
                ("etag", models.TextField(blank=True, editable=False)),
                ("last_modified", models.TextField(blank=True, editable=False)),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to="claims.outlet"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AppearanceFate",
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
                ("exact", models.TextField(blank=True, help_text="the words that stand there now")),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                ("found_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("told_at", models.DateTimeField(help_text="when the cases were told", null=True)),
                (
                    "appearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fates", to="claims.appearance"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        help_text="as read from it; none where it is gone",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.article",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        help_text="the newer copy",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.snapshot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("appearance", "snapshot"), name="appearancefate_is_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end__isnull", True), ("start__isnull", True)),
                            ("start__lt", models.F("end")),
                            _connector="OR",
                        ),
                        name="appearancefate_spans_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_id", models.CharField(max_length=500)),
                ("url", models.TextField()),
                ("title", models.TextField(null=True)),
                ("published", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "waits to be fetched"),
                            ("read", "an article"),
                            ("unread", "could not be read"),
                        ],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("sentence", models.TextField(blank=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.article"
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="claims.outletfeed"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("feed", "item_id"), name="outletitem_is_seen_once")],
            },
        ),
    ]
