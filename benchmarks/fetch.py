"""`fetch`: documents listed, fetched, archived and indexed by real workers, beside scrapy fetching the same pages.

`python -m benchmarks fetch --documents PATH [--pages 10000] [--concurrency 2]`: PATH is a folder or archive of dated
Markdown documents, which the replay site serves on loopback with a sitemap. Pace is off for both. Ours does per page
what it does for a desk: robots.txt and lane asked, exchange kept as WARC, bytes kept under their hash and flushed to
the disk, text read, document and passages stored in PostgreSQL. The peer fetches, and writes the bytes to a folder.

Metrics: `pages_per_s`, `stored` (documents), `missing`, `rss_mb_early` and `rss_mb_late` (the workers' largest, after a
fifth of the pages and at the end). Peer: `pages_per_s`, `rss_mb`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.result import Result
from tests.faults.desk import Desk, children_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "briefing.example"
NAME = "Replay"
BASE = Path(__file__).parents[1]
MAKE_SOURCE = """
from claims.models import HostLane
from verification.models import Source
HostLane.objects.create(host={host!r}, gap_ms=0, daily_budget=10**7)
Source.objects.create(name={name!r}, connector="sitemap", configuration={{"sitemaps": [{sitemap!r}]}}, enabled=True)
"""


def run(arguments: list[str]) -> Result:
    """Measure both, one after the other, against the same site."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks fetch")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=2)
    said = parser.parse_args(arguments)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="readout-fetch-") as folder, _site(said.documents, said.pages) as port:
        ours = _ours(Path(folder) / "desk", port, said.pages, said.concurrency)
        peer = _scrapy(Path(folder) / "peer", port)
    return Result("fetch", said.pages, ours, time.perf_counter() - began, {"scrapy": peer})


@contextmanager
def _site(documents: Path, most: int) -> "Iterator[int]":
    """Serve the documents from a process of its own; yields its port."""
    command = [sys.executable, "-m", "tests.replay", str(documents.resolve()), "--most", str(most)]
    server = subprocess.Popen(command, cwd=BASE, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def _ours(state: Path, port: int, pages: int, concurrency: int) -> dict[str, float]:
    state.mkdir()
    with Desk(state) as desk:
        desk.env |= {"FETCH_PRIVATE_TARGETS": f"{HOST}=127.0.0.1:{port}", "ARCHIVE_DIR": str(state / "archive")}
        sitemap = f"http://{HOST}:{port}/sitemap_index.xml"
        desk.manage("shell", "--no-imports", "-c", MAKE_SOURCE.format(host=HOST, name=NAME, sitemap=sitemap))
        desk.beat()
        desk.worker = desk.celery("worker", "--concurrency", str(concurrency), "--loglevel", "WARNING")
        desk.manage("list_source", NAME)
        early, late = 0.0, 0.0
        began = time.perf_counter()
        stored, quiet_since = 0, time.perf_counter()
        while True:
            time.sleep(1)
            now = desk.number("verification_sourceitem WHERE state <> 'due'")
            largest = max((_rss_mb(pid) for pid in children_of(desk.worker.pid)), default=0.0)
            if now <= pages / 5:
                early = max(early, largest)
            late = max(late, largest)
            if now != stored:
                stored, quiet_since = now, time.perf_counter()
            if stored >= pages or time.perf_counter() - quiet_since > 60:
                break
        seconds = quiet_since - began
        documents = desk.number("verification_document WHERE superseded_at IS NULL")
        return {
            "pages_per_s": documents / seconds,
            "stored": documents,
            "missing": pages - documents,
            "rss_mb_early": early,
            "rss_mb_late": late,
            "seconds": seconds,
        }


def _scrapy(folder: Path, port: int) -> dict[str, float]:
    folder.mkdir()
    command = [sys.executable, "-m", "benchmarks.fetch_peer", f"http://127.0.0.1:{port}", f"{HOST}:{port}", str(folder)]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return {"pages_per_s": told["pages"] / told["seconds"], "pages": told["pages"], "rss_mb": told["rss_mb"]}


def _rss_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024
