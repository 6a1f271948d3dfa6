"""The balance ledger: whose claims were found, selected and published, and how they came out.

By speaker, side, outlet and topic, each with the reasons for which claims were selected. It counts; whether a choice
was fair is for people to say. A side is the desk's own word for a speaker (`SpeakerSide`); without one it is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from verification.models import Rating

# Lines of one table, the most selected first; what is left out is told.
MOST_LINES = 50
MOST_REASONS = 3

# A case counts once a group, however often it appeared there. Duplicates count with what was found only: they were not
# another choice. The version that stands counts, unless it withdraws the check.
_LEDGER = """
WITH found AS (
  SELECT review.id, review.claim_id, review.selection_reason, review.state, verdict.rating_tone, verdict.change,
         EXISTS (SELECT 1 FROM verification_reviewevent AS event
                  WHERE event.review_id = review.id AND event.verb = 'accept') AS selected
    FROM verification_review AS review
    LEFT JOIN verification_publication AS publication ON publication.id = review.publication_id
    LEFT JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id
   WHERE review.opened_at >= %(since)s AND review.opened_at < %(until)s
), grouped AS (
  SELECT DISTINCT found.*, {name} AS name FROM found JOIN claims_claim AS claim ON claim.id = found.claim_id {joins}
)
SELECT name, count(*), count(*) FILTER (WHERE selected),
       count(*) FILTER (WHERE state IN ('not_checkable', 'declined')),
       count(*) FILTER (WHERE rating_tone IS NOT NULL AND change <> 'void'),
       count(*) FILTER (WHERE rating_tone = 'good' AND change <> 'void'),
       count(*) FILTER (WHERE rating_tone = 'caution' AND change <> 'void'),
       count(*) FILTER (WHERE rating_tone = 'bad' AND change <> 'void'),
       count(*) FILTER (WHERE rating_tone = 'quiet' AND change <> 'void'),
       (array_agg(selection_reason ORDER BY id DESC) FILTER (WHERE selected AND selection_reason <> ''))[1:%(reasons)s]
  FROM grouped GROUP BY name ORDER BY 3 DESC, 2 DESC, name
"""
# Who was joined counts with the row that stands for both.
_SPEAKER = (
    "LEFT JOIN claims_speaker AS named ON named.id = claim.speaker_id"
    " LEFT JOIN claims_speaker AS speaker ON speaker.id = COALESCE(named.joined_to_id, named.id)"
)
GROUPS = {
    "speaker": ("speaker.name", _SPEAKER),
    "side": (
        "COALESCE(side.side, own.side)",
        _SPEAKER + " LEFT JOIN verification_speakerside AS side ON side.speaker_id = speaker.id"
        " LEFT JOIN verification_speakerside AS own ON own.speaker_id = named.id",
    ),
    "outlet": (
        "outlet.name",
        "LEFT JOIN claims_appearance AS appearance ON appearance.claim_id = claim.id"
        " LEFT JOIN claims_article AS article ON article.id = appearance.article_id"
        " LEFT JOIN claims_outlet AS outlet ON outlet.id = article.outlet_id",
    ),
    "topic": (
        "topic.name",
        "LEFT JOIN verification_review_topics AS given ON given.review_id = found.id"
        " LEFT JOIN verification_topic AS topic ON topic.id = given.topic_id",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One speaker, side, outlet or topic; `name` is None where unknown. `tones` counts published ratings by tone."""

    name: str | None
    found: int
    selected: int
    set_aside: int
    published: int
    tones: dict[str, int]
    reasons: Sequence[str] = field(default=())


def ledger(group: str, since: datetime, until: datetime) -> list[Line]:
    """Return the lines of a group of `GROUPS`, for cases opened in a span, the most selected first (one query)."""
    name, joins = GROUPS[group]
    with connection.cursor() as cursor:
        # Both come from the constant above.
        cursor.execute(
            _LEDGER.format(name=name, joins=joins), {"since": since, "until": until, "reasons": MOST_REASONS}
        )
        rows = cursor.fetchall()
    tones = (Rating.Tone.GOOD, Rating.Tone.CAUTION, Rating.Tone.BAD, Rating.Tone.QUIET)
    return [
        Line(name, found, selected, aside, published, dict(zip(tones, counts, strict=True)), tuple(reasons or ()))
        for name, found, selected, aside, published, *counts, reasons in rows
    ]
