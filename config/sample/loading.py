"""Loads the sample desk on the road that every article and document takes: over HTTP, through the door, under leases.

Each step first looks whether it was done, so that a load that was cut off goes on where it stopped.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from claims.capture.urls import parse_url
from claims.extraction.engines import load_engines
from claims.intake import fetch
from claims.models import Article, HostLane, Submission
from claims.models.clock import read_clock
from claims.submitting import submit_address
from config.sample.addresses import SampleSource, addresses, hosts
from config.sample.cases import CASES
from config.sample.furnishing import furnish, name_sides
from config.sample.people import COLLEAGUES
from config.sample.server import SampleServer
from config.sample.walking import NotInTheRecord, review_that_opens, walk
from verification.models import Document, Source
from verification.research.adding import add_document
from verification.research.direct import extract_now, fetch_now, research_now


@contextmanager
def serving(server: SampleServer) -> Iterator[None]:
    """Let the sample's site answer from a thread while the block runs."""
    with server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def load(port: int) -> None:
    """Load everything from the site that answers on `port`.

    Raises NotInTheRecord, CaptureError or WorkFailed when something could not be fetched, read or found.
    """
    people = {colleague.username: User.objects.get(username=colleague.username) for colleague in COLLEAGUES}
    places = addresses(port)
    # The sample's hosts are this very process: nobody is spared by waiting.
    HostLane.objects.bulk_create((HostLane(host=host, gap_ms=0) for host in hosts()), ignore_conflicts=True)
    for source in places.sources:
        _add_documents(source)
    furnish()
    articles = [_hand_in(url, people["intake"]) for url in places.articles]
    for article in articles:
        _research(article)
    name_sides()
    for article, cases in zip(articles, CASES, strict=True):
        for case in cases:
            walk(review_that_opens(case.opens, claim__appearances__article=article), case, people)


def _add_documents(sample: SampleSource) -> None:
    said: dict[str, Any] = {"tier": sample.tier, "speaks_for": sample.speaks_for}
    if sample.feed:
        # Switched on: the workers ask it as soon as they run.
        said |= {"connector": "feed", "configuration": {"feeds": [sample.feed]}, "enabled": True}
    source, _made = Source.objects.get_or_create(name=sample.name, defaults=said)
    known = set(Document.objects.filter(source=source).values_list("url", flat=True))
    for url in sample.documents:
        if url not in known:
            add_document(fetch(url), source)


def _hand_in(url: str, person: User) -> Article:
    href = parse_url(url).href
    submission = Submission.objects.filter(person=person, url=href).order_by("pk").first() or submit_address(
        person, url
    )
    fetch_now(submission)
    if submission.article is None:
        raise NotInTheRecord(submission.error)
    return submission.article


def _research(article: Article) -> None:
    for claim in extract_now(article, load_engines(settings.EXTRACTION_ENGINES)):
        if not claim.search_runs.exists():
            research_now(claim, read_clock())
