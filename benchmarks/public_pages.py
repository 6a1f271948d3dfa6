"""`public-pages`: what readers' pages and long files cost over very many published checks.

    python -m benchmarks public-pages [--checks 100000] [--times 40]

The time of the whole answer at the WSGI application, in one process, in milliseconds. Every request has an address
that was not asked before, so that nothing is kept ready: `list` are pages from the front of the list, `deep` from its
far end, `words` searches by words, `of_speaker` lists of one speaker, `check` pages of checks, `deep_feed` pages of the
feed from its far end, `api` and `api_deep` the first and the last
pages of a hundred over the API. `sitemap` is one of its parts, read to the end.
`first` is the first page of the list after a publication. `data_feed_per_s` are the checks of the data feed that are
written a second.
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from benchmarks.asking import Ask, asker
from benchmarks.crowd import percentile
from benchmarks.full_queue import fill
from benchmarks.full_shelf import BODIES, PLACES, THINGS, publish_all
from benchmarks.result import Result
from benchmarks.scratch import scratch_database


def run(argv: list[str]) -> Result:
    """Fill a desk and read what it has for readers."""
    parser = argparse.ArgumentParser(prog="public-pages")
    parser.add_argument("--checks", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    with scratch_database():
        from django.test import override_settings  # noqa: PLC0415 (Django is set up by now)

        from verification.index.collection import PUBLIC  # noqa: PLC0415
        from verification.index.rebuilding import rebuild  # noqa: PLC0415
        from verification.models import Desk  # noqa: PLC0415

        fill(wanted.checks)
        publish_all()
        rebuild(collection=PUBLIC)
        Desk.get().save()
        with override_settings(ALLOWED_HOSTS=["*"], API_PUBLIC_PER_MINUTE=1_000_000):
            metrics = _measured(asker(), wanted.checks, wanted.times)
    return Result("public-pages", wanted.times, metrics, time.perf_counter() - started)


def _measured(ask: Ask, checks: int, times: int) -> dict[str, float]:
    pages = checks // 25
    bodies, things, places = (words.split("|") for words in (BODIES, THINGS, PLACES))
    words = [
        f"{bodies[n % len(bodies)]} {things[n % len(things)]} {places[n % len(places)]}".replace(" ", "+")
        for n in range(times)
    ]
    before = time.perf_counter()
    ask("/checks/", {})
    metrics = {"first_ms": 1000 * (time.perf_counter() - before)}
    addresses = {
        "list": [f"/checks/?page={n}" for n in range(2, times + 2)],
        "deep": [f"/checks/?page={max(1, pages - n)}" for n in range(times)],
        "words": [f"/checks/?q={each}" for each in words],
        "of_speaker": [f"/checks/?speaker={each}" for each in _speakers(times)],
        "check": [f"/checks/{each}/" for each in _checks(times)],
        "deep_feed": [f"/checks/feed.atom?before={each}" for each in _places(times)],
    }
    for name, urls in addresses.items():
        metrics |= _timed(name, ask, urls)
    metrics |= _followed(ask, times)
    parts = re.findall(r"/checks/sitemap-\d+\.xml", ask("/checks/sitemap.xml", {})[0].decode())
    metrics |= _timed("sitemap", ask, parts or ["/checks/sitemap.xml"])
    before = time.perf_counter()
    feed = json.loads(ask("/checks/data-feed.json", {})[0])
    metrics["data_feed_per_s"] = len(feed["dataFeedElement"]) / (time.perf_counter() - before)
    return metrics


def _timed(name: str, ask: Ask, urls: Iterable[str]) -> dict[str, float]:
    spent = []
    for url in urls:
        before = time.perf_counter()
        ask(url, {})
        spent.append(1000 * (time.perf_counter() - before))
    return {f"{name}_p50_ms": statistics.median(spent), f"{name}_p95_ms": percentile(spent, 95)}


def _speakers(times: int) -> Sequence[str]:
    from claims.models import Speaker  # noqa: PLC0415 (Django is set up by now)

    return [
        str(each)
        for each in Speaker.objects.filter(claims__isnull=False).distinct().values_list("public", flat=True)[:times]
    ]


def _checks(times: int) -> Sequence[str]:
    from verification.models import Review  # noqa: PLC0415 (Django is set up by now)

    return [
        str(each) for each in Review.objects.filter(publication__isnull=False).values_list("public", flat=True)[:times]
    ]


def _places(times: int) -> Sequence[str]:
    from verification.models import Publication  # noqa: PLC0415 (Django is set up by now)
    from verification.publishing.cursor import Cursor  # noqa: PLC0415

    oldest = Publication.objects.order_by("published_at", "pk").values_list("published_at", "pk")
    return [str(Cursor(at, number)) for at, number in oldest[60 : 60 + times]]


def _followed(ask: Ask, times: int) -> dict[str, float]:
    """Read all checks over the API, a page after the other, and tell what the first and the last pages took."""
    spent, url = [], "/api/v1/verdicts/?limit=100"
    while url:
        before = time.perf_counter()
        told = json.loads(ask(url, {})[0])
        spent.append(1000 * (time.perf_counter() - before))
        following = urlsplit(told["next"] or "")
        url = f"{following.path}?{following.query}" if told["next"] else ""
    last = spent[-times - 1 : -1] or spent
    return {"api_p50_ms": statistics.median(spent[:times]), "api_deep_p50_ms": statistics.median(last)}
