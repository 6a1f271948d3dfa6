"""The sample's site on the loopback interface: `python -m config.sample.server PORT`, until SIGTERM.

It answers by the name that was asked for (the Host header) and the path, as a web server with many sites does. Nothing
of Django is needed: the supervisor runs it beside the desk.
"""

import hashlib
import signal
import sys
import threading
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from config.sample.addresses import LOOPBACK, pages
from config.sample.feeds import FEEDS, REFUSES, feed_of
from config.sample.revising import revised

ENDING = (signal.SIGTERM, signal.SIGINT)
LAST_PORT = 65535

_NO_PAGE = b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Page not found</title></head>
<body><h1>Page not found</h1><p>The sample site has no page at this address.</p></body>
</html>
"""
_NO_PROGRAM = b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Access denied</title></head>
<body><h1>Access denied</h1><p>The gazette is for readers, not for programs.</p></body>
</html>
"""


class SampleServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 once made; `port` 0 takes a free one (`server_port`). Raises OSError for a taken one.

    `later` serves the pages as they stand since the desk was loaded from them: one was revised.
    """

    def __init__(self, port: int, *, later: bool = False) -> None:
        super().__init__((LOOPBACK, port), _Answer)
        self.pages = pages()
        self.later = later


class _Answer(BaseHTTPRequestHandler):
    """One connection; each page is read when it is asked for."""

    server: SampleServer
    protocol_version = "HTTP/1.1"
    server_version = "ReadoutSample"
    sys_version = ""
    # A connection that is kept open and asks for nothing holds a thread.
    timeout = 10

    def do_GET(self) -> None:
        """Send the page, or the page that says there is none."""
        self.wfile.write(self._head())

    def do_HEAD(self) -> None:
        """Send what GET would, without the page."""
        self._head()

    def _head(self) -> bytes:
        """Send status and headers; return the body that belongs to them."""
        name = self.headers.get("Host", "").lower()
        host, path = name.partition(":")[0], self.path.partition("?")[0]
        file = self.server.pages.get((host, path))
        status, body, kind, tag = HTTPStatus.NOT_FOUND, _NO_PAGE, "text/html", ""
        if file:
            status, body = HTTPStatus.OK, file.read_bytes()
            body = revised(host, path, body) if self.server.later else body
        elif FEEDS.get(host) == path:
            status, body, kind = HTTPStatus.OK, feed_of(host, name, self.server.pages), "application/rss+xml"
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == tag:
                status, body = HTTPStatus.NOT_MODIFIED, b""
        elif REFUSES.get(host) == path:
            status, body = HTTPStatus.FORBIDDEN, _NO_PROGRAM
        self.send_response(status)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        if file:
            self.send_header("Last-Modified", self.date_time_string(int(file.stat().st_mtime)))
        self.end_headers()
        return body


def main(arguments: Sequence[str]) -> int:
    """Serve until SIGTERM or SIGINT: 0 then, 1 when the port is taken, 2 when none was named."""
    port = arguments[0] if len(arguments) == 1 else ""
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= LAST_PORT):
        sys.stderr.write("usage: python -m config.sample.server PORT\n")
        return 2
    # Blocked before the first thread is made, so that the signals wait for sigwait whichever thread they reach.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        server = SampleServer(int(port), later=True)
    except OSError as error:
        sys.stderr.write(f"The sample site cannot listen on {LOOPBACK}:{port} ({error.strerror}): name another port.\n")
        return 1
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        signal.sigwait(ENDING)
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
