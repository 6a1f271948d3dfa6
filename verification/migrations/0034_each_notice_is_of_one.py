"""The constraint on notices is asked of what there is."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """In a transaction of its own: notices can be read and made meanwhile."""

    dependencies = [("verification", "0033_notices_of_tokens")]
    operations = [ValidateConstraint("notification", "notification_is_of_one")]
