"""Lists of documents that are newest first, walked page by page from one day back to another.

    walk(fetch, [DatedList("https://lake.example/news/")], read, window, cursor, zone) -> Page

Several lists are walked side by side: what one question shows is the next page of each. One that fails is put off until
the others are through, and only then does its failure end the walk, so that it hides nothing of theirs. Days long past
are not walked to: where the pages are numbered, the first that matters is looked for.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from zoneinfo import ZoneInfo

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, needed
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.issuers.contract import Page, SourceEntry, Window
from verification.connectors.issuers.local_days import days_of, is_in

MOST_PAGES = 20_000
"""Pages of one list: ten entries on each, it holds more than any issuer has published on the web."""

MOST_PROBES = 40
"""Pages looked at to find a day: halving alone finds one among 20,000 in 15."""

NUMBERED = re.compile(r"(/page/|[?&](?:page|paged|p|pg|pagenumber|seite)=)(\d{1,5})(?=[/&]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatedList:
    """A list: its first page, and the address of any other, with {page} for its number (the first page is 1)."""

    first: str
    pages: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: what it shows, and the page that it names as the next."""

    answer: Answer
    entries: tuple[SourceEntry, ...]
    next_url: str | None = None


Read = Callable[[Answer], Listed]
"""Reads one page of a list. Raises `NotAsExpected` for a page that is none."""
Place = tuple[str, int, str]
"""The address of the page that is to be asked for next, how many it is behind the first, and what the page before it
showed (a digest): past their end some lists show their last page, or their first, for ever."""


def walk(
    fetch: Fetch,
    lists: Sequence[DatedList],
    read: Read,
    window: Window,
    cursor: str | None,
    zone: ZoneInfo | None = None,
    *,
    accept: str | None = None,
    complete: bool = True,
) -> Page:
    """Return what the next page of each list shows of these days. Raises `Interrupted` where none can be had.

    Unless lists are `complete`, one that ends before it reached the window's first day raises it in the end, as one
    that fails does.
    """
    left, late = _places(cursor, lists)
    if not left:
        left, late = late, {}
    failures: list[Interrupted] = []
    walker = _Walker(fetch, read, window, zone, accept, complete)
    going: dict[str, Place] = {}
    for name, place in left.items():
        try:
            following = walker.page(lists[int(name)], place)
        except Interrupted as failure:
            failures.append(failure)
            late[name] = place
        else:
            if following and not following[0]:
                late[name] = following
            elif following:
                going[name] = following
    if len(failures) == len(left):
        raise failures[0]
    rest = json.dumps([going, late]) if going or late else None
    entries: dict[str, SourceEntry] = {}
    for entry in walker.entries:
        entries.setdefault(entry.stable_id, entry)
    outcome = Outcome.OK if entries or rest else Outcome.EMPTY
    return Page(tuple(entries.values()), rest, outcome, None, tuple(walker.answers))


def _places(cursor: str | None, lists: Sequence[DatedList]) -> tuple[dict[str, Place], dict[str, Place]]:
    if cursor is None:
        return {str(number): (each.first, 0, "") for number, each in enumerate(lists)}, {}
    left, late = json.loads(cursor)
    return (
        {name: (place[0], place[1], place[2]) for name, place in left.items() if int(name) < len(lists)},
        {name: (place[0], place[1], place[2]) for name, place in late.items() if int(name) < len(lists)},
    )


