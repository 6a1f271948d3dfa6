"""Connections that go only where they may, and only as long as they may.

The check stands where the socket is opened: a name is resolved, every address it has is checked, and the connection is
made to one of the addresses just checked. Nothing asks for the name a second time, so an answer that changes (DNS
rebinding) has nothing left to change. TLS still proves the name: SNI and the certificate are checked against it.
"""

import hashlib
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import httpcore
import httpx

from claims.capture.addresses import parse_address, why_not_public
from claims.capture.content_coding import too_large
from claims.capture.errors import BadResponse, ConnectionFailed, ForbiddenAddress, NameNotFound, TlsFailed, TooSlow
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver
from claims.capture.urls import Target
from claims.wording import words

LOCAL_NAMES: Final = ("localhost",)
"""Names that mean this machine whatever a resolver says (RFC 6761 §6.3), and every name below them."""


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

    def spend(self, size: int) -> None:
        """Count `size` bytes read, headers and framing included. Raises `TooLarge`."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise too_large(self._policy.max_wire_bytes)

    def too_slow(self) -> TooSlow:
        """Return the error for a site that kept us waiting too long."""
        return TooSlow(words("The site took too long to deliver the page: try again later."))


class GuardedStream(httpcore.NetworkStream):
    """A socket that stops at the fetch's deadline and byte count, however slowly it drips."""

    def __init__(
        self, inner: httpcore.NetworkStream, host: str, address: str, allowance: Allowance, policy: DoorPolicy
    ) -> None:
        self._inner = inner
        self._host = host
        self._address = address
        self._allowance = allowance
        self._policy = policy

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read at most `max_bytes`. Raises `TooSlow` and `TooLarge`."""
        try:
            data = self._inner.read(max_bytes, self._allowance.seconds(self._policy.idle_seconds))
        except httpcore.ReadTimeout as error:
            raise self._allowance.too_slow() from error
        self._allowance.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write `buffer`. Raises `TooSlow`."""
        try:
            self._inner.write(buffer, self._allowance.seconds(self._policy.idle_seconds))
        except httpcore.WriteTimeout as error:
            raise self._allowance.too_slow() from error

    def close(self) -> None:
        """Close the socket."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Begin TLS for the name that was asked for. Raises `TlsFailed` and `TooSlow`."""
        try:
            inner = self._inner.start_tls(
                ssl_context, server_hostname, self._allowance.seconds(self._policy.connect_seconds)
            )
        except httpcore.ConnectTimeout as error:
            raise self._allowance.too_slow() from error
        except httpcore.ConnectError as error:
            raise self._tls_failed(error.__cause__) from error
        return GuardedStream(inner, self._host, self._address, self._allowance, self._policy)

    def get_extra_info(self, info: str) -> Any:  # the signature is httpcore's
        """Return what httpcore knows of the socket, `vetted_address`, and under TLS `certificate_sha256` (hex)."""
        if info == "vetted_address":
            return self._address
        if info == "certificate_sha256":
            socket = self._inner.get_extra_info("socket")
            if not isinstance(socket, ssl.SSLSocket):
                return None
            certificate = socket.getpeercert(binary_form=True)
            return hashlib.sha256(certificate).hexdigest() if certificate else None
        return self._inner.get_extra_info(info)

    def _tls_failed(self, cause: BaseException | None) -> TlsFailed:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsFailed(
                words(
                    "The certificate of “%(host)s” was not accepted (%(reason)s): open the page in a browser, "
                    "save it, and upload the file.",
                    host=self._host,
                    reason=cause.verify_message,
                )
            )
        return TlsFailed(
            words("No secure connection to “%(host)s” could be made: try again later.", host=self._host),
            permanent=False,
        )


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to vetted addresses only."""

    def __init__(self, policy: DoorPolicy, resolver: Resolver, allowance: Allowance) -> None:
        self._policy = policy
        self._resolver = resolver
        self._allowance = allowance
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first vetted address of `host` that answers.

        Raises `ForbiddenAddress`, `NameNotFound`, `ConnectionFailed` and `TooSlow`.
        """
        for address in self._vetted(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._allowance.seconds(self._policy.connect_seconds), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return GuardedStream(stream, host, address, self._allowance, self._policy)
        raise ConnectionFailed(words("“%(host)s” did not answer: check the address, or try again later.", host=host))

    def _vetted(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses of `host` to try: all of them are public, or the operator named this one."""
        allowed = self._policy.private_address(host, port)
        if allowed is not None:
            return (allowed,)
        if any(host == name or host.endswith(f".{name}") for name in LOCAL_NAMES):
            raise forbidden(host, "localhost is this machine itself (RFC 6761)")
        try:
            answers: tuple[str, ...] = (str(parse_address(host)),)
        except ValueError:
            answers = tuple(self._resolver(host, port, self._allowance.seconds(self._policy.connect_seconds)))
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


class GuardedTransport(httpx.BaseTransport):
    """One guarded connection for each request, closed with its response.

    Connections are not kept: a request's address is then always one vetted for that request, and nothing of one fetch
    (deadline, bytes, certificate) is left over in the next.
    """

    def __init__(self, policy: DoorPolicy, resolver: Resolver, tls: ssl.SSLContext) -> None:
        self._policy = policy
        self._resolver = resolver
        self._tls = tls

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`, whose extensions carry the fetch's `allowance` and the parsed `destination`."""
        destination: Target = request.extensions["destination"]
        url = httpcore.URL(
            scheme=destination.scheme.encode(),
            host=destination.host.encode(),
            port=destination.port,
            target=destination.path_and_query.encode(),
        )
        connection = httpcore.HTTPConnection(
            origin=url.origin,
            ssl_context=self._tls,
            network_backend=GuardedBackend(self._policy, self._resolver, request.extensions["allowance"]),
        )
        try:
            with _broken_http_named(destination.host):
                response = connection.handle_request(httpcore.Request("GET", url, headers=request.headers.raw))
        except BaseException:
            connection.close()
            raise
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(connection, response, destination.host),
            extensions=response.extensions,
        )


class _Body(httpx.SyncByteStream):
    """A response's bytes as they come off the wire; closing them closes the connection."""

    def __init__(self, connection: httpcore.HTTPConnection, response: httpcore.Response, host: str) -> None:
        self._connection = connection
        self._response = response
        self._host = host

    def __iter__(self) -> Iterator[bytes]:
        with _broken_http_named(self._host):
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
        self._connection.close()


@contextmanager
def _broken_http_named(host: str) -> Iterator[None]:
    """Turn what httpcore raises into the errors of this package."""
    try:
        yield
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise BadResponse(
            words("“%(host)s” did not answer as a web site does: check the address.", host=host), permanent=False
        ) from error
    except httpcore.NetworkError as error:
        raise ConnectionFailed(words("The connection to “%(host)s” broke off: try again.", host=host)) from error
