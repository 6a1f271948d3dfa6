"""Articles read again: a new copy where the text changed, and what became of each claim's place in it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from claims import work
from claims.extracting import extract_claims
from claims.extraction.engines import load_engines
from claims.intake import EXTRACT
from claims.models import Appearance, AppearanceFate, Article, ArticleWatch, Claim, Snapshot, Submission, Work
from claims.models.clock import read_clock
from claims.rereading import AFTER, enlist_rereads
from claims.running import run_leased
from tests.claims.printed import CLOSING, LEDE, fetch_all, followed, poll_now, printed, quoted, reread_all
from tests.factories import make_article
from tests.people import make_person
from tests.replay.answering import Reply
from tests.replay.site import ReplaySite

pytestmark = pytest.mark.django_db
SECOND = '"No captain will pay a penny for 40 lamps of the northern mole," trader Bram Oxley told reporters.'
TEXT = [LEDE, quoted(1), SECOND, CLOSING]


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(printed(1, 1)) as site:
        site.change(1, TEXT)
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


@pytest.fixture
def article(site: ReplaySite, settings: Settings) -> Article:
    poll_now(followed(site))
    fetch_all()
    extract(settings)
    return Article.objects.get()


def extract(settings: Settings) -> None:
    def verb(lease: work.Lease) -> None:
        article = Article.objects.select_related("snapshot").get(pk=lease.subject)
        extract_claims(article, load_engines(settings.EXTRACTION_ENGINES), lease)

    for row in Work.objects.filter(kind=EXTRACT, done_at__isnull=True):
        assert run_leased(row.pk, verb)


def fates() -> dict[str, str]:
    """Return the newest fate of each place, by a word of what stood there."""
    rows = AppearanceFate.objects.select_related("appearance").order_by("pk")
    return {"captain" if "captain" in row.appearance.exact else "lamps": row.fate for row in rows}


def claims_in(article: Article) -> set[Claim]:
    return {place.claim for place in article.appearances.select_related("claim")}


def newest(article: Article) -> Article:
    return Article.objects.get(replaces=article)


def test_what_came_from_an_address_is_watched_for_a_month(site: ReplaySite, article: Article) -> None:
    by_hand = make_article(url=site.address("/by-hand"))
    Submission.objects.create(person=make_person("intake"), url=by_hand.url, article=by_hand)
    uploaded = make_article(url=site.address("/uploaded"))
    Submission.objects.create(person=make_person("intake"), article=uploaded)
    old = make_article(url=site.address("/old"), registered_at=read_clock() - timedelta(days=31))
    Submission.objects.create(person=make_person("intake"), url=old.url, article=old)
    assert enlist_rereads() == 0
    assert {watch.article for watch in ArticleWatch.objects.all()} == {article, by_hand}
    watch = ArticleWatch.objects.get(article=article)
    assert watch.next_at == article.registered_at + AFTER[0]


def test_an_article_that_did_not_change_leaves_nothing_but_that_it_was_read(site: ReplaySite, article: Article) -> None:
    for looks in range(1, len(AFTER) + 1):
        assert reread_all() == 1
        assert ArticleWatch.objects.get().looks == looks
    assert reread_all() == 0
    assert (Article.objects.count(), AppearanceFate.objects.count()) == (1, 0)


def test_other_furniture_round_the_same_text_is_no_change(site: ReplaySite, article: Article) -> None:
    body = site.reply_to("briefing.example", printed(1, 1)[0].path, {}).body
    site.answers[printed(1, 1)[0].path] = Reply(body.replace(b"<header>", b"<header><p>Tides of the week</p>"))
    assert reread_all() == 1
    assert Article.objects.count() == 1


def test_claims_whose_words_still_stand_stand_in_the_newer_article_too(
    site: ReplaySite, article: Article, settings: Settings
) -> None:
    before = claims_in(article)
    assert len(before) == 2
    site.change(1, ["Corrected: an earlier text had the wrong day.", *TEXT])
    reread_all()
    extract(settings)
    newer = newest(article)
    assert fates() == {"captain": "moved", "lamps": "moved"}
    assert before <= claims_in(newer)
    assert newer.outlet == article.outlet
    for place in newer.appearances.all():
        assert newer.text[place.start : place.end] == place.exact
        assert place.snapshot == newer.snapshot
        if place.mention_start is not None:
            assert newer.text[place.mention_start : place.mention_end] == place.mention
    # No second claim is made of words that have one.
    assert {claim.text for claim in claims_in(newer) - before} == set()
    assert ArticleWatch.objects.get().article == newer


def test_a_changed_sentence_is_told_and_becomes_a_claim_of_its_own(
    site: ReplaySite, article: Article, settings: Settings
) -> None:
    before = claims_in(article)
    site.change(1, [LEDE, quoted(1), SECOND.replace("No captain", "Every captain"), CLOSING])
    reread_all()
    extract(settings)
    newer = newest(article)
    assert fates() == {"captain": "changed", "lamps": "same"}
    fate = AppearanceFate.objects.get(fate="changed")
    assert "Every captain will pay" in fate.exact
    assert newer.text[fate.start : fate.end] == fate.exact
    assert (fate.article, fate.snapshot, fate.told_at) == (newer, newer.snapshot, None)
    assert fate.appearance.article == article
    new = claims_in(newer) - before
    assert ["Every captain" in claim.text for claim in new] == [True]
    assert len(before & claims_in(newer)) == 1


def test_a_sentence_that_was_taken_out_is_gone(site: ReplaySite, article: Article) -> None:
    site.change(1, [LEDE, quoted(1), CLOSING])
    reread_all()
    assert fates() == {"captain": "gone", "lamps": "same"}
    assert AppearanceFate.objects.get(fate="gone").article == newest(article)


def test_reading_a_changed_article_twice_makes_one_copy_of_it(site: ReplaySite, article: Article) -> None:
    site.change(1, [LEDE, quoted(1), CLOSING])
    reread_all()
    reread_all()
    assert (Article.objects.count(), AppearanceFate.objects.count()) == (2, 2)


def test_an_article_that_was_changed_back_is_the_one_it_was(
    site: ReplaySite, article: Article, settings: Settings
) -> None:
    site.change(1, [LEDE, quoted(1), CLOSING])
    reread_all()
    extract(settings)
    site.change(1, TEXT)
    reread_all()
    assert Article.objects.count() == 2
    assert ArticleWatch.objects.get().article == article
    assert Appearance.objects.filter(article=article).count() == 2
    reread_all()
    assert Article.objects.count() == 2


def test_a_page_that_is_missing_twice_takes_its_claims_with_it(site: ReplaySite, article: Article) -> None:
    site.remove(1)
    reread_all()
    reread_all(after=timedelta(minutes=20))
    assert not AppearanceFate.objects.exists()
    reread_all(after=timedelta(minutes=50))
    reread_all()
    assert fates() == {"captain": "gone", "lamps": "gone"}
    assert AppearanceFate.objects.filter(article__isnull=True).count() == 2
    site.removed.clear()
    site.change(1, TEXT)
    reread_all()
    assert fates() == {"captain": "same", "lamps": "same"}


def test_a_page_that_is_missing_once_and_back_has_lost_nothing(site: ReplaySite, article: Article) -> None:
    site.remove(1)
    reread_all()
    site.removed.clear()
    site.change(1, TEXT)
    reread_all()
    assert not AppearanceFate.objects.exists()
    assert ArticleWatch.objects.get().missing_since is None


def test_an_address_that_leads_to_the_front_page_is_missing_and_makes_no_article(
    site: ReplaySite, article: Article
) -> None:
    site.answers[printed(1, 1)[0].path] = Reply(status=301, headers={"Location": "/briefing-room/"})
    reread_all()
    reread_all()
    assert Article.objects.count() == 1
    assert fates() == {"captain": "gone", "lamps": "gone"}


@pytest.mark.parametrize(("status", "outcome"), [(403, "REFUSED"), (503, "THROTTLED"), (500, "FAILED")])
def test_a_site_that_does_not_answer_counts_as_no_reading(
    site: ReplaySite, article: Article, status: int, outcome: str
) -> None:
    site.answers[printed(1, 1)[0].path] = Reply(b"No.", "text/plain", status)
    reread_all()
    watch = ArticleWatch.objects.get()
    assert (watch.outcome, watch.looks) == (outcome, 0)
    assert watch.next_at > read_clock() + timedelta(minutes=55)
    assert not AppearanceFate.objects.exists()


def test_what_was_read_and_not_stored_is_read_again(site: ReplaySite, article: Article) -> None:
    site.change(1, [LEDE, quoted(1), CLOSING])
    enlist_rereads()
    ArticleWatch.objects.update(next_at=read_clock() - timedelta(seconds=1))
    enlist_rereads()
    dead = work.take(Work.objects.get(kind="claims.reread").pk)
    assert dead
    exchanges = Snapshot.objects.count()
    Work.objects.filter(pk=dead.work_id).update(lease_until=read_clock() - timedelta(seconds=1))
    reread_all()
    assert (Article.objects.count(), AppearanceFate.objects.count()) == (2, 2)
    assert Snapshot.objects.count() == exchanges + 1
