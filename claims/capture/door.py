"""The door: the only way from this system to the web.

    door = Door(DoorPolicy(user_agent="Readout/1 (+https://desk.example/about-our-fetches)"))
    capture = door.fetch("https://www.example.org/statement")

http and https only; each name is resolved, checked and connected to in one step (`connection`), each redirect goes
through all of it again; one deadline and one byte count hold for the whole fetch; no proxy, cookie, password or netrc
entry of the machine takes part. The errors are those under `DoorError` in `errors`; a status of 404 or 500 is no error
but a capture, and `outcome_of` says what it means.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, Self

import httpx

from claims.capture.connection import Allowance, GuardedTransport
from claims.capture.content_coding import ACCEPT_ENCODING, decoded, too_large
from claims.capture.errors import BadResponse, BadUrl, TooLarge, TooManyRedirects
from claims.capture.media import content_type
from claims.capture.outcome import Outcome, outcome_of
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver, system_resolver
from claims.capture.urls import Target, parse_url
from claims.wording import words

ACCEPT: Final = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"

KEPT_HEADERS: Final = (
    "cache-control",
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
    "retry-after",
    "server",
    "x-amzn-waf-action",
    "x-robots-tag",
)
"""The headers a capture keeps: what dates, identifies, types or limits the response; none that holds a session."""

_REDIRECTS: Final = (301, 302, 303, 307, 308)


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
    """What one fetch returned. `body` is the entity, its content coding undone; `sha256` (hex) is of those bytes."""

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

    @property
    def outcome(self) -> Outcome:
        """Return what the status means."""
        return outcome_of(self.status, self.headers)


class Door:
    """One httpx client behind one policy; safe to share between threads. Use as a context manager, or `close` it."""

    def __init__(self, policy: DoorPolicy, resolver: Resolver = system_resolver) -> None:
        self._policy = policy
        tls = httpx.create_ssl_context(trust_env=False)
        if policy.ca_file is not None:
            tls.load_verify_locations(policy.ca_file)
        self._client = httpx.Client(
            transport=GuardedTransport(policy, resolver, tls),
            trust_env=False,
            follow_redirects=False,
            timeout=policy.total_seconds,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def fetch(self, url: str, *, accept: str = ACCEPT) -> Capture:
        """Fetch `url` with GET, following redirects, and return what came back, whatever its status.

        Raises an error of the `DoorError` branch: `BadUrl`, `ForbiddenAddress`, `NameNotFound`, `ConnectionFailed`,
        `TlsFailed`, `TooSlow`, `TooLarge`, `TooManyRedirects` or `BadResponse`.
        """
        started_at = datetime.now(UTC)
        requested = target = parse_url(url)
        allowance = Allowance(self._policy)
        redirects: list[Redirect] = []
        while True:
            with self._response(target, accept, allowance) as response:
                address = _extra(response, "vetted_address") or ""
                certificate = _extra(response, "certificate_sha256")
                following = _location(response, target)
                if following is None:
                    body = self._entity(response)
                    break
            if len(redirects) == self._policy.max_redirects:
                raise TooManyRedirects(
                    words(
                        "“%(host)s” redirects more than %(limit)s times: open the page in a browser and use the "
                        "address it ends at.",
                        host=requested.host,
                        limit=self._policy.max_redirects,
                    )
                )
            redirects.append(Redirect(target.href, response.status_code, following.href, address))
            target = following
        media_type, charset = content_type(response.headers.get("content-type", ""))
        return Capture(
            requested_url=requested.href,
            final_url=target.href,
            status=response.status_code,
            headers=_kept(response),
            media_type=media_type,
            charset=charset,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            address=address,
            certificate_sha256=certificate,
            redirects=tuple(redirects),
            started_at=started_at,
            fetched_at=datetime.now(UTC),
        )

    @contextmanager
    def _response(self, target: Target, accept: str, allowance: Allowance) -> Iterator[httpx.Response]:
        """Send one request and hold its response open, the body unread."""
        try:
            request = self._client.build_request(
                "GET",
                target.href,
                headers={
                    "Host": target.host_header,
                    "User-Agent": self._policy.user_agent,
                    "Accept": accept,
                    "Accept-Encoding": ACCEPT_ENCODING,
                    "Connection": "close",
                },
                extensions={"destination": target, "allowance": allowance},
            )
        except httpx.InvalidURL as error:
            raise BadUrl(words("“%(host)s” cannot be fetched: check the address.", host=target.host)) from error
        with closing(self._client.send(request, stream=True)) as response:
            if response.status_code < 200:
                raise BadResponse(words("“%(host)s” answered without a page: check the address.", host=target.host))
            size = sum(len(name) + len(value) + 4 for name, value in response.headers.raw)
            if size > self._policy.max_header_bytes:
                raise TooLarge(words("“%(host)s” sent more headers than a page needs.", host=target.host))
            yield response

    def _entity(self, response: httpx.Response) -> bytes:
        """Read the body within both caps and undo its content coding."""
        limit = self._policy.max_wire_bytes
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            raise too_large(limit)
        wire = bytearray()
        for piece in response.iter_raw():
            wire += piece
            if len(wire) > limit:
                raise too_large(limit)
        coding = response.headers.get("content-encoding", "")
        return decoded(bytes(wire), coding, self._policy.max_entity_bytes)


def _location(response: httpx.Response, target: Target) -> Target | None:
    """Return where the response redirects to; `None` when it is no redirect, or one that names no place."""
    if response.status_code not in _REDIRECTS:
        return None
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    if not raw:
        return None
    try:
        location = raw.decode("utf-8")
    except UnicodeDecodeError:
        location = raw.decode("latin-1")
    try:
        return parse_url(location, base=target)
    except BadUrl as error:
        raise BadResponse(
            words("“%(host)s” redirects to something that is no web address: check the address.", host=target.host)
        ) from error


def _kept(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    headers = response.headers
    return tuple((name, headers[name]) for name in KEPT_HEADERS if name in headers)


def _extra(response: httpx.Response, name: str) -> str | None:
    """Return what the guarded stream noted of its connection."""
    noted = response.extensions["network_stream"].get_extra_info(name)
    return noted if isinstance(noted, str) else None
