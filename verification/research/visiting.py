"""A visit to a source, page by page: what was shown is stored before the next page is asked for.

A visit that stops anywhere goes on from its cursor, which is stored with the page before it. The validators of its
answers are kept beside it, and become the source's own only when everything was stored: else what an answer showed
and a dead worker had not stored would be hidden for good by the next "not modified".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from claims import work
from claims.capture.asking import Answer, Fetch, Interrupted, Later
from claims.capture.outcome import Outcome
from claims.fetching import PoliteFetch
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from claims.wording import Words, words
from verification.connectors.issuers.contract import Page
from verification.models import Source, SourceAddress, SourceRun
from verification.research.shown import store_shown
from verification.research.stretch import Stretch, keep

AskPage = Callable[[Fetch, str | None], Page]
# Entries are stored so many at a time: a page of a sitemap has fifty thousand.
AT_ONCE = 500
# A date further ahead than this is a slip of the source's.
AHEAD = timedelta(days=2)
# A page that needs several requests, of which its host allows one in a long while, is begun so often and then given up.
MOST_BEGUN = 3
# An index holds no longer value (bytes), and addresses that are followed have a thousand letters at most in practice.
LONGEST_KEPT = 2000


class SourceChanged(Exception):
    """The source is asked otherwise since this visit began: what it shows belongs to another question."""


@dataclass(slots=True)
class Visit:
    """How far a visit has come. `cursor` is what the next page is asked with; `since` and `until` bound a listing.

    `validators` are those of the answers read so far, by address; `pages` counts those read since the row was taken,
    `resumed` tells that the visit before this was broken off, `begun` how often the next page was begun in vain.
    """

    verb: str
    started_at: datetime
    cursor: str | None = None
    since: date | None = None
    until: date | None = None
    requests: int = 0
    shown: int = 0
    fresh: int = 0
    changed: int = 0
    outcomes: list[str] = field(default_factory=list)
    sentence: str = ""
    newest: datetime | None = None
    validators: dict[str, list[str]] = field(default_factory=dict)
    pages: int = 0
    resumed: bool = False
    begun: int = 0

    @classmethod
    def of(cls, source: Source, verb: str) -> "Visit":
        """Return the visit that was left off, else a new one."""
        kept = (source.cursor or {}).get(verb)
        return cls._read(kept) if kept else cls(verb, read_clock())

    @classmethod
    def _read(cls, kept: Mapping[str, Any]) -> "Visit":
        times = {name: datetime.fromisoformat(kept[name]) for name in ("started_at", "newest") if kept[name]}
        days = {name: date.fromisoformat(kept[name]) for name in ("since", "until") if kept[name]}
        now = {"started_at": read_clock(), "pages": 0, "resumed": kept["cursor"] is not None}
        return cls(**{**kept, **now, **times, **days})

    def to_json(self) -> dict[str, Any]:
        """Return the visit as the source keeps it."""
        kept = asdict(self)
        for name in ("started_at", "newest", "since", "until"):
            kept[name] = kept[name].isoformat() if kept[name] else None
        return kept

    @property
    def outcome(self) -> Outcome:
        """What came of the pages read: what somebody has to look at counts most, that nothing changed least."""
        for told in (Outcome.STALE, Outcome.OK, Outcome.NOT_PUBLISHED, Outcome.EMPTY, Outcome.NOT_MODIFIED):
            if told in self.outcomes:
                return told
        return Outcome.EMPTY

    def note(self, page: Page, requests: int) -> None:
        """Add what a page showed to the account of the visit."""
        self.pages += 1
        self.requests += requests
        self.shown += len(page.entries)
        outcome = Outcome.OK if page.entries and page.outcome is Outcome.EMPTY else page.outcome
        if outcome not in self.outcomes:
            self.outcomes.append(outcome.value)
        if page.sentence:
            self.sentence = say(page.sentence)
        latest = self.started_at + AHEAD
        dates = [entry.published for entry in page.entries if entry.published and entry.published <= latest]
        self.newest = max([*dates, *([self.newest] if self.newest else [])], default=None)
        for answer in page.answers:
            # What is empty or stale is asked for again in full: else it would be "not modified" from then on, and fine.
            if answer.ask.conditional and answer.ok:
                fine = page.entries and page.outcome is Outcome.OK
                self.validators[answer.ask.url] = _validators(answer) if fine else ["", ""]


def _validators(answer: Answer) -> list[str]:
    return [(answer.header("etag") or "")[:1000], (answer.header("last-modified") or "")[:200]]


def validators_of(source: Source) -> Callable[[str], tuple[str, str]]:
    """Return what answers for a source's conditional asks: ETag and Last-Modified of what was stored whole."""

    def validators(url: str) -> tuple[str, str]:
        kept = SourceAddress.objects.filter(source=source, url=url).values_list("etag", "last_modified").first()
        return kept or ("", "")

    return validators


