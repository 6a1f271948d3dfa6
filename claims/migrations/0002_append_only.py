"""Snapshots and attestations refuse UPDATE and DELETE, whoever asks."""

from django.db import migrations

from claims.models.append_only import SEARCH_PATH, append_only_function, append_only_trigger

# When a snapshot was taken is the database's word, not its writer's.
STAMP = f"""
CREATE FUNCTION readout_stamp_snapshot() RETURNS trigger LANGUAGE plpgsql {SEARCH_PATH} AS $$
BEGIN
  NEW.taken_at := clock_timestamp();
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    """The second wall behind the privileges."""

    dependencies = [("claims", "0001_initial")]
    operations = [
        append_only_function(),
        append_only_trigger("claims_snapshot"),
        append_only_trigger("claims_attestation"),
        migrations.RunSQL(STAMP, "DROP FUNCTION readout_stamp_snapshot()"),
        migrations.RunSQL(
            "CREATE TRIGGER stamp BEFORE INSERT ON claims_snapshot FOR EACH ROW"
            " EXECUTE FUNCTION readout_stamp_snapshot()",
            "DROP TRIGGER stamp ON claims_snapshot",
        ),
    ]
