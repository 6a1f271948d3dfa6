"""What the database refuses of the log, of the states and of what was signed.

A step outside the table, a state that no line of the log tells of, a change of a judgment that is in, a version that
two people did not make, a turn that is opened again.

Waiting for a lock, a migration holds up whoever writes after it: it gives up after three seconds, and can be run again.
"""

from itertools import product
from typing import Any

from django.db import migrations

from claims.models.append_only import SEARCH_PATH as PATH

DESK = "researching awaiting_source awaiting_reply"
BEFORE_APPROVAL = f"queued {DESK} proposed second_check adjudication drafting sign_off"
OPEN = f"{BEFORE_APPROVAL} approved"
STANDING = "published challenged"
EVERYWHERE = f"triage {OPEN} {STANDING} on_hold not_checkable duplicate declined withdrawn"
# Verbs, from which states, to which ones; "=" where the case stays. As `verification.review.states` has it on the day
# of this migration: the next step of the table is a row that another migration adds.
STEPS = (
    ("accept", "triage", "queued"),
    ("reword set_parts", "triage queued researching", "="),
    ("not_checkable", "triage", "not_checkable"),
    ("duplicate", "triage", "duplicate"),
    ("decline", "triage", "declined"),
    ("moved_along", "duplicate", "="),
    ("reconsider", "not_checkable duplicate declined", "triage"),
    ("plan", f"triage {OPEN}", "="),
    ("assign take", "queued", "researching"),
    ("hand_back recall left_desk", DESK, "queued"),
    ("hand_over", DESK, "="),
    ("postpone", "researching", "="),
    ("turn_ran_out", "researching", "queued"),
    ("turn_ended", f"{DESK} second_check", "="),
    ("waive_four_eyes", f"{OPEN} published", "="),
    ("ask_reply", f"{DESK} adjudication drafting sign_off", "="),
    ("record_reply reply_overdue", f"{OPEN} on_hold {STANDING}", "="),
    ("joined_whole left_whole", f"triage {OPEN} on_hold {STANDING}", "="),
    ("set_dates", f"{DESK} adjudication drafting sign_off approved {STANDING}", "="),
    ("await_source", "researching", "awaiting_source"),
    ("await_reply", "researching", "awaiting_reply"),
    ("resume", "awaiting_source awaiting_reply", "researching"),
    ("propose", "researching", "proposed"),
    ("pass_on", "proposed", "drafting"),
    ("ask_second", "proposed", "second_check"),
    ("take_second hand_back_second recall_second assign_second postpone_second", "second_check", "="),
    ("agree", "second_check", "drafting"),
    ("differ", "second_check", "adjudication"),
    ("adjudicate", "adjudication", "drafting"),
    ("write ask_legal_read", "drafting", "="),
    ("legal_read drop_legal_read", "drafting sign_off", "="),
    ("send_to_sign_off", "drafting", "sign_off"),
    ("approve", "sign_off", "approved"),
    ("return_to_drafting", "sign_off", "drafting"),
    ("return_to_research", "drafting sign_off", "researching"),
    ("publish", "approved", "published"),
    ("minor_edit", "published", "="),
    ("challenge watch_challenged", "published", "challenged"),
    ("reaffirm", "challenged", "published"),
    ("correct", STANDING, "queued"),
    ("came_due", "published", "queued"),
    ("hold", OPEN, "on_hold"),
    ("release hold_ended", "on_hold", OPEN),
    ("withdraw", f"{OPEN} on_hold", "withdrawn"),
    ("reopen", "withdrawn", "queued"),
    ("abandon", f"{BEFORE_APPROVAL} on_hold", "published"),
    ("appearance_joined appearance_left add_source challenge_filed payload_erased", EVERYWHERE, "="),
)


def fill(apps: Any, schema_editor: Any) -> None:
    """Store every line that the log may hold."""
    lines = {("opened", "", "triage")}
    for verbs, sources, targets in STEPS:
        for verb, source, target in product(verbs.split(), sources.split(), targets.split()):
            lines.add((verb, source, source if target == "=" else target))
    steps = apps.get_model("verification", "LogStep").objects
    steps.bulk_create(
        steps.model(verb=verb, from_state=source, to_state=target) for verb, source, target in sorted(lines)
    )


