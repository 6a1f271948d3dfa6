"""What the database refuses of the log and of the states: a step outside the table, a state that no event tells of."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rows and triggers."""

    dependencies = [("verification", "0013_scales")]
    operations: list[migrations.operations.base.Operation] = []
