"""What is asked with each fetch is found by index: made without holding up who writes."""

from django.contrib.postgres.indexes import HashIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Indexes, outside a transaction."""

    atomic = False
    dependencies = [("claims", "0004_lanes_and_feeds")]
    operations = [
        AddIndexConcurrently("snapshot", HashIndex(fields=["requested_url"], name="snapshot_by_address")),
        AddIndexConcurrently("article", HashIndex(fields=["url"], name="article_by_address")),
        AddIndexConcurrently("outletitem", HashIndex(fields=["url"], name="outletitem_by_address")),
        AddIndexConcurrently(
            "appearancefate",
            models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="appearancefate_still_to_tell"),
        ),
        AddIndexConcurrently("work", models.Index(fields=["kind", "subject"], name="work_by_kind_and_subject")),
    ]
