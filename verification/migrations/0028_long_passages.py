"""That a change of a page is told once, also of a passage too long for an index; and what a withdrawal is called."""

from django.db import migrations, models
from django.db.models.functions import MD5

NAME = "pagechange_is_told_once"
MAKE = f"CREATE UNIQUE INDEX CONCURRENTLY {NAME}_ ON verification_pagechange"
BY_DIGEST = f"{MAKE} (watch_id, snapshot_id, md5(exact)) NULLS NOT DISTINCT"
BY_TEXT = f"{MAKE} (watch_id, snapshot_id, exact) NULLS NOT DISTINCT"
# By one that was broken off: an index half made, or what had its name.
LEFT_BEHIND = f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}_"
FROM_TEXT = [
    f"ALTER TABLE verification_pagechange DROP CONSTRAINT IF EXISTS {NAME}",
    f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}",
    f"ALTER INDEX {NAME}_ RENAME TO {NAME}",
]
FROM_DIGEST = [
    f"DROP INDEX CONCURRENTLY {NAME}",
    f"ALTER TABLE verification_pagechange ADD CONSTRAINT {NAME} UNIQUE USING INDEX {NAME}_",
]

CHANGES = [
    ("initial", "first version"),
    ("correction", "correction"),
    ("update", "update"),
    ("void", "withdrawal"),
    ("minor", "minor edit"),
]


class Migration(migrations.Migration):
    """Another index in the place of one, made while others write, outside a transaction; it can be run again.

    The way back fails where a passage is too long for the index that there was: the longest value has 2,704 bytes.
    """

    atomic = False
    dependencies = [("verification", "0027_public_search")]
    operations = [
        # What a choice is called changes no column.
        migrations.AlterField("review", "change", models.CharField(choices=CHANGES, default="initial", max_length=20)),
        migrations.AlterField("verdict", "change", models.CharField(choices=CHANGES, max_length=20)),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(LEFT_BEHIND, LEFT_BEHIND),
                migrations.RunSQL(BY_DIGEST, migrations.RunSQL.noop),
                migrations.RunSQL(FROM_TEXT, FROM_DIGEST),
                migrations.RunSQL(migrations.RunSQL.noop, BY_TEXT),  # on the way back these two come first
                migrations.RunSQL(migrations.RunSQL.noop, LEFT_BEHIND),
            ],
            state_operations=[
                migrations.RemoveConstraint("pagechange", NAME),
                migrations.AddConstraint(
                    "pagechange",
                    models.UniqueConstraint("watch", "snapshot", MD5("exact"), name=NAME, nulls_distinct=False),
                ),
            ],
        ),
    ]
