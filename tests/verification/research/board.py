"""An invented issuer for tests: a notice board on the replay site, listed page by page as JSON, and its connector."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from claims.capture.asking import Ask, Fetch, NotAsExpected, needed
from claims.capture.outcome import Outcome
from claims.models import Work
from claims.models.clock import read_clock
from claims.wording import words
from tests.replay.answering import Reply
from tests.replay.site import ReplaySite
from verification import tasks
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import (
    Connector,
    Fetched,
    Memento,
    Page,
    Query,
    SaveJob,
    Setting,
    SourceEntry,
    Window,
)
from verification.models import Source
from verification.research.stretch import FETCH_ITEM, FETCH_ITEMS, LIST, POLL, SEARCH_LIVE
from verification.review.triage import RESEARCH

TASKS = {
    POLL: tasks.poll_source,
    LIST: tasks.list_one_source,
    FETCH_ITEMS: tasks.fetch_items_of_source,
    FETCH_ITEM: tasks.fetch_one_item,
    SEARCH_LIVE: tasks.search_live_sources,
    RESEARCH: tasks.research,
}


class NoticeBoard(Connector):
    """Its newest notices are a list of pages; each notice is a page of its own, or carried by the list."""

    key = "board"
    title = words("Notice board")
    summary = words("A board of notices, for tests.")
    settings = (Setting("base", words("Address"), kind="url", required=True),)
    hand_book: ClassVar[str] = ""

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return one page of the newest notices."""
        return self._page(fetch, f"{self.configuration['base']}list/{cursor or 1}")

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return one page of all notices; the board knows no dates."""
        return self._page(fetch, f"{self.configuration['base']}archive/{cursor or 1}")

    def _page(self, fetch: Fetch, url: str) -> Page:
        answer = fetch(Ask(url, conditional=True))
        if answer.outcome is Outcome.NOT_MODIFIED:
            return Page(outcome=Outcome.NOT_MODIFIED, answers=(answer,))
        told = needed(answer).json()
        if not isinstance(told, dict):
            raise NotAsExpected(answer, words("%(url)s is no board.", url=url))
        entries = tuple(_entry(each) for each in told["notices"])
        outcome = Outcome(told.get("outcome") or (Outcome.OK if entries else Outcome.EMPTY))
        return Page(entries, told.get("next"), outcome, None, (answer,))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return a notice."""
        if entry.inline is not None:
            return Fetched(read_page(entry.stable_id, entry.inline.encode(), "text/plain"), None, inline=True)
        answer = needed(fetch(Ask(entry.url)))
        return Fetched(read_page(entry.stable_id, answer.body, answer.media_type, url=answer.url), answer)

    def examples(self) -> Sequence[str]:
        """Return the board."""
        return [self.configuration["base"]]


class SearchableBoard(NoticeBoard):
    """A board that can be searched, and whose notices have numbers that stand in texts."""

    key = "searchable_board"

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return what the board finds."""
        words = query.phrase or " ".join((*query.words, *query.names))
        return self._page(fetch, f"{self.configuration['base']}search/{cursor or 1}?{urlencode({'q': words})}")

    def recognise(self, text: str) -> Sequence[str]:
        """Return the numbers of notices that a text names."""
        return list(dict.fromkeys(re.findall(r"\bNotice No\. (\d+)", text)))

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return a notice by its number."""
        told = needed(fetch(Ask(f"{self.configuration['base']}number/{identifier}"))).json()
        return _entry(told)


class Attic(NoticeBoard):
    """An archive of pages."""

    key = "attic"

    def find_capture(self, fetch: Fetch, url: str, near: datetime | None = None) -> Memento | None:
        """Return the one copy it has."""
        told = needed(fetch(Ask(f"{self.configuration['base']}attic"))).json()
        return Memento(told["url"], url, datetime.fromisoformat(told["at"]), told["url"]) if told else None

    def entry(self, memento: Memento, asked_for: datetime | None = None) -> SourceEntry:
        """Return the copy as an entry."""
        return SourceEntry(memento.raw_url, memento.url, original_url=memento.original)

    def save(self, fetch: Fetch, url: str) -> SaveJob:
        """Make no copies."""
        return SaveJob(None, permanent=True)

    def saved(self, fetch: Fetch, job: SaveJob) -> SaveJob:
        """Return the job as it is."""
        return job


