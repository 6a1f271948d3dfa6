"""What the desk hands to others holds lines as words: tables, feeds as others show them, JSON-LD."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from pytest_django.live_server_helper import LiveServer

from tests.injections import lines
from tests.journeys.furnished import furnish
from tests.journeys.furnished_words import fill
from tests.journeys.poisoning import poison
from tests.journeys.watching import Watch
from tests.verification.admin.opening import as_person
from verification.models import Publication
from verification.publishing.spreadsheets import FORMULA

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
DATA = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
SPACES = {
    *("", "http://www.w3.org/2005/Atom"),
    *("http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/"),
}
MARKUP = {"description", "summary", "content", "encoded"}
# What a reader of feeds does with the markup that it carries.
SHOWN = "markup => { document.body.innerHTML = markup; }"
JSON_LD = "() => [...document.querySelectorAll('script[type=\"application/ld+json\"]')].map(each => each.textContent)"
SOCIAL = "() => [...document.head.querySelectorAll('meta[property], meta[name]')].map(each => each.outerHTML)"


def test_lines_leave_the_desk_as_words(watch: Watch, live_server: LiveServer) -> None:
    person = furnish().administrator
    fill()
    poison(lines())
    desk, reader, page = as_person(person), Client(), watch(None)
    table = desk.get(reverse("admin:queue_csv"))
    assert (table["Content-Type"], table["X-Content-Type-Options"]) == ("text/csv; charset=utf-8", "nosniff")
    assert table["Content-Disposition"].startswith("attachment;")
    rows = list(csv.reader(StringIO(b"".join(table).decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    faults, marked = page.faults(f"{live_server.url}{reverse('public:how')}"), 0
    for name, kind in DATA.items():
        answer = reader.get(reverse(f"public:{name}"))
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
        for markup in _markup(answer.content):
            marked += 1
            page.page.evaluate(SHOWN, markup)
            faults += page.told(f"{name}, as it is shown")
    assert marked >= 6
    for check in Publication.objects.values_list("review__public", flat=True).distinct():
        found = page.faults(f"{live_server.url}{reverse('public:check', args=[check])}")
        faults += found
        (claim_review,) = page.page.evaluate(JSON_LD) or ["null"]
        told = json.loads(claim_review)
        assert told is None or told["@type"] == "ClaimReview"
        assert all(tag.startswith("<meta ") for tag in page.page.evaluate(SOCIAL))
    assert faults == []


def _markup(body: bytes) -> list[str]:
    """Return the markup that a feed carries, its titles too: some readers show those as markup as well."""
    if body.startswith(b"{"):
        return [text for item in json.loads(body)["items"] for text in (item.get("content_html"),) if text]
    root = etree.fromstring(body)
    assert {etree.QName(each).namespace or "" for each in root.iter(etree.Element)} <= SPACES
    # Of the feed as a whole RSS says in plain words what it is: only an item's description is markup.
    items = [each for each in root.iter(etree.Element) if etree.QName(each).localname in {"item", "entry"}]
    held = [each for item in items for each in item if etree.QName(each).localname in MARKUP]
    return [each.text for each in held if each.text and each.get("type", "html") == "html"]
