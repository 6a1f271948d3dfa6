"""Asks a real site whether it still answers as its connector expects, capability by capability, and tells what differs.

    for step in probe(connector, fetch, today):
        print(step.name, step.outcome, step.differs)

Nothing is stored, and no copy is asked to be made. What a connector knows to be there (its `trial`) is asked for; what
it does not say is taken from what the site itself shows: its newest entry has to be found by its title, by its day and
by its address.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, Later
from claims.capture.outcome import Outcome
from claims.wording import Words, words
from verification.connectors.contract import Skipped
from verification.connectors.issuers.comparing import compare
from verification.connectors.issuers.contract import (
    Captures,
    Connector,
    Lists,
    Page,
    Polls,
    Query,
    Resolves,
    Searches,
    SourceEntry,
    Window,
)
from verification.connectors.issuers.entry_text import day_of, within
from verification.connectors.issuers.shapes import Probed, Trial

MOST_PAGES = 3
RECENT = timedelta(days=14)
A_DAY = timedelta(days=1)
"""How far a day may be off: a source's zone is not ours."""

_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(slots=True)
class Step:
    """One capability, tried: what was asked, how it ended, how many entries were shown; what differs from what is
    expected, and what is only worth knowing."""

    name: str
    outcome: Outcome = Outcome.OK
    answers: list[Answer] = field(default_factory=list)
    shown: int = 0
    differs: list[Words] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)


def probe(connector: Connector, fetch: Fetch, today: date) -> Iterator[Step]:
    """Try everything that a connector can do, one step after the other."""
    return _Probe(connector, fetch, today).steps()


