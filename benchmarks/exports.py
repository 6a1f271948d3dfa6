"""`exports`: what it costs to export very many checks, as CSV and as JSON Lines.

    python -m benchmarks exports [--checks 100000]

One reader in the server's own process, without HTTP: `NAME_per_s` checks are written a second, `NAME_mb` is how much
the process's memory (resident, Linux) grew between the first thousand checks and the last, in MB.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.full_queue import fill
from benchmarks.full_shelf import publish_all
from benchmarks.result import Result
from benchmarks.scratch import scratch_database

WARM: Final = 1000
"""Lines after which all that is loaded once is loaded."""


def run(argv: list[str]) -> Result:
    """Fill a desk and read its exports to the end."""
    parser = argparse.ArgumentParser(prog="exports")
    parser.add_argument("--checks", type=int, default=100_000)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    metrics: dict[str, float] = {}
    with scratch_database():
        fill(wanted.checks)
        publish_all()
        for name in ("jsonl", "csv"):
            metrics |= _exported(name, wanted.checks)
    return Result("exports", wanted.checks, metrics, time.perf_counter() - started)


def _exported(name: str, checks: int) -> dict[str, float]:
    before, warm, lines = time.perf_counter(), 0.0, 0
    for lines, _line in enumerate(_lines(name), start=1):
        if lines == WARM:
            warm = _resident()
    if lines < checks:
        raise RuntimeError(f"{lines} lines came of {checks} checks")
    seconds = time.perf_counter() - before
    return {f"{name}_per_s": checks / seconds, f"{name}_mb": _resident() - warm}


def _lines(name: str) -> Iterator[bytes]:
    from django.http.response import HttpResponseBase, StreamingHttpResponse  # noqa: PLC0415 (Django is set up by now)
    from django.test import RequestFactory, override_settings  # noqa: PLC0415

    from verification.api.export import JsonLines, Table  # noqa: PLC0415

    with override_settings(ALLOWED_HOSTS=["*"]):
        answer: HttpResponseBase = {"jsonl": JsonLines, "csv": Table}[name].as_view()(
            RequestFactory().get("/api/v1/export/")
        )
        if not isinstance(answer, StreamingHttpResponse):
            raise RuntimeError(f"The export was answered {answer.status_code}")
        for line in answer:
            yield bytes(line)


def _resident() -> float:
    """Return the memory that this process holds now, in MB (proc(5), `VmRSS` in kB)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (held,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(held) / 1000
