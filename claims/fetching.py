"""The polite fetch: one `Ask` through robots.txt, the host's lane, the door and the archive, and its `Answer`.

    with PoliteFetch() as fetch:
        answer = fetch(Ask("https://www.example.org/feed"))

Each request, those of redirects too, is held against the robots.txt of its own origin and waits for its own host's
lane. What a site does wrong is told in the answer (its outcome and one sentence), never raised; only `Later` is: the
host may not be asked yet. Every exchange is archived and has its Snapshot, refusals too. A page is asked for again in
the same call only after 429, 5xx, time-outs and broken connections, and only where that is soon.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from types import TracebackType
from typing import Self

from django.conf import settings
from django.utils.module_loading import import_string

from claims import measuring
from claims.archiving import keep, keep_broken
from claims.capture.asking import Answer, Ask, Later
from claims.capture.door import ACCEPT, Capture, Door
from claims.capture.error_pages import why_no_page
from claims.capture.errors import ArchiveError, DoorError
from claims.capture.exchange import Exchange
from claims.capture.introducing import introduced, product_token
from claims.capture.outcome import Outcome
from claims.capture.policy import DoorPolicy
from claims.capture.redacting import redacted
from claims.capture.refusals import no_page, robots_say_no, robots_unknown
from claims.capture.resolving import Resolver, system_resolver
from claims.capture.retrying import MOST_ATTEMPTS, pause, rest, retry_after
from claims.capture.urls import Target, parse_url
from claims.lanes import MOST_AHEAD, Pace, close, take_turn
from claims.models import Snapshot
from claims.robots_files import ACCEPT as ACCEPT_ROBOTS
from claims.robots_files import Asker, Standing, standing
from claims.wording import Words, words

logger = logging.getLogger(__name__)

Validators = Callable[[str], tuple[str, str]]
"""`address -> (ETag, Last-Modified)` of the last answer that was stored whole; empty where there is none."""

ARCHIVE_FULL_SECONDS = 900.0
"""How long to wait for room in the archive before looking again."""
_REMEMBERED = 60.0
"""Seconds for which one run remembers what a robots.txt says without looking it up."""


class NotAsked(DoorError):
    """What was not asked for: robots.txt closes it or could not be had, a key is missing, or it is too soon (`later`).

    For a refusal trying again is pointless, unless `permanent` says otherwise.
    """

    def __init__(
        self,
        sentence: Words,
        outcome: Outcome = Outcome.REFUSED,
        *,
        permanent: bool | None = None,
        later: Later | None = None,
    ) -> None:
        """Keep what it means."""
        super().__init__(sentence, permanent=outcome is Outcome.REFUSED if permanent is None else permanent)
        self.outcome = outcome
        self.later = later


@dataclass(frozen=True, slots=True)
class Brought:
    """What one attempt brought: the page or another answer (`capture`), or why there is none (`error`).

    `resting` is for how many seconds the host is left alone, because it said so.
    """

    outcome: Outcome
    sentence: Words | None
    capture: Capture | None = None
    error: DoorError | None = None
    resting: float | None = None

    @property
    def is_transient(self) -> bool:
        """Whether asking again soon may help: a status of 5xx, a time-out, a connection that broke off."""
        if self.capture is not None:
            return self.capture.status >= 500
        return self.error is not None and not self.error.permanent and not isinstance(self.error, NotAsked)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What went over the wire, redirects first."""
        return self.capture.exchanges if self.capture else self.error.exchanges if self.error else ()

    def kept(self, url: str) -> Snapshot | None:
        """Archive it as what came of asking for `url`, and return its row; None where not a byte came back."""
        if self.capture is not None:
            return keep(self.capture, self.outcome, self.sentence)
        return keep_broken(url, self.exchanges, self.outcome, self.sentence)


def user_agent() -> str:
    """Return who we say we are: what the operator set, else the desk's own page and contact."""
    return settings.FETCH_USER_AGENT or introduced(*import_string(settings.FETCH_INTRODUCTION)())


