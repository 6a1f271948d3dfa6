"""Connections that go only where they may, and only as long as they may.

The check stands where the socket is opened: a name is resolved, every address it has is checked, and the connection is
made to one of the addresses just checked. Nothing asks for the name a second time, so an answer that changes (DNS
rebinding) has nothing left to change. TLS still proves the name: SNI and the certificate are checked against it.
"""

import hashlib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

import certifi
import httpcore

from claims.capture.addresses import parse_address, why_not_public
from claims.capture.content_coding import too_large
from claims.capture.errors import ConnectionFailed, ForbiddenAddress, NameNotFound, TlsFailed, TooSlow
from claims.capture.exchange import Recorder
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver
from claims.capture.urls import Target
from claims.wording import words

LOCAL_NAMES: Final = ("localhost",)
"""Names that mean this machine whatever a resolver says (RFC 6761 §6.3), and every name below them."""

_WRITTEN_AT_ONCE: Final = 16_384
"""Bytes between two looks at the deadline."""


class Allowance:
    """What is left of one fetch, all its redirects together: seconds until the deadline, and bytes off the wire."""

    def __init__(self, policy: DoorPolicy) -> None:
        self._policy = policy
        self._deadline = time.monotonic() + policy.total_seconds
        self._bytes_left = policy.max_wire_bytes + policy.max_header_bytes * (policy.max_redirects + 1)

    def seconds(self, at_most: float) -> float:
        """Return how long the next step may wait. Raises `TooSlow` once the deadline has passed."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return min(left, at_most)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop the clock: what is done meanwhile is ours, and takes nothing from the site's time."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._deadline += time.monotonic() - began

    def spend(self, size: int) -> None:
        """Count `size` bytes read, headers and framing included. Raises `TooLarge`."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise too_large(self._policy.max_wire_bytes)

    def too_slow(self) -> TooSlow:
        """Return the error for a site that kept us waiting too long."""
        return TooSlow(words("The site took too long to deliver the page: try again later."))


class GuardedStream:
    """A socket to a vetted address that stops at the deadline and byte count of the fetch it serves, however slowly it
    drips, and tells the fetch's recorder what passes. `patience` is the longest silence between two reads, in seconds.
    """

    def __init__(self, inner: httpcore.NetworkStream, address: str, allowance: Allowance, patience: float) -> None:
        self._inner = inner
        self._allowance = allowance
        self._recorder: Recorder | None = None
        self.address = address
        self.certificate_sha256: str | None = None
        self.patience = patience

    def serve(self, allowance: Allowance, recorder: Recorder, patience: float) -> None:
        """Work for one request from now on."""
        self._allowance = allowance
        self._recorder = recorder
        self.patience = patience
        recorder.address = self.address
        recorder.certificate_sha256 = self.certificate_sha256

    def read(self, max_bytes: int) -> bytes:
        """Read at most `max_bytes`; nothing at the end. Raises `TooSlow`, `TooLarge` and `httpcore.ReadError`."""
        try:
            data = self._inner.read(max_bytes, self._allowance.seconds(self.patience))
        except httpcore.ReadTimeout as error:
            raise self._allowance.too_slow() from error
        if self._recorder is not None:
            self._recorder.read(data)
        self._allowance.spend(len(data))
        return data

    def write(self, data: bytes) -> None:
        """Write `data`. Raises `TooSlow` and `httpcore.WriteError`."""
        if self._recorder is not None:
            self._recorder.wrote(data)
        try:
            for start in range(0, len(data), _WRITTEN_AT_ONCE):
                piece = data[start : start + _WRITTEN_AT_ONCE]
                self._inner.write(piece, self._allowance.seconds(self.patience))
        except httpcore.WriteTimeout as error:
            raise self._allowance.too_slow() from error

    def secure(self, tls: ssl.SSLContext, host: str, seconds: float) -> None:
        """Begin TLS for the name that was asked for. Raises `TlsFailed` and `TooSlow`."""
        try:
            self._inner = self._inner.start_tls(tls, host, self._allowance.seconds(seconds))
        except httpcore.ConnectTimeout as error:
            raise self._allowance.too_slow() from error
        except httpcore.ConnectError as error:
            raise _tls_failed(host, error.__cause__) from error
        socket = self._inner.get_extra_info("socket")
        certificate = socket.getpeercert(binary_form=True) if isinstance(socket, ssl.SSLSocket) else None
        self.certificate_sha256 = hashlib.sha256(certificate).hexdigest() if certificate else None

    @property
    def has_news(self) -> bool:
        """Say whether something can be read: on a connection nobody asked anything, its end, or what must not be."""
        return bool(self._inner.get_extra_info("is_readable"))

    def close(self) -> None:
        """Close the socket."""
        self._inner.close()


