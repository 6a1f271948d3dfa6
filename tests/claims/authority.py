"""A time-stamp authority on this machine: `openssl ts` behind a small web server, with keys of its own."""

import http.client
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from claims.capture.asking import Answer, Ask
from claims.capture.outcome import outcome_of

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl, which plays the authority, is missing")

_EXTENSIONS = {
    "stamps": "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=critical,timeStamping\n",
    # The same key in a certificate as any web server has: it signs no stamps.
    "pages": "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n",
}
_CONFIGURATION = """
[tsa]
default_tsa = lake
[lake]
serial = serial
signer_cert = stamps.pem
{chain}
signer_key = stamps.key
signer_digest = {digest}
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
"""


class Authority:
    """Answers questions with `openssl ts -reply`. `chain`: its root goes with each answer."""

    def __init__(self, folder: Path, *, key: str = "ec", digest: str = "sha256", chain: bool = True) -> None:
        folder.mkdir()
        self.folder = folder
        kind = ["rsa:2048"] if key == "rsa" else ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        self._run("req", "-x509", "-newkey", *kind, "-nodes", "-keyout", "root.key", "-out", "root.pem")
        self._run("req", "-x509", "-newkey", *kind, "-nodes", "-keyout", "stamps.key", "-out", "unused.pem")
        for name, extensions in _EXTENSIONS.items():
            (folder / f"{name}.ext").write_text(extensions)
            self._run("req", "-new", "-key", "stamps.key", "-out", f"{name}.csr")
            signed = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", f"{name}.ext"]
            self._run("x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")
        (folder / "serial").write_text("01")
        said = _CONFIGURATION.format(chain="certs = root.pem" if chain else "", digest=digest)
        (folder / "ts.cnf").write_text(said)

    def answer(self, query: bytes) -> bytes:
        """Return the answer to a question (DER)."""
        (self.folder / "query").write_bytes(query)
        self._run("ts", "-reply", "-config", "ts.cnf", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    def accepts(self, token: bytes, body: bytes) -> bool:
        """Return whether openssl, who knows the root, takes a token as a stamp of these bytes."""
        (self.folder / "token").write_bytes(token)
        (self.folder / "body").write_bytes(body)
        said = ["-data", "body", "-in", "token", "-token_in", "-CAfile", "root.pem", "-untrusted", "stamps.pem"]
        done = subprocess.run(["openssl", "ts", "-verify", *said], cwd=self.folder, capture_output=True, timeout=30)
        return done.returncode == 0

    def _run(self, *arguments: str) -> None:
        named = ["-subj", f"/CN=Lake Stamps {arguments[-1]}"] if arguments[0] == "req" else []
        subprocess.run(["openssl", *arguments, *named], cwd=self.folder, capture_output=True, check=True, timeout=30)


@contextmanager
def serving(authority: Authority) -> Iterator[str]:
    """Run the authority's web server and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Have no pages, and no robots.txt."""
            self.send_error(404)

        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            asked_well = self.headers["Content-Type"] == "application/timestamp-query"
            reply = authority.answer(query) if asked_well else b""
            self.send_response(200 if asked_well else 415)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def post(ask: Ask) -> Answer:
    """Ask over a plain connection of this machine: a `Fetch` without lanes, robots and archive."""
    parts = urlsplit(ask.url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    headers = {"Content-Type": ask.content_type or "", "Accept": ask.accept or "*/*"}
    try:
        connection.request(ask.method, parts.path, ask.body, headers)
        response = connection.getresponse()
        return Answer(ask, outcome_of(response.status), ask.url, response.status, body=response.read())
    finally:
        connection.close()
