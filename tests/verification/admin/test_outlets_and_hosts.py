"""Outlets' feeds and the lanes of hosts: listed, added, tried out, switched, paced; by administrators alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from claims.models import ArchiveMeasure, Article, HostLane, Outlet, OutletFeed, OutletItem, RobotsFile, Snapshot
from tests.people import make_person
from tests.replay.answering import Reply
from tests.verification.admin.opening import as_person, told
from tests.verification.admin.sources_at_hand import briefing_room

pytestmark = pytest.mark.django_db
OUTLETS, HOSTS = reverse("admin:source_outlets"), reverse("admin:source_hosts")
POST = "https://mole-post.example/feed"
SAID: dict[str, Any] = {"outlet": "The Mole Post", "url": POST, "kind": "feed", "every_minutes": 30}


@pytest.fixture
def administrator() -> User:
    return make_person("administrator")


def make_feed(url: str = POST, **fields: object) -> OutletFeed:
    outlet, _made = Outlet.objects.get_or_create(name="The Mole Post")
    return OutletFeed.objects.create(outlet=outlet, url=url, **fields)


def text(person: User, address: str) -> str:
    answer = as_person(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_feed_is_added_once_switched_off(administrator: User) -> None:
    browser = as_person(administrator)
    answer = browser.post(OUTLETS, SAID | {"do": "add"})
    feed = OutletFeed.objects.get()
    assert answer["Location"] == reverse("admin:source_feed", args=[feed.pk])
    assert (feed.outlet.name, feed.every_minutes, feed.enabled) == ("The Mole Post", 30, False)
    again = browser.post(OUTLETS, SAID | {"do": "add", "outlet": "Another"})
    assert again.status_code == 400
    page = again.content.decode()
    assert "This address is followed already." in page
    assert 'value="Another"' in page
    assert not Outlet.objects.filter(name="Another").exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"url": "mole-post"}, "is no web address"), ({"outlet": " "}, "required"), ({"kind": "x"}, "Select a valid")],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(administrator: User, wrong: dict[str, str], why: str) -> None:
    answer = as_person(administrator).post(OUTLETS, SAID | wrong | {"do": "add"})
    assert answer.status_code == 400
    assert "mend what is marked below" in answer.content.decode()
    assert 'value="30"' in answer.content.decode()
    assert not OutletFeed.objects.exists()


def test_feeds_that_fail_come_first_with_their_sentence(administrator: User) -> None:
    make_feed(enabled=True, outcome="OK")
    make_feed("https://mole-post.example/zz", enabled=True, outcome="FAILED", sentence="It broke off.", failures=2)
    page = text(administrator, OUTLETS)
    assert page.index("mole-post.example/zz") < page.index("mole-post.example/feed")
    assert "It broke off." in page
    assert 'Outlets <span class="num late">1 fails' in page


def test_a_feed_is_changed_switched_and_asked(administrator: User) -> None:
    feed = make_feed(etag='"1"', newest_at=timezone.now(), next_at=timezone.now() + timedelta(days=1))
    address, browser = reverse("admin:source_feed", args=[feed.pk]), as_person(administrator)
    for do, words in (("ask", "It is switched off"), ("on", "Switched on"), ("ask", "It is due now")):
        assert words in told(browser.post(address, {"do": do}))
    assert "Saved." in told(browser.post(address, SAID | {"do": "save", "url": f"{POST}/all", "outlet": "Mole Daily"}))
    feed.refresh_from_db()
    assert (feed.url, feed.outlet.name, feed.etag, feed.enabled) == (f"{POST}/all", "Mole Daily", "", True)
    assert feed.newest_at is None, "what another address showed says nothing of this one"
    assert "Switched off" in told(browser.post(address, {"do": "off"}))
    page = text(administrator, address)
    assert page.index("Switched off.</p>") < page.index("Changed where it lies") < page.index("Switched on.</p>")
    assert browser.post(address, {"do": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "path", "shown"),
    [
        ("feed", "/briefing-room/feed/", "read at pubDate"),
        ("sitemap", "/sitemap_index.xml", "read at lastmod"),
        ("news_sitemap", "/news-sitemap.xml", "read at publication_date"),
    ],
)
def test_trying_a_feed_shows_what_would_come_and_stores_nothing(
    administrator: User, kind: str, path: str, shown: str
) -> None:
    with briefing_room() as site:
        browser = as_person(administrator)
        said = SAID | {"do": "try", "kind": kind, "url": site.address(path)}
        page = " ".join(browser.post(OUTLETS, said).content.decode().split())
        assert "3 entries would come." in page
        assert shown in page
        site.answers[path] = Reply(b"<html><body>We are closed.</body></html>")
        HostLane.objects.all().delete()
        page = browser.post(OUTLETS, said).content.decode()
        assert "Failed" in page
        assert "entries would come" not in page
    assert not (OutletFeed.objects.exists() or Article.objects.exists() or Snapshot.objects.exists())


def test_what_a_feed_showed_is_listed_with_what_became_of_it(administrator: User) -> None:
    feed = make_feed(enabled=True)
    for number, state in enumerate(OutletItem.State.values):
        url = f"https://mole-post.example/{number}"
        why = "No text in it." if state == "unread" else ""
        OutletItem.objects.create(feed=feed, item_id=url, url=url, title=f"Item {number}", state=state, sentence=why)
    page = text(administrator, reverse("admin:source_feed", args=[feed.pk]))
    for words in ("1 waiting", "1 read", "1 not read", "No text in it.", "Not read", "Article"):
        assert words in page


def test_a_host_tells_when_it_may_be_asked_what_is_spent_and_whose_gap_counts(
    administrator: User, settings: Settings
) -> None:
    settings.FETCH_GAP_SECONDS, settings.FETCH_DAILY_BUDGET = 1.5, 500
    today = timezone.now().date()
    soon = timezone.now() + timedelta(hours=2)
    HostLane.objects.create(host="a.example", day=today, spent=7, crawl_delay_ms=10_000)
    HostLane.objects.create(host="b.example", day=today - timedelta(1), spent=7, gap_ms=3000, daily_budget=20)
    HostLane.objects.create(host="c.example", closed_until=soon, closed_because="It said: in two hours.")
    kept = {"answer": "closed", "status": 503, "expires_at": soon, "unreachable_since": soon}
    RobotsFile.objects.create(origin="https://b.example:8443", **kept)
    ArchiveMeasure.objects.create(pk=1, bytes=5 * 10**9, files=12)
    page = text(administrator, HOSTS)
    assert page.index("c.example") < page.index("a.example")
    for words in ("10 s<small>its robots.txt", "7 of 500", "3 s<small>this host’s own", "0 of 20"):
        assert words in page
    for words in ("It said: in two hours.", "could not be had: nothing may be fetched", "holds 5.0 GB in 12 files"):
        assert words in page


def test_an_administrator_sets_a_hosts_pace_and_an_editor_looks(administrator: User) -> None:
    lane = HostLane.objects.create(host="a.example")
    address = reverse("admin:source_host", args=[lane.pk])
    assert "Saved." in told(as_person(administrator).post(address, {"gap": "2.5", "budget": "40"}))
    lane.refresh_from_db()
    assert (lane.gap_ms, lane.daily_budget) == (2500, 40)
    for gap, budget in (("-1", "4"), ("x", "4"), ("1", "0"), ("1e9", "4")):
        refused = as_person(administrator).post(address, {"gap": gap, "budget": budget})
        assert refused.status_code == 400
        assert f'value="{gap}"' in refused.content.decode()
    assert "Changed its pace.</p>" in text(administrator, address)
    as_person(administrator).post(address, {"gap": "", "budget": ""})
    lane.refresh_from_db()
    assert (lane.gap_ms, lane.daily_budget) == (None, None)
    editor = make_person("editor")
    assert "Its pace" not in text(editor, address)
    assert as_person(editor).post(address, {"gap": "0", "budget": "9"}).status_code == 403
    assert as_person(editor).post(OUTLETS, SAID | {"do": "add"}).status_code == 403
    assert as_person(make_person("checker")).get(address).status_code == 403


def test_the_lists_ask_as_often_for_many_as_for_few(
    administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(120):
        HostLane.objects.create(host=f"h{number}.example")
        RobotsFile.objects.create(origin=f"https://h{number}.example", answer="open", expires_at=timezone.now())
        make_feed(f"https://h{number}.example/feed", enabled=True)
    browser = as_person(administrator)
    for address in (HOSTS, OUTLETS):
        with django_assert_max_num_queries(15):
            assert "page 1 of 2" in browser.get(address).content.decode()
