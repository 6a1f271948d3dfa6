"""Tables whose rows are never changed: the privileges and the triggers behind that word.

Two walls: `config.privileges` withholds UPDATE, DELETE and TRUNCATE from the application's role, and a row trigger
(`append_only_trigger`) refuses UPDATE and DELETE to everybody, the owner included, until it is disabled on purpose.
A TRUNCATE trigger is not used: it would break the owner's `flush`.
"""

from django.db import migrations, models

FUNCTION = "readout_refuse_change"
# Without it a trigger would look for its tables in `pg_temp` first, where the application could shadow them.
SEARCH_PATH = "SET search_path = pg_catalog, public, pg_temp"

CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql {SEARCH_PATH} AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % of a row is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""


class AppendOnly(models.Model):
    """Rows are inserted and read, never changed."""

    class Meta:
        abstract = True


class Erasable(AppendOnly):
    """Rows are never changed; they may be deleted where the table's own trigger allows it."""

    class Meta:
        abstract = True


class Fixed(models.Model):
    """Rows are written by migrations; the application only reads them."""

    class Meta:
        abstract = True


def append_only_function() -> migrations.RunSQL:
    """Return the operation that creates the shared trigger function."""
    return migrations.RunSQL(CREATE_FUNCTION, f"DROP FUNCTION {FUNCTION}()")


def append_only_trigger(table: str, events: str = "UPDATE OR DELETE") -> migrations.RunSQL:
    """Return the operation that refuses `events` on each row of `table`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
        f"DROP TRIGGER append_only ON {table}",
    )
