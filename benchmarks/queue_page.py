"""`queue-page`: what a page of the queue costs, on a small desk and on a large one.

    python -m benchmarks queue-page [--cases 1000] [--large 100000] [--times 20]

`NAME_p50_ms` and `NAME_p95_ms` are the server's time for the whole answer (middleware, database, template), in one
process, to an editor; `NAME_queries` those of one answer. The same with `large_` on a desk of so many cases in all. The
peer is Django's own change list of the same cases, the page as long, with its own search and filters; `counted` is that
list with the numbers beside its filters (`?_facets`), which ours always has. `NAME_ratio` is our median by the peer's
on the large desk, for what the peer can be asked too.
"""

import argparse
import statistics
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.crowd import percentile
from benchmarks.full_queue import fill
from benchmarks.result import Result
from benchmarks.scratch import scratch_database

if TYPE_CHECKING:
    from django.test import Client

Figures = dict[str, float]
Requests = dict[str, dict[str, str]]
QUEUE, PEER = "/admin/verification/review/", "/peer/verification/review/"
# One case in ten has been searched for, and its best passage has a quote check; one of five such quotes was altered.
CHECKED = """
WITH run AS (
  INSERT INTO verification_searchrun (public, claim_id, query, documents, outcome, error, versions, started_at)
  SELECT gen_random_uuid(), claim_id, '{}', 1, 'OK', '', '{}', now() FROM verification_review AS review
  WHERE id %% 10 = 3 AND NOT EXISTS (SELECT FROM verification_searchrun WHERE claim_id = review.claim_id)
  RETURNING id, claim_id
)
INSERT INTO verification_candidate (
  public, search_run_id, claim_id, document_id, snapshot_id, snapshot_sha256, rank, score, exact, prefix, suffix,
  start, "end", reasons, quote_check
)
SELECT gen_random_uuid(), id, claim_id, %(document)s, %(snapshot)s, %(sha256)s, 1, 1, 'lamps', '', '', 0, 5, '[]',
  jsonb_build_object('class', CASE WHEN id %% 5 = 0 THEN 'altered' ELSE 'exact' END, 'flags', '[]'::jsonb)
FROM run
"""


def run(argv: list[str]) -> Result:
    """Measure a small desk, then a large one."""
    parser = argparse.ArgumentParser(prog="queue-page")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    with scratch_database():
        from django.conf import settings  # noqa: PLC0415 (Django is set up by now)
        from django.test.utils import override_settings  # noqa: PLC0415 (Django is set up by now)

        plainly = override_settings(TEMPLATES=[settings.TEMPLATES[0] | {"DIRS": []}])  # Django's own, not ours
        with override_settings(ROOT_URLCONF="benchmarks.queue_page_peer", ALLOWED_HOSTS=["*"]):
            client = _editor()
            fill(wanted.cases)
            _check_quotes()
            metrics = _figures(client, QUEUE, _ours(), wanted.times)
            fill(wanted.large - wanted.cases)
            _check_quotes()
            large = _figures(client, QUEUE, _ours(), wanted.times)
            with plainly:
                peer = _figures(client, PEER, _theirs(), wanted.times)
    metrics |= {f"large_{name}": value for name, value in large.items()}
    shared = [name for name in peer if name.endswith("_p50_ms") and name in large]
    metrics |= {f"{name.removesuffix('_p50_ms')}_ratio": large[name] / peer[name] for name in shared}
    return Result("queue-page", wanted.times, metrics, time.perf_counter() - started, {"django_list": peer})


def _editor() -> "Client":
    from django.contrib.auth.models import Group, User  # noqa: PLC0415 (Django is set up by now)
    from django.test import Client  # noqa: PLC0415

    person = User.objects.create_superuser("editor", password=None)
    Group.objects.get(name="editor").user_set.add(person)
    client = Client()
    client.force_login(person)
    return client


def _ours() -> Requests:
    return {
        "plain": {},
        "word": {"q": "471"},
        "speaker": {"q": 'speaker:"warden 17"'},
        "due": {"q": "state:queued due:<2d"},
        "quote": {"quote": "altered"},
        "outlet": {"outlet": str(_outlet())},
    }


def _theirs() -> Requests:
    from django.utils import timezone  # noqa: PLC0415 (Django is set up by now)

    soon = timezone.now() + timedelta(days=2)
    return {
        "plain": {},
        "counted": {"_facets": ""},
        "word": {"q": "471"},
        "speaker": {"q": '"warden 17"'},
        "due": {"state__exact": "queued", "deadline__lt": soon.isoformat()},
        "outlet": {"claim__appearances__article__outlet__id__exact": str(_outlet())},
    }


def _outlet() -> int:
    from claims.models import Outlet  # noqa: PLC0415 (Django is set up by now)

    return Outlet.objects.order_by("pk")[7].pk


def _check_quotes() -> None:
    """Give the cases that are new their searches, under the database's own rules."""
    import hashlib  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415 (Django is set up by now)

    from claims.models import Snapshot  # noqa: PLC0415
    from config.database import as_owner  # noqa: PLC0415
    from verification.models import Document, Source  # noqa: PLC0415

    text = "lamps"
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document.objects.filter(text_sha256=digest).first() or Document.objects.create(
        source=Source.objects.create(name="Harbour Board", tier=1),
        snapshot=Snapshot.objects.create(origin="uploaded", outcome="OK", size=len(text), sha256=digest),
        stable_id="lamps",
        tier=1,
        text=text,
        text_sha256=digest,
    )
    with connection.cursor() as cursor:
        cursor.execute(CHECKED, {"document": document.pk, "snapshot": document.snapshot_id, "sha256": digest})
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _figures(client: "Client", path: str, requests: Requests, times: int) -> Figures:
    from django.db import connection  # noqa: PLC0415 (Django is set up by now)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    figures: Figures = {}
    for name, query in requests.items():
        address = f"{path}?{urlencode(query)}"
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        queries = len(asked)  # the next answer begins with an empty log
        assert answer.status_code == 200, (address, answer)
        took = []
        for _time in range(times):
            began = time.perf_counter()
            client.get(address)
            took.append(1000 * (time.perf_counter() - began))
        told = {"p50_ms": statistics.median(took), "p95_ms": percentile(took, 95), "queries": float(queries)}
        figures |= {f"{name}_{what}": value for what, value in told.items()}
    return figures
