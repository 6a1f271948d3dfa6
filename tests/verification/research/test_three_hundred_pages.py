"""Three hundred cited pages on one site, thirty of which say something else: exactly those raise the alarm."""

import pytest
from pytest_django.fixtures import Settings

from tests.cases import now
from tests.replay.answering import Reply
from tests.replay.pages import article
from tests.replay.site import ReplaySite
from tests.verification.research.watched_pages import (
    CLOSING,
    OPENING,
    cited,
    documents,
    fetched,
    look_at_all,
    paragraphs,
    published,
)
from verification.models import Challenge, PageWatch, State
from verification.review.proof import faults

COUNT = 300
CHANGED = set(range(5, COUNT + 1, 10))


def other_words(number: int) -> str:
    """Return what a changed document says instead: a figure, a word, another sentence, or nothing of the kind."""
    said = cited(number)
    ways = (
        said.replace(str(number + 40), str(number + 41)),
        said.replace("no captain", "every captain"),
        "What was bought for this berth will be told in spring.",
        "",
    )
    return ways[number // 10 % len(ways)]


def with_other_furniture(site: ReplaySite, number: int) -> Reply:
    """Return a document's page with another menu and another footer."""
    body = article(documents(number)[-1], site.address(""))
    menu = '<nav><a href="/news/">All news</a> <a href="/tides/">Tides of the week</a></nav>'
    changed = body.replace("<header>", f"<header>{menu}").replace("Office of the Press Secretary", "Follow us")
    assert changed != body
    return Reply(changed.encode())


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_of_three_hundred_cited_pages_exactly_the_thirty_that_changed_raise_the_alarm(settings: Settings) -> None:
    settings.FETCH_GAP_SECONDS, settings.FETCH_DAILY_BUDGET = 0.0, 100_000
    pages = documents(COUNT)
    with ReplaySite(pages) as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        cases = {page.number: published(fetched(site, page), cited(page.number)).review for page in pages}
        assert look_at_all() == COUNT
        for number in CHANGED:
            site.change(number, [each for each in paragraphs(number, cited=other_words(number)) if each])
        for number in range(1, COUNT + 1, 10):
            site.change(number, paragraphs(number, closing="The board will not meet again this year."))
        for number in range(2, COUNT + 1, 10):
            site.change(number, [OPENING, CLOSING, "Added on Friday.", cited(number)])
        for number in range(3, COUNT + 1, 20):
            site.answers[pages[number - 1].path] = with_other_furniture(site, number)
        site.move(range(4, COUNT + 1, 20))
        assert look_at_all() == COUNT
        assert look_at_all() == COUNT
    challenged = {number for number, case in cases.items() if now(case).state == State.CHALLENGED}
    assert challenged == CHANGED
    assert Challenge.objects.count() == len(CHANGED)
    fates = dict(PageWatch.objects.values_list("url", "fate"))
    moved = {number for number in cases if fates[site.address(pages[number - 1].path)] == "moved"}
    assert moved == set(range(2, COUNT + 1, 10)) | set(range(4, COUNT + 1, 20))
    assert not list(faults())
