"""Script injection by feeds: what outlets and sources publish in RSS, Atom, JSON Feed and sitemaps, shown."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import quote

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Article, HostLane, Outlet, OutletFeed, OutletItem
from claims.models.clock import read_clock
from claims.outlets import FETCH_ITEM
from claims.outlets import follow as follow_outlets
from tests.claims.printed import do_all, poll_now
from tests.injections import lines
from tests.journeys import hostile_feeds
from tests.journeys.hostile_pages import article_page
from tests.journeys.watching import Watch
from tests.people import make_person
from tests.replay.answering import Reply
from tests.replay.site import HOST, ReplaySite
from tests.verification.admin.sources_at_hand import make_source
from tests.verification.research.board import work_off
from verification.models import Document, Source, SourceItem
from verification.research.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
FORMS: Final = {
    "/feed.rss": ("application/rss+xml", hostile_feeds.rss),
    "/feed.atom": ("application/atom+xml", hostile_feeds.atom),
    "/feed.json": ("application/feed+json", hostile_feeds.json_feed),
    "/sitemap.xml": ("application/xml", hostile_feeds.sitemap),
}
PAGES: Final = 3
# A feed of more items than that gets its share of the lines.
MOST_ITEMS: Final = 1000


@pytest.fixture
def site(settings: Settings, caplog: pytest.LogCaptureFixture) -> Iterator[ReplaySite]:
    caplog.set_level(logging.CRITICAL)
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(robots="User-agent: *\nAllow: /\n") as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        HostLane.objects.create(host=HOST, gap_ms=0, daily_budget=100_000)
        found = lines()
        for nth, (path, (media_type, write)) in enumerate(FORMS.items()):
            pages = [site.address(f"/{nth}-{number}?q={quote(found[number][:300])}") for number in range(PAGES)]
            for number in range(PAGES):
                start = (nth * PAGES + number) * 25 % len(found)
                some = (found[start:] + found)[:25]
                site.answers[f"/{nth}-{number}"] = Reply(article_page(nth * PAGES + number, some))
            site.answers[path] = Reply(write(found if len(found) < MOST_ITEMS else found[nth::4], pages), media_type)
        yield site


def test_no_line_gets_through_that_an_outlets_feed_brought(
    watch: Watch, live_server: LiveServer, site: ReplaySite
) -> None:
    browser, faults = watch(make_person("administrator", "checker")), list[str]()
    outlets = reverse("admin:source_outlets")
    for path in FORMS:
        kind = OutletFeed.Kind.SITEMAP if "sitemap" in path else OutletFeed.Kind.FEED
        outlet, _made = Outlet.objects.get_or_create(name="The Mole Lantern")
        feed = OutletFeed.objects.create(outlet=outlet, url=site.address(path), kind=kind, enabled=True)
        faults += browser.faults(f"{live_server.url}{outlets}")
        typed = {"do": "try", "outlet": "Port Post", "url": site.address(path), "kind": kind, "every_minutes": "30"}
        faults += browser.sent(outlets, typed)
        assert browser.page.locator("main li, main td").count() > 5, "it was tried, and showed what it holds"
        assert poll_now(feed).outcome == "OK"
        assert OutletItem.objects.filter(feed=feed).exists()
        while follow_outlets() and do_all(FETCH_ITEM):
            pass
        faults += browser.faults(f"{live_server.url}{reverse('admin:source_feed', args=[feed.pk])}")
    articles = Article.objects.order_by("pk")
    assert len(articles) > PAGES
    for article in articles:
        for name, key in (("article_copy", article.pk), ("triage_article", article.public)):
            faults += browser.faults(f"{live_server.url}{reverse(f'admin:{name}', args=[key])}")
    assert faults == []


def test_no_line_gets_through_that_a_sources_feed_brought(
    watch: Watch, live_server: LiveServer, site: ReplaySite
) -> None:
    browser, faults = watch(make_person("administrator", "checker")), list[str]()
    for path in list(FORMS)[:3]:
        source = make_source(f"Board {path}", configuration={"feeds": [site.address(path)]}, enabled=True)
        Source.objects.filter(pk=source.pk).update(next_at=read_clock() - timedelta(seconds=1))
        page = reverse("admin:verification_source_change", args=[source.pk])
        faults += browser.faults(f"{live_server.url}{page}")
        assert follow() == 1
        work_off(most=60)
        faults += browser.faults(f"{live_server.url}{page}")
        items = SourceItem.objects.filter(source=source)
        assert items.filter(title__contains="ran").exists()
        faults += browser.faults(f"{live_server.url}{reverse('admin:source_entries', args=[source.pk])}")
        for item in items.order_by("-pk")[:20]:
            faults += browser.faults(f"{live_server.url}{reverse('admin:source_entry', args=[source.pk, item.pk])}")
    for document in Document.objects.order_by("-pk")[:40]:
        faults += browser.faults(f"{live_server.url}{reverse('admin:document_copy', args=[document.pk])}")
    assert Document.objects.count() > PAGES
    faults += browser.faults(f"{live_server.url}{reverse('admin:verification_source_changelist')}")
    assert faults == []
