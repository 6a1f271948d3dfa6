"""What is kept of the public side is read anew when something that readers see was changed, and only then."""

from collections.abc import Callable

import pytest
from django.db import connections, transaction
from pytest_django import DjangoAssertNumQueries

from claims.models import Article, Claim, Outlet, Speaker
from tests.factories import make_article, make_claim
from tests.people import make_person
from tests.verification.publishing.rows import make_case, publish, see_in, set_desk
from verification.models import (
    Challenge,
    DeskText,
    Publication,
    PublicChange,
    Rating,
    RatingScale,
    Review,
    Source,
    Topic,
)
from verification.publishing.edition import edition, edition_of, totals

pytestmark = pytest.mark.django_db


@pytest.fixture
def out() -> Publication:
    publication = publish()
    speaker = Speaker.objects.create(name="Ada Quillfeather")
    Claim.objects.filter(pk=publication.review.claim_id).update(speaker=speaker)
    publication.review.topics.add(Topic.objects.create(name="lamps of the mole"))
    return publication


def of_claim(publication: Publication) -> Claim:
    return Claim.objects.get(review=publication.review)


SEEN: dict[str, Callable[[Publication], object]] = {
    "another check": lambda _out: publish(),
    "a correction": lambda out: publish(out.review, 2),
    "the desk's name": lambda _out: set_desk(name="The Mole Lantern"),
    "what the desk tells of itself": lambda _out: DeskText.objects.create(kind="about", text="We.", by=make_person()),
    "a rating's label": lambda _out: Rating.objects.filter(value=1).update(label="Untrue"),
    "a scale": lambda _out: RatingScale.objects.filter(in_use=True).update(best=6),
    "a topic's name": lambda _out: Topic.objects.update(name="lights of the mole"),
    "a topic of a case": lambda out: out.review.topics.clear(),
    "an outlet's name": lambda _out: Outlet.objects.update(name="The Lantern"),
    "a source's name": lambda _out: Source.objects.update(name="Harbour Board"),
    "who a claimant is": lambda _out: Speaker.objects.update(kind="person"),
    "whose claim it is": lambda out: Claim.objects.filter(pk=of_claim(out).pk).update(speaker=None),
    "an article's title": lambda _out: Article.objects.update(title="Lamps are back"),
    "a challenge": lambda out: Challenge.objects.create(
        review=out.review, publication=out, origin="reader", text="No."
    ),
    "a further place": lambda out: see_in(out.review, "Gull Gazette"),
}
UNSEEN: dict[str, Callable[[Publication], object]] = {
    "an article that was read": lambda _out: make_claim(make_article("The mayor sold a crane.")),
    "a topic of a case that is not out": lambda _out: make_case().topics.add(Topic.objects.get()),
    "a case nobody decided": lambda _out: make_case(),
    "a further place of an undecided claim": lambda _out: see_in(make_case(), "Gull Gazette"),
    "a source that was asked": lambda _out: Source.objects.update(tier=2),
    "a case's deadline": lambda out: Review.objects.filter(pk=out.review_id).update(priority=0.4),
    "the same name again": lambda _out: Outlet.objects.filter(name="The Mole Lantern").update(name="The Mole Lantern"),
}


@pytest.mark.parametrize("change", SEEN)
def test_whatever_readers_see_makes_another_edition(out: Publication, change: str) -> None:
    before = edition()
    SEEN[change](out)
    assert edition().digest != before.digest


@pytest.mark.parametrize("change", UNSEEN)
def test_what_they_do_not_see_makes_none(out: Publication, change: str) -> None:
    before = edition()
    UNSEEN[change](out)
    assert edition() == before


def test_an_edition_that_stands_costs_one_query(
    out: Publication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = edition()
    assert (totals(now).checks, totals(now).corrected, now.newest_id) == (1, 0, out.pk)
    with django_assert_num_queries(1):
        assert totals(edition()) == totals(now)


def test_a_check_that_was_never_published_has_no_edition() -> None:
    assert edition_of(make_case().public) is None


def test_only_so_many_signs_are_kept(out: Publication) -> None:
    seen = set()
    for number in range(120):
        Rating.objects.filter(value=1).update(label=f"Untrue {number}")
        seen.add(edition().digest)
    assert len(seen) == 120
    assert PublicChange.objects.count() <= 101


@pytest.mark.django_db(transaction=True)
def test_what_another_transaction_commits_late_is_seen_and_what_it_takes_back_is_not() -> None:
    publish()
    other = connections.create_connection("default")
    try:
        for back in (False, True):
            before = edition()
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("UPDATE verification_rating SET label = label || '!' WHERE value = 1")
            set_desk(name=f"Desk {back}")  # begun later, and there before
            between = edition()
            assert between.digest != before.digest
            other.rollback() if back else other.commit()
            assert (edition().digest == between.digest) is back
    finally:
        other.rollback()
        other.close()
    with transaction.atomic():
        assert Rating.objects.get(scale__in_use=True, value=1).label.endswith("!")
