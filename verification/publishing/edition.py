"""What is public at this moment, in one query: enough to say that nothing changed, without reading it all."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from verification.models import Desk
from verification.publishing.plain_text import web_address
from verification.publishing.published import PublishedDesk, PublishedRating

# Publications are never changed or deleted, so their number says which there are. The rest is what may change beside
# them and is shown with them: the desk's settings, its scale, names of outlets and sources, who claimants are, further
# appearances, and which cases joined with theirs.
_EDITION = """
WITH published AS (
  SELECT publication.id, GREATEST(publication.published_at, publication.edited_at) AS seen_at, review.claim_id,
         verdict.change, review.publication_id = publication.id AS is_current, review.id AS review_id
    FROM verification_publication AS publication
    JOIN verification_review AS review ON review.id = publication.review_id
    JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id
   WHERE %(check)s::uuid IS NULL OR review.public = %(check)s::uuid
)
SELECT
  (SELECT jsonb_build_object(
     'publications', count(*), 'newest', max(id), 'checks', count(*) FILTER (WHERE is_current),
     'corrected', count(DISTINCT review_id) FILTER (WHERE change = 'correction'),
     'superseding', count(*) FILTER (WHERE change NOT IN ('initial', 'minor')),
     'void', count(*) FILTER (WHERE is_current AND change = 'void')) FROM published),
  (SELECT jsonb_build_object(
     -- A check's own page does not show the head of the log, and need not change with it.
     'log', CASE WHEN %(check)s::uuid IS NULL
              THEN (SELECT note FROM verification_checkpoint ORDER BY seal_id DESC, id DESC LIMIT 1) END,
     -- Only a check's own page says that it is doubted, and whether because a source changed.
     'doubted', (SELECT array_agg(DISTINCT origin = 'watch') FROM verification_challenge
                  WHERE outcome = '' AND %(check)s::uuid IS NOT NULL
                    AND review_id IN (SELECT review_id FROM published)),
     -- So does that its package can be had.
     'packages', (SELECT max(id) FROM verification_verdictpackage
                   WHERE %(check)s::uuid IS NOT NULL
                     AND verdict_id IN (SELECT id FROM verification_verdict
                                         WHERE review_id IN (SELECT review_id FROM published))),
     'appearances', (SELECT max(id) FROM claims_appearance WHERE claim_id IN (SELECT claim_id FROM published)),
     'joined', (SELECT md5(string_agg(id || ' ' || duplicate_of_id, chr(10) ORDER BY id))
                  FROM verification_review WHERE duplicate_of_id IN (SELECT review_id FROM published)),
     'claimants', (SELECT md5(string_agg(concat_ws(' ', speaker.id, stands.id, stands.kind, stands.same_as), chr(10)
                                         ORDER BY speaker.id))
                     FROM claims_speaker AS speaker
                     JOIN claims_speaker AS stands ON stands.id = COALESCE(speaker.joined_to_id, speaker.id)
                    WHERE speaker.id IN (SELECT speaker_id FROM claims_claim
                                          WHERE id IN (SELECT claim_id FROM published))),
     'outlets', (SELECT md5(string_agg(name, chr(10) ORDER BY id)) FROM claims_outlet),
     'sources', (SELECT md5(string_agg(name, chr(10) ORDER BY id)) FROM verification_source))),
  (SELECT to_jsonb(desk) FROM verification_desk AS desk WHERE desk.id = %(desk)s),
  (SELECT jsonb_agg(jsonb_build_object(
     'label', rating.label, 'tone', rating.tone, 'step', rating.value, 'value', rating.numeric,
     'worst', scale.worst, 'best', scale.best, 'meaning', rating.meaning) ORDER BY scale.id, rating.value DESC)
     FROM verification_rating AS rating JOIN verification_ratingscale AS scale ON scale.id = rating.scale_id
    WHERE scale.in_use),
  (SELECT max(seen_at) FROM published)
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """The desk and its scale, how much is public, and a digest that changes whenever what is shown may have.

    `checkpoint` is the newest signed head of the log, empty for a single check.
    """

    desk: PublishedDesk
    ratings: tuple[PublishedRating, ...]
    names_public: bool
    second_check: bool | None
    publications: int
    checks: int
    corrected: int
    superseding: int
    void: bool
    newest: datetime | None
    checkpoint: str
    digest: str


def edition(check: UUID | None = None) -> Edition:
    """Return what is public of one check, or of all."""
    with connection.cursor() as cursor:
        cursor.execute(_EDITION, {"check": check, "desk": Desk.ONLY})
        *objects, newest = cursor.fetchone()
    counts, beside, desk, ratings = (_read(value) for value in objects)
    # The defaults, when nobody has set anything.
    desk = desk or {field.attname: getattr(Desk(), field.attname) for field in Desk._meta.concrete_fields}
    return Edition(
        desk=PublishedDesk(
            name=desk["name"],
            homepage=web_address(desk["homepage"]),
            description=desk["description"],
            licence=desk["licence"],
            language=desk["language"],
            sample=desk["sample"],
        ),
        ratings=tuple(PublishedRating(**rating) for rating in ratings or ()),
        names_public=desk["names_public"],
        second_check=desk["second_check"],
        publications=counts["publications"],
        checks=counts["checks"],
        corrected=counts["corrected"],
        superseding=counts["superseding"],
        void=bool(check and counts["void"]),
        newest=newest,
        checkpoint=beside["log"] or "",
        digest=hashlib.sha256(repr(objects).encode()).hexdigest(),
    )


def _read(value: str | None) -> Any:
    """Return a JSON column as Python values: Django leaves `jsonb` as text."""
    return None if value is None else json.loads(value)
