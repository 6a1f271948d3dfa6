"""What waits to be fetched, and the versions of a document, are found by index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Indexes, outside a transaction."""

    atomic = False
    dependencies = [("verification", "0019_sources_and_the_log")]
    operations = [
        AddIndexConcurrently(
            "sourceitem",
            models.Index(fields=["source", "id"], condition=Q(state="due"), name="sourceitem_still_to_fetch"),
        ),
        AddIndexConcurrently("document", models.Index(fields=["source", "stable_id"], name="document_versions")),
    ]
