"""Which of the entries that a source showed may be of use for a claim: told by title, snippet and day alone.

What fits is fetched first; the ranking, which reads the documents, has the last word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from zoneinfo import ZoneInfo

from verification.connectors.issuers.contract import SourceEntry, Window
from verification.connectors.kinds import kind_of
from verification.connectors.plan import Claimed
from verification.connectors.plan_parties import surnames
from verification.connectors.topics import stems
from verification.matching.offices import plain_text
from verification.matching.participants import Participant, tells_of_an_event
from verification.matching.tokens import WORD

# An account of an event, or the very words.
TELLING = frozenset({"transcript", "prepared", "readout", "statement", "recording"})
LEAST = 3.0
# What speaks for an entry: who is named, what it announces, words of the topic, its day; the very words above all.
NAME, OTHER_NAME = 2.0, 1.5
KIND, EVENT = 2.0, 1.0
TOPIC, MOST_TOPIC = 1.0, 3.0
SAME_DAY, NEXT_DAY = 1.5, 1.0
PHRASE = 12.0
# Characters of a text that the list carries which are looked into.
LOOKED_AT = 200_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What is looked for: names and topic of a claim, the days it may be of, and the day it was said, if known."""

    names: frozenset[str]
    speaker: frozenset[str]
    topic: frozenset[str]
    phrases: tuple[str, ...]
    window: Window
    day: date | None
    zone: tzinfo

    @classmethod
    def of(
        cls, claim: Claimed, window: Window, zone: str, people: Sequence[Participant] = (), phrase: str | None = None
    ) -> "Aim":
        """Return the aim of one step."""
        day = claim.said.date() if claim.said and claim.said_precision in {"day", "minute", "second"} else None
        phrases = [*claim.quotations, *([phrase] if phrase else [])]
        return cls(
            surnames((*claim.people, *people), None),
            surnames((), claim.speaker),
            stems(f"{claim.text} {claim.title}"),
            tuple(filter(None, map(_words, phrases))),
            window,
            day,
            ZoneInfo(zone) if zone else UTC,
        )


def choose(entries: Iterable[SourceEntry], aim: Aim, most: int, *, searched: bool) -> list[SourceEntry]:
    """Return the entries that fit best, at most so many, best first.

    What a source `searched` for fits already, unless it is of another time; of a list only what speaks of the claim.
    """
    scored = [(fit, -place, entry) for place, entry in enumerate(entries) if (fit := fits(entry, aim)) is not None]
    kept = [each for each in scored if searched or each[0] >= LEAST]
    return [entry for _fit, _place, entry in sorted(kept, key=lambda each: each[:2], reverse=True)[:most]]


def fits(entry: SourceEntry, aim: Aim) -> float | None:
    """Return how well an entry fits, None for one of another time."""
    day = _day(entry, aim.zone)
    if day and not _within(day, aim.window):
        return None
    title, about = plain_text(entry.title or ""), plain_text(f"{entry.title or ''} {entry.snippet}")
    held = {word.group().casefold().removesuffix("'s").removesuffix("’s") for word in WORD.finditer(about)}
    kind = entry.kind or kind_of(entry.title)
    score = NAME * bool(aim.speaker & held) + OTHER_NAME * min(2, len(aim.names & held))
    score += KIND * (kind in TELLING) + EVENT * tells_of_an_event(title)
    score += min(MOST_TOPIC, TOPIC * len(aim.topic & stems(about)))
    if day and aim.day:
        score += SAME_DAY if day == aim.day else NEXT_DAY * (abs((day - aim.day).days) == 1)
    text = _words(f"{about} {(entry.inline or '')[:LOOKED_AT]}") if aim.phrases else ""
    return score + PHRASE * any(phrase in text for phrase in aim.phrases)


def _day(entry: SourceEntry, zone: tzinfo) -> date | None:
    if entry.published is None or entry.precision in {"month", "year"}:
        return None
    if entry.precision == "day":
        return entry.published.astimezone(UTC).date()
    if entry.offset is not None:
        return (entry.published.astimezone(UTC) + timedelta(minutes=entry.offset)).date()
    return entry.published.astimezone(zone).date()


def _within(day: date, window: Window) -> bool:
    return (window.since or day) <= day <= (window.until or day)


def _words(text: str) -> str:
    """Return the words of a text in a row, as they are compared with a phrase's."""
    return " ".join(word.group().casefold().replace("’", "'") for word in WORD.finditer(plain_text(text)))
