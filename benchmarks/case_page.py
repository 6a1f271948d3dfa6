"""`case-page`: what the page a claim is checked on costs, on a small desk and on a large one.

    python -m benchmarks case-page [--candidates 30] [--cases 1000] [--large 100000] [--times 60]

`p50_ms` and `p95_ms` are the server's time for the whole answer (middleware, database, template, compression), in one
process, to the checker whose case it is, with a judgment begun; `queries` those of one answer; `page_kb` what is sent
of the page and `first_visit_kb` with all styles and scripts, compressed; `own_js_kb` our scripts before that. The
same with `large_` on a desk of so many more cases. The peer is Django's own change form of the same case's candidates
(a formset of the same rows, without passages marked, checks drawn or a gate); `ratio` is our median by the peer's.
"""

import argparse
import re
import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.crowd import percentile
from benchmarks.full_queue import fill
from benchmarks.result import Result
from benchmarks.scratch import scratch_database

if TYPE_CHECKING:
    from django.test import Client

    from verification.models import Review

KB = 1000
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
IMPORTS = re.compile(r'@import url\("?([^")]+)')
SPOKEN = "The harbour board said that ship {number} had called in spring."
BODY = (
    "The board met in the granary. {said} It was told of {number} crowns spent on lamps, and of {more} more that the "
    "council had asked for. Nobody spoke against it, though two members wished for another count of the ships. "
)


def run(argv: list[str]) -> Result:
    """Measure a small desk, then the same case on a large one."""
    parser = argparse.ArgumentParser(prog="case-page")
    parser.add_argument("--candidates", type=int, default=30)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=60)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    with scratch_database():
        from django.conf import settings  # noqa: PLC0415 (Django is set up by now)
        from django.test.utils import override_settings  # noqa: PLC0415 (Django is set up by now)

        with override_settings(ROOT_URLCONF="benchmarks.case_page_peer", ALLOWED_HOSTS=["*"]):
            fill(wanted.cases)
            review, client = _begun(wanted.candidates)
            metrics = _figures(client, f"/admin/verification/review/{review.pk}/change/", wanted.times)
            metrics |= _sent(client, f"/admin/verification/review/{review.pk}/change/")
            with override_settings(TEMPLATES=[settings.TEMPLATES[0] | {"DIRS": []}]):  # Django's own, not ours
                peer = _figures(client, f"/peer/verification/searchrun/{review.pk}/change/", wanted.times)
            fill(wanted.large - wanted.cases)
            large = _figures(client, f"/admin/verification/review/{review.pk}/change/", wanted.times)
    metrics |= {f"large_{name}": value for name, value in large.items()}
    metrics["ratio"] = metrics["p50_ms"] / peer["p50_ms"]
    return Result("case-page", wanted.times, metrics, time.perf_counter() - started, {"django_form": peer})


def _begun(candidates: int) -> tuple["Review", "Client"]:
    """Let somebody take a case with so many candidates, and begin a judgment with two of them picked."""
    from django.contrib.auth.models import User  # noqa: PLC0415 (Django is set up by now)
    from django.test import Client  # noqa: PLC0415

    from benchmarks.full_queue import checkers  # noqa: PLC0415
    from claims import work  # noqa: PLC0415
    from verification.models import Candidate, Rating, Review, Role, Stance  # noqa: PLC0415
    from verification.review import assignment, judgments  # noqa: PLC0415
    from verification.review.judgments import Finding, Pick  # noqa: PLC0415

    (person,) = checkers(1)
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    person = User.objects.get(pk=person.pk)
    review = Review.objects.filter(state="queued", language="en").order_by("pk")[0]
    _research(review, candidates)
    assignment.take(review, person, review.revision)
    duty = review.duties.get(person=person)
    picks = Candidate.objects.filter(claim=review.claim_id).order_by("rank")[:2]
    finding = Finding(
        rating=Rating.objects.filter(scale__in_use=True).order_by("-value").first(),
        reasoning="The minutes say so [1].",
        picks=[Pick(each, Role.TESTS_CLAIM, Stance.SUPPORTS) for each in picks],
    )
    judgments.save(review, person, finding, seen=judgments.judgment_of(duty).revision)
    work.cancel("verification.research", [review.claim_id], "the benchmark")
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(person)
    return Review.objects.get(pk=review.pk), client


def _research(review: "Review", candidates: int) -> None:
    """Store so many documents, and a search that found all of them, compared as every search compares."""
    import hashlib  # noqa: PLC0415

    from claims.models import Snapshot  # noqa: PLC0415
    from claims.models.clock import read_clock  # noqa: PLC0415
    from verification.index.postgres import PostgresIndex  # noqa: PLC0415
    from verification.index.protocol import IndexDocument  # noqa: PLC0415
    from verification.models import Document, SearchRun, Source  # noqa: PLC0415
    from verification.research.match import query_of  # noqa: PLC0415
    from verification.research.retrieval import find_candidates  # noqa: PLC0415
    from verification.research.storing import store_candidates  # noqa: PLC0415

    source = Source.objects.create(name="Harbour Board", tier=1)
    index, made = PostgresIndex(), []
    for number in range(candidates):
        parts = [
            BODY.format(said=review.wording if place == number % 4 else "", number=place * 7 + number, more=number + 40)
            for place in range(9)
        ]
        text = "\n\n".join(parts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        snapshot = Snapshot.objects.create(origin="uploaded", outcome="OK", size=len(text), sha256=digest)
        document = Document.objects.create(
            source=source,
            snapshot=snapshot,
            stable_id=f"minutes-{number}",
            tier=1,
            title=f"Minutes {number} of the harbour board",
            text=text,
            text_sha256=digest,
        )
        made.append(IndexDocument(document.pk, document.title or "", text, "en"))
    index.add(made)
    query = query_of(review.claim)
    ranked = find_candidates(query, index, limit=candidates)
    run = SearchRun.objects.create(
        pk=review.pk, claim=review.claim, query={}, documents=candidates, outcome="OK", started_at=read_clock()
    )
    store_candidates(run, query, ranked)


def _figures(client: "Client", path: str, times: int) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 (Django is set up by now)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for _warm in range(3):
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
        queries = float(len(asked))  # before the next request empties the log
    took = []
    for _time in range(times):
        began = time.perf_counter()
        client.get(path)
        took.append(1000 * (time.perf_counter() - began))
    return {"p50_ms": statistics.median(took), "p95_ms": percentile(took, 95), "queries": queries}


def _sent(client: "Client", path: str) -> dict[str, float]:
    """Return how much is sent of the page and of what it loads, and how many candidates it shows."""
    import gzip  # noqa: PLC0415

    answer = client.get(path)
    page = gzip.decompress(answer.content).decode()
    parts: dict[str, bytes] = {}
    wanted = STATIC.findall(page)
    while wanted:
        url = wanted.pop()
        if url not in parts:
            part = client.get(url)
            parts[url] = part.getvalue()
            if url.endswith(".css"):
                wanted += [f"{url.rpartition('/')[0]}/{name}" for name in IMPORTS.findall(_plain(parts[url]).decode())]
    ours = [_plain(body) for url, body in parts.items() if url.startswith("/static/readout/") and url.endswith(".js")]
    return {
        "candidates": float(page.count("ro-card-head")),
        "page_kb": len(answer.content) / KB,
        "first_visit_kb": (len(answer.content) + sum(map(len, parts.values()))) / KB,
        "own_js_kb": sum(map(len, ours)) / KB,
    }


def _plain(body: bytes) -> bytes:
    import gzip  # noqa: PLC0415

    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
