"""Kept views of the queue, who is at which case; the log may hold comments, and an acceptance taken back."""

import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import claims.models.clock

EVERYWHERE = (
    "triage queued researching awaiting_source awaiting_reply proposed second_check adjudication drafting sign_off"
    " approved published challenged on_hold not_checkable duplicate declined withdrawn"
)
LINES = (("undo_accept", "queued", "triage"), *(("comment", state, state) for state in EVERYWHERE.split()))


def fill(apps: Any, schema_editor: Any) -> None:
    """Store the new lines of the log."""
    steps = apps.get_model("verification", "LogStep").objects
    steps.bulk_create(steps.model(verb=verb, from_state=start, to_state=end) for verb, start, end in LINES)


def empty(apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    verbs = {verb for verb, _start, _end in LINES}
    apps.get_model("verification", "LogStep").objects.filter(verb__in=verbs).delete()


class Migration(migrations.Migration):
    """Tables and rows."""

    dependencies = [
        ("verification", "0023_speakers_tokens_and_weights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="hints_hidden",
            field=models.BooleanField(db_default=False, default=False, help_text="home shows no first steps"),
        ),
        migrations.AddField(
            model_name="profile",
            name="queue_columns",
            field=models.JSONField(blank=True, db_default=[], default=list, help_text="keys; none: the usual ones"),
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="verification.review"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["seen_at"], name="presence_by_age")],
                "constraints": [models.UniqueConstraint(fields=("review", "person"), name="presence_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("query", models.TextField(blank=True, help_text="the address’s query string, without the page")),
                (
                    "columns",
                    models.JSONField(blank=True, default=list, help_text="keys of columns; none: the person’s own"),
                ),
                ("shared", models.BooleanField(default=False, help_text="the whole desk has it among its tabs")),
                ("made_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("shared", True)), fields=["name"], name="savedview_shared")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="savedview_name_is_the_persons_own"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="savedview_has_a_name"
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, empty),
    ]
