"""The sample's site on the loopback interface: `python -m config.sample.server PORT`, until SIGTERM.

It answers by the name that was asked for (the Host header) and the path, as a web server with many sites does. Nothing
of Django is needed: the supervisor runs it beside the desk.
"""

import signal
import sys
import threading
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from config.sample.addresses import LOOPBACK, pages

ENDING = (signal.SIGTERM, signal.SIGINT)
LAST_PORT = 65535

_NO_PAGE = b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Page not found</title></head>
<body><h1>Page not found</h1><p>The sample site has no page at this address.</p></body>
</html>
"""


class SampleServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 once made; `port` 0 takes a free one (`server_port`). Raises OSError for a taken one."""

    def __init__(self, port: int) -> None:
        super().__init__((LOOPBACK, port), _Answer)
        self.pages = pages()


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
        host = self.headers.get("Host", "").partition(":")[0].lower()
        file = self.server.pages.get((host, self.path.partition("?")[0]))
        body = file.read_bytes() if file else _NO_PAGE
        self.send_response(HTTPStatus.OK if file else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
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
        server = SampleServer(int(port))
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
