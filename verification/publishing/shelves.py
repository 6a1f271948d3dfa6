"""By whom, in which outlets and about what something is published: names with counts, read once for each edition.

Whatever stands in no check that is out is named nowhere: a speaker goes by the name in the newest check of theirs.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.db import connection

from verification.publishing.edition import Edition


class Shelf(StrEnum):
    """What lists can be browsed by; the values are the words that choose it in an address (`Choice`)."""

    SPEAKER = "speaker"
    TOPIC = "topic"
    OUTLET = "outlet"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker, topic, outlet or language: what it is called, what chooses it in an address, and its checks."""

    shelf: Shelf
    name: str
    chosen_by: str
    checks: int

    @property
    def query(self) -> str:
        """The query that leads to its list."""
        return f"?{urlencode({self.shelf.value: self.chosen_by})}"

    @property
    def letter(self) -> str:
        """The letter it stands under, without its accents; `#` for what begins with none."""
        first = _folded(self.name)[:1].upper()
        return first if first.isalpha() else "#"


# Each counts the very checks that `choosing.chosen` finds; one that was withdrawn is still a check of somebody.
_STANDING: Final = """
  FROM verification_review AS review
  JOIN verification_publication AS publication ON publication.id = review.publication_id
  JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id
"""
_COUNTED: Final = {
    Shelf.SPEAKER: f"""
SELECT (array_agg(verdict.claimant ORDER BY publication.published_at DESC, publication.id DESC))[1],
       stands.public::text, count(*)
  {_STANDING}
  JOIN claims_claim AS claim ON claim.id = review.claim_id
  JOIN claims_speaker AS speaker ON speaker.id = claim.speaker_id
  JOIN claims_speaker AS stands ON stands.id = COALESCE(speaker.joined_to_id, speaker.id)
 WHERE verdict.claimant IS NOT NULL GROUP BY stands.id""",
    Shelf.TOPIC: """
SELECT topic.name, topic.name, count(*)
  FROM verification_review_topics AS given
  JOIN verification_review AS review ON review.id = given.review_id AND review.publication_id IS NOT NULL
  JOIN verification_topic AS topic ON topic.id = given.topic_id
 GROUP BY topic.id""",
    Shelf.OUTLET: """
SELECT outlet.name, outlet.public::text, count(DISTINCT told.id)
  FROM verification_review AS review
  JOIN verification_review AS told ON told.id = COALESCE(review.duplicate_of_id, review.id)
  JOIN claims_appearance AS appearance ON appearance.claim_id = review.claim_id
  JOIN claims_article AS article ON article.id = appearance.article_id
  JOIN claims_outlet AS outlet ON outlet.id = article.outlet_id
 WHERE told.publication_id IS NOT NULL GROUP BY outlet.id""",
    Shelf.LANGUAGE: f"SELECT verdict.language, verdict.language, count(*) {_STANDING} GROUP BY verdict.language",
}


def names_on(shelf: Shelf, now: Edition) -> tuple[Name, ...]:
    """Return all that has published checks, A to Z (one query for each edition of all checks)."""
    return _names(shelf, now.digest)


@lru_cache(maxsize=2 * len(Shelf))
def _names(shelf: Shelf, _digest: str) -> tuple[Name, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED[shelf])
        found = [Name(shelf, *row) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda each: (each.letter, _folded(each.name), each.name)))


def _folded(name: str) -> str:
    """Return the letters of a name without accents, in one case."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
