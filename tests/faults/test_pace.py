"""Two hosts with gaps of their own, four workers, and a broker that forgets everything: every gap is kept."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median

import pytest

from tests.faults.desk import BASE, Desk

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
SECONDS = 60.0
# The first host has the desk's gap, the second asks for its own in its robots.txt.
GAPS = {"papers.example": 1.0, "letters.example": 1.6}
# A request that set out punctually is noticed when its server's thread is: on a busy machine so much too late.
BLUR = 0.02


@dataclass
class Site:
    """Answers for both hosts, and notes when each request came."""

    arrivals: dict[str, list[float]] = field(default_factory=lambda: {host: [] for host in GAPS})
    lock: threading.Lock = field(default_factory=threading.Lock)

    def gaps(self, host: str) -> list[float]:
        """Return the seconds between each request and the one before it, robots.txt and all."""
        return [later - earlier for earlier, later in pairwise(sorted(self.arrivals[host]))]

    def told(self, host: str) -> str:
        """Return the figures of a host in one line."""
        gaps = self.gaps(host)
        return (
            f"{host} asks for {GAPS[host]} s: {len(gaps) + 1} requests, gaps of {min(gaps):.4f} to {max(gaps):.4f} s, "
            f"mean {fmean(gaps):.4f} s ({100 * (fmean(gaps) / GAPS[host] - 1):+.1f} %), median {median(gaps):.4f} s\n"
        )


@pytest.fixture
def site() -> Iterator[tuple[Site, int]]:
    noted = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            now = time.monotonic()
            host = self.headers["Host"].partition(":")[0]
            with noted.lock:
                noted.arrivals[host].append(now)
            body = b"<p>The harbour board met.</p>"
            if self.path == "/robots.txt":
                body = f"User-agent: *\nCrawl-delay: {GAPS[host]}\n".encode() if host == "letters.example" else b""
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield noted, server.server_address[1]
        server.shutdown()


def paced(desk: Desk, port: int) -> None:
    desk.env |= {
        "FETCH_PRIVATE_TARGETS": ",".join(f"{host}=127.0.0.1:{port}" for host in GAPS),
        "FETCH_GAP_MS": str(round(1000 * GAPS["papers.example"])),
    }


def test_four_workers_keep_each_hosts_gap_through_a_flushed_broker(tmp_path: Path, site: tuple[Site, int]) -> None:
    noted, port = site
    with Desk(tmp_path / "desk") as desk:
        paced(desk, port)
        command = [sys.executable, "-m", "tests.faults.asking_in_turn", str(SECONDS)]
        command += [f"http://{host}:{port}/page" for host in GAPS]
        env = desk.env | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        workers = [subprocess.Popen(command, cwd=BASE, env=env, stdout=subprocess.PIPE, text=True) for _ in range(4)]
        time.sleep(SECONDS / 2)
        desk.flush_broker()
        asked = [int(worker.communicate(timeout=120)[0]) for worker in workers]
    sys.stdout.writelines([*map(noted.told, GAPS), f"each worker got: {asked}\n"])
    assert min(asked) > 0
    for host, gap in GAPS.items():
        assert len(noted.gaps(host)) > 0.8 * SECONDS / gap
        assert min(noted.gaps(host)) >= gap * (1 - BLUR)
        assert fmean(noted.gaps(host)) == pytest.approx(gap, rel=0.05)


def test_submitted_addresses_are_fetched_by_real_workers_no_faster_than_their_hosts_wish(
    tmp_path: Path, site: tuple[Site, int]
) -> None:
    noted, port = site
    with Desk(tmp_path / "desk") as desk:
        paced(desk, port)
        addresses = [f"http://{host}:{port}/{number}" for number in range(20) for host in GAPS]
        desk.manage("shell", "--no-imports", "-c", SUBMIT.format(addresses=addresses))
        desk.beat()
        desk.worker = desk.celery("worker", "--concurrency", "4", "--loglevel", "INFO")
        desk.wait_for(lambda: len(noted.arrivals["papers.example"]) > 10)
        desk.flush_broker()
        desk.wait_for(lambda: desk.number("claims_work WHERE kind = 'claims.fetch' AND done_at IS NULL") == 0)
        assert desk.number("claims_submission WHERE article_id IS NULL AND error = ''") == 0
    sys.stdout.writelines(map(noted.told, GAPS))
    for host, gap in GAPS.items():
        assert len(noted.arrivals[host]) == 21
        assert min(noted.gaps(host)) >= gap * (1 - BLUR)


SUBMIT = """
from django.contrib.auth.models import User
from claims.submitting import submit_address
person = User.objects.create(username="ines")
for address in {addresses!r}:
    submit_address(person, address)
"""
