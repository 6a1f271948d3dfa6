"""The door: the only way from this system to the web.

    with Door(DoorPolicy(user_agent="Readout/1 (+https://desk.example/about-our-fetches)")) as door:
        capture = door.fetch("https://www.example.org/statement")

http and https only. A name is resolved, checked and connected to in one step (`connection`), each redirect goes through
all of it again, and a connection that is kept for the next request (`lines`) still leads to the address that was
checked. One deadline and one byte count hold for the whole fetch; no proxy, cookie, password or netrc entry of the
machine takes part. The errors are those under `DoorError` in `errors`; a status of 404 or 500 is no error but a
capture, and `outcome_of` says what it means. Capture and error alike carry the exchanges as they went over the wire.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

import h11

from claims.capture.connection import Allowance
from claims.capture.content_coding import decoded, too_large
from claims.capture.errors import BadResponse, BadUrl, DoorError, TooManyRedirects
from claims.capture.exchange import Exchange, Recorder, Truncated
from claims.capture.lines import Line, Lines
from claims.capture.media import content_type as read_content_type
from claims.capture.outcome import Outcome, outcome_of
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver, system_resolver
from claims.capture.sending import Sending
from claims.capture.urls import Target, parse_url
from claims.wording import words

ACCEPT: Final = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"

KEPT_HEADERS: Final = (
    "cache-control",
    "cf-mitigated",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "link",
    "location",
    "memento-datetime",
    "retry-after",
    "server",
    "x-amzn-waf-action",
    "x-archive-wayback-runtime-error",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-robots-tag",
    "x-wp-total",
    "x-wp-totalpages",
)
"""The headers a capture keeps: what dates, identifies, types, counts or limits the response; none that holds a session.
All of them, in order, are in its exchange."""

_REDIRECTS: Final = (301, 302, 303, 307, 308)

_REDIRECT_BYTES: Final = 65_536
_REDIRECT_SECONDS: Final = 2.0
"""What is read of a redirect's own page, which nobody needs: it is kept as far as it comes at once."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: from where, with which status, to where, and the address that sent us on."""

    url: str
    status: int
    location: str
    address: str

    @property
    def downgraded(self) -> bool:
        """Say whether the hop led from https to http."""
        return self.url.startswith("https:") and self.location.startswith("http:")


@dataclass(frozen=True, slots=True)
class Capture:
    """What one fetch returned. `body` is the entity, its content coding undone; `sha256` (hex) is of those bytes.

    `exchanges` are all that went over the wire, redirects first. `conditional` says whether the last request carried
    validators: only then does a 304 mean that the page is as it was.
    """

    requested_url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    media_type: str | None
    charset: str | None
    body: bytes
    sha256: str
    address: str
    certificate_sha256: str | None
    redirects: tuple[Redirect, ...]
    started_at: datetime
    fetched_at: datetime
    exchanges: tuple[Exchange, ...] = ()
    conditional: bool = False

    @property
    def outcome(self) -> Outcome:
        """Return what the status means."""
        if self.status == 304 and not self.conditional:
            return Outcome.FAILED
        return outcome_of(self.status, self.headers)


