"""The groups of design §3, and a first rating scale."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from verification.review.presets import ROLES, SCALE, plant


def forwards(apps: Any, schema_editor: Any) -> None:
    """Make groups and scale. Django makes permissions after all migrations, so they are made here first."""
    for label in ("auth", "claims", "verification"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    plant(apps)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take them away again. Fails where people or verdicts use them, as it should."""
    apps.get_model("verification", "Rating").objects.filter(scale__name=SCALE).delete()
    apps.get_model("verification", "RatingScale").objects.filter(name=SCALE).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    """Rows, no schema."""

    dependencies = [
        ("verification", "0006_review_by_state"),
        ("claims", "0003_submission"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
