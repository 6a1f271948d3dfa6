"""The log's walls: the database writes the case chain, checks payloads, and refuses every change.

Format: `verification.review.log_format`.
"""

from django.db import migrations

from claims.models.append_only import SEARCH_PATH as PATH
from claims.models.append_only import append_only_trigger

# The case's row is locked first, so that two events of one case are chained one after the other while events of other
# cases never wait. In READ COMMITTED each statement of a function sees what was committed before it began, so the
# event read after the lock is the newest one.
CHAIN = f"""
CREATE FUNCTION readout_chain_event() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  newest record;
  review_public uuid;
  erased_public uuid;
BEGIN
  SELECT public INTO review_public FROM verification_review WHERE id = NEW.review_id FOR NO KEY UPDATE;
  SELECT seq, hash INTO newest FROM verification_reviewevent WHERE review_id = NEW.review_id ORDER BY seq DESC LIMIT 1;
  IF octet_length(NEW.payload_hash) <> 32 THEN
    RAISE EXCEPTION 'a payload hash has 32 bytes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.erases_id IS NOT NULL THEN
    SELECT public INTO erased_public FROM verification_reviewevent
     WHERE id = NEW.erases_id AND review_id = NEW.review_id AND erases_id IS NULL;
    IF erased_public IS NULL THEN
      RAISE EXCEPTION 'a tombstone names an event of its own case that is no tombstone itself'
        USING ERRCODE = 'integrity_constraint_violation';
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
QUEUE_FOR_SEAL = f"""
CREATE FUNCTION readout_queue_for_seal() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
  INSERT INTO verification_unsealedevent (event_id) VALUES (NEW.id);
  RETURN NULL;
END $$
"""
CHECK_PAYLOAD = f"""
CREATE FUNCTION readout_check_payload() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
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
ERASE_PAYLOAD = f"""
CREATE FUNCTION readout_erase_payload() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM verification_reviewevent WHERE erases_id = OLD.event_id) THEN
    RAISE EXCEPTION 'a payload is erased only after a tombstone event that names it'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$
"""
# A seal follows the one before it, in number, hash and time. Its own hash is checked when the transaction commits, with
# its entries: then all its places are taken, by events as they stand in the log, and none can be added later.
FOLLOW_SEAL = f"""
CREATE FUNCTION readout_follow_seal() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  newest record;
BEGIN
  SELECT number, hash, at INTO newest FROM verification_seal ORDER BY number DESC LIMIT 1;
  IF NEW.number <> COALESCE(newest.number, 0) + 1
     OR NEW.prev_hash <> COALESCE(newest.hash, decode(repeat('00', 32), 'hex'))
     OR NEW.at < COALESCE(newest.at, NEW.at) OR NEW.at > clock_timestamp() THEN
    RAISE EXCEPTION 'a seal follows the one before it' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
CHECK_SEAL = f"""
CREATE FUNCTION readout_check_seal() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  lines text;
  entries bigint;
BEGIN
  SELECT string_agg(encode(event_hash, 'hex'), E'\\n' ORDER BY position), count(*) INTO lines, entries
    FROM verification_sealentry WHERE seal_id = NEW.id;
  IF entries <> NEW.events OR NEW.hash <> sha256(convert_to(concat_ws(E'\\n',
       'readout-seal-1', NEW.number::text, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       encode(NEW.prev_hash, 'hex'), lines), 'UTF8')) THEN
    RAISE EXCEPTION 'a seal must hash to what it holds' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""
CHECK_ENTRY = f"""
CREATE FUNCTION readout_check_entry() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM verification_seal WHERE id = NEW.seal_id AND NEW.position < events)
     OR NOT EXISTS (SELECT 1 FROM verification_reviewevent WHERE id = NEW.event_id AND hash = NEW.event_hash) THEN
    RAISE EXCEPTION 'a seal holds events of the log, as many as it says'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
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
        migrations.RunSQL(FOLLOW_SEAL, "DROP FUNCTION readout_follow_seal()"),
        migrations.RunSQL(CHECK_SEAL, "DROP FUNCTION readout_check_seal()"),
        migrations.RunSQL(CHECK_ENTRY, "DROP FUNCTION readout_check_entry()"),
        trigger("follow", "BEFORE INSERT", "verification_seal", "readout_follow_seal"),
        trigger("check_entry", "BEFORE INSERT", "verification_sealentry", "readout_check_entry"),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER check_seal AFTER INSERT ON verification_seal DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION readout_check_seal()",
            "DROP TRIGGER check_seal ON verification_seal",
        ),
        trigger("chain", "BEFORE INSERT", "verification_reviewevent", "readout_chain_event"),
        trigger("queue_for_seal", "AFTER INSERT", "verification_reviewevent", "readout_queue_for_seal"),
        trigger("check_payload", "BEFORE INSERT", "verification_eventpayload", "readout_check_payload"),
        trigger("erase", "BEFORE DELETE", "verification_eventpayload", "readout_erase_payload"),
        append_only_trigger("verification_reviewevent"),
        append_only_trigger("verification_eventpayload", "UPDATE"),
        append_only_trigger("verification_seal"),
        append_only_trigger("verification_sealentry"),
    ]