class Door:
    """The way out under one policy; safe to share between threads. Use as a context manager, or `close` it."""

    def __init__(self, policy: DoorPolicy, resolver: Resolver = system_resolver) -> None:
        self._policy = policy
        self._lines = Lines(policy, resolver)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up the connections that were kept. What is fetched afterwards opens new ones."""
        self._lines.close()

    def fetch(
        self,
        url: str,
        *,
        accept: str = ACCEPT,
        method: str = "GET",
        body: bytes | None = None,
        content_type: str | None = None,
        headers: Sequence[tuple[str, str]] = (),
        secret: tuple[str, str] | None = None,
        validators: tuple[str, str] | None = None,
        on_hop: Callable[[Target], None] | None = None,
    ) -> Capture:
        """Fetch `url`, following redirects, and return what came back, whatever its status.

        `method` is GET, or POST with a `body`. `secret` is a header and its value: it goes to the origin of `url` only,
        and is withheld from the exchange. `validators` are the ETag and the Last-Modified that `url` itself answered
        with before, each "" where unknown. `Sending.sent_on` tells what a redirect leaves of them.
        `on_hop` is told of each request before it goes out, those of redirects too; it may wait, which takes nothing of
        the deadline, or raise a `DoorError`.

        Raises an error of the `DoorError` branch: `BadUrl`, `ForbiddenAddress`, `NameNotFound`, `ConnectionFailed`,
        `TlsFailed`, `TooSlow`, `TooLarge`, `TooManyRedirects` or `BadResponse`; its `exchanges` are what came before.
        Raises `ValueError` for a method or header that no fetch can have.
        """
        started_at = datetime.now(UTC)
        requested = parse_url(url)
        sending = Sending(requested, accept, method, body, content_type, tuple(headers), secret, validators)
        allowance = Allowance(self._policy)
        redirects: list[Redirect] = []
        exchanges: list[Exchange] = []
        try:
            while True:
                if on_hop is not None:
                    with allowance.stopped():
                        on_hop(sending.target)
                head, following = self._hop(sending, allowance, exchanges)
                if following is None:
                    break
                if len(redirects) == self._policy.max_redirects:
                    raise _too_many(requested, self._policy)
                address = exchanges[-1].address
                redirects.append(Redirect(sending.target.href, head.status_code, following.target.href, address))
                sending = following
            last, kept = exchanges[-1], _kept(head)
            entity = decoded(last.payload, kept.get("content-encoding", ""), self._policy.max_entity_bytes)
        except DoorError as error:
            error.exchanges = tuple(exchanges)
            raise
        media_type, charset = read_content_type(kept.get("content-type", ""))
        return Capture(
            requested_url=requested.href,
            final_url=sending.target.href,
            status=head.status_code,
            headers=tuple(kept.items()),
            media_type=media_type,
            charset=charset,
            body=entity,
            sha256=hashlib.sha256(entity).hexdigest(),
            address=last.address,
            certificate_sha256=last.certificate_sha256,
            redirects=tuple(redirects),
            started_at=started_at,
            fetched_at=datetime.now(UTC),
            exchanges=tuple(exchanges),
            conditional=sending.conditional,
        )

    def _hop(
        self, sending: Sending, allowance: Allowance, exchanges: list[Exchange]
    ) -> tuple[h11.Response, Sending | None]:
        """Send one request, add its exchange however it ends, and return its head and the request it redirects to."""
        secret = sending.secret[0] if sending.secret else None
        recorder = Recorder(sending.target.href, sending.method, sending.body or b"", secret)
        line = None
        try:
            line, head = self._lines.ask(sending, allowance, recorder)
            location = _location(head, sending.target)
            if location is None:
                self._read_page(line, head, recorder)
                return head, None
            _read_redirect(line, recorder)
            return head, sending.sent_on(head.status_code, location)
        except DoorError as error:
            recorder.cut_by(error)
            raise
        finally:
            if (exchange := recorder.exchange()) is not None:
                exchanges.append(exchange)
            if line is not None:
                self._lines.release(line)

    def _read_page(self, line: Line, head: h11.Response, recorder: Recorder) -> None:
        """Read the payload within the cap."""
        limit = self._policy.max_wire_bytes
        announced = _kept(head).get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            raise too_large(limit)
        for piece in line.pieces():
            recorder.payload += piece
            if len(recorder.payload) > limit:
                raise too_large(limit)
        recorder.whole()


def _read_redirect(line: Line, recorder: Recorder) -> None:
    """Read the page of a redirect as far as it comes at once: it is kept, and the line is free for the next request."""
    until = time.monotonic() + _REDIRECT_SECONDS
    try:
        for piece in line.pieces(patience=_REDIRECT_SECONDS):
            recorder.payload += piece
            long = len(recorder.payload) > _REDIRECT_BYTES
            if long or time.monotonic() > until:
                recorder.truncated = Truncated.LENGTH if long else Truncated.TIME
                return
    except DoorError as error:
        recorder.cut_by(error)
    else:
        recorder.whole()


def _location(head: h11.Response, target: Target) -> Target | None:
    """Return where the response redirects to; `None` when it is no redirect, or one that names no place."""
    if head.status_code not in _REDIRECTS:
        return None
    raw = next((value for name, value in head.headers if name == b"location"), b"")
    if not raw:
        return None
    try:
        return parse_url(_text(raw), base=target)
    except BadUrl as error:
        raise BadResponse(
            words("“%(host)s” redirects to something that is no web address: check the address.", host=target.host)
        ) from error


def _too_many(requested: Target, policy: DoorPolicy) -> TooManyRedirects:
    return TooManyRedirects(
        words(
            "“%(host)s” redirects more than %(limit)s times: open the page in a browser and use the "
            "address it ends at.",
            host=requested.host,
            limit=policy.max_redirects,
        )
    )


def _kept(head: h11.Response) -> dict[str, str]:
    """Return the headers that are kept, in the order of `KEPT_HEADERS`; those sent more than once joined by commas."""
    found: dict[str, list[str]] = {}
    for name, value in head.headers:
        found.setdefault(name.decode("ascii"), []).append(_text(value))
    return {name: ", ".join(found[name]) for name in KEPT_HEADERS if name in found}


def _text(value: bytes) -> str:
    """Return a header's value: ASCII by RFC 9110 §5.5, UTF-8 by custom, Latin-1 by history."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
