"""The polite fetch: one `Ask` through the host's lane, robots.txt, the door and the archive, and its `Answer`.

    with PoliteFetch() as fetch:
        answer = fetch(Ask("https://www.example.org/feed"))

What a site does wrong is told in the answer (its outcome and one sentence), never raised; only `Later` is: the host may
not be asked yet. Every exchange is archived and has its Snapshot, refusals too.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import transaction

from claims.archiving import Handed, archive, store_snapshot
from claims.capture.asking import Answer, Ask
from claims.capture.door import ACCEPT, Capture, Door
from claims.capture.errors import DoorError
from claims.capture.outcome import Outcome
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver, system_resolver
from claims.capture.urls import parse_url
from claims.lanes import MOST_AHEAD, Pace, reserve
from claims.models import Snapshot
from claims.wording import Words, words

Validators = Callable[[str], tuple[str, str]]
"""`address -> (ETag, Last-Modified)` of the last answer that was stored whole; empty where there is none."""


class PoliteFetch:
    """A `claims.capture.asking.Fetch` for one run of work. Use as a context manager; it is not shared by threads.

    `validators` answers for conditional asks. `keep=False` archives nothing: for a page that is only tried.
    """

    def __init__(
        self,
        *,
        validators: Validators | None = None,
        keep: bool = True,
        seconds: float = 60.0,
        ahead: float = MOST_AHEAD,
        resolver: Resolver = system_resolver,
    ) -> None:
        self._validators = validators
        self._keep = keep
        self._ahead = ahead
        self._pace = Pace.of_desk()
        self.requests = 0
        policy = DoorPolicy(
            user_agent=settings.FETCH_USER_AGENT,
            private_targets=settings.FETCH_PRIVATE_TARGETS,
            max_wire_bytes=settings.INTAKE_MAX_BYTES,
            max_entity_bytes=settings.INTAKE_MAX_BYTES,
            total_seconds=seconds,
        )
        self._door = Door(policy, resolver)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.close()

    def __call__(self, ask: Ask) -> Answer:
        """Ask, and return the answer whatever came back. Raises `Later`."""
        try:
            target = parse_url(ask.url)
            time.sleep(reserve(target.host, self._pace, ahead=self._ahead))
            self.requests += 1
            capture = self._door.fetch(target.href, accept=ask.accept or ACCEPT)
        except DoorError as error:
            return Answer(ask, Outcome.FAILED, ask.url, sentence=error.sentence)
        return self._answer(ask, capture)

    def _answer(self, ask: Ask, capture: Capture) -> Answer:
        sentence = None if capture.outcome is Outcome.OK else _told(capture)
        snapshot = self._stored(capture) if self._keep else None
        return Answer(
            ask,
            capture.outcome,
            capture.final_url,
            capture.status,
            capture.headers,
            capture.media_type,
            capture.charset,
            capture.body,
            sentence,
            snapshot.pk if snapshot else None,
            capture.fetched_at,
            bool(capture.redirects),
        )

    def _stored(self, capture: Capture) -> Snapshot:
        handed = Handed(capture.body, Snapshot.Origin.FETCHED, capture.media_type, capture=capture)
        sha256 = archive().put(capture.body)
        with transaction.atomic():
            return store_snapshot(handed, sha256, None)


def _told(capture: Capture) -> Words:
    return words(
        "%(url)s answered with status %(status)s, not with the page.", url=capture.final_url, status=capture.status
    )
