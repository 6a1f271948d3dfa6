"""One fetch in a process of its own, under the limits a desk has, so that its time and memory can be measured.

python -m tests.claims.capture.one_fetch PORT PATH SECONDS [CA]    prints one JSON object
"""

import json
import sys
import time
from pathlib import Path

from claims.capture.door import Capture, Door
from claims.capture.error_pages import why_no_page
from claims.capture.errors import CaptureError
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.readable import read
from claims.capture.warc import warc_file
from tests.claims.capture.doors import AGENT, nobody

DESK_BYTES = 20 * 1024 * 1024
"""What INTAKE_MAX_BYTES is where nobody set it."""


def told(port: int, path: str, seconds: float, ca_file: str | None) -> dict[str, object]:
    """Fetch, judge, read and archive, and tell what came of it."""
    target = PrivateTarget.parse(f"site.example=127.0.0.1:{port}")
    policy = DoorPolicy(AGENT, (target,), total_seconds=seconds, max_wire_bytes=DESK_BYTES,
                        max_entity_bytes=DESK_BYTES, ca_file=ca_file)  # fmt: skip
    began = time.monotonic()
    try:
        with Door(policy, nobody) as door:
            capture = door.fetch(f"{'https' if ca_file else 'http'}://site.example:{port}{path}")
    except CaptureError as error:
        found: dict[str, object] = {"error": type(error).__name__}
    else:
        found = came_of(capture)
    return found | {
        "seconds": time.monotonic() - began,
        "megabytes": most_memory() / 1024,
    }


def most_memory() -> int:
    """Return the most memory this program held, in kB; getrusage would tell of the one that started it as well."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def came_of(capture: Capture) -> dict[str, object]:
    """Tell what a page is worth, and what it reads as."""
    warc_file(capture.exchanges, software="readout/1", user_agent=AGENT)
    no_page = why_no_page(capture.status, capture.media_type, capture.headers, capture.body)
    outcome = no_page.outcome if no_page else capture.outcome
    try:
        article = read(capture.body, capture.media_type, url=capture.final_url, charset=capture.charset)
    except CaptureError as error:
        return {"outcome": outcome, "read": type(error).__name__}
    return {"outcome": outcome, "read": len(article.text)}


if __name__ == "__main__":
    port, path, seconds, *ca_file = sys.argv[1:]
    sys.stdout.write(json.dumps(told(int(port), path, float(seconds), ca_file[0] if ca_file else None)))
