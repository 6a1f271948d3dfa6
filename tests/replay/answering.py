"""HTTP for the replay site: keep-alive, conditional requests, HEAD, and a note of each request."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from tests.replay.site import Server


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `modified` becomes Last-Modified."""

    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    modified: datetime | None = None


class Handler(BaseHTTPRequestHandler):
    """Answers for `ReplaySite`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet

    def do_GET(self) -> None:
        """Answer a GET, and a HEAD without its body."""
        from tests.replay.site import Request

        site = cast("Server", self.server).site
        host = self.headers.get("Host", "")
        site.requests.append(Request(time.monotonic(), host, self.command, self.path, dict(self.headers.items())))
        parts = urlsplit(self.path)
        reply = site.reply_to(host, parts.path, dict(parse_qsl(parts.query)))
        if reply.status == 200 and self._is_known(reply):
            reply = Reply(status=304, headers=reply.headers)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD" and reply.status != 304:
            self.wfile.write(reply.body)

    def do_HEAD(self) -> None:
        """Answer as to a GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Move the clock."""
        said = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        moved = self.path == "/__clock__"
        if moved:
            cast("Server", self.server).site.now = datetime.fromisoformat(said)
        self.send_response(204 if moved else 405)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _is_known(self, reply: Reply) -> bool:
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return asked == reply.headers.get("ETag")
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == reply.headers.get("Last-Modified")

    def log_message(self, *_: object) -> None:
        """Say nothing: `site.requests` tells."""
