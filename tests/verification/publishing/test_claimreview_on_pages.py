"""Which pages carry ClaimReview, and that the page explains the number that its markup gives."""

import pytest
from django.test import Client
from lxml import html

from tests.people import make_person
from tests.verification.publishing.reading import EVERYWHERE, address, claimreview_in, text_of
from tests.verification.publishing.rows import publish
from verification.models import DeskText, RatingScale
from verification.publishing.newsroom import POLICIES

pytestmark = pytest.mark.django_db


def test_a_check_has_one_and_lists_and_cards_have_none(client: Client) -> None:
    publications = [publish(), publish()]
    for url in [
        *EVERYWHERE,
        "/checks/?rating=False",
        "/checks/speakers/",
        *(address(one, "embed/") for one in publications),
    ]:
        assert b"ClaimReview" not in client.get(url).content, url
    for publication in publications:
        page = html.fromstring(client.get(address(publication)).content)
        assert len(page.xpath("//script[@type='application/ld+json']")) == 1


def test_an_old_version_and_a_withdrawn_check_have_none(client: Client) -> None:
    withdrawn = publish(publish().review, change="void", change_note="Of another day.")
    assert claimreview_in(client, address(withdrawn)) is None
    assert claimreview_in(client, address(withdrawn, "v1/")) is None
    assert client.get(address(withdrawn, "claimreview.json")).status_code == 410


def test_the_page_explains_the_scale_and_how_we_check_each_rating(client: Client) -> None:
    publication = publish(value=2)
    rating = claimreview_in(client, address(publication))["reviewRating"]
    told = (
        f"{rating['ratingValue']} on a scale from {rating['worstRating']}, the worst,"
        f" to {rating['bestRating']}, the best"
    )
    assert told in text_of(client, address(publication))
    how = text_of(client, "/checks/how/")
    for each in RatingScale.objects.get(in_use=True).ratings.all():
        assert each.label in how
        assert " ".join(each.meaning.split()) in how


def test_each_policy_of_the_desk_is_named_where_it_can_be_read(client: Client) -> None:
    publication = publish()
    url = address(publication)
    before = client.get(url)
    assert not set(POLICIES) & set(claimreview_in(client, url)["author"])
    for kind in DeskText.Kind:
        DeskText.objects.create(kind=kind, text="We take no gifts.", by=make_person())
    assert client.get(url, headers={"if-none-match": before["ETag"]}).status_code == 200
    author = claimreview_in(client, url)["author"]
    for name in (*POLICIES, "publishingPrinciples"):
        assert client.get(author[name]).status_code == 200, name
    DeskText.objects.create(kind=DeskText.Kind.TEAM, text="", by=make_person())
    assert "masthead" not in claimreview_in(client, url)["author"]