class _Probe:
    def __init__(self, connector: Connector, fetch: Fetch, today: date) -> None:
        self._connector = connector
        self._fetch = fetch
        self._today = today
        self._shapes = connector.shapes if isinstance(connector, Probed) else ()
        self._trial = connector.trial if isinstance(connector, Probed) else Trial()
        self._seen: list[SourceEntry] = []
        self._step = Step("")

    def steps(self) -> Iterator[Step]:
        connector, trial = self._connector, self._trial
        for url in connector.examples():
            yield self._try("example", partial(self._example, url))
        if isinstance(connector, Polls):
            yield self._try("poll", lambda: self._pages(lambda at: connector.poll(self._asked, at), None))
        if isinstance(connector, Lists):
            window = trial.window or self._recent()
            ask_list = connector.list_by_date
            yield self._try("list_by_date", lambda: self._pages(lambda at: ask_list(self._asked, window, at), window))
        if isinstance(connector, Searches):
            if query := trial.query or self._title_words():
                ask_search = connector.search
                yield self._try(
                    "search", lambda: self._pages(lambda at: ask_search(self._asked, query, Window(), at), None)
                )
            else:
                yield _not_tried("search")
        if isinstance(connector, Resolves):
            if name := trial.identifier or self._name(connector):
                yield self._try("resolve", lambda: self._resolve(connector, name))
            else:
                yield _not_tried("resolve")
        if isinstance(connector, Captures):
            yield self._try("find_capture", lambda: self._capture(connector))
        if self._seen:
            yield self._try("fetch", self._document)
        else:
            yield _not_tried("fetch")

    def _asked(self, ask: Ask) -> Answer:
        answer = self._fetch(ask)
        self._step.answers.append(answer)
        return answer

    def _try(self, name: str, tried: Callable[[], None]) -> Step:
        """Return a step: whatever a site does to its connector is told."""
        self._step = step = Step(name)
        try:
            tried()
        except Interrupted as told:
            step.outcome = told.outcome
            step.differs.append(told.sentence)
        except Later as told:
            step.outcome = Outcome.THROTTLED
            step.differs.append(told.sentence)
        except Exception as error:
            step.outcome = Outcome.FAILED
            step.differs.append(words("Its connector broke down: %(error)s", error=repr(error)[:300]))
        for answer in step.answers:
            for shape in self._shapes:
                if shape.address in answer.ask.url and answer.ok:
                    compare(shape, answer, step.differs, step.notes)
        step.differs, step.notes = _once(step.differs), _once(step.notes)
        return step

    def _example(self, url: str) -> None:
        # An archive is read without its key, which is for asking it to make a copy.
        secret = None if isinstance(self._connector, Captures) else self._connector.secret
        answer = self._asked(Ask(url, secret=secret))
        if not answer.ok:
            raise Interrupted(answer.outcome, answer.sentence or words("It did not answer with the page."), answer)
        if not answer.body.strip():
            self._step.differs.append(words("The answer is empty."))

    def _pages(self, ask: Callable[[str | None], Page], window: Window | None) -> None:
        """Ask for pages until one shows something, and look at what it shows."""
        cursor: str | None = None
        for _number in range(MOST_PAGES):
            page = ask(cursor)
            self._step.outcome = page.outcome
            if page.sentence:
                self._step.notes.append(page.sentence)
            cursor = page.next_cursor
            if page.entries or cursor is None:
                break
        self._step.shown = len(page.entries)
        if not page.entries:
            self._step.differs.append(words("It shows nothing, and something is known to be there."))
            return
        self._look_at(page.entries, window)
        self._seen.extend(page.entries)

    def _look_at(self, entries: Sequence[SourceEntry], window: Window | None) -> None:
        count, step = len(entries), self._step
        if untitled := sum(entry.title is None for entry in entries):
            step.notes.append(words("%(count)s of %(all)s entries have no title.", count=untitled, all=count))
        if undated := sum((entry.published or entry.updated) is None for entry in entries):
            lacks = words("%(count)s of %(all)s entries have no date.", count=undated, all=count)
            # A list of days whose entries have none cannot be held to what was asked for.
            (step.differs if undated == count and window is not None else step.notes).append(lacks)
        if window is None:
            return
        wide = Window(window.since and window.since - A_DAY, window.until and window.until + A_DAY)
        for entry in entries:
            if not within(day_of(entry), wide) and not within(_updated(entry), wide):
                self._step.differs.append(
                    words(
                        "“%(entry)s” is of %(day)s, which was not asked for.", entry=entry.stable_id, day=day_of(entry)
                    )
                )

    def _resolve(self, connector: Resolves, name: str) -> None:
        entry = connector.resolve(self._asked, name)
        self._step.shown = 1
        if entry.title is None:
            self._step.notes.append(words("“%(entry)s” has no title.", entry=entry.stable_id))
        self._seen.insert(0, entry)

    def _capture(self, archive: Captures) -> None:
        url = self._trial.captured or ""
        near = datetime(self._today.year - 1, 1, 1, tzinfo=UTC)
        found = archive.find_capture(self._asked, url, near)
        if found is None:
            self._step.outcome = Outcome.EMPTY
            self._step.differs.append(words("It has no copy of %(url)s.", url=url))
            return
        self._step.shown = 1
        self._seen.append(archive.entry(found, near))

    def _document(self) -> None:
        entry = self._seen[0]
        fetched = self._connector.fetch(self._asked, entry)
        if isinstance(fetched.text, Skipped):
            self._step.differs.append(fetched.text.reason)
            return
        self._step.shown = 1
        count = len(fetched.text.text.split())
        self._step.notes.append(
            words(
                "“%(entry)s” has %(count)s words, as %(kind)s.",
                entry=entry.stable_id,
                count=count,
                kind=fetched.text.media_type,
            )
        )

    def _recent(self) -> Window:
        """Return the day of the newest entry that was shown, else the last days."""
        days = [day for entry in self._seen if (day := day_of(entry))]
        return Window(max(days), max(days)) if days else Window(self._today - RECENT, self._today)

    def _title_words(self) -> Query | None:
        title = next((entry.title for entry in self._seen if entry.title), "")
        found = _WORD.findall(title)
        return Query(words=tuple(found[:3])) if found else None

    def _name(self, connector: Resolves) -> str | None:
        return next((name for entry in self._seen for name in connector.recognise(entry.url)), None)


def _updated(entry: SourceEntry) -> date | None:
    return entry.updated.date() if entry.updated else day_of(entry)


def _not_tried(name: str) -> Step:
    return Step(name, notes=[words("Not tried: nothing was shown to ask for.")])


def _once(told: Sequence[Words]) -> list[Words]:
    return list(dict.fromkeys(told))
