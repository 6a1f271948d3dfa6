"""What readers see, as Lighthouse scores it: faultless in accessibility, and nearly so in its practices."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from tests.journeys.furnished import furnish
from tests.outside.programs import HERE, LIGHTHOUSE, chromium, part, program, run
from verification.models import Publication

pytestmark = [pytest.mark.browser]

AT_ONCE = 7  # it waits for most of the time
LEAST = {"accessibility": 1.0, "best-practices": 0.95}


def public_pages(site: str) -> list[str]:
    """Return the addresses of each kind of public page, a check that was corrected among them."""
    corrected = Publication.objects.filter(verdict__version=2).latest("pk")
    below = ("", "?q=lamps", f"{corrected.review.public}/", "corrections/", "how/", "log/", "suggest/")
    return [f"{site}/checks/{page}" for page in below]


def looked_at(address: str) -> dict[str, Any]:
    """Return Lighthouse's whole report of a page."""
    answer = run(
        program("node", "nodejs"),
        part(LIGHTHOUSE),
        address,
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
        f"--config-path={HERE / 'lighthouse.json'}",
        "--output=json",
        "--quiet",
        CHROME_PATH=chromium(),
    )
    assert answer.stdout, answer.stderr
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def faults_of(report: dict[str, Any]) -> Iterator[str]:
    """List what keeps a page below the least score, with what Lighthouse says of it."""
    for name, least in LEAST.items():
        category = report["categories"][name]
        if category["score"] is None or category["score"] < least:
            low = [report["audits"][each["id"]] for each in category["auditRefs"] if each["weight"]]
            told = "; ".join(
                f"{each['title']} {each.get('details', {}).get('items')}" for each in low if not each["score"]
            )
            yield f"{report['requestedUrl']}: {name} {category['score']}: {told or report.get('runtimeError')}"


@pytest.mark.django_db(transaction=True)
def test_readers_pages_have_the_scores_they_should(live_server: LiveServer, settings: Settings) -> None:
    settings.READER_SUBMISSIONS = True
    furnish()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        reports = list(threads.map(looked_at, public_pages(live_server.url)))
    assert [fault for report in reports for fault in faults_of(report)] == []


def test_a_page_that_cannot_be_used_has_a_low_score(httpserver: HTTPServer) -> None:
    page = '<!DOCTYPE html><html><body><img src="lamp.png"><input></body></html>'
    httpserver.expect_request("/").respond_with_data(page, content_type="text/html; charset=utf-8")
    told = "\n".join(faults_of(looked_at(httpserver.url_for("/"))))
    assert "accessibility 0" in told
    assert "`<html>` element does not have a `[lang]` attribute" in told
