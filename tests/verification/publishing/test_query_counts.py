"""The database is asked as often for thirty checks as for three."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cases import make_document
from tests.verification.publishing.rows import CHECK, SAID, Piece, make_case, publish, see_in

pytestmark = [pytest.mark.django_db, pytest.mark.long]

LISTS = [
    "",
    "?q=captain&rating=False",
    "?page=2",
    "corrections/",
    "speakers/",
    "topics/",
    "outlets/",
    "about/",
    "feed.rss",
    "feed.atom",
    "feed.json",
]


@pytest.mark.parametrize("checks", [3, 30])
def test_a_list_or_a_feed_takes_nine_queries_at_most(
    client: Client, checks: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(checks):
        publication = publish()
        see_in(publication.review, "Gull Gazette")
        if number % 3 == 0:
            publish(publication.review, 2)
    for _time in ("after a change", "and again"):
        for rest in LISTS:
            with django_assert_max_num_queries(9):
                answer = client.get(f"/checks/{rest}")
            assert answer.status_code == 200


@pytest.mark.parametrize("pieces", [1, 12])
def test_a_check_takes_ten_queries_at_most(
    client: Client, pieces: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    review = make_case()
    for number in range(pieces):
        publish(review, pieces=[Piece(make_document(SAID), quote_check=CHECK) for _number in range(pieces)])
        see_in(review, f"Gazette {number}")
    for rest in ("", "v1/", "claimreview.json"):
        with django_assert_max_num_queries(10):
            assert client.get(f"/checks/{review.public}/{rest}").status_code == 200
