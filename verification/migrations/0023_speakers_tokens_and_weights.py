"""The groups may look at speakers that were joined, at tokens and at weights."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from verification.review.presets import plant_groups


def permit(apps: Any, schema_editor: Any) -> None:
    """Give the groups what they may do with the new tables. Django makes permissions after all migrations."""
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    plant_groups(apps)


class Migration(migrations.Migration):
    """Rows."""

    dependencies = [
        ("verification", "0022_outcomes_of_questions"),
        ("claims", "0009_tokens_and_joins_by_index"),
    ]
    operations = [migrations.RunPython(permit, migrations.RunPython.noop)]
