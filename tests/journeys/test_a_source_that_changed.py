"""A cited page changes after publication: the desk is told, looks at both texts side by side, and readers are told."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Appearance, AppearanceFate
from tests.cases import Walk
from tests.factories import make_article
from tests.journeys.conftest import OpenPage, PageOf
from tests.journeys.inspecting import inspect
from tests.replay.site import ReplaySite
from tests.verification.research.watched_pages import (
    OPENING,
    cited,
    documents,
    fetched,
    look_at_all,
    paragraphs,
    published,
)
from verification.models import PageWatch
from verification.review.remarks import tell_appearances

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(documents(2)) as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


def open_on(page: Page, site: LiveServer, name: str, walk: Walk, fragment: str = "") -> None:
    page.goto(f"{site.url}{reverse(f'admin:{name}', args=[walk.review.pk])}{fragment}")


def test_a_case_reopened_by_a_changed_source_on_pages_that_hold(
    live_server: LiveServer, page_of: PageOf, open_page: OpenPage, site: ReplaySite
) -> None:
    first, second = (fetched(site, page) for page in documents(2))
    walk, other = published(first, cited(1), OPENING), published(second, cited(2))
    place = Appearance.objects.get(claim=walk.review.claim)
    newer = make_article(place.exact.replace("called", "been counted"), replaces=place.article, title="Ships in spring")
    AppearanceFate.objects.create(
        appearance=place, snapshot=newer.snapshot, article=newer, fate="changed", exact=newer.text
    )
    tell_appearances()
    look_at_all()
    site.change(1, paragraphs(1, opening="", cited=cited(1).replace("no captain", "every captain"))[1:])
    site.remove(2)
    look_at_all()
    look_at_all()
    PageWatch.objects.filter(document=second).update(outcome="REFUSED", sentence="The site refused to answer.")

    editor, reader = page_of(walk.editor), open_page()
    open_on(editor, live_server, "case_file", walk, "#pages")
    expect(editor.get_by_role("heading", name="Cited pages")).to_be_visible()
    expect(editor.locator("ins", has_text="every")).to_be_visible()
    expect(editor.get_by_text("Nothing like it stands there.")).to_be_visible()
    inspect(editor, "case-file-source-changed")
    open_on(editor, live_server, "verification_review_change", walk)
    inspect(editor, "case-source-changed")
    open_on(editor, live_server, "case_challenge", walk)
    inspect(editor, "challenge-source-changed")
    open_on(editor, live_server, "case_file", other)
    inspect(editor, "case-file-page-refused")
    reader.goto(f"{live_server.url}/checks/{walk.review.public}/")
    expect(reader.get_by_text("A source cited here changed after publication")).to_be_visible()
    inspect(reader, "public-source-changed")
