"""Rating scales to choose from, not in use until an administrator says so."""

from typing import Any

from django.db import migrations

from verification.review.presets import plant_scales, uproot_scales


def forwards(apps: Any, schema_editor: Any) -> None:
    """Make the scales that are missing."""
    plant_scales(apps)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take them away again. Fails where judgments use them, as it should."""
    uproot_scales(apps)


class Migration(migrations.Migration):
    """Rows, no schema."""

    dependencies = [("verification", "0012_legal_reader")]
    operations = [migrations.RunPython(forwards, backwards)]
