"""The group of legal readers, and what administrators may do with topics."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from verification.review.presets import plant_groups


def forwards(apps: Any, schema_editor: Any) -> None:
    """Make what is missing. Django makes permissions after all migrations, so they are made here first."""
    config = apps.get_app_config("verification")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    plant_groups(apps)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take the group away again, whose members lose that role only."""
    apps.get_model("auth", "Group").objects.filter(name="legal").delete()


class Migration(migrations.Migration):
    """Rows, no schema."""

    dependencies = [("verification", "0011_review_comes_back")]
    operations = [migrations.RunPython(forwards, backwards)]
