"""A POST through the door to an address that somebody entered, such as a webhook's: sent once, and nothing followed.

The address is held against the door's own rules when it is entered (`destination`) and again when the connection is
made (`connection`): what a name means may have changed in between. A redirect is an answer like any other, and what
it names is not looked at. No robots.txt and no lane: whoever entered the address wants to be told.
"""

import time
from dataclasses import dataclass
from typing import Final

from ada_url import URL

from claims.capture.addresses import why_not_public
from claims.capture.connection import LOCAL_NAMES, Allowance
from claims.capture.content_coding import decoded
from claims.capture.errors import BadUrl, DoorError, ForbiddenAddress
from claims.capture.exchange import Recorder
from claims.capture.lines import Line, Lines
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver, system_resolver
from claims.capture.sending import Sending
from claims.capture.urls import Target, parse_url
from claims.wording import words

ANSWER_BYTES: Final = 16_384
"""What is read of an answer's body: enough to see what a receiver complains of."""
_UNPACKED_BYTES: Final = 262_144


@dataclass(frozen=True, slots=True)
class Posted:
    """What came back: the status, the value of Retry-After ("" where there is none), how the body begins, and after
    how many seconds the answer's head was there."""

    status: int
    retry_after: str
    answer: bytes
    seconds: float


def destination(text: str, policy: DoorPolicy) -> Target:
    """Return the target an address names, if something may be sent there under `policy`; no name is resolved.

    Raises `BadUrl` for what is no address, holds a password or is not https; `ForbiddenAddress` for this machine and
    private networks, unless the operator admitted this very host and port.
    """
    target = parse_url(text.strip())
    url = URL(text.strip())
    if url.username or url.password:
        raise BadUrl(words("The address holds a user name or password: leave it out, the signature tells who sends."))
    if policy.private_address(target.host, target.port) is not None:
        return target
    local = any(target.host == name or target.host.endswith(f".{name}") for name in LOCAL_NAMES)
    reason = why_not_public(target.address) if target.address else None
    if local or reason:
        raise ForbiddenAddress(
            words(
                "“%(host)s” is not on the public internet: enter an address that is, or ask the operator to admit it.",
                host=target.host,
            )
        )
    if target.scheme != "https":
        raise BadUrl(words("The address begins with http://: enter one that begins with https://."))
    return target


def post(
    url: str,
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    policy: DoorPolicy,
    resolver: Resolver = system_resolver,
    media_type: str = "application/json",
) -> Posted:
    """Send a body once over a connection of its own, and return what came back, whatever its status.

    An answer whose head arrived counts, also where its body broke off. Raises an error of the `DoorError` branch where
    no head came, and for an address that `destination` refuses.
    """
    target = destination(url, policy)
    sending = Sending(target, "*/*", "POST", body, media_type, headers)
    allowance, recorder = Allowance(policy), Recorder(target.href, "POST", body)
    lines, began = Lines(policy, resolver), time.monotonic()
    line, head = lines.ask(sending, allowance, recorder)
    seconds = time.monotonic() - began
    try:
        known = {name.decode("ascii"): value.decode("latin-1") for name, value in head.headers}
        answer = _beginning(line, known.get("content-encoding", ""))
    finally:
        line.close()
    return Posted(head.status_code, known.get("retry-after", ""), answer, seconds)


def _beginning(line: Line, coding: str) -> bytes:
    """Return how the body begins, as far as it came; nothing of one whose coding cannot be undone."""
    read = bytearray()
    try:
        for piece in line.pieces():
            read += piece
            if len(read) >= ANSWER_BYTES:
                break
    except DoorError:
        pass  # what was taken is told by the status
    try:
        return decoded(bytes(read[:ANSWER_BYTES]), coding, _UNPACKED_BYTES)
    except DoorError:
        return b""
