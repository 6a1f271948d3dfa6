"""`feed`: what a feed of 50 entries costs over very many published checks.

    python -m benchmarks feed [--checks 100000] [--times 200]

The time of the whole answer at the WSGI application, every middleware included, in one process, in milliseconds:
`atom`, `rss` and `json` for a reader who takes gzip, `plain` for one who does not (Atom), `same` for one who has it
(304), `chosen` for a feed of one speaker. `cold_ms` is the first answer after a publication, and `visible_ms` the
time until feeds, list and the check's own page all have it. The peer, in the same process and over the same rows, is
stock Django syndication (`benchmarks.feed_peer`), its 304 by Django's ConditionalGetMiddleware.
"""

import argparse
import statistics
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.asking import Ask, asker
from benchmarks.crowd import percentile
from benchmarks.full_queue import fill
from benchmarks.full_shelf import publish_all
from benchmarks.result import Result
from benchmarks.scratch import scratch_database

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}


def run(argv: list[str]) -> Result:
    """Fill a desk and ask for its feeds."""
    parser = argparse.ArgumentParser(prog="feed")
    parser.add_argument("--checks", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=200)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    with scratch_database():
        from django.conf import settings  # noqa: PLC0415 (Django is set up by now)
        from django.test import override_settings  # noqa: PLC0415

        from verification.models import Desk  # noqa: PLC0415

        fill(wanted.checks)
        publish_all()  # past the triggers, so that nothing has left a sign yet
        Desk.get().save()
        speaker = _speaker()
        metrics: dict[str, float] = {}
        peer: dict[str, float] = {}
        with override_settings(ALLOWED_HOSTS=["*"], ROOT_URLCONF="benchmarks.feed_peer"):
            ask = asker()
            for name in ("atom", "rss", "json"):
                metrics |= _timed(name, wanted.times, partial(ask, f"/checks/feed.{name}", GZIP))
            metrics |= _timed("plain", wanted.times, lambda: ask("/checks/feed.atom", {}))
            metrics |= _timed("chosen", wanted.times, lambda: ask(f"/checks/feed.atom?speaker={speaker}", GZIP))
            has = {"HTTP_IF_NONE_MATCH": ask("/checks/feed.atom", {})[1]["ETag"]}
            metrics |= _timed("same", wanted.times, lambda: ask("/checks/feed.atom", has, 304))
            peer |= _timed("atom", wanted.times // 4, lambda: ask("/peer.atom", GZIP))
            metrics |= _seen_by_all(ask)
        conditional = ["django.middleware.http.ConditionalGetMiddleware", *settings.MIDDLEWARE]
        with override_settings(ALLOWED_HOSTS=["*"], ROOT_URLCONF="benchmarks.feed_peer", MIDDLEWARE=conditional):
            ask = asker()
            has = {"HTTP_IF_NONE_MATCH": ask("/peer.atom", {})[1]["ETag"]}
            peer |= _timed("same", wanted.times // 4, lambda: ask("/peer.atom", has, 304))
    metrics |= {f"{name}_ratio": metrics[f"{name}_p50_ms"] / peer[f"{name}_p50_ms"] for name in ("atom", "same")}
    return Result("feed", wanted.times, metrics, time.perf_counter() - started, {"django_syndication": peer})


def _seen_by_all(ask: Ask) -> dict[str, float]:
    """Publish one more version and ask each for it until all have it, without a pause."""
    from verification.models import Publication, Verdict  # noqa: PLC0415 (Django is set up by now)

    mark = "The lanterns of the northern mole were counted anew"
    before = Publication.objects.select_related("verdict", "review").latest("pk")
    row = Verdict.objects.get(pk=before.verdict_id)
    row.pk, row.public, row.version, row.supersedes_id = None, uuid.uuid4(), row.version + 1, before.verdict_id
    row.change, row.change_note, row.headline = "correction", "It was counted anew.", mark
    _store(row, before)
    began = time.perf_counter()
    ask("/checks/feed.atom", GZIP)
    cold = time.perf_counter() - began
    for url in (*(f"/checks/feed.{name}" for name in ("atom", "rss", "json")), "/checks/", _page(before)):
        if mark.encode() not in ask(url, {})[0]:
            raise RuntimeError(f"{url} does not have what was published")
    return {"cold_ms": 1000 * cold, "visible_ms": 1000 * (time.perf_counter() - began)}


def _page(publication: Any) -> str:
    return f"/checks/{publication.review.public}/"


def _store(row: Any, before: Any) -> None:
    """Store a version and that it is out, as the verbs do; the log does not tell of it."""
    from django.db import connection, transaction  # noqa: PLC0415 (Django is set up by now)

    from config.database import as_owner  # noqa: PLC0415
    from verification.models import Publication, Review  # noqa: PLC0415

    walls = [f"ALTER TABLE verification_{name} {{}} TRIGGER USER" for name in ("verdict", "review", "publication")]
    with as_owner(), connection.cursor() as cursor, transaction.atomic():
        for wall in walls:
            cursor.execute(wall.format("DISABLE"))
        cursor.execute("ALTER TABLE verification_publication ENABLE TRIGGER say_public_change")
        row.save(force_insert=True)
        first = before.first_published_at
        out = Publication.objects.create(verdict=row, review=before.review, by=before.by, first_published_at=first)
        Review.objects.filter(pk=before.review_id).update(publication=out)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for wall in walls:
            cursor.execute(wall.format("ENABLE"))


def _speaker() -> str:
    from claims.models import Speaker  # noqa: PLC0415 (Django is set up by now)

    return str(Speaker.objects.filter(claims__isnull=False).values_list("public", flat=True)[0])


def _timed(name: str, times: int, ask: Callable[[], object]) -> dict[str, float]:
    ask()
    spent = []
    for _time in range(times):
        before = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - before))
    return {f"{name}_p50_ms": statistics.median(spent), f"{name}_p95_ms": percentile(spent, 95)}
