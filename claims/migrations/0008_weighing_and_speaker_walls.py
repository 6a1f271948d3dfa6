"""Weighings are kept as they were saved; a speaker is joined to a row that stands for itself, and no further."""

from django.db import migrations

from claims.models.append_only import SEARCH_PATH, append_only_trigger

# The row joined to is locked: who joins A to B while another joins B to C waits, and is then refused.
UNCHAINED = f"""
CREATE FUNCTION readout_speaker_unchained() RETURNS trigger LANGUAGE plpgsql {SEARCH_PATH} AS $$
BEGIN
  IF NEW.joined_to_id IS NULL THEN
    RETURN NEW;
  END IF;
  PERFORM 1 FROM claims_speaker WHERE id = NEW.joined_to_id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM claims_speaker WHERE id = NEW.joined_to_id AND joined_to_id IS NOT NULL)
     OR EXISTS (SELECT 1 FROM claims_speaker WHERE joined_to_id = NEW.id) THEN
    RAISE EXCEPTION 'a speaker is joined to one that stands for itself' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("claims", "0007_speakers_intake_and_weights")]
    operations = [
        append_only_trigger("claims_weighing"),
        migrations.RunSQL(UNCHAINED, "DROP FUNCTION readout_speaker_unchained()"),
        migrations.RunSQL(
            "CREATE TRIGGER unchained BEFORE INSERT OR UPDATE OF joined_to_id ON claims_speaker FOR EACH ROW"
            " EXECUTE FUNCTION readout_speaker_unchained()",
            "DROP TRIGGER unchained ON claims_speaker",
        ),
    ]