class PoliteFetch:
    """A `claims.capture.asking.Fetch` for one run of work. Use as a context manager; it is not shared by threads.

    `validators` answers for conditional asks. `keep=False` archives nothing: for a page that is only tried. `seconds`
    is for one page, `attempts` how often it is asked for at most, `ahead` the longest wait for a lane; for that of a
    redirect it may be longer, since whoever came back later would ask the first host again. `silence` is how many
    seconds a server may take before it says something, `pace` ours where it is not the desk's. `requests` counts those
    that went out, robots.txt and redirects too.
    """

    def __init__(
        self,
        *,
        validators: Validators | None = None,
        keep: bool = True,
        seconds: float = 60.0,
        ahead: float = MOST_AHEAD,
        attempts: int = MOST_ATTEMPTS,
        silence: float = 20.0,
        pace: Pace | None = None,
        resolver: Resolver = system_resolver,
    ) -> None:
        self._validators = validators
        self._keep = keep
        self._seconds = seconds
        self._ahead = self._patience = ahead
        self._attempts = attempts
        self._pace = pace or Pace.of_desk()
        self.requests = 0
        agent = user_agent()
        self._token = product_token(agent)
        self._asker = Asker(self._ask_robots, self._token, self._pace, ahead)
        self._standings: dict[tuple[str, str, int], tuple[Standing, float]] = {}
        policy = DoorPolicy(
            user_agent=agent,
            private_targets=settings.FETCH_PRIVATE_TARGETS,
            max_wire_bytes=settings.INTAKE_MAX_BYTES,
            max_entity_bytes=settings.INTAKE_MAX_BYTES,
            total_seconds=seconds,
            idle_seconds=silence,
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
        if self._keep and (full := measuring.full()):
            raise Later(ARCHIVE_FULL_SECONDS, full)
        until = time.monotonic() + self._seconds
        answer = None
        for attempt in count(1):
            try:
                brought = self.bring(ask)
            except Later:
                if answer is None:
                    raise
                return answer
            answer = self._answer(ask, brought)
            if isinstance(brought.error, NotAsked) and brought.error.later:
                raise brought.error.later
            wait = pause(attempt, brought.outcome, transient=brought.is_transient, resting=brought.resting)
            may = ask.method == "GET" and attempt < self._attempts and time.monotonic() + (wait or 0.0) < until
            if wait is None or not may:
                return answer
            time.sleep(wait)
        raise AssertionError("unreachable")

    def bring(self, ask: Ask) -> Brought:
        """Ask once, archive nothing, and say what came of it. Raises `Later` where nothing was asked yet."""
        self._patience = self._ahead
        try:
            capture = self._door.fetch(
                ask.url,
                accept=ask.accept or ACCEPT,
                method=ask.method,
                body=ask.body,
                content_type=ask.content_type,
                headers=ask.headers,
                secret=_secret(ask),
                validators=self._validators(ask.url) if ask.conditional and self._validators else None,
                on_hop=self._hop_of(ask),
            )
        except NotAsked as refused:
            if refused.later and not refused.exchanges:
                raise refused.later from None
            return Brought(refused.outcome, refused.sentence, error=refused)
        except DoorError as error:
            return Brought(Outcome.FAILED, error.sentence, error=error)
        return self._judged(ask, capture)

    def _judged(self, ask: Ask, capture: Capture) -> Brought:
        found = why_no_page(capture.status, capture.media_type, capture.headers, capture.body, ask.accept)
        outcome = found.outcome if found else capture.outcome
        sentence = found.sentence if found else no_page(outcome, redacted(capture.final_url), capture.status)
        resting = self._rest(capture) if outcome is Outcome.THROTTLED else None
        logger.info("%s %s", outcome, redacted(capture.final_url))
        return Brought(outcome, sentence, capture, resting=resting)

    def _hop_of(self, ask: Ask) -> Callable[[Target], None]:
        """Return what lets each request of an `Ask` pass: where one is invited, its robots.txt is not asked."""
        if not (ask.invited or ask.secret):
            return self._before
        invited = parse_url(ask.url).origin
        return lambda target: self._turn(target) if target.origin == invited else self._before(target)

    def _before(self, target: Target) -> None:
        """Let a request pass when it may go out, at its host's pace. Raises `NotAsked`."""
        try:
            found = self._standing(target)
        except Later as later:
            raise NotAsked(later.sentence, Outcome.THROTTLED, later=later) from later
        except DoorError as error:
            raise NotAsked(error.sentence, Outcome.FAILED, permanent=error.permanent) from error
        if found.rules is None:
            raise NotAsked(robots_unknown(target.host, found.status), Outcome.FAILED)
        if not found.rules.allows(self._token, target.href):
            raise NotAsked(robots_say_no(target.host))
        self._turn(target)
        self._patience = max(self._ahead, min(MOST_AHEAD, self._seconds / 2))

    def _turn(self, target: Target) -> None:
        try:
            take_turn(target.host, self._pace, ahead=self._patience)
        except Later as later:
            raise NotAsked(later.sentence, Outcome.THROTTLED, later=later) from later
        self.requests += 1

    def _standing(self, target: Target) -> Standing:
        known, until = self._standings.get(target.origin, (None, 0.0))
        if known is None or time.monotonic() > until:
            known = standing(target, self._asker)
            self._standings[target.origin] = known, time.monotonic() + min(known.seconds, _REMEMBERED)
        return known

    def _ask_robots(self, target: Target) -> Capture:
        try:
            capture = self._door.fetch(target.href, accept=ACCEPT_ROBOTS, on_hop=self._turn)
        except NotAsked as refused:
            raise refused.later or refused from refused
        if capture.outcome is Outcome.THROTTLED:
            self._rest(capture)
        return capture

    def _rest(self, capture: Capture) -> float:
        """Leave a host alone that says so, and return for how many seconds."""
        said = dict(capture.headers).get("retry-after")
        seconds = rest(capture.status, retry_after(said, datetime.now(UTC)))
        close(parse_url(capture.final_url).host, seconds, f"{capture.status}, Retry-After: {said or '-'}")
        return seconds

    def _answer(self, ask: Ask, brought: Brought) -> Answer:
        try:
            kept = brought.kept(ask.url) if self._keep else None
        except ArchiveError as error:
            raise Later(ARCHIVE_FULL_SECONDS, error.sentence) from error
        snapshot = kept.pk if kept else None
        capture = brought.capture
        if capture is None:
            passed = brought.exchanges
            url = passed[-1].url if passed else ask.url
            return Answer(
                ask, brought.outcome, url, sentence=brought.sentence, snapshot=snapshot, redirected=len(passed) > 1
            )
        return Answer(
            ask,
            brought.outcome,
            capture.final_url,
            capture.status,
            capture.headers,
            capture.media_type,
            capture.charset,
            capture.body,
            brought.sentence,
            snapshot,
            capture.fetched_at,
            bool(capture.redirects),
        )


def _secret(ask: Ask) -> tuple[str, str] | None:
    """Return the header that carries a source's key, put in at this very moment. Raises `NotAsked`."""
    if ask.secret is None:
        return None
    key, name = settings.SOURCE_KEYS.get(ask.secret.name, ""), ask.secret.name
    if not key:
        raise NotAsked(
            words("This source asks for a key: get one there and put %(name)s=… into SOURCE_KEYS.", name=name)
        )
    value = ask.secret.value.replace("{key}", key)
    if not value.isascii() or not value.isprintable():
        raise NotAsked(words("The key %(name)s in SOURCE_KEYS is not one: copy it again from its source.", name=name))
    return ask.secret.header, value