def empty(apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    apps.get_model("verification", "LogStep").objects.all().delete()


CODE = "USING ERRCODE = 'integrity_constraint_violation'"


def function(name: str, body: str, declared: str = "") -> migrations.RunSQL:
    """Return the operation that creates one trigger function."""
    head = f"CREATE FUNCTION readout_{name}() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$\n"
    return migrations.RunSQL(
        f"{head}{f'DECLARE{declared}' if declared else ''}BEGIN{body}END $$", f"DROP FUNCTION readout_{name}()"
    )


def trigger(name: str, when: str, table: str, condition: str = "") -> migrations.RunSQL:
    """Return the operation that creates one row trigger, named as its function."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} ON verification_{table} FOR EACH ROW {condition}"
        f" EXECUTE FUNCTION readout_{name}()",
        f"DROP TRIGGER {name} ON verification_{table}",
    )


def at_commit(name: str, when: str, table: str, condition: str = "") -> migrations.RunSQL:
    """Return the operation that creates one trigger that is asked when the transaction ends."""
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} {when} ON verification_{table} DEFERRABLE INITIALLY DEFERRED"
        f" FOR EACH ROW {condition} EXECUTE FUNCTION readout_{name}()",
        f"DROP TRIGGER {name} ON verification_{table}",
    )


# ---- The log -------------------------------------------------------------------------------------------------------

# As `event_chain` made it, with three questions more. The case's row is locked first, so that the event read after it
# is the newest one.
CHAIN = f"""
CREATE OR REPLACE FUNCTION readout_chain_event() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  newest record;
  stands record;
  erased_public uuid;
BEGIN
  SELECT public, cycle INTO stands FROM verification_review WHERE id = NEW.review_id FOR NO KEY UPDATE;
  SELECT seq, hash, to_state, cycle INTO newest
    FROM verification_reviewevent WHERE review_id = NEW.review_id ORDER BY seq DESC LIMIT 1;
  IF octet_length(NEW.payload_hash) <> 32 THEN
    RAISE EXCEPTION 'a payload hash has 32 bytes' {CODE};
  END IF;
  IF NEW.erases_id IS NOT NULL THEN
    SELECT public INTO erased_public FROM verification_reviewevent
     WHERE id = NEW.erases_id AND review_id = NEW.review_id AND erases_id IS NULL;
  END IF;
  IF (NEW.verb = 'payload_erased') <> (erased_public IS NOT NULL)
     OR (NEW.erases_id IS NULL) <> (erased_public IS NULL) THEN
    RAISE EXCEPTION 'a tombstone names an event of its own case that is no tombstone itself' {CODE};
  END IF;
  IF NOT EXISTS (SELECT 1 FROM verification_logstep
     WHERE verb = NEW.verb AND from_state = NEW.from_state AND to_state = NEW.to_state) THEN
    RAISE EXCEPTION 'the table of states has no step % from "%" to "%"', NEW.verb, NEW.from_state, NEW.to_state {CODE};
  END IF;
  IF NEW.from_state <> COALESCE(newest.to_state, '') THEN
    RAISE EXCEPTION 'an event begins where the one before it left the case' {CODE};
  END IF;
  IF NEW.cycle <> stands.cycle OR NOT (CASE
       WHEN NEW.verb = 'opened' THEN NEW.cycle = 1
       WHEN NEW.verb IN ('correct', 'came_due', 'reopen') THEN NEW.cycle = newest.cycle + 1
       ELSE NEW.cycle = newest.cycle END) THEN
    RAISE EXCEPTION 'an event is of its case''s cycle, and another begins where a published or ended case is taken up'
      {CODE};
  END IF;
  IF NEW.verb IN ('release', 'hold_ended') AND NEW.to_state <> (SELECT from_state FROM verification_reviewevent
     WHERE review_id = NEW.review_id AND verb = 'hold' ORDER BY seq DESC LIMIT 1) THEN
    RAISE EXCEPTION 'a case comes off hold to where it was' {CODE};
  END IF;
  NEW.seq := COALESCE(newest.seq, 0) + 1;
  NEW.at := clock_timestamp();
  NEW.prev_hash := COALESCE(newest.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(array_to_string(ARRAY[
    'readout-event-1', stands.public::text, NEW.seq::text,
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    NEW.cycle::text, NEW.actor, NEW.verb, NEW.from_state, NEW.to_state, encode(NEW.payload_hash, 'hex'),
    COALESCE(erased_public::text, ''), encode(NEW.prev_hash, 'hex')], E'\\n'), 'UTF8'));
  RETURN NEW;
END $$
"""
CHAIN_BEFORE = f"""
CREATE OR REPLACE FUNCTION readout_chain_event() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  newest record;
  review_public uuid;
  erased_public uuid;
BEGIN
  SELECT public INTO review_public FROM verification_review WHERE id = NEW.review_id FOR NO KEY UPDATE;
  SELECT seq, hash INTO newest FROM verification_reviewevent WHERE review_id = NEW.review_id ORDER BY seq DESC LIMIT 1;
  IF octet_length(NEW.payload_hash) <> 32 THEN
    RAISE EXCEPTION 'a payload hash has 32 bytes' {CODE};
  END IF;
  IF NEW.erases_id IS NOT NULL THEN
    SELECT public INTO erased_public FROM verification_reviewevent
     WHERE id = NEW.erases_id AND review_id = NEW.review_id AND erases_id IS NULL;
    IF erased_public IS NULL THEN
      RAISE EXCEPTION 'a tombstone names an event of its own case that is no tombstone itself'
        {CODE};
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
# Asked of the case as it is when the transaction ends, not as one of its changes had it. Asked of an event as well: one
# that tells of a move that was not made would leave the case where no later event can begin.
STANDS = f"""
  IF TG_TABLE_NAME = 'verification_review' THEN about := NEW.id; ELSE about := NEW.review_id; END IF;
  SELECT state, cycle INTO stands FROM verification_review WHERE id = about;
  SELECT to_state, cycle INTO newest
    FROM verification_reviewevent WHERE review_id = about ORDER BY seq DESC LIMIT 1;
  IF stands.state <> COALESCE(newest.to_state, '') OR stands.cycle <> newest.cycle THEN
    RAISE EXCEPTION 'a case stands where the newest event of its log left it' {CODE};
  END IF;
  RETURN NULL;
"""
BEGINS = f"""
  IF NEW.state <> 'triage' OR NEW.cycle <> 1 OR NEW.publication_id IS NOT NULL THEN
    RAISE EXCEPTION 'a case begins in triage, in its first cycle, with nothing published' {CODE};
  END IF;
  RETURN NEW;
"""
KEEPS_NAME = f"""
  IF NEW.claim_id <> OLD.claim_id OR NEW.public <> OLD.public THEN
    RAISE EXCEPTION 'a case keeps the claim that it was opened for, and its public name' {CODE};
  END IF;
  RETURN NEW;
"""
# A clock that jumped ahead and was put right leaves a seal of a time to come: the next ones take that time over.
FOLLOW_SEAL = f"""
CREATE OR REPLACE FUNCTION readout_follow_seal() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  newest record;
BEGIN
  SELECT number, hash, at INTO newest FROM verification_seal ORDER BY number DESC LIMIT 1;
  IF NEW.number <> COALESCE(newest.number, 0) + 1
     OR NEW.prev_hash <> COALESCE(newest.hash, decode(repeat('00', 32), 'hex'))
     OR NEW.at < newest.at OR NEW.at > GREATEST(newest.at, clock_timestamp()) THEN
    RAISE EXCEPTION 'a seal follows the one before it' {CODE};
  END IF;
  RETURN NEW;
END $$
"""
FOLLOW_SEAL_BEFORE = FOLLOW_SEAL.replace("OR NEW.at < newest.at", "OR NEW.at < COALESCE(newest.at, NEW.at)").replace(
    "GREATEST(newest.at, clock_timestamp())", "clock_timestamp()"
)

# ---- Judgments -----------------------------------------------------------------------------------------------------

KEEP_JUDGMENT = f"""
  IF OLD.submitted_at IS NULL THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
  END IF;
  IF TG_OP = 'DELETE' OR (NEW.submitted_at IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'a submitted judgment is neither changed nor removed' {CODE};
  END IF;
  RETURN NEW;
"""
REOPEN_JUDGMENT = f"""
  IF NOT EXISTS (SELECT 1 FROM verification_review
     WHERE id = OLD.review_id AND cycle = OLD.cycle AND state = 'researching' FOR NO KEY UPDATE)
     OR EXISTS (SELECT 1 FROM verification_verdict WHERE judgment_id = OLD.id) THEN
    RAISE EXCEPTION 'a submitted judgment is opened again only where its case was returned for research' {CODE};
  END IF;
  RETURN NEW;
"""
SUBMIT_JUDGMENT = f"""
  IF NOT EXISTS (SELECT 1 FROM verification_review
     WHERE id = NEW.review_id AND cycle = NEW.cycle FOR NO KEY UPDATE) THEN
    RAISE EXCEPTION 'a judgment is submitted in its case''s present cycle' {CODE};
  END IF;
  RETURN NEW;
"""
# The judgment is locked: it cannot be submitted between this question and the end of the transaction.
KEEP_EVIDENCE = f"""
  FOR judged IN SELECT submitted_at FROM verification_judgment
     WHERE id IN (OLD.judgment_id, NEW.judgment_id) ORDER BY id FOR NO KEY UPDATE LOOP
    IF judged.submitted_at IS NOT NULL THEN
      RAISE EXCEPTION 'what a submitted judgment rests on is neither added to, changed nor removed' {CODE};
    END IF;
  END LOOP;
  IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
"""

# ---- Versions ------------------------------------------------------------------------------------------------------

# The judgment is locked against being opened again meanwhile, the case against another version.
RESTS = f"""
  SELECT cycle INTO stands FROM verification_review WHERE id = NEW.review_id FOR NO KEY UPDATE;
  SELECT submitted_at, rating_id INTO judged FROM verification_judgment WHERE id = NEW.judgment_id FOR NO KEY UPDATE;
  IF judged.submitted_at IS NULL OR NEW.rating_id <> judged.rating_id
     OR (NEW.change <> 'minor' AND NEW.cycle <> stands.cycle) THEN
    RAISE EXCEPTION 'a version gives the rating of a submitted judgment of its case''s present cycle' {CODE};
  END IF;
  RETURN NEW;
"""
SECOND = f"""
  IF (SELECT second_check FROM verification_review WHERE id = NEW.review_id)
     AND NOT EXISTS (SELECT 1 FROM verification_judgment
       WHERE review_id = NEW.review_id AND cycle = NEW.cycle AND hat = 'second' AND submitted_at IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM verification_duty
       WHERE review_id = NEW.review_id AND cycle = NEW.cycle AND hat = 'second' AND waiver_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a case that asks for a second check has a second judgment, or a waiver that says why not' {CODE};
  END IF;
  RETURN NEW;
"""
OTHERS_WORDS = f"""
  IF EXISTS (SELECT 1 FROM verification_draft AS draft JOIN verification_duty AS signer ON signer.id = NEW.approval_id
     WHERE draft.review_id = NEW.review_id AND draft.cycle = NEW.cycle
       AND draft.author_id = signer.person_id AND signer.waiver_id IS NULL) THEN
    RAISE EXCEPTION 'whoever wrote the text does not approve it' {CODE};
  END IF;
  RETURN NEW;
"""
SUPERSEDES = f"""
  SELECT verdict.* INTO published FROM verification_review AS review
    JOIN verification_publication AS publication ON publication.id = review.publication_id
    JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id WHERE review.id = NEW.review_id;
  IF NEW.supersedes_id IS DISTINCT FROM published.id THEN
    RAISE EXCEPTION 'a new version takes the place of its case''s published one' {CODE};
  END IF;
  IF NEW.change = 'minor' AND (NEW.judgment_id, NEW.rating_id, NEW.rating_label, NEW.claim_text)
     IS DISTINCT FROM (published.judgment_id, published.rating_id, published.rating_label, published.claim_text) THEN
    RAISE EXCEPTION 'a minor edit keeps claim, rating and judgment of what it edits' {CODE};
  END IF;
  RETURN NEW;
"""
IS_OUT = f"""
  IF NOT EXISTS (SELECT 1 FROM verification_publication AS publication
      JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id
     WHERE publication.id = NEW.publication_id AND publication.review_id = NEW.id
       AND verdict.version = (SELECT max(version) FROM verification_verdict WHERE review_id = NEW.id)) THEN
    RAISE EXCEPTION 'what stands of a case is a publication of its own newest version' {CODE};
  END IF;
  RETURN NEW;
"""


def each_told(table: str, verb: str, what: str) -> str:
    """Return the body of a trigger that wants a line of the log for each of a case's rows in a table."""
    return f"""
  IF (SELECT count(*) FROM verification_{table} WHERE review_id = NEW.review_id)
     > (SELECT count(*) FROM verification_reviewevent
         WHERE review_id = NEW.review_id AND verb IN ('{verb}', 'minor_edit')) THEN
    RAISE EXCEPTION 'each {what} has its line in the log' {CODE};
  END IF;
  RETURN NULL;
"""


VERSION_IS_TOLD = each_told("verdict", "approve", "version")
PUBLICATION_IS_TOLD = each_told("publication", "publish", "publication")

# ---- Turns ---------------------------------------------------------------------------------------------------------

KEEP_TURN = f"""
  IF TG_OP = 'DELETE' OR (NEW.duty_id, NEW.review_id, NEW.hat) IS DISTINCT FROM (OLD.duty_id, OLD.review_id, OLD.hat)
     OR (OLD.closed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'a turn stays with its duty, and once closed is neither changed, opened again nor removed' {CODE};
  END IF;
  RETURN NEW;
"""
OPEN_TURN = f"""
  IF (SELECT cycle FROM verification_review WHERE id = NEW.review_id FOR NO KEY UPDATE)
     <> (SELECT cycle FROM verification_duty WHERE id = NEW.duty_id) THEN
    RAISE EXCEPTION 'an open turn is of its case''s present cycle' {CODE};
  END IF;
  RETURN NEW;
"""
CLOSE_TURNS = f"""
  IF EXISTS (SELECT 1 FROM verification_turn AS turn JOIN verification_duty AS duty ON duty.id = turn.duty_id
      JOIN verification_review AS review ON review.id = turn.review_id
     WHERE turn.review_id = NEW.id AND turn.closed_at IS NULL AND duty.cycle <> review.cycle) THEN
    RAISE EXCEPTION 'no turn stays open when another cycle begins' {CODE};
  END IF;
  RETURN NULL;
"""

JUDGED, SIGNED = "\n  judged record;\n", "\n  stands record;\n  judged record;\n"
SUBMITTED = "NEW.submitted_at IS NOT NULL"
TABLES = (
    *("verification_review", "verification_reviewevent", "verification_turn", "verification_judgment"),
    *("verification_evidence", "verification_searchevidence", "verification_verdict", "verification_publication"),
)


class Migration(migrations.Migration):
    """Rows and triggers."""

    dependencies = [("verification", "0013_scales")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.RunSQL(f"LOCK TABLE {', '.join(TABLES)} IN SHARE ROW EXCLUSIVE MODE", migrations.RunSQL.noop),
        migrations.RunPython(fill, empty),
        migrations.RunSQL(CHAIN, CHAIN_BEFORE),
        migrations.RunSQL(FOLLOW_SEAL, FOLLOW_SEAL_BEFORE),
        function("stands", STANDS, "\n  about bigint;\n  stands record;\n  newest record;\n"),
        at_commit("stands", "AFTER INSERT OR UPDATE OF state, cycle", "review"),
        at_commit("stands", "AFTER INSERT", "reviewevent", "WHEN (NEW.from_state <> NEW.to_state)"),
        function("begins", BEGINS),
        trigger("begins", "BEFORE INSERT", "review"),
        function("keeps_name", KEEPS_NAME),
        trigger("keeps_name", "BEFORE UPDATE OF claim_id, public", "review"),
        function("keep_judgment", KEEP_JUDGMENT),
        trigger("keep_judgment", "BEFORE UPDATE OR DELETE", "judgment"),
        function("reopen_judgment", REOPEN_JUDGMENT),
        trigger(
            "reopen_judgment",
            "BEFORE UPDATE OF submitted_at",
            "judgment",
            "WHEN (OLD.submitted_at IS NOT NULL AND NEW.submitted_at IS NULL)",
        ),
        function("submit_judgment", SUBMIT_JUDGMENT),
        trigger("submit_judgment", "BEFORE INSERT OR UPDATE OF submitted_at", "judgment", f"WHEN ({SUBMITTED})"),
        function("keep_evidence", KEEP_EVIDENCE, JUDGED),
        trigger("keep_evidence", "BEFORE INSERT OR UPDATE OR DELETE", "evidence"),
        trigger("keep_evidence", "BEFORE INSERT OR UPDATE OR DELETE", "searchevidence"),
        function("rests", RESTS, SIGNED),
        trigger("rests", "BEFORE INSERT", "verdict"),
        function("second", SECOND),
        trigger("second", "BEFORE INSERT", "verdict", "WHEN (NEW.change <> 'minor')"),
        function("others_words", OTHERS_WORDS),
        trigger("others_words", "BEFORE INSERT", "verdict", "WHEN (NEW.change <> 'minor')"),
        function("supersedes", SUPERSEDES, "\n  published record;\n"),
        trigger("supersedes", "BEFORE INSERT", "verdict"),
        function("version_is_told", VERSION_IS_TOLD),
        at_commit("version_is_told", "AFTER INSERT", "verdict"),
        function("publication_is_told", PUBLICATION_IS_TOLD),
        at_commit("publication_is_told", "AFTER INSERT", "publication"),
        function("is_out", IS_OUT),
        trigger(
            "is_out",
            "BEFORE UPDATE OF publication_id",
            "review",
            "WHEN (NEW.publication_id IS DISTINCT FROM OLD.publication_id)",
        ),
        function("keep_turn", KEEP_TURN),
        trigger("keep_turn", "BEFORE UPDATE OR DELETE", "turn"),
        function("open_turn", OPEN_TURN),
        trigger("open_turn", "BEFORE INSERT", "turn", "WHEN (NEW.closed_at IS NULL)"),
        function("close_turns", CLOSE_TURNS),
        at_commit("close_turns", "AFTER UPDATE OF cycle", "review"),
    ]
