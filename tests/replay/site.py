"""The replay site: lists, feeds, sitemaps, REST, ETags, redirects to an archive host, and a clock one can move.

    with ReplaySite(documents) as site:
        site.address("/briefing-room/feed/")           what to ask
        settings.FETCH_PRIVATE_TARGETS = site.targets()  so that the door lets one in
        site.now = datetime(2022, 1, 24, tzinfo=UTC)   what is published later is not there yet
        site.change(document.number, ["other words"])

What a test wants otherwise it puts into `answers`, by path. Every request is noted in `requests`.
"""

import hashlib
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import ThreadingHTTPServer
from typing import Self

from claims.capture.policy import PrivateTarget
from tests.replay.answering import Handler, Reply
from tests.replay.documents import FeedSnapshot, ReplayDocument
from tests.replay.routes import route

HOST, ARCHIVE_HOST = "briefing.example", "archive.example"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived: the time (`time.monotonic`), the host it named, method, path with its query."""

    at: float
    host: str
    method: str
    path: str
    headers: dict[str, str]


class Server(ThreadingHTTPServer):
    """A thread a connection; none of them keeps the process."""

    daemon_threads = True
    request_queue_size = 128
    site: "ReplaySite"


class ReplaySite:
    """Documents on two loopback hosts, of which the second holds what was `move`d there. Safe to use from threads.

    `shared_etag`: all feeds change their ETag whenever anything on the site changes, as one real site's do.
    """

    def __init__(
        self,
        documents: Iterable[ReplayDocument] = (),
        history: Sequence[FeedSnapshot] = (),
        *,
        now: datetime | None = None,
        shared_etag: bool = True,
        robots: str | None = None,
        port: int = 0,
    ) -> None:
        self._lock = threading.RLock()
        self._documents: dict[int, ReplayDocument] = {}
        self._by_path: dict[str, int] = {}
        self._shown: tuple[datetime, list[ReplayDocument]] | None = None
        self._dates: list[datetime] = []
        self.history = sorted(history, key=lambda snapshot: snapshot.at)
        self.removed: set[int] = set()
        self.moved: set[int] = set()
        self.shared_etag = shared_etag
        self.robots = robots
        self.answers: dict[str, Reply | Callable[[], Reply]] = {}
        self.requests: list[Request] = []
        self.add(documents)
        newest = max((each.changed_at for each in self._documents.values()), default=datetime.now(UTC))
        self.now = now or max([newest, *(snapshot.at for snapshot in self.history)])
        self._server = Server(("127.0.0.1", port), Handler)
        self._server.site = self
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self) -> None:
        """Serve in this thread until the process is told to stop."""
        self._server.serve_forever()

    def address(self, path: str = "/", *, archived: bool = False) -> str:
        """Return the address of a path on the site, or on its archive host."""
        return f"http://{ARCHIVE_HOST if archived else HOST}:{self.port}{path}"

    def targets(self) -> tuple[PrivateTarget, ...]:
        """Return both hosts as the door wants private ones named."""
        return tuple(PrivateTarget.parse(entry) for entry in self.targets_as_text().split(","))

    def targets_as_text(self) -> str:
        """Return both hosts as the environment variable FETCH_PRIVATE_TARGETS names them."""
        return f"{HOST}=127.0.0.1:{self.port},{ARCHIVE_HOST}=127.0.0.1:{self.port}"

    def add(self, documents: Iterable[ReplayDocument]) -> None:
        """Put documents on the site; one with a known number takes the place of the former."""
        with self._lock:
            for document in documents:
                self._documents[document.number] = document
                self._by_path[document.path] = document.number
            self._shown = None

    def change(self, number: int, paragraphs: Sequence[str], *, silently: bool = False) -> None:
        """Put other words into a document; its time of modification tells so, unless it is done silently."""
        with self._lock:
            document = self._documents[number]
            modified = document.modified if silently else self.now
            self.add([replace(document, paragraphs=tuple(paragraphs), modified=modified)])

    def remove(self, number: int) -> None:
        """Take a document off the site: its page answers 404, and no list shows it."""
        with self._lock:
            self.removed.add(number)
            self._shown = None

    def move(self, numbers: Iterable[int]) -> None:
        """Move documents to the archive host: their old addresses redirect there."""
        with self._lock:
            self.moved.update(numbers)

    def shown(self) -> list[ReplayDocument]:
        """Return what is published by now and not removed, newest first."""
        with self._lock:
            if self._shown is None:
                kept = [each for number, each in self._documents.items() if number not in self.removed]
                kept.sort(key=lambda each: (each.published, each.number))
                self._shown, self._dates = (self.now, kept), [each.published for each in kept]
            _at, kept = self._shown
            return kept[: bisect_right(self._dates, self.now)][::-1]

    def at_path(self, path: str) -> ReplayDocument | None:
        """Return the document whose page lies there, published by now and not removed."""
        with self._lock:
            number = self._by_path.get(path)
            document = self._documents.get(number) if number is not None else None
            if document is None or document.number in self.removed or document.published > self.now:
                return None
            return document

    def feed_of_history(self) -> bytes | None:
        """Return the feed as it was served at this time, where the site was given a history that had begun by then."""
        passed = [snapshot for snapshot in self.history if snapshot.at <= self.now]
        return passed[-1].body if passed else None

    def reply_to(self, host: str, path: str, query: dict[str, str]) -> Reply:
        """Return the answer to a GET."""
        if answer := self.answers.get(path):
            return answer() if callable(answer) else answer
        archived = host.partition(":")[0] == ARCHIVE_HOST
        with self._lock:
            return self._with_validators(path, route(self, path, query, archived=archived))

    def _with_validators(self, path: str, reply: Reply) -> Reply:
        if reply.status != 200:
            return reply
        shared = self.shared_etag and "feed" in path and not self.history
        told = (
            b"".join(f"{each.number}{each.changed_at}".encode() for each in self.shown()[:50]) if shared else reply.body
        )
        headers = {"ETag": f'W/"{hashlib.sha256(told).hexdigest()[:20]}"'}
        if reply.modified:
            headers["Last-Modified"] = format_datetime(reply.modified.astimezone(UTC), usegmt=True)
        return replace(reply, headers={**reply.headers, **headers})
