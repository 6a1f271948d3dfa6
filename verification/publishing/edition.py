"""What is public at this moment, in one query: enough to say that nothing changed, without reading it all.

Of a single check everything that its page shows is looked at. Of all of them only the signs are that triggers leave
(`PublicChange`): what was read of them is kept in this process for as long as no further sign is there.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from verification.models import Desk
from verification.publishing.plain_text import web_address
from verification.publishing.published import PublishedDesk, PublishedRating

_DESK = """
  (SELECT to_jsonb(desk) FROM verification_desk AS desk WHERE desk.id = %(desk)s),
  (SELECT jsonb_agg(jsonb_build_object(
     'label', rating.label, 'tone', rating.tone, 'step', rating.value, 'value', rating.numeric,
     'worst', scale.worst, 'best', scale.best, 'meaning', rating.meaning) ORDER BY scale.id, rating.value DESC)
     FROM verification_rating AS rating JOIN verification_ratingscale AS scale ON scale.id = rating.scale_id
    WHERE scale.in_use),
  (SELECT array_agg(kind ORDER BY kind)
     FROM (SELECT DISTINCT ON (kind) kind, text FROM verification_desktext ORDER BY kind, id DESC) AS newest
    WHERE text <> ''),
"""
# Publications are never changed or deleted, so their number says which there are. The rest is what may change beside
# them and is shown with them: the desk's settings, its scale, names of outlets and sources, who claimants are, further
# appearances, and which cases joined with theirs; on a check's own page also that it is doubted, and whether because a
# source changed, what it is about, and that its package and a web archive's copies can be had.
_OF_A_CHECK = f"""
WITH published AS (
  SELECT publication.id, GREATEST(publication.published_at, publication.edited_at) AS seen_at, review.claim_id,
         verdict.change, verdict.version, review.publication_id = publication.id AS is_current, review.id AS review_id
    FROM verification_review AS review
    JOIN verification_publication AS publication ON publication.review_id = review.id
    JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id
   WHERE review.public = %(check)s
)
SELECT {_DESK}
  (SELECT max(seen_at) FROM published),
  (SELECT jsonb_build_object(
     'versions', array_agg(version ORDER BY version), 'newest', max(id),
     'void', count(*) FILTER (WHERE is_current AND change = 'void'))
     FROM published),
  (SELECT jsonb_build_object(
     'doubted', (SELECT array_agg(DISTINCT origin = 'watch') FROM verification_challenge
                  WHERE outcome = '' AND review_id IN (SELECT review_id FROM published)),
     'packages', (SELECT max(id) FROM verification_verdictpackage
                   WHERE verdict_id IN (SELECT id FROM verification_verdict
                                         WHERE review_id IN (SELECT review_id FROM published))),
     'erased', (SELECT max(id) FROM verification_reviewevent
                 WHERE erases_id IS NOT NULL AND review_id IN (SELECT review_id FROM published)),
     'topics', (SELECT md5(string_agg(topic.name, chr(10) ORDER BY topic.id))
                  FROM verification_review_topics AS given JOIN verification_topic AS topic ON topic.id = given.topic_id
                 WHERE given.review_id IN (SELECT review_id FROM published)),
     'copies', (SELECT max(attestation.id) FROM claims_attestation AS attestation
                 WHERE attestation.snapshot_id IN (
                   SELECT cited.snapshot_id FROM verification_verdictevidence AS cited
                     JOIN verification_verdict AS verdict ON verdict.id = cited.verdict_id
                    WHERE verdict.review_id IN (SELECT review_id FROM published))),
     'appearances', (SELECT max(id) FROM claims_appearance WHERE claim_id IN (
                       SELECT claim_id FROM verification_review
                        WHERE id IN (SELECT review_id FROM published)
                           OR duplicate_of_id IN (SELECT review_id FROM published)
                           OR id IN (SELECT whole_id FROM verification_part
                                      WHERE part_id IN (SELECT review_id FROM published)))),
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
  (SELECT max(at) FROM verification_publicchange)
"""  # nosec B608 (of constants)
# The newest publication is the last that was numbered: a minor edit has the time of what it edits.
_OF_ALL = f"""
SELECT {_DESK}
  (SELECT GREATEST(published_at, edited_at) FROM verification_publication ORDER BY id DESC LIMIT 1),
  (SELECT note FROM verification_checkpoint ORDER BY seal_id DESC, id DESC LIMIT 1),
  (SELECT max(id) FROM verification_publication)
"""  # nosec B608 (of constants)
_SIGN = "SELECT md5(string_agg(name::text, ' ' ORDER BY id)), max(at) FROM verification_publicchange"
_TOTALS = """
WITH told AS (
  SELECT verdict.review_id, verdict.change FROM verification_verdict AS verdict
    JOIN verification_publication AS publication ON publication.verdict_id = verdict.id
   WHERE verdict.change NOT IN ('initial', 'minor')
)
SELECT (SELECT count(*) FROM verification_review WHERE publication_id IS NOT NULL),
       (SELECT count(DISTINCT review_id) FROM told WHERE change = 'correction'),
       (SELECT count(*) FROM told)
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """The desk and its scale, and a digest that changes whenever what is shown may have.

    `newest` is when something was published last, of one check or of all; None before there is anything. `newest_id` is
    the number of that publication, 0 for none. `changed` is when something that readers see was changed last, None
    where no sign of that is there. `checkpoint` is the newest signed head of the log, empty for a single check; `void`
    says of a single check that it was withdrawn.
    """

    desk: PublishedDesk
    ratings: tuple[PublishedRating, ...]
    names_public: bool
    second_check: bool | None
    void: bool
    newest: datetime | None
    newest_id: int
    changed: datetime | None
    checkpoint: str
    digest: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How many checks stand, how many were corrected, and how many versions replaced another."""

    checks: int
    corrected: int
    superseding: int


def edition() -> Edition:
    """Return what is public of all checks (one query where nothing changed since the last time)."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN)
        sign, changed = cursor.fetchone()
    return replace(_kept(sign), changed=changed) if sign else _of_all("")


def edition_of(check: UUID, version: int | None = None) -> Edition | None:
    """Return what is public of one check (one query); None where nothing ever was, or not the `version` asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_A_CHECK, {"check": check, "desk": Desk.ONLY})
        *beside, newest, counts, rest, changed = cursor.fetchone()
    told = json.loads(counts)
    versions = told["versions"] or []
    if not versions or version not in {None, *versions}:
        return None
    desk, ratings, texts = beside
    of_it = _Newest(newest, told["newest"], void=bool(told["void"]), changed=changed)
    return _edition(desk, ratings, texts, of_it, repr((beside, counts, rest)))


def totals(now: Edition) -> Totals:
    """Return the counts of an edition of all checks; they are kept as long as it is."""
    return _totals(now.digest)


@lru_cache(maxsize=2)
def _totals(_digest: str) -> Totals:
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS)
        return Totals(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class _Newest:
    at: datetime | None
    number: int
    checkpoint: str = ""
    void: bool = False
    changed: datetime | None = None


@lru_cache(maxsize=2)
def _kept(sign: str) -> Edition:
    return _of_all(sign)


def _of_all(sign: str) -> Edition:
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL, {"desk": Desk.ONLY})
        desk, ratings, texts, at, checkpoint, number = cursor.fetchone()
    shown = sign or repr((desk, ratings, texts, checkpoint, number))
    return _edition(desk, ratings, texts, _Newest(at, number or 0, checkpoint or ""), shown)


def _edition(
    desk_row: str | None, ratings: str | None, texts: list[str] | None, newest: _Newest, shown: str
) -> Edition:
    # The defaults, when nobody has set anything.
    desk: dict[str, Any] = (
        json.loads(desk_row)
        if desk_row
        else {field.attname: getattr(Desk(), field.attname) for field in Desk._meta.concrete_fields}
    )
    return Edition(
        desk=PublishedDesk(
            name=desk["name"],
            homepage=web_address(desk["homepage"]),
            description=desk["description"],
            licence=desk["licence"],
            language=desk["language"],
            sample=desk["sample"],
            texts=tuple(texts or ()),
        ),
        ratings=tuple(PublishedRating(**rating) for rating in json.loads(ratings or "[]")),
        names_public=desk["names_public"],
        second_check=desk["second_check"],
        void=newest.void,
        newest=newest.at,
        newest_id=newest.number,
        changed=newest.changed,
        checkpoint=newest.checkpoint,
        digest=hashlib.sha256(shown.encode()).hexdigest(),
    )
