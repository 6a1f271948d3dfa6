"""The log's walls: the database writes the case chain, checks payloads, and refuses every change.

Format: `verification.review.log_format`.
"""

from django.db import migrations

from claims.models.append_only import append_only_trigger

# The case's row is locked first, so that two events of one case are chained one after the other while events of other
# cases never wait. In READ COMMITTED each statement of a function sees what was committed before it began, so the
# event read after the lock is the newest one.
CHAIN = """
CREATE FUNCTION readout_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  newest record;
  review_public uuid;
  erased_public uuid;
BEGIN
  SELECT public INTO review_public FROM verification_review WHERE id = NEW.review_id FOR NO KEY UPDATE;
  SELECT seq, hash INTO newest FROM verification_reviewevent WHERE review_id = NEW.review_id ORDER BY seq DESC LIMIT 1;
  IF NEW.erases_id IS NOT NULL THEN
    SELECT public INTO erased_public FROM verification_reviewevent
     WHERE id = NEW.erases_id AND review_id = NEW.review_id;
    IF erased_public IS NULL THEN
      RAISE EXCEPTION 'a tombstone names an event of its own case' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  NEW.seq := COALESCE(newest.seq, 0) + 1;
  NEW.at := clock_timestamp();
  NEW.prev_hash := COALESCE(newest.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(array_to_string(ARRAY[
    'readout-event-1', review_public::text, NEW.seq::text,
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    NEW.cycle::text, NEW.actor, NEW.verb, NEW.from_state, NEW.to_state, encode(NEW.payload_hash, 'hex'),
    COALESCE(erased_public::text, ''), encode(NEW.prev_hash, 'hex')], E'\\n'), 'UTF8'));
  RETURN NEW;
END $$
"""
QUEUE_FOR_SEAL = """
CREATE FUNCTION readout_queue_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO verification_unsealedevent (event_id) VALUES (NEW.id);
  RETURN NULL;
END $$
"""
CHECK_PAYLOAD = """
CREATE FUNCTION readout_check_payload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF octet_length(NEW.salt) <> 32 OR NOT EXISTS (
    SELECT 1 FROM verification_reviewevent
     WHERE id = NEW.event_id AND payload_hash = sha256(NEW.salt || convert_to(NEW.body, 'UTF8'))
  ) THEN
    RAISE EXCEPTION 'a payload must hash to what its event says' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
ERASE_PAYLOAD = """
CREATE FUNCTION readout_erase_payload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM verification_reviewevent WHERE erases_id = OLD.event_id) THEN
    RAISE EXCEPTION 'a payload is erased only after a tombstone event that names it'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$
"""


def trigger(name: str, when: str, table: str, function: str) -> migrations.RunSQL:
    """Return the operation that creates one row trigger."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    """Chain, queue, check, refuse."""

    dependencies = [("verification", "0001_initial"), ("claims", "0002_append_only")]
    operations = [
        migrations.RunSQL(CHAIN, "DROP FUNCTION readout_chain_event()"),
        migrations.RunSQL(QUEUE_FOR_SEAL, "DROP FUNCTION readout_queue_for_seal()"),
        migrations.RunSQL(CHECK_PAYLOAD, "DROP FUNCTION readout_check_payload()"),
        migrations.RunSQL(ERASE_PAYLOAD, "DROP FUNCTION readout_erase_payload()"),
        trigger("chain", "BEFORE INSERT", "verification_reviewevent", "readout_chain_event"),
        trigger("queue_for_seal", "AFTER INSERT", "verification_reviewevent", "readout_queue_for_seal"),
        trigger("check_payload", "BEFORE INSERT", "verification_eventpayload", "readout_check_payload"),
        trigger("erase", "BEFORE DELETE", "verification_eventpayload", "readout_erase_payload"),
        append_only_trigger("verification_reviewevent"),
        append_only_trigger("verification_eventpayload", "UPDATE"),
        append_only_trigger("verification_seal"),
        append_only_trigger("verification_sealentry"),
    ]
