"""Take next: which queued case a checker gets, and that nobody else gets it.

What is due soon comes first, then what is about one's topics, then the rest, each by priority. Picking and taking are
one statement (`transitions.begin`); cases that others are taking at this moment are skipped, not waited for.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.wording import words
from verification.review import prepared
from verification.review.fitness import base, is_away, laden
from verification.review.policy import roles_of
from verification.review.refusals import NotYours, Refusal
from verification.review.states import CHECKER
from verification.review.transitions import Begun, Pick, begin

# Among so many of the most urgent cases those of one's own topics are looked for; nobody waits for a longer look.
LOOKED_THROUGH: Final = 500

# No part in this cycle yet, so never one's own submission. The OFFSETs here and below keep the planner from answering
# for all cases at once: the cases are walked in order, and the first that suits is the last that is asked about.
NO_PART: Final = """NOT EXISTS (
    SELECT FROM verification_duty AS duty
    WHERE duty.review_id = review.id AND duty.cycle = review.cycle AND duty.person_id = %(person)s OFFSET 0
  )"""
READ: Final = """
  AND (review.language = '' OR split_part(lower(review.language), '-', 1) = ANY(%(languages)s::text[]))"""
NOT_QUOTED: Final = """
  AND NOT EXISTS (
    SELECT FROM claims_claim AS claim
    WHERE claim.id = review.claim_id AND claim.speaker_id = ANY(%(speakers)s::bigint[]) OFFSET 0
  )"""
NOT_PRINTED: Final = """
  AND NOT EXISTS (
    SELECT FROM claims_appearance AS appearance JOIN claims_article AS article ON article.id = appearance.article_id
    WHERE article.outlet_id = ANY(%(outlets)s::bigint[]) AND appearance.claim_id IN (
      SELECT review.claim_id
      UNION ALL SELECT joined.claim_id FROM verification_review AS joined WHERE joined.duplicate_of_id = review.id
    ) OFFSET 0
  )"""
LOCKED: Final = "LIMIT 1 FOR NO KEY UPDATE OF review SKIP LOCKED"
DUE: Final = """
  SELECT review.id FROM verification_review AS review
  WHERE review.state = 'queued' AND review.deadline < now() + interval '1 day' AND {suits}
  ORDER BY review.deadline, review.priority DESC, review.id {locked}"""
OF_TOPIC: Final = """
  SELECT review.id FROM (
    SELECT id, priority FROM (
      SELECT id, priority FROM verification_review
      WHERE state = 'queued' ORDER BY priority DESC, id LIMIT {looked_through}
    ) AS urgent
    WHERE EXISTS (
      SELECT FROM verification_review_topics AS topic
      WHERE topic.review_id = urgent.id AND topic.topic_id = ANY(%(topics)s::bigint[]) OFFSET 0
    )
  ) AS found JOIN verification_review AS review ON review.id = found.id
  WHERE review.state = 'queued' AND {suits}
  ORDER BY found.priority DESC, found.id {locked}"""
URGENT: Final = """
  SELECT review.id FROM verification_review AS review
  WHERE review.state = 'queued' AND {suits}
  ORDER BY review.priority DESC, review.id {locked}"""
PERSON: Final = """
WITH conflict AS (
  SELECT conflict.speaker_id, conflict.outlet_id, COALESCE(speaker.joined_to_id, speaker.id) AS stands
    FROM verification_conflict AS conflict LEFT JOIN claims_speaker AS speaker ON speaker.id = conflict.speaker_id
   WHERE conflict.person_id = %(person)s AND conflict.ended_at IS NULL
)
SELECT
  (SELECT max(until) FROM verification_absence WHERE person_id = %(person)s AND %(today)s BETWEEN since AND until),
  profile.capacity, ARRAY(SELECT jsonb_array_elements_text(profile.languages)),
  ARRAY(SELECT topic_id FROM verification_profile_topics WHERE profile_id = profile.id),
  -- With all rows that are one with them: what one of these is quoted with, the person does not check.
  ARRAY(SELECT stands FROM conflict WHERE stands IS NOT NULL
        UNION SELECT joined.id FROM conflict JOIN claims_speaker AS joined ON joined.joined_to_id = conflict.stands),
  ARRAY(SELECT outlet_id FROM conflict WHERE outlet_id IS NOT NULL)
FROM (SELECT) AS nobody LEFT JOIN verification_profile AS profile ON profile.person_id = %(person)s
"""


@dataclass(frozen=True, slots=True)
class Taker:
    """What decides which cases a person is offered: away until when, how many at once, what they read and avoid."""

    away_until: date | None
    capacity: int | None
    languages: list[str]
    topics: list[int]
    speakers: list[int]
    outlets: list[int]


def take_next(person: User) -> Begun | None:
    """Take the queued case that comes first for a person; None when there is none for them.

    Raises NotYours when they are no active checker, are away, or have as many open as they take on.
    """
    if not person.is_active or CHECKER not in roles_of(person):
        raise NotYours(Refusal("role", words("Only checkers take cases: ask for that role.")))
    taker = read_taker(person)
    if taker.away_until:
        raise NotYours(is_away(person, taker.away_until, own=True))
    if taker.capacity is None:
        return _take(person, taker)
    with transaction.atomic():
        if why := laden(person):
            raise NotYours(why)
        return _take(person, taker)


def read_taker(person: User) -> Taker:
    """Read what decides which cases a person is offered (one query)."""
    ((away_until, capacity, languages, topics, speakers, outlets),) = prepared.run(
        PERSON, {"person": person.pk, "today": timezone.localdate()}
    )
    return Taker(away_until, capacity, sorted({base(each) for each in languages}), topics, speakers, outlets)


def _take(person: User, taker: Taker) -> Begun | None:
    values = {
        "languages": taker.languages,
        "topics": taker.topics,
        "speakers": taker.speakers,
        "outlets": taker.outlets,
    }
    return next(iter(begin(Pick(_pick(bool(taker.topics), _suits(taker)), values), "take", person, person)), None)


def _suits(taker: Taker) -> str:
    return NO_PART + (READ if taker.languages else "") + without_conflict(taker)


def without_conflict(taker: Taker) -> str:
    """Return conditions, to be put after others, that leave out cases in which a person has a conflict of interest."""
    return (NOT_QUOTED if taker.speakers else "") + (NOT_PRINTED if taker.outlets else "")


@lru_cache(maxsize=64)
def _pick(by_topic: bool, suits: str) -> str:
    """Return the statement that picks a case; of its picks only those up to the first that finds one are run."""
    picks = [DUE, *([OF_TOPIC] if by_topic else []), URGENT]
    parts = [pick.format(suits=suits, locked=LOCKED, looked_through=LOOKED_THROUGH) for pick in picks]
    named = ", ".join(f"pick_{place} AS ({part})" for place, part in enumerate(parts))
    first = ", ".join(f"(SELECT id FROM pick_{place})" for place in range(len(parts)))  # nosec B608 (numbers)
    return f"WITH {named} SELECT COALESCE({first}) AS id"
