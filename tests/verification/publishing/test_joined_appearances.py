"""A claim that appeared again: readers, search engines and feeds get every article of the cases that joined."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.people import make_person
from tests.verification.publishing.reading import address, claimreview_in, text_of
from tests.verification.publishing.rows import make_case, publish, see_in
from verification.models import Publication, Review
from verification.publishing.edition import edition
from verification.publishing.shelves import Shelf, names_on
from verification.review import triage

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_person("intake")


@pytest.fixture
def publication() -> Publication:
    return publish()


def again(outlet: str, **article: object) -> Review:
    """Store a case in triage whose claim stands in one more newspaper."""
    review = make_case(title="Again", url=f"https://{outlet.split()[0].lower()}.example/again", **article)
    see_in(review, outlet)
    return review


def addresses(client: Client, publication: Publication) -> list[str]:
    review = claimreview_in(client, address(publication))
    return [work["url"] for work in review["itemReviewed"]["appearance"]]


def test_claimreview_lists_the_articles_of_the_cases_that_joined_after_its_own(
    client: Client, publication: Publication, person: User
) -> None:
    own = addresses(client, publication)
    review = again("Gull Gazette")
    triage.mark_duplicate(review, person, 0, publication.review)
    assert addresses(client, publication)[: len(own)] == own
    assert len(addresses(client, publication)) == len(own) + 2
    assert "https://gull.example/again" in addresses(client, publication)
    assert "and 2 others" in text_of(client, address(publication))
    triage.reconsider(review, person, 1)
    assert addresses(client, publication) == own


def test_an_article_that_has_the_claim_twice_is_listed_once(
    client: Client, publication: Publication, person: User
) -> None:
    own = addresses(client, publication)
    review = make_case()
    review.claim.appearances.update(article=publication.review.claim.appearances.get().article, start=2)
    triage.mark_duplicate(review, person, 0, publication.review)
    assert addresses(client, publication) == own


@pytest.mark.parametrize("rest", ["", "claimreview.json"])
def test_a_readers_copy_is_out_of_date_once_an_appearance_joins_or_leaves(
    client: Client, publication: Publication, person: User, rest: str
) -> None:
    review, tags = again("Gull Gazette"), []
    for step in (
        lambda: None,
        lambda: triage.mark_duplicate(review, person, 0, publication.review),
        lambda: triage.reconsider(review, person, 1),
    ):
        step()
        tags.append(client.get(address(publication, rest))["ETag"])
        assert client.get(address(publication, rest), headers={"If-None-Match": tags[-1]}).status_code == 304
    assert tags[0] == tags[2] != tags[1]


@pytest.mark.parametrize("feed", ["feed.rss", "feed.atom", "feed.json", ""])
def test_feeds_take_nine_queries_at_most_however_many_joined(
    client: Client, person: User, feed: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _check in range(3):
        publication = publish()
        for number in range(4):
            triage.mark_duplicate(again(f"Gull{number} Gazette"), person, 0, publication.review)
    names_on(Shelf.LANGUAGE, edition())  # what is public is read once after each change
    with django_assert_max_num_queries(9):
        assert client.get(f"/checks/{feed}").status_code == 200
