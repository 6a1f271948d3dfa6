"""A real server on the loopback interface that counts the connections it accepts."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Self

Answer = bytes | Callable[[socket.socket], None]


def response(body: bytes = b"", *, status: str = "200 OK", headers: Iterable[str] = ()) -> bytes:
    """Return the bytes of an HTTP/1.1 response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """Return the bytes of a redirect."""
    return response(status=status, headers=[f"Location: {location}"])


def dripping(data: bytes, seconds: float) -> Callable[[socket.socket], None]:
    """Return an answer that sends `data` byte by byte with a pause after each."""

    def drip(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(seconds)

    return drip


class LoopbackServer:
    """Answers each path with bytes, or with what a function writes to the socket. Anything else is a 404.

    `greeting` is sent before the client has said anything, as no web server does. One that is `patient` serves one
    request after another on a connection, until it is told to hang up.
    """

    def __init__(
        self,
        answers: dict[str, Answer] | None = None,
        tls: ssl.SSLContext | None = None,
        greeting: bytes = b"",
        patient: bool = False,
    ) -> None:
        self.answers = dict(answers or {})
        self._greeting = greeting
        self._patient = patient
        self._open: list[socket.socket] = []
        self.connections = 0
        self.requests: list[bytes] = []
        self.server_names: list[str | None] = []
        self._tls = tls
        if tls is not None:
            tls.sni_callback = lambda _socket, name, _context: self.server_names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._listener.settimeout(0.01)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._listener.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Close every connection that is open."""
        while self._open:
            with suppress(OSError):
                self._open.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(5)
            connection.sendall(self._greeting)
            if self._tls is None:
                self._converse(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as secured:
                self._converse(secured)

    def _converse(self, connection: socket.socket) -> None:
        self._open.append(connection)
        while self._answered(connection) and self._patient:
            continue

    def _answered(self, connection: socket.socket) -> bool:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(4096)
            if not piece:
                return False
            request += piece
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: (\d+)", head)
        while len(body) < int(length[1] if length else 0):
            body += connection.recv(65536)
        self.requests.append(head + b"\r\n\r\n" + body)
        answer = self.answers.get(head.split(b" ")[1].decode(), response(b"nothing here", status="404 Not Found"))
        if callable(answer):
            answer(connection)
        else:
            connection.sendall(answer)
        return True
