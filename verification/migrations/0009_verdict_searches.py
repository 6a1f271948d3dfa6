"""What the database refuses of a verdict's search records: another claim's, one that failed, one added afterwards."""

from django.db import migrations

from claims.models.append_only import SEARCH_PATH as PATH

# The case's row is locked first, as publishing does: a record that is added while the version goes out waits, and is
# refused once it is out. In READ COMMITTED the query after the lock sees what was committed before it was given.
CHECK_SEARCH = f"""
CREATE FUNCTION readout_check_verdict_search() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
  signed record;
BEGIN
  SELECT review_id, evidence_count INTO signed FROM verification_verdict WHERE id = NEW.verdict_id;
  PERFORM 1 FROM verification_review WHERE id = signed.review_id FOR NO KEY UPDATE;
  IF NEW.number <= signed.evidence_count OR NOT EXISTS (
    SELECT 1 FROM verification_searchrun AS run JOIN verification_review AS review ON review.claim_id = run.claim_id
     WHERE run.id = NEW.search_run_id AND review.id = signed.review_id AND run.outcome <> 'FAILED'
  ) THEN
    RAISE EXCEPTION 'a verdict''s search record is of its own claim, came back, and is numbered after the evidence'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM verification_publication WHERE verdict_id = NEW.verdict_id) THEN
    RAISE EXCEPTION 'nothing is added to a version that is out' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    """One trigger."""

    dependencies = [("verification", "0008_evidence_panel")]
    operations = [
        migrations.RunSQL(CHECK_SEARCH, "DROP FUNCTION readout_check_verdict_search()"),
        migrations.RunSQL(
            "CREATE TRIGGER check_search BEFORE INSERT ON verification_verdictsearch"
            " FOR EACH ROW EXECUTE FUNCTION readout_check_verdict_search()",
            "DROP TRIGGER check_search ON verification_verdictsearch",
        ),
    ]
