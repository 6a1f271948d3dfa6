"""A desk with very many published checks, as their road leaves the rows: what readers and programs ask is measured."""

from typing import Final

TABLES: Final = ("duty", "judgment", "verdict", "verdictevidence", "publication", "review")
BODIES: Final = "harbour board|port council|grain office|mayor|union of pilots|fish market|rail company|bridge trust"
DID: Final = "bought|sold|closed|repaired|counted|promised|lost|opened|measured|painted"
THINGS: Final = (
    "lamps|ropes|cranes|sheds|barges|anchors|ledgers|windows|wagons|kettles|benches|maps|bells|pumps|nets|sails|carts"
)
PLACES: Final = (
    "Northmole|Quillhaven|Tarnwick|Eastrope|Saltmere|Lowbridge|Ashquay|Corravale|Pellgate|Dunmarsh|Oarsby|Fenwharf"
)
# What is said is put together from lists, so that words are as unevenly shared as names and things are.
WORDS: Final = """
CREATE FUNCTION pg_temp.said(n bigint) RETURNS text LANGUAGE sql AS $$
  SELECT 'The ' || (string_to_array(%(bodies)s, '|'))[1 + n %% 8] || ' ' || (string_to_array(%(did)s, '|'))[1 + n %% 10]
    || ' ' || (n * 7919 %% 9973) || ' ' || (string_to_array(%(things)s, '|'))[1 + n %% 17] || ' in '
    || (string_to_array(%(places)s, '|'))[1 + n * 31 %% 12] || ' in ' || 1950 + n %% 80 || '.'
$$
"""
SHELVED: Final = """
WITH case_of AS (
  SELECT review.id, review.claim_id, pg_temp.said(review.id) AS said, speaker.name AS speaker,
    now() - interval '1 minute' * (1000000 - review.id) AS at
  FROM verification_review AS review
  JOIN claims_claim AS claim ON claim.id = claim_id JOIN claims_speaker AS speaker ON speaker.id = speaker_id
  WHERE review.state = 'queued'
),
rated AS (SELECT rating.* FROM verification_rating AS rating WHERE id = %(rating)s),
first AS (
  INSERT INTO verification_duty (review_id, cycle, person_id, hat)
  SELECT id, 1, %(checker)s, 'first' FROM case_of RETURNING id, review_id
),
approver AS (
  INSERT INTO verification_duty (review_id, cycle, person_id, hat)
  SELECT id, 1, %(editor)s, 'approver' FROM case_of RETURNING id, review_id
),
judgment AS (
  INSERT INTO verification_judgment (
    public, duty_id, review_id, cycle, person_id, hat, rating_id, rating_label, reasoning, none_supports, none_refutes,
    sourcing_reason, answers, revision, submitted_at
  )
  SELECT gen_random_uuid(), first.id, review_id, 1, %(checker)s, 'first', rated.id, rated.label, '', false, false,
    '', '{}', 1, now() FROM first, rated RETURNING id, review_id
),
verdict AS (
  INSERT INTO verification_verdict (
    public, review_id, cycle, version, judgment_id, approval_id, approval_hat, rating_id, rating_label, rating_tone,
    rating_step, rating_value, rating_worst, rating_best, headline, explanation, claim_text, claim_kind, claimant,
    language, change, change_note, checked_by, second_by, approved_by, evidence_count
  )
  SELECT gen_random_uuid(), case_of.id, 1, 1, judgment.id, approver.id, 'approver', rated.id, rated.label, rated.tone,
    rated.value, rated.numeric, 1, 5, 'The record of the year gives another number', 'The record says otherwise [1].',
    said, 'statement', speaker, 'en', 'initial', '', '', '', '', 1
  FROM case_of JOIN judgment ON judgment.review_id = case_of.id JOIN approver ON approver.review_id = case_of.id, rated
  RETURNING id, review_id
),
cited AS (
  INSERT INTO verification_verdictevidence (
    number, document_id, snapshot_id, snapshot_sha256, exact, prefix, suffix, start, "end", tier, role, note,
    verdict_id, stance
  )
  SELECT 1, %(document)s, %(snapshot)s, %(sha256)s, 'lamps', '', '', 0, 5, 1, 'tests_claim', '', id, 'refutes'
  FROM verdict
),
out AS (
  INSERT INTO verification_publication (verdict_id, review_id, by_id, first_published_at, published_at)
  SELECT verdict.id, review_id, %(editor)s, at, at FROM verdict JOIN case_of ON case_of.id = review_id
  RETURNING id, review_id
)
UPDATE verification_review AS review SET state = 'published', publication_id = out.id, wording = said
FROM out JOIN case_of ON case_of.id = out.review_id WHERE review.id = out.review_id
"""


def publish_all() -> None:
    """Publish every queued case, each with one piece of evidence; the log does not tell of it."""
    import hashlib  # noqa: PLC0415

    from django.contrib.auth.models import User  # noqa: PLC0415 (Django is set up by now)
    from django.db import connection, transaction  # noqa: PLC0415

    from claims.models import Snapshot  # noqa: PLC0415
    from config.database import as_owner  # noqa: PLC0415
    from verification.models import Document, Rating, Source  # noqa: PLC0415

    digest = hashlib.sha256(b"lamps").hexdigest()
    snapshot = Snapshot.objects.create(origin="uploaded", outcome="OK", size=5, sha256=digest)
    document = Document.objects.create(
        source=Source.objects.create(name="Harbour Board", tier=1),
        snapshot=snapshot,
        stable_id="lamps",
        tier=1,
        text="lamps",
        text_sha256=digest,
    )
    people = [User.objects.create(username=name).pk for name in ("shelf-checker", "shelf-editor")]
    rating = Rating.objects.filter(scale__in_use=True, numeric__isnull=False).order_by("value")[0]
    values: dict[str, str | int] = {
        "bodies": BODIES,
        "did": DID,
        "things": THINGS,
        "places": PLACES,
        "checker": people[0],
        "editor": people[1],
        "rating": rating.pk,
        "document": document.pk,
        "snapshot": snapshot.pk,
        "sha256": digest,
    }
    with as_owner(), connection.cursor() as cursor:
        with transaction.atomic():
            for table in TABLES:
                cursor.execute(f"ALTER TABLE verification_{table} DISABLE TRIGGER USER")
            cursor.execute(WORDS, values)
            cursor.execute(SHELVED, values)
        with transaction.atomic():
            for table in TABLES:
                cursor.execute(f"ALTER TABLE verification_{table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")
