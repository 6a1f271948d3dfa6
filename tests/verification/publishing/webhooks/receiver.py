"""A receiver of webhooks on the loopback interface, which does as receivers do: takes, fails, dawdles, sends away."""

import json
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from claims.capture.policy import PrivateTarget

HOST = "hooks.example"


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came, and the status it was answered with."""

    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def id(self) -> str:
        """Return its webhook-id."""
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        """Return what it says."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Receiver:
    """Answers each POST with `status`, `headers` and `says`, after `pause` seconds; use as a context manager."""

    def __init__(self) -> None:
        self.status, self.pause, self.says = 204, 0.0, b""
        self.headers: dict[str, str] = {}
        self.requests: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_port

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://{HOST}:{self.port}/readout"

    @property
    def target(self) -> PrivateTarget:
        """Return what an operator writes to admit it."""
        return PrivateTarget.parse(f"{HOST}=127.0.0.1:{self.port}")

    @property
    def taken(self) -> list[Received]:
        """Return what it took."""
        return [each for each in self.requests if 200 <= each.status < 300]

    def behave(self, status: int = 204, pause: float = 0.0, says: bytes = b"", **headers: str) -> None:
        """Do as told from now on."""
        self.status, self.pause, self.says = status, pause, says
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, headers, says = receiver.status, receiver.headers, receiver.says
            body = self.rfile.read(int(self.headers["content-length"]))
            time.sleep(receiver.pause)
            named = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append(Received(named, body, status))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0" if status == 204 else str(len(says)))
            self.end_headers()
            if status != 204:
                self.wfile.write(says)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
