"""The index of what is published, which readers and their programs search."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """New tables; the worker fills them from what is public already."""

    dependencies = [
        ("verification", "0026_packages"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicSegment",
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
            name="PublicPassage",
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
                        to="verification.publication",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublicPosting",
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
                        to="verification.publicsegment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndexedPublication",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="verification.publication",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="within the segment")),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indexed_documents",
                        to="verification.publicsegment",
                    ),
                ),
            ],
        ),
    ]
