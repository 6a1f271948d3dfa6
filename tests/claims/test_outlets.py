"""Outlets' feeds and sitemaps: every entry once, every page politely, and no desk is flooded."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from pytest_django.fixtures import Settings

from claims import outlets, work
from claims.archiving import Handed
from claims.capture.outlet_entries import MOST_AT_FIRST, OVERLAP, OutletEntry, new_of_sitemap
from claims.capture.told import Told
from claims.intake import EXTRACT, DuplicateArticle, register_article
from claims.models import Article, OutletFeed, OutletItem, Snapshot, Work
from claims.models.clock import read_clock
from claims.outlets import FETCH_ITEM, MOST_A_DAY, POLL, follow, poll
from tests.claims.printed import BEGAN, CLOSING, LEDE, do_all, fetch_all, followed, poll_now, printed, quoted
from tests.replay.answering import Reply
from tests.replay.site import ReplaySite

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(printed(1, 3)) as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


def urls(**state: str) -> set[str]:
    return set(OutletItem.objects.filter(**state).values_list("url", flat=True))


def test_what_a_feed_shows_becomes_articles_of_its_outlet_once(site: ReplaySite) -> None:
    feed = poll_now(followed(site))
    assert (feed.outcome, feed.failures, OutletItem.objects.count()) == ("OK", 0, 3)
    assert feed.etag
    assert feed.newest_at == BEGAN + timedelta(hours=3)
    fetch_all()
    articles = list(Article.objects.order_by("published"))
    assert [article.title for article in articles] == [f"Lamps return to berth {n}" for n in (1, 2, 3)]
    assert {article.outlet for article in articles} == {feed.outlet}
    assert urls(state="read") == {article.url for article in articles}
    assert Work.objects.filter(kind=EXTRACT).count() == 3
    site.add(printed(4, 4))
    site.now = BEGAN + timedelta(hours=5)
    poll_now(feed)
    fetch_all()
    assert (OutletItem.objects.count(), Article.objects.count()) == (4, 4)


def test_a_feed_that_did_not_change_says_so_and_shows_nothing(site: ReplaySite) -> None:
    feed = poll_now(poll_now(followed(site)))
    assert (feed.outcome, OutletItem.objects.count()) == ("NOT_MODIFIED", 3)


def test_validators_are_kept_only_when_all_was_stored(site: ReplaySite) -> None:
    feed = followed(site)
    follow()
    dead = work.take(Work.objects.get(kind=POLL).pk)
    assert dead
    Work.objects.update(token=None, lease_until=None)
    with pytest.raises(work.LeaseLost):
        poll(feed, dead)
    feed.refresh_from_db()
    assert (feed.etag, OutletItem.objects.count()) == ("", 0)
    assert OutletItem.objects.filter(feed=poll_now(feed)).count() == 3


def test_an_article_that_a_person_brought_first_is_the_same_article(site: ReplaySite) -> None:
    text = f"{LEDE}\n\n{quoted(1)}\n\n{CLOSING}\n\n###"
    feed = poll_now(followed(site))
    pasted = register_article(Handed(text.encode(), Snapshot.Origin.PASTED))
    fetch_all()
    assert Article.objects.count() == 3
    item = OutletItem.objects.get(title="Lamps return to berth 1")
    assert (item.state, item.article) == ("read", pasted)
    assert item.feed == feed


def test_an_article_that_a_feed_brought_first_is_the_one_that_a_person_pastes(site: ReplaySite) -> None:
    poll_now(followed(site))
    fetch_all()
    known = Article.objects.get(title="Lamps return to berth 1")
    with pytest.raises(DuplicateArticle) as caught:
        register_article(Handed(known.text.encode(), Snapshot.Origin.PASTED))
    assert caught.value.article == known


def test_an_article_that_is_here_by_its_address_is_not_fetched_again(site: ReplaySite) -> None:
    address = site.address(printed(2, 2)[0].path)
    body = f"{LEDE}\n\nThe board told us more by letter, on 300 pages.\n\n{CLOSING}".encode()
    known = register_article(Handed(body, Snapshot.Origin.PASTED, told=Told(url=address)))
    poll_now(followed(site))
    fetch_all()
    assert OutletItem.objects.get(url=address).article == known
    assert printed(2, 2)[0].path not in {request.path for request in site.requests}


def test_a_page_that_holds_no_article_is_told_in_a_sentence(site: ReplaySite) -> None:
    one, two, three = (document.path for document in printed(1, 3))
    site.answers[one] = Reply(b"<html><body><img src=berth.png></body></html>")
    site.answers[two] = Reply(b"No.", "text/plain", 403)
    poll_now(followed(site))
    fetch_all()
    unread = OutletItem.objects.filter(state="unread")
    assert set(unread.values_list("url", flat=True)) == {site.address(one), site.address(two)}
    assert all(item.sentence.endswith(".") for item in unread)
    assert urls(state="read") == {site.address(three)}


def test_a_sitemap_gives_its_newest_at_first_and_then_what_is_new(site: ReplaySite) -> None:
    site.add(printed(4, 90))
    site.now = BEGAN + timedelta(hours=100)
    feed = poll_now(followed(site, "/sitemap_index.xml", OutletFeed.Kind.SITEMAP))
    assert (feed.outcome, feed.newest_at) == ("OK", BEGAN + timedelta(hours=90))
    newest = {site.address(document.path) for document in printed(91 - MOST_AT_FIRST, 90)}
    assert urls(state="due") == newest
    site.add(printed(91, 95))
    poll_now(feed)
    assert urls(state="due") == newest | {site.address(document.path) for document in printed(91, 95)}


def test_a_news_sitemap_gives_titles_and_days(site: ReplaySite) -> None:
    poll_now(followed(site, "/news-sitemap.xml", OutletFeed.Kind.NEWS_SITEMAP))
    item = OutletItem.objects.get(url=site.address(printed(2, 2)[0].path))
    assert (item.title, item.published) == ("Lamps return to berth 2", BEGAN + timedelta(hours=2))


def test_an_entry_that_two_lists_of_an_outlet_show_is_one(site: ReplaySite) -> None:
    poll_now(followed(site))
    poll_now(followed(site, "/news-sitemap.xml", OutletFeed.Kind.NEWS_SITEMAP))
    assert OutletItem.objects.count() == 3


def test_so_many_pages_of_an_outlet_are_fetched_in_a_day(site: ReplaySite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlets, "MOST_A_DAY", 2)
    feed = poll_now(followed(site))
    fetch_all()
    assert Work.objects.filter(kind=FETCH_ITEM).count() == 2
    # The newest come first.
    assert urls(state="read") == {site.address(document.path) for document in printed(2, 3)}
    Work.objects.filter(kind=FETCH_ITEM).update(created_at=read_clock() - timedelta(hours=25))
    assert follow() == 1
    do_all(FETCH_ITEM)
    assert (urls(state="due"), OutletItem.objects.filter(feed=feed).count()) == (set(), 3)
    assert MOST_A_DAY > 2


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(b"<html><body>Tides of the week</body></html>"), "FAILED"),
        (Reply(b"No.", "text/plain", 403), "REFUSED"),
        (Reply(b"Gone.", "text/plain", 404), "NOT_FOUND"),
        (Reply(b"<rss version='2.0'><channel><title>x</title></channel></rss>", "text/xml"), "EMPTY"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why_and_is_asked_less(site: ReplaySite, reply: Reply, outcome: str) -> None:
    feed = poll_now(followed(site))
    site.answers["/briefing-room/feed/"] = reply
    waits = []
    for failures in (1, 2):
        poll_now(feed)
        waits.append(feed.next_at - read_clock())
        assert feed.outcome == outcome
        assert feed.failures == (0 if outcome == "EMPTY" else failures)
        assert bool(feed.sentence) == (outcome != "EMPTY")
    assert OutletItem.objects.count() == 3
    if outcome == "FAILED":
        assert all(later > 1.5 * sooner for sooner, later in pairwise(waits))
    site.answers.clear()
    assert poll_now(feed).outcome in {"OK", "NOT_MODIFIED"}
    assert (feed.failures, feed.sentence) == (0, "")


def test_a_feed_that_is_switched_off_is_not_asked(site: ReplaySite) -> None:
    feed = followed(site)
    OutletFeed.objects.update(enabled=False)
    poll_now(feed)
    assert not site.requests


def entries(*days: int | None) -> list[OutletEntry]:
    return [
        OutletEntry(
            str(number), f"https://lantern.example/{number}", None, BEGAN + timedelta(days=day) if day else None
        )
        for number, day in enumerate(days)
    ]


def test_a_sitemap_without_dates_is_taken_in_part_and_remembered_whole() -> None:
    shown = entries(*[None] * (MOST_AT_FIRST + 20))
    taken, known = new_of_sitemap(shown, None, BEGAN)
    assert (len(taken), len(known)) == (MOST_AT_FIRST, 20)
    assert new_of_sitemap(shown, BEGAN, BEGAN) == (shown, [])


def test_what_came_late_is_taken_and_what_is_old_is_not() -> None:
    shown = entries(1, 9, 10, None)
    since = BEGAN + timedelta(days=10)
    taken, known = new_of_sitemap(shown, since, since)
    assert ([entry.item_id for entry in taken], known) == (["1", "2", "3"], [])
    assert timedelta(days=1) < OVERLAP