class Opener:
    """Opens sockets to vetted addresses only."""

    def __init__(self, policy: DoorPolicy, resolver: Resolver) -> None:
        self._policy = policy
        self._resolver = resolver
        self._sockets = httpcore.SyncBackend()

    def open(self, target: Target, allowance: Allowance) -> GuardedStream:
        """Connect to the first vetted address of the target's host that answers, and begin TLS where it asks for it.

        Raises `ForbiddenAddress`, `NameNotFound`, `ConnectionFailed`, `TlsFailed` and `TooSlow`.
        """
        for address in self._vetted(target.host, target.port, allowance):
            seconds = allowance.seconds(self._policy.connect_seconds)
            try:
                inner = self._sockets.connect_tcp(address, target.port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            stream = GuardedStream(inner, address, allowance, self._policy.idle_seconds)
            if target.scheme == "https":
                try:
                    stream.secure(_tls(self._policy.ca_file), target.host, self._policy.connect_seconds)
                except BaseException:
                    stream.close()
                    raise
            return stream
        raise ConnectionFailed(
            words("“%(host)s” did not answer: check the address, or try again later.", host=target.host)
        )

    def admits(self, target: Target, address: str) -> bool:
        """Say whether a connection to `address`, vetted when it was opened, may still serve `target`."""
        allowed = self._policy.private_address(target.host, target.port)
        if allowed is not None:
            return address == allowed
        return not _is_local(target.host) and why_not_public(parse_address(address)) is None

    def _vetted(self, host: str, port: int, allowance: Allowance) -> tuple[str, ...]:
        """Return the addresses of `host` to try: all of them are public, or the operator named this one."""
        allowed = self._policy.private_address(host, port)
        if allowed is not None:
            return (allowed,)
        if _is_local(host):
            raise forbidden(host, "localhost is this machine itself (RFC 6761)")
        try:
            answers: tuple[str, ...] = (str(parse_address(host)),)
        except ValueError:
            answers = tuple(self._resolver(host, port, allowance.seconds(self._policy.connect_seconds)))
        if not answers:
            raise NameNotFound(words("“%(host)s” has no address: check the spelling of the address.", host=host))
        for answer in answers:
            try:
                reason = why_not_public(parse_address(answer))
            except ValueError:
                raise forbidden(host, f"{answer!r} is no address") from None
            if reason is not None:
                raise forbidden(host, str(reason))
        return answers


def forbidden(host: str, reason: str) -> ForbiddenAddress:
    """Return the error for a host that leads into a private network."""
    return ForbiddenAddress(
        words(
            "“%(host)s” is not on the public internet (%(reason)s), so nothing was fetched. "
            "If it should be, ask the operator to allow it.",
            host=host,
            reason=reason,
        )
    )


@lru_cache(maxsize=8)
def _tls(ca_file: str | None) -> ssl.SSLContext:
    """Return the certificate authorities to trust; reading them takes longer than most fetches."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def _is_local(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in LOCAL_NAMES)


def _tls_failed(host: str, cause: BaseException | None) -> TlsFailed:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return TlsFailed(
            words(
                "The certificate of “%(host)s” was not accepted (%(reason)s): open the page in a browser, "
                "save it, and upload the file.",
                host=host,
                reason=cause.verify_message,
            )
        )
    return TlsFailed(
        words("No secure connection to “%(host)s” could be made: try again later.", host=host),
        permanent=False,
    )
