"""What the desk and readers see of a cited page that changed, and of an article that reads otherwise now."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from claims.models import Appearance, AppearanceFate, Snapshot
from tests.cases import Walk, now
from tests.factories import make_article, make_snapshot
from tests.replay.site import ReplaySite
from tests.verification.admin.opening import as_person, page_of, text_of
from tests.verification.people.desks import tell_all, told_to
from tests.verification.research.watched_pages import (
    OPENING,
    cited,
    documents,
    fetched,
    look_at_all,
    paragraphs,
    proposed,
    published,
)
from verification.admin.case.timeline import timeline
from verification.admin.file.changes import cited_pages
from verification.admin.triage.listing import articles_in_triage
from verification.models import Challenge, Document, PageWatch, State
from verification.review import challenges
from verification.review.appearances import appearances_of
from verification.review.proof import faults
from verification.review.remarks import tell_appearances
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db
OTHERWISE = cited(1).replace("no captain", "every captain")


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(documents(2)) as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


@pytest.fixture
def document(site: ReplaySite) -> Document:
    return fetched(site, documents(1)[0])


def change(site: ReplaySite, words: str = OTHERWISE) -> None:
    site.change(1, paragraphs(1, cited=words))
    look_at_all()


def public_page(walk: Walk) -> str:
    return Client().get(reverse("public:check", args=[walk.review.public])).content.decode()


def test_the_case_file_shows_the_passage_as_it_was_cited_and_as_it_stands_now(
    site: ReplaySite, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    walk = published(document, cited(1))
    assert "Cited pages" not in text_of(walk, "case_file", walk.editor)
    look_at_all()
    assert "As cited" in text_of(walk, "case_file", walk.editor)
    change(site)
    shown = text_of(walk, "case_file", walk.editor)
    assert "<del>no</del>" in shown
    assert "<ins>every</ins>" in shown
    newer = Document.objects.get(stable_id=document.stable_id, superseded_at__isnull=True)
    for copy in (document, newer):
        assert reverse("admin:document_copy", args=[copy.pk]) in shown
    assert "where it was published" in shown
    assert 'href="#pages">Word by word' in shown
    with django_assert_max_num_queries(6):
        cited_pages(now(walk.review), walk.editor)


def test_what_was_changed_for_another_case_is_not_told_of_this_one(site: ReplaySite, document: Document) -> None:
    walk, other = published(document, OPENING), published(document, cited(1))
    change(site)
    (page,) = cited_pages(now(walk.review), walk.editor)
    assert (page.badge.label, page.passages) == ("As cited", [])
    (page,) = cited_pages(now(other.review), other.editor)
    assert (page.badge.label, len(page.passages)) == ("Changed", 1)
    assert cited_pages(now(walk.review), walk.editor, changed=True) == []


def test_the_challenge_page_shows_what_changed(site: ReplaySite, document: Document) -> None:
    walk = published(document, cited(1))
    assert "What changed" not in text_of(walk, "case_challenge", walk.editor)
    change(site)
    assert "<ins>every</ins>" in text_of(walk, "case_challenge", walk.editor)


def test_a_page_that_could_not_be_read_is_shown_as_that_and_not_as_changed(
    site: ReplaySite, document: Document
) -> None:
    walk = published(document, cited(1))
    look_at_all()
    PageWatch.objects.update(outcome="REFUSED", sentence="It refuses to answer.")
    shown = text_of(walk, "case_file", walk.editor)
    assert "Could not be read" in shown
    assert "It refuses to answer." in shown


def test_readers_are_told_that_a_source_changed_and_with_it_the_page_changes(
    site: ReplaySite, document: Document
) -> None:
    walk = published(document, cited(1))
    challenges.challenge(now(walk.review), Actor(walk.checker), now(walk.review).revision, "reader", "I doubt it.")
    address = reverse("public:check", args=[walk.review.public])
    before = Client().get(address)
    assert "This check has been challenged and is being looked at again." in before.content.decode()
    change(site)
    after = Client().get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "A source cited here changed after publication; the desk is looking at it again." in after.content.decode()
    assert "every captain" not in public_page(walk)
    challenges.reaffirm(now(walk.review), walk.editor, now(walk.review).revision, "The old words were said.")
    assert "A source cited here changed" not in public_page(walk)


def test_the_timeline_tells_it_and_whoever_judges_blind_learns_nothing(site: ReplaySite, document: Document) -> None:
    walk = proposed(document, cited(1), second_check=True)
    tell_all()
    change(site)
    tell_all()
    assert now(walk.review).state == State.SECOND_CHECK
    told = [text for text in told_to(walk.checker) if "cited" in text]
    assert told == [f"A page cited in {walk.review.number} was changed, or is gone."]
    assert not [text for text in told_to(walk.second) if "cited" in text]
    line = timeline(walk.second, now(walk.review))[0]
    assert "The source watch found another text where a page is cited" in line.text
    assert (line.quotes, line.kept) == ((), "Hidden until the second check is over.")
    assert cited_pages(now(walk.review), walk.second) == []
    for name in ("case_file", "verification_review_change"):
        assert "every captain" not in as_person(walk.second).get(page_of(walk.review, name)).content.decode()


def test_whoever_judged_reads_the_sentence_once_nobody_is_blind(site: ReplaySite, document: Document) -> None:
    walk = proposed(document, cited(1))
    change(site)
    (quote,) = timeline(walk.checker, now(walk.review))[0].quotes
    assert "no captain will pay" in quote
    assert "every captain will pay" in quote
    assert len(cited_pages(now(walk.review), walk.checker)) == 1


def newer_copy(walk: Walk, text: str, fate: str) -> AppearanceFate:
    """Store a newer copy of the article in which a case's claim stands, and what became of it there."""
    place = Appearance.objects.select_related("article").get(claim=walk.review.claim)
    snapshot: Snapshot = make_snapshot()
    newer = make_article(f"{text}\n\nMore follows.", replaces=place.article, title="Lamps return", snapshot=snapshot)
    return AppearanceFate.objects.create(
        appearance=place, snapshot=snapshot, article=newer, fate=fate, exact=text if fate == "changed" else ""
    )