def _entry(told: Mapping[str, Any]) -> SourceEntry:
    at = datetime.fromisoformat(told["at"]) if told.get("at") else None
    return SourceEntry(
        told["id"],
        told["url"],
        told.get("title"),
        at,
        "second" if at else None,
        inline=told.get("inline"),
        snippet=told.get("snippet", ""),
    )


@dataclass
class Board:
    """What hangs on a board: `pages` of notices, newest first. What answers otherwise is put into `site.answers`.

    Notice 30 hung there at `noon`, each one before it an hour earlier than the next.
    """

    site: ReplaySite
    source: Source
    base: str = "/"
    pages: list[list[dict[str, Any]]] = field(default_factory=list)
    archive: list[list[dict[str, Any]]] = field(default_factory=list)
    found: list[list[dict[str, Any]]] = field(default_factory=list)
    noon: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def another(self, name: str, **fields: object) -> "Board":
        """Return the board of another source on the same site, searchable and switched on."""
        base = f"/{name.split()[-1].lower()}/"
        values: dict[str, object] = {"connector": "searchable_board", "enabled": True}
        configuration = {"base": self.site.address(base)}
        source = Source.objects.create(name=name, configuration=configuration, **values | fields)
        board = Board(self.site, source, base)
        board.show()
        return board

    def notice(self, number: int, **more: object) -> dict[str, Any]:
        """Hang up a notice's page, and return what a list shows of it."""
        text = str(more.pop("text", f"Notice {number}: the harbour office lowers the dues by {number} pence."))
        path = f"{self.base}notice/{number}"
        self.site.answers[path] = Reply(text.encode(), "text/plain; charset=utf-8")
        at = self.at(number).isoformat()
        told = {"id": f"n{number}", "url": self.site.address(path), "title": f"Notice {number}", "at": at} | more
        self.answer(f"number/{number}", json.dumps(told))
        return told

    def at(self, number: int) -> datetime:
        """Return when a notice was hung up."""
        return self.noon - timedelta(hours=30 - number)

    def show(self) -> None:
        """Let the site answer with the lists as they are now."""
        for way, pages in (("list", self.pages), ("archive", self.archive), ("search", self.found)):
            for number, notices in enumerate(pages or [[]], start=1):
                following = str(number + 1) if number < len(pages) else None
                self.answer(f"{way}/{number}", json.dumps({"notices": notices, "next": following}))

    def answer(self, path: str, body: str = "", status: int = 200, **headers: str) -> None:
        """Let a path answer with JSON, or fail."""
        data = body.encode()
        tag = {"ETag": f'"{hash(data)}"'} if status == 200 else {}
        self.site.answers[self.base + path] = Reply(data, "application/json", status, headers={**tag, **headers})

    def break_page(self, number: int, status: int = 400, way: str = "list") -> None:
        """Let one page of a list fail."""
        self.answer(f"{way}/{number}", "broken", status)

    def asked(self, path: str) -> list[Mapping[str, str]]:
        """Return the headers of the requests for a path."""
        path = self.base + path.removeprefix("/")
        return [each.headers for each in self.site.requests if each.path.partition("?")[0] == path]


@contextmanager
def running_board(**fields: object) -> Iterator[Board]:
    """Serve an empty board and store its source, switched on."""
    with ReplaySite(robots="User-agent: *\nAllow: /\n") as site:
        values: dict[str, object] = {"connector": "board", "configuration": {"base": site.address("/")}}
        source = Source.objects.create(name="Notice board", **values | {"enabled": True} | fields)
        yield Board(site, source)


def work_off(*kinds: str, most: int = 50) -> None:
    """Do the due work with sources (of these kinds, where some are named) as a worker does, here and now."""
    for _ in range(most):
        now = read_clock()
        due = Work.objects.filter(done_at__isnull=True, quarantined_at__isnull=True, due_at__lte=now)
        rows = list(due.filter(kind__in=kinds or TASKS))
        if not rows:
            return
        for row in rows:
            TASKS[row.kind](row.pk)
