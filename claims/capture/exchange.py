"""One request and its response as they went over the wire: what an archive keeps, whatever the answer was worth."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from claims.capture.errors import ConnectionFailed, DoorError, TooLarge, TooSlow

WITHHELD: Final = b"[withheld]"
"""Stands where a request carried a secret."""

_HEAD_END: Final = re.compile(rb"\n\r?\n")
"""As RFC 9112 §2.2 lets a recipient read it: a bare LF ends a line as well."""

_FOLD: Final = re.compile(rb"\r?\n[ \t]+")
"""A line that goes on in the next, as old servers write (RFC 9112 §5.2)."""

_INTERIM: Final = re.compile(rb"HTTP/\d\.\d 1(?!01)\d\d\b")
"""A 1xx answer comes before the response and is none (RFC 9110 §15.2); 101 ends HTTP on the connection."""


class Truncated(StrEnum):
    """Why less than the response was kept: the reasons of WARC/1.1 §5.13 (WARC-Truncated)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"
    UNSPECIFIED = "unspecified"


def head_and_rest(message: bytes) -> tuple[bytes, bytes]:
    """Return the head of an HTTP message, its empty line included, and what follows it."""
    end = _HEAD_END.search(message)
    return (message[: end.end()], message[end.end() :]) if end else (message, b"")


def status_in(head: bytes) -> int | None:
    """Return the status of a response's head; None where it is no head of HTTP."""
    line = head.split(b"\n", 1)[0].split()
    return int(line[1]) if len(line) > 1 and line[0].startswith(b"HTTP/") and line[1].isdigit() else None


def headers_in(head: bytes) -> tuple[tuple[str, str], ...]:
    """Return the headers of a head in order, names as they were written, values as Latin-1."""
    lines = _FOLD.sub(b" ", head).split(b"\n")[1:]
    pairs = (line.decode("latin-1").partition(":") for line in lines if b":" in line)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response; of a redirected fetch, one hop.

    `request_head` and `response_head` are the exact bytes up to and with the empty line (interim 1xx answers left out,
    a secret header's value replaced by `WITHHELD`); a head that broke off is what came of it. `payload` has its
    transfer coding undone and its content coding kept. `truncated` says why the response is not whole; None where
    it is.
    """

    url: str
    method: str
    request_head: bytes
    request_body: bytes
    response_head: bytes
    payload: bytes
    truncated: Truncated | None
    address: str
    certificate_sha256: str | None
    started_at: datetime

    @property
    def status(self) -> int | None:
        """Return the status; None where no head of HTTP arrived."""
        return status_in(self.response_head)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the response's headers in order, names as they were written."""
        return headers_in(self.response_head)

    @property
    def head_is_whole(self) -> bool:
        """Say whether the response's head arrived to its end."""
        return self.status is not None and _HEAD_END.search(self.response_head) is not None

    @property
    def payload_sha256(self) -> str:
        """Return the hash (hex) of the payload: of the bytes as coded, so not always that of the page."""
        return hashlib.sha256(self.payload).hexdigest()


@dataclass(slots=True)
class Recorder:
    """Notes one exchange while its bytes pass, so that it can be told however it ends."""

    url: str
    method: str
    body: bytes = b""
    secret: str | None = None
    address: str = ""
    certificate_sha256: str | None = None
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    payload: bytearray = field(default_factory=bytearray)
    in_head: bool = True
    ended: bool = False
    truncated: Truncated | None = Truncated.UNSPECIFIED

    def began_again(self) -> None:
        """Forget what a connection that turned out to be dead was told."""
        self.sent.clear()
        self.ended = False
        self.started_at = datetime.now(UTC)

    def wrote(self, data: bytes) -> None:
        """Note bytes of the request."""
        self.sent += data

    def read(self, data: bytes) -> None:
        """Note bytes as they came off the wire: until the head is over, since the payload is noted apart."""
        self.ended = not data
        if self.in_head:
            self.received += data

    def head_came(self) -> None:
        """Note that the head of the response is whole: what follows it in `received` is not part of it."""
        self.in_head = False
        start = 0
        while end := _HEAD_END.search(self.received, start):
            if not _INTERIM.match(self.received, start):
                del self.received[end.end() :]
                break
            start = end.end()
        del self.received[:start]

    def whole(self) -> None:
        """Note that the response came to its end."""
        self.truncated = None

    def cut_by(self, error: DoorError) -> None:
        """Note what kept the response from coming to its end; one that had come stays whole."""
        if self.truncated is None:
            return
        if isinstance(error, TooSlow):
            self.truncated = Truncated.TIME
        elif isinstance(error, TooLarge):
            self.truncated = Truncated.LENGTH
        elif isinstance(error, ConnectionFailed) or self.ended:
            self.truncated = Truncated.DISCONNECT

    def exchange(self) -> Exchange | None:
        """Return what was noted; None where nothing came back."""
        if not self.received:
            return None
        head, _, _ = bytes(self.sent).partition(b"\r\n\r\n")
        return Exchange(
            self.url,
            self.method,
            _without_secret(head, self.secret) + b"\r\n\r\n",
            self.body,
            bytes(self.received),
            bytes(self.payload),
            self.truncated,
            self.address,
            self.certificate_sha256,
            self.started_at,
        )


def _without_secret(head: bytes, header: str | None) -> bytes:
    if header is None:
        return head
    lines: Sequence[bytes] = head.split(b"\r\n")
    name = header.lower().encode() + b":"
    return b"\r\n".join(
        line[: len(name)] + b" " + WITHHELD if line.lower().startswith(name) else line for line in lines
    )
