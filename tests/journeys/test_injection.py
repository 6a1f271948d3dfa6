"""Hostile lines in every text of the desk, in a real browser: nothing runs, and no markup of theirs gets through.

`INJECTIONS=lines.txt python -m pytest tests/journeys/test_injection.py` does it with the lines of a file.
"""

import logging
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.injections import lines, own_lines
from tests.journeys.addresses import Opened, open_all, open_to_readers
from tests.journeys.furnished import furnish
from tests.journeys.furnished_words import fill
from tests.journeys.poisoning import chunks, poison
from tests.journeys.watching import Watch, Watched
from verification.models import Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]

# How many letters of a search each list reads.
LISTS = {
    "admin:verification_review_changelist": 3000,
    "public:checks": 3000,
    "admin:verification_document_changelist": 3000,
    "admin:earlier": 200,
    "admin:speakers": 200,
}
FEEDS = ("public:rss", "public:atom", "public:json", "public:checkpoint")
MOST_QUERIES = 50


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    open_to_readers(settings)


def walk(watch: Watch, site: LiveServer, pages: list[Opened]) -> Iterator[str]:
    """Open every page that there was before, and list what got through.

    Without our content security policy, which would stop a script that a page let in: what does not run without it does
    not run with it.
    """
    browsers: dict[User | None, Watched] = {}
    for opened in pages:
        if opened.person not in browsers:
            browsers[opened.person] = watch(opened.person, policy=False)
        yield from browsers[opened.person].faults(f"{site.url}{opened.address}")


def test_no_line_gets_through_on_any_page(watch: Watch, live_server: LiveServer) -> None:
    found = lines()
    here = furnish()
    fill()
    pages = list(open_all(here.people))
    assert sum(poison(found).values()) > 1500
    assert list(walk(watch, live_server, pages)) == []


def test_no_line_gets_through_as_a_query_or_a_feed(watch: Watch, live_server: LiveServer) -> None:
    found = lines()
    person = furnish().administrator
    poison(found)
    page = watch(person)
    faults: list[str] = []
    for name, most in LISTS.items():
        asked = list(chunks(found, most))
        for text in asked[:: -(-len(asked) // MOST_QUERIES)]:
            faults += page.faults(f"{live_server.url}{reverse(name)}?{urlencode({'q': text[:most]})}")
    checks = Publication.objects.values_list("review__public", flat=True)
    addresses = chain(map(reverse, FEEDS), (reverse("public:claimreview", args=[check]) for check in checks))
    for address in addresses:
        page.page.goto(f"{live_server.url}{address}")
        faults += page.told(address)
    assert faults == []


def careless(request: HttpRequest) -> HttpResponse:
    body = f'<!DOCTYPE html><title>x</title><input value="{request.GET["q"]}"><p>{request.GET["q"]}'
    return HttpResponse(body, headers={"Content-Security-Policy": "default-src 'self'"})


urlpatterns = [path("careless/", careless)]


def test_a_page_that_prints_a_line_raw_is_caught(watch: Watch, live_server: LiveServer, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    missed, ran = [], 0
    page, unguarded = watch(None), watch(None, policy=False)
    for number, line in enumerate(own_lines()[:120]):
        address = f"{live_server.url}/careless/?{urlencode({'q': line})}"
        if not page.faults(address):
            missed.append(line)
        ran += any(f"line {number} ran" in fault for fault in unguarded.faults(address))
    assert missed == []
    assert ran > 20
