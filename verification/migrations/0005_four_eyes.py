"""What the database refuses of people: a hat one does not wear, a verdict without evidence, a change of a verdict."""

from django.db import migrations

from claims.models.append_only import SEARCH_PATH as PATH
from claims.models.append_only import append_only_trigger

# No verdict without an archived source, an anchored selector and a stance. The one honest exception is a rating that
# stands beside the scale ("no primary record"): it needs a search on record that came back. Deferred, because the
# evidence is inserted after the verdict it belongs to: by then all its numbers are taken, and none can be added later.
CHECK_VERDICT = f"""
CREATE FUNCTION readout_check_verdict() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  pieces bigint;
BEGIN
  SELECT count(*) INTO pieces FROM verification_verdictevidence WHERE verdict_id = NEW.id;
  IF pieces <> NEW.evidence_count THEN
    RAISE EXCEPTION 'a verdict has as much evidence as it says' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF pieces = 0 AND NOT (NEW.rating_value IS NULL AND EXISTS (
    SELECT 1 FROM verification_searchrun AS run JOIN verification_review AS review ON review.claim_id = run.claim_id
     WHERE review.id = NEW.review_id AND run.outcome <> 'FAILED'
  )) THEN
    RAISE EXCEPTION 'a verdict rests on archived evidence with a stance, or on a search that found no record'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""
CHECK_EVIDENCE = f"""
CREATE FUNCTION readout_check_evidence() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM verification_verdict WHERE id = NEW.verdict_id AND NEW.number BETWEEN 1 AND evidence_count
  ) OR NOT EXISTS (
    SELECT 1 FROM claims_snapshot WHERE id = NEW.snapshot_id AND sha256 = NEW.snapshot_sha256
  ) THEN
    RAISE EXCEPTION 'evidence is one of a verdict''s pieces, and names the hash of its snapshot'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


# A key of two columns would do, were the log's table not older than this one.
CHECK_WAIVER = f"""
CREATE FUNCTION readout_check_waiver() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
  IF NEW.waiver_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM verification_reviewevent
     WHERE id = NEW.waiver_id AND review_id = NEW.review_id AND cycle = NEW.cycle AND verb = 'waive_four_eyes'
  ) THEN
    RAISE EXCEPTION 'a waiver is an event of the same case and cycle' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


def composite(table: str, name: str, columns: str, target: str, target_columns: str) -> migrations.RunSQL:
    """Return the operation that adds a foreign key of several columns, which Django's models cannot declare."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target} ({target_columns})"
        " DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


DUTY = "verification_duty"


class Migration(migrations.Migration):
    """Composite keys, the evidence gate, and rows that are never changed."""

    dependencies = [("verification", "0004_desk"), ("claims", "0002_append_only")]
    operations = [
        composite("verification_turn", "turn_is_of_its_duty", "duty_id, review_id, hat", DUTY, "id, review_id, hat"),
        composite(
            "verification_judgment",
            "judgment_is_made_in_its_hat",
            "duty_id, review_id, cycle, person_id, hat",
            DUTY,
            "id, review_id, cycle, person_id, hat",
        ),
        composite(
            "verification_verdict",
            "verdict_rests_on_its_cycle",
            "judgment_id, review_id, cycle",
            "verification_judgment",
            "id, review_id, cycle",
        ),
        composite(
            "verification_verdict",
            "verdict_is_approved_in_its_cycle",
            "approval_id, review_id, cycle, approval_hat",
            DUTY,
            "id, review_id, cycle, hat",
        ),
        composite(
            "verification_publication",
            "publication_is_of_its_case",
            "verdict_id, review_id",
            "verification_verdict",
            "id, review_id",
        ),
        migrations.RunSQL(CHECK_VERDICT, "DROP FUNCTION readout_check_verdict()"),
        migrations.RunSQL(CHECK_EVIDENCE, "DROP FUNCTION readout_check_evidence()"),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER check_verdict AFTER INSERT ON verification_verdict DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION readout_check_verdict()",
            "DROP TRIGGER check_verdict ON verification_verdict",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER check_evidence BEFORE INSERT ON verification_verdictevidence"
            " FOR EACH ROW EXECUTE FUNCTION readout_check_evidence()",
            "DROP TRIGGER check_evidence ON verification_verdictevidence",
        ),
        migrations.RunSQL(CHECK_WAIVER, "DROP FUNCTION readout_check_waiver()"),
        migrations.RunSQL(
            f"CREATE TRIGGER check_waiver BEFORE INSERT ON {DUTY} FOR EACH ROW EXECUTE FUNCTION readout_check_waiver()",
            f"DROP TRIGGER check_waiver ON {DUTY}",
        ),
        append_only_trigger(DUTY),
        append_only_trigger("verification_verdict"),
        append_only_trigger("verification_verdictevidence"),
        append_only_trigger("verification_publication"),
    ]