def test_an_article_that_was_changed_is_told_once_in_the_case_and_shown_in_its_file() -> None:
    walk = Walk()
    walk.to_publication()
    text = walk.review.claim.text
    newer_copy(walk, text.replace("ships had called", "ferries had called"), "changed")
    assert (tell_appearances(), tell_appearances()) == (1, 0)
    line = timeline(walk.editor, now(walk.review))[0]
    assert str(line.text) == "An article in which the claim stands was changed"
    assert "ferries had called" in line.quotes[0]
    assert AppearanceFate.objects.get().told_at is not None
    assert now(walk.review).state == State.PUBLISHED
    assert not Challenge.objects.exists()
    shown = text_of(walk, "case_file", walk.editor)
    assert "Articles that read otherwise now" in shown
    assert "<ins>ferries</ins>" in shown
    assert not list(faults())


@pytest.mark.parametrize("fate", ["same", "moved"])
def test_a_claim_that_still_stands_is_no_news(fate: str) -> None:
    walk = Walk()
    newer_copy(walk, walk.review.claim.text, fate)
    assert tell_appearances() == 0


def test_a_newer_copy_of_an_article_is_no_further_place_and_takes_over_triage() -> None:
    walk = Walk()
    place = Appearance.objects.get(claim=walk.review.claim)
    newer = newer_copy(walk, place.exact, "same").article
    assert newer
    assert [article.pk for article in articles_in_triage()] == [place.article_id]
    values = {"snapshot": newer.snapshot, "snapshot_sha256": newer.snapshot.sha256, "exact": place.exact}
    Appearance.objects.create(claim=walk.review.claim, article=newer, start=0, end=len(place.exact), **values)
    assert [seen.article_id for seen in appearances_of({walk.review.pk})[walk.review.pk]] == [place.article_id]
    assert [article.pk for article in articles_in_triage()] == [newer.pk]
    assert "Also appears in" not in text_of(walk, "verification_review_change", walk.editor)
