"""What the evidence panel needs: checks, roles and counterparts, suggestions, search records, the index of cases."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.clock
from claims.models.append_only import append_only_trigger


class Migration(migrations.Migration):
    """Columns that may be empty, and new tables."""

    dependencies = [
        ("verification", "0007_presets"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSegment",
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
        migrations.AddField(
            model_name="candidate",
            name="agreed_text",
            field=models.BooleanField(help_text="a counterpart that repeats an agreed text", null=True),
        ),
        migrations.AddField(
            model_name="candidate",
            name="also_at",
            field=models.JSONField(help_text="ids of documents that hold the same text", null=True),
        ),
        migrations.AddField(
            model_name="candidate",
            name="counterpart_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counterparts",
                to="verification.candidate",
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="figure_checks",
            field=models.JSONField(help_text="each figure and date compared, with the working", null=True),
        ),
        migrations.AddField(
            model_name="candidate",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("said_where", "where it was said"),
                    ("tests_claim", "tests the claim"),
                    ("context", "context"),
                ],
                db_default="",
                help_text="as proposed",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="figure_checks",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="searchrun",
            name="leads",
            field=models.JSONField(help_text="whose own accounts were looked for", null=True),
        ),
        migrations.AddField(
            model_name="verdictevidence",
            name="figure_checks",
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name="searchrun",
            name="versions",
            field=models.JSONField(default=dict, help_text="of index, ranking and the checks"),
        ),
        migrations.CreateModel(
            name="CasePassage",
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
                        to="verification.review",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CasePosting",
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
                        to="verification.casesegment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndexedCase",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="verification.review",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="within the segment")),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indexed_documents",
                        to="verification.casesegment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "judgment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="searches", to="verification.judgment"
                    ),
                ),
                (
                    "search_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="verification.searchrun",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("judgment", "number"), name="searchevidence_number_is_given_once"),
                    models.UniqueConstraint(fields=("judgment", "search_run"), name="searchevidence_is_attached_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supported", "supported"),
                            ("contradicted", "contradicted"),
                            ("altered_quotation", "altered quotation"),
                            ("not_found", "not found"),
                        ],
                        max_length=20,
                    ),
                ),
                ("confidence", models.FloatField(help_text="0 to 1")),
                ("reasons", models.JSONField(default=list, help_text="untranslated messages with their values")),
                ("version", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "candidate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestion",
                        to="verification.candidate",
                    ),
                ),
                (
                    "search_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="verification.searchrun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="suggestion_confidence_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("candidate__isnull", True), ("kind", "not_found")),
                            models.Q(models.Q(("kind", "not_found"), _negated=True), ("candidate__isnull", False)),
                            _connector="OR",
                        ),
                        name="suggestion_is_about_a_candidate_or_says_nothing_was_found",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VerdictSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="as the explanation cites it, after the evidence"),
                ),
                (
                    "search_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="verification.searchrun",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="searches", to="verification.verdict"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("verdict", "number"), name="verdictsearch_number_is_given_once")
                ],
            },
        ),
        append_only_trigger("verification_suggestion"),
        append_only_trigger("verification_verdictsearch"),
    ]
