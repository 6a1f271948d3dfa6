"""Whose side a speaker is on, for the balance ledger, and who may say so."""

from typing import Any

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from verification.review.presets import plant_groups


def forwards(apps: Any, schema_editor: Any) -> None:
    """Let administrators name sides. Django makes permissions after all migrations, so they are made here first."""
    config = apps.get_app_config("verification")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    plant_groups(apps)


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("claims", "0003_submission"), ("verification", "0014_log_walls")]
    operations = [
        migrations.CreateModel(
            name="SpeakerSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(max_length=60)),
                (
                    "speaker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="side", to="claims.speaker"
                    ),
                ),
            ],
            options={
                "verbose_name": "side of a speaker",
                "verbose_name_plural": "sides of speakers",
                "ordering": ["side"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("side", ""), _negated=True), name="speakerside_is_named")
                ],
            },
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
