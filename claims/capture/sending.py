"""What one request of a fetch says, and what is left of it where a redirect sends it on."""

import re
from dataclasses import dataclass, replace
from typing import Final

from claims.capture.content_coding import ACCEPT_ENCODING
from claims.capture.errors import BadResponse
from claims.capture.urls import Target
from claims.wording import words

METHODS: Final = ("GET", "POST")

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS: Final = frozenset(
    {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "content-type"}
    | {"transfer-encoding", "if-none-match", "if-modified-since", "cookie", "expect", "upgrade", "te", "trailer"}
)
"""Headers the door sets itself, or that would change how the message is read."""

_KEYS: Final = frozenset({"authorization", "proxy-authorization"})
"""Headers that are secret by name: only `secret` may carry one."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One request: `secret` is a header and its value, `validators` an ETag and a Last-Modified ("" where unknown)."""

    target: Target
    accept: str
    method: str = "GET"
    body: bytes | None = None
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    secret: tuple[str, str] | None = None
    validators: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        """Refuse what no request can carry, without saying a secret."""
        if self.method not in METHODS or (self.body is not None) != (self.method == "POST"):
            raise ValueError("a fetch is a GET, or a POST with a body")
        said = [("Accept", self.accept), ("Content-Type", self.content_type or "none")]
        named = [*self.headers, self.secret] if self.secret else self.headers
        if any(name.lower() in _OURS or not _NAME.fullmatch(name) for name, _ in named):
            raise ValueError("a fetch may not set a header that is the door's own, or has no proper name")
        if any(name.lower() in _KEYS for name, _ in self.headers):
            raise ValueError("a fetch carries a key as its secret alone")
        for name, value in (*said, *named):
            if not _printable(value):
                raise ValueError(f"the value of the header {name} holds what a header cannot carry")

    @property
    def conditional(self) -> bool:
        """Say whether the request asks for the page only if it changed."""
        return self.validators is not None and any(map(_printable, self.validators))

    def lines(self, user_agent: str) -> list[tuple[bytes, bytes]]:
        """Return the request's headers in the order in which they are sent.

        A validator that is not printable ASCII is not sent: the page then simply comes whole.
        """
        said = [
            ("Host", self.target.host_header),
            ("User-Agent", user_agent),
            ("Accept", self.accept),
            ("Accept-Encoding", ACCEPT_ENCODING),
            *self.headers,
        ]
        if self.secret:
            said.append(self.secret)
        if self.validators:
            named = zip(("If-None-Match", "If-Modified-Since"), self.validators, strict=True)
            said += [(name, value) for name, value in named if _printable(value)]
        if self.body is not None:
            said.append(("Content-Type", self.content_type or "application/octet-stream"))
            said.append(("Content-Length", str(len(self.body))))
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in said]

    def sent_on(self, status: int, target: Target) -> "Sending":
        """Return the request that a redirect with `status` makes of this one (RFC 9110 §15.4).

        A secret stays behind where the redirect leads to another scheme, host or port, and does not come back. The
        validators stay behind on every redirect: they are of the address that was asked for, and another page that
        did not change since then would pass for it. A POST becomes a GET, except by 307 and 308, which keep it within
        its origin; to another one it is not sent again. Raises `BadResponse`.
        """
        same = self.target.origin == target.origin
        following = replace(self, target=target, secret=self.secret if same else None, validators=None)
        if self.method == "GET":
            return following
        if status not in (307, 308):
            return replace(following, method="GET", body=None, content_type=None)
        if not same:
            raise BadResponse(
                words(
                    "“%(host)s” wants what it was sent to be sent on to “%(other)s”, which is not done: "
                    "check the address.",
                    host=self.target.host,
                    other=target.host,
                )
            )
        return following


def _printable(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()