class _Walker:
    """One question's turn: what it asked and what that showed."""

    def __init__(
        self, fetch: Fetch, read: Read, window: Window, zone: ZoneInfo | None, accept: str | None, complete: bool
    ) -> None:
        self._fetch, self._read, self._window, self._zone = fetch, read, window, zone
        self._accept, self._complete = accept, complete
        self.entries: list[SourceEntry] = []
        self.answers: list[Answer] = []

    def page(self, listed_at: DatedList, place: Place) -> Place | None:
        """Read a list's next page, and return the place of the one after it; None at the end of what matters.

        The place of a list that ended too soon has no address.
        """
        url, behind, shown_before = place
        if not url:
            raise Interrupted(
                Outcome.FAILED,
                words("%(url)s does not reach back to %(day)s.", url=listed_at.first, day=self._window.since),
            )
        numbering = listed_at.pages
        listed = self._asked(url, may_end=behind > 0 and numbering is not None)
        if listed and not behind and self._is_after(listed):
            numbering = numbering or _numbering(listed.next_url)
            if numbering:
                listed, behind = self._sought(listed, numbering)
        if listed is None:
            return None
        shown = _digest(listed)
        if behind and listed.next_url is None and (not listed.entries or shown == shown_before):
            return None
        self.entries += [entry for entry in listed.entries if is_in(entry, self._window, self._zone)]
        if self._is_before(listed):
            return None
        following = listed.next_url
        if following is None and listed_at.pages:
            following = listed_at.pages.replace("{page}", str(behind + 2))
        if following is None or following == url:
            return None if self._complete or self._reaches(listed) else ("", behind, shown)
        if behind + 1 >= MOST_PAGES:
            raise NotAsExpected(listed.answer, words("The list at %(url)s does not end.", url=listed_at.first))
        return following, behind + 1, shown

    def _asked(self, url: str, *, may_end: bool) -> Listed | None:
        """Return the page at an address; None where it is past the end of numbered pages, which is told by a 404."""
        answer = self._fetch(Ask(url, accept=self._accept))
        self.answers.append(answer)
        if may_end and answer.outcome is Outcome.NOT_FOUND:
            return None
        return self._read(needed(answer))

    def _sought(self, first: Listed, numbering: str) -> tuple[Listed | None, int]:
        """Return the first page with something that is not after the window, and how many it is behind the first.

        The number is guessed from how many days a page spans, and halved towards, in turns.
        """
        assert self._window.until is not None  # nosec B101 (else nothing is after the window)
        until = self._window.until
        newest = max(days_of(first.entries, self._zone))
        low, low_day, high, found = 1, min(days_of(first.entries, self._zone)), 0, None
        for probe in range(MOST_PROBES):
            if high and high - low == 1:
                return found, high - 1
            span = max((newest - low_day).days, 1) / low
            guess = low + max(ceil((low_day - until).days / span), 1)
            if not high:
                guess = min(max(guess, low + 2**probe), MOST_PAGES)
            elif probe % 2:
                guess = (low + high) // 2
            guess = min(max(guess, low + 1), high - 1) if high else guess
            listed = self._asked(numbering.replace("{page}", str(guess)), may_end=True)
            days = days_of(listed.entries, self._zone) if listed else []
            if listed and self._is_after(listed):
                low, low_day = guess, min(low_day, *days)
            else:
                high, found = guess, listed
                if days and max(days) > until:
                    return found, high - 1
        raise NotAsExpected(
            first.answer, words("The list at %(url)s is not in the order of its days.", url=first.answer.url)
        )

    def _is_after(self, listed: Listed) -> bool:
        until, days = self._window.until, days_of(listed.entries, self._zone)
        return until is not None and bool(days) and min(days) > until

    def _is_before(self, listed: Listed) -> bool:
        since, days = self._window.since, days_of(listed.entries, self._zone)
        return since is not None and bool(days) and max(days) < since

    def _reaches(self, listed: Listed) -> bool:
        since, days = self._window.since, days_of(listed.entries, self._zone)
        return since is None or (bool(days) and min(days) < since)


def _digest(listed: Listed) -> str:
    ids = "\n".join(entry.stable_id for entry in listed.entries)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def _numbering(next_url: str | None) -> str | None:
    """Return the address of a list's pages, from that of its second; None where they are not counted from 1."""
    found = NUMBERED.search(next_url or "")
    if next_url is None or found is None or found[2] != "2":
        return None
    return f"{next_url[: found.start(2)]}{{page}}{next_url[found.end(2) :]}"