def go_through(source: Source, lease: work.Lease, visit: Visit, fetch: PoliteFetch, ask: AskPage) -> None:
    """Ask for page after page and store each, until that was all.

    Raises Interrupted where a page cannot be had, Later where it is time to let others work, LeaseLost, and
    SourceChanged.
    """
    stretch = Stretch()
    while True:
        before = fetch.requests
        try:
            page = ask(fetch, visit.cursor)
        except Later as later:
            if fetch.requests > before:
                _begin_again(source, lease, visit, later)
            raise
        if page.next_cursor is not None and page.next_cursor == visit.cursor:
            raise Interrupted(Outcome.FAILED, words("The list leads from a page to the same page."))
        visit.note(page, fetch.requests - before)
        _store(source, lease, visit, page)
        if page.next_cursor is None:
            return
        if stretch.is_over():
            raise Later(0, words("It goes on as soon as others had their turn."))


def _begin_again(source: Source, lease: work.Lease, visit: Visit, later: Later) -> None:
    """Remember that a page was begun in vain. Raises Interrupted when that was often enough."""
    visit.begun += 1
    if visit.begun >= MOST_BEGUN:
        raise Interrupted(Outcome.THROTTLED, later.sentence) from later
    with transaction.atomic():
        keep(lease)
        put_by(locked(source), visit.verb, visit.to_json())


def _store(source: Source, lease: work.Lease, visit: Visit, page: Page) -> None:
    exchange = next((answer.snapshot for answer in reversed(page.answers) if answer.snapshot), None)
    parts = [page.entries[first : first + AT_ONCE] for first in range(0, len(page.entries), AT_ONCE)] or [()]
    for number, part in enumerate(parts, start=1):
        with transaction.atomic():
            keep(lease)
            stands = locked(source)
            counted = store_shown(stands, part, exchange, visit.verb)
            visit.fresh, visit.changed = visit.fresh + counted.fresh, visit.changed + counted.changed
            if number == len(parts):
                visit.cursor, visit.begun = page.next_cursor, 0
                put_by(stands, visit.verb, visit.to_json())


def locked(source: Source) -> Source:
    """Return the source's row, locked: one visit writes at a time. Raises SourceChanged."""
    stands = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    if (stands.connector, stands.configuration) != (source.connector, source.configuration):
        raise SourceChanged(source.name)
    return stands


def put_by(stands: Source, verb: str, kept: Mapping[str, Any] | None) -> None:
    """Keep how far a visit has come with its source, in the caller's transaction; None forgets it."""
    others = {name: state for name, state in (stands.cursor or {}).items() if name != verb}
    stands.cursor = {**others, **({verb: kept} if kept else {})} or None
    stands.save(update_fields=["cursor"])


def rest_of(visit: Visit) -> dict[str, Any] | None:
    """Return what is kept of a visit that was broken off: where the next goes on, None where it got nowhere this time.

    A cursor that leads nowhere twice would keep everybody from the first page for ever.
    """
    if not visit.pages or visit.cursor is None:
        return None
    rest = replace(visit, requests=0, shown=0, fresh=0, changed=0, outcomes=[], sentence="", begun=0)
    return {**rest.to_json(), "started_at": None}


def record(visit: Visit, source: Source, outcome: Outcome, sentence: Words | str | None) -> SourceRun:
    """Write down that the source was visited and how it ended."""
    told = sentence if isinstance(sentence, str) else say(sentence) if sentence else visit.sentence
    return SourceRun.objects.create(
        source=source,
        verb=visit.verb,
        outcome=outcome,
        sentence=work.storable(told),
        requests=visit.requests,
        shown=visit.shown,
        fresh=visit.fresh,
        changed=visit.changed,
        started_at=visit.started_at,
    )


def save_validators(source: Source, validators: Mapping[str, Iterable[str]]) -> None:
    """Make the validators of answers that were stored whole the source's own; an answer without any has none.

    An address of more than `LONGEST_KEPT` bytes has none either: what it answers is read anew each time.
    """
    rows = [
        SourceAddress(source=source, url=url, etag=etag, last_modified=modified)
        for url, (etag, modified) in validators.items()
        if len(url.encode()) <= LONGEST_KEPT
    ]
    SourceAddress.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["source", "url"], update_fields=["etag", "last_modified"]
    )
    SourceAddress.objects.filter(source=source, url__in=validators).update(stored_at=ClockTimestamp())
