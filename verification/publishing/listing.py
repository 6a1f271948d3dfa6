"""The list of checks: what of it a reader asked for, in which order; and what was chosen, to be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.db.models import Case, QuerySet, When
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification.models import Verdict
from verification.publishing.choosing import Choice, chosen, outlet_named, speaker_named, unread_days
from verification.publishing.edition import Edition, totals
from verification.publishing.fact_check_tools.finding import likest
from verification.publishing.paging import Leaf
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read
from verification.publishing.shelves import Shelf, names_on

QUERY_LENGTH: Final = 200
LOOKED_THROUGH: Final = 1000
"""Checks that a search by words looks through, the likest ones, before what else was chosen is asked of them."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was chosen, in words, and the query of the same list without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What was asked for: how many there are; of a search by words, the publications in the order of likeness."""

    verdicts: QuerySet[Verdict]
    total: int
    likest: Sequence[int] | None = None

    def on(self, leaf: Leaf) -> list[PublishedVerdict]:
        """Return the checks of one page."""
        if self.likest is None:
            return read(leaf.cut(self.verdicts))
        wanted = self.likest[leaf.start : leaf.start + leaf.length]
        if not wanted:
            return []
        place = Case(*(When(publication=pk, then=number) for number, pk in enumerate(wanted)))
        return read(self.verdicts.filter(publication__in=wanted).order_by(place))


def words_of(query: QueryDict) -> str:
    """Return the words that an address asks for."""
    return printable(query.get("q", ""))[:QUERY_LENGTH].strip()


def listed(choice: Choice, words: str, now: Edition) -> Listed:
    """Return what was chosen: the likest first where there are words, else the newest first.

    Words are looked for in claims, headlines and names of claimants, by the index that `claims:search` asks; what was
    withdrawn is not in it.
    """
    verdicts = chosen(choice)
    if not words:
        return Listed(verdicts, _count(now.digest, choice) if choice.pairs else totals(now).checks)
    likeness = likest(words, choice.language or now.desk.language, LOOKED_THROUGH)
    found = verdicts.filter(publication__in=likeness).order_by().values_list("publication", flat=True)
    order = tuple(sorted(found, key=lambda pk: (-likeness[pk], -pk)))
    return Listed(verdicts, len(order), order)


@lru_cache(maxsize=1000)
def _count(_digest: str, choice: Choice) -> int:
    return chosen(choice).count()


def chips(choice: Choice, words: str) -> list[Chip]:
    """Return what was chosen, each with the way to undo it."""
    told: dict[str, tuple[str, str]] = {}
    if words:
        told["q"] = (_("Words"), words)
    if choice.speaker:
        told["speaker"] = (_("Speaker"), speaker_named(choice.speaker) or _("not one we have published on"))
    if choice.outlet:
        told["outlet"] = (_("Outlet"), outlet_named(choice.outlet) or _("not one we have published on"))
    told |= {
        name: (label, value)
        for name, label, value in (
            ("topic", _("Topic"), choice.topic),
            ("rating", _("Rating"), choice.rating),
            ("language", _("Language"), choice.language),
            ("since", _("From"), date_format(choice.since, "j M Y") if choice.since else ""),
            ("until", _("Until"), date_format(choice.until, "j M Y") if choice.until else ""),
        )
        if value
    }
    pairs = query_of(choice, words)
    return [
        Chip(label, value, f"?{urlencode(rest)}" if (rest := {key: pairs[key] for key in pairs if key != name}) else "")
        for name, (label, value) in told.items()
    ]


def query_of(choice: Choice, words: str) -> dict[str, str]:
    """Return what was chosen and asked for as the pairs of an address."""
    return ({"q": words} if words else {}) | choice.pairs


def heading(choice: Choice, now: Edition) -> tuple[str, str]:
    """Return what the list is of, and its name: of a speaker, an outlet or a topic; empty where it is of none.

    No word of an address becomes a heading that is not a name here already.
    """
    if choice.speaker and (name := speaker_named(choice.speaker)):
        return _("Claims by"), name
    if choice.outlet and (name := outlet_named(choice.outlet)):
        return _("Claims seen in"), name
    topics = {each.name for each in names_on(Shelf.TOPIC, now)} if choice.topic else set()
    return (_("Claims about"), choice.topic) if choice.topic in topics else ("", "")


def day_faults(query: QueryDict, choice: Choice) -> list[str]:
    """Return, a sentence each, what is wrong with the days of an address."""
    unread = _("“%(day)s” is no day we can read, so it was left out: write it as in 2031-05-04.")
    faults = [unread % {"day": text[:40]} for text in unread_days(query).values()]
    if choice.since and choice.until and choice.since > choice.until:
        faults.append(_("The first day comes after the last one: nothing can lie between them."))
    return faults


def offered(choice: Choice, now: Edition) -> dict[str, list[str]]:
    """Return what the form offers: ratings, topics and languages; what was chosen is among them."""
    ratings = [rating.label for rating in now.ratings]
    topics = [each.name for each in names_on(Shelf.TOPIC, now)]
    languages = [each.name for each in names_on(Shelf.LANGUAGE, now)]
    found = {"ratings": (ratings, choice.rating), "topics": (topics, choice.topic)}
    found["languages"] = (languages, choice.language)
    return {name: [*known, *([own] if own and own not in known else [])] for name, (known, own) in found.items()}
