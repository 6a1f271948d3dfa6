"""What a check's page hands on: to who shares it, to who verifies it, to who prints it."""

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from claims.models import Attestation
from tests.cases import make_document
from tests.verification.publishing.reading import EVERYWHERE, address
from tests.verification.publishing.rows import SAID, Piece, publish, set_desk
from verification.models import Topic

pytestmark = pytest.mark.django_db
COPY = "https://web-archive.example/2031/remarks"


def told(client: Client, url: str) -> dict[str, str]:
    """Return what a page tells who shares it: property and content."""
    page = html.fromstring(client.get(url).content)
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@content]")}


def test_whoever_shares_a_check_shows_its_claim_its_rating_and_its_days(client: Client) -> None:
    set_desk(name="The Mole Lantern")
    publication = publish()
    publication.review.topics.add(Topic.objects.create(name="Harbours"))
    shared = told(client, address(publication))
    assert shared["og:type"] == "article"
    assert shared["og:title"] == f"False: {publication.review.wording}"
    assert shared["og:description"] == publication.verdict.headline
    assert shared["og:url"] == f"http://testserver{address(publication)}"
    assert shared["og:site_name"] == "The Mole Lantern"
    assert shared["article:published_time"] == publication.first_published_at.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    assert shared["article:tag"] == "Harbours"
    second = publish(publication.review, 2)
    assert told(client, address(second))["article:modified_time"] == second.published_at.strftime(
        "%Y-%m-%dT%H:%M:%S+00:00"
    )


def test_who_shares_a_version_that_fell_shows_that_it_fell_before_what_it_said(client: Client) -> None:
    first = publish()
    publish(first.review, 2)
    old = told(client, address(first, "v1/"))
    assert old["og:title"].startswith("Version 1, replaced since. False: ")
    assert old["og:description"].startswith("Version 1, replaced since. ")
    publish(first.review, change="void", change_note="It was another day.")
    old = told(client, address(first, "v1/"))
    assert old["og:title"].startswith("Version 1, withdrawn since. False: ")
    assert told(client, address(first))["og:title"].startswith("Withdrawn: ")


def test_every_page_can_be_shared_and_the_image_is_as_large_as_it_says(client: Client) -> None:
    for url in EVERYWHERE:
        shared = told(client, url)
        assert shared["og:type"] == "website"
        assert shared["og:url"] == f"http://testserver{url}"
        assert shared["og:image"] == shared["twitter:image"] == "http://testserver/static/readout/card.png"
        assert shared["og:image:alt"]
        assert (shared["og:image:width"], shared["og:image:height"]) == ("1200", "630")
    data = (settings.BASE_DIR / "config/static/readout/card.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)


def test_a_copy_at_a_web_archive_is_linked_and_of_what_is_withheld_none(client: Client) -> None:
    shown, hidden = make_document(SAID), make_document(f"{SAID} Said in a letter.", withheld=True)
    for document in (shown, hidden):
        Attestation.objects.create(snapshot=document.snapshot, kind="wayback", reference=COPY)
        Attestation.objects.create(snapshot=document.snapshot, kind="rfc3161", reference="https://stamps.example/")
    publication = publish(pieces=[Piece(shown)])
    page = client.get(address(publication))
    assert html.fromstring(page.content).xpath("//li[@id='e1']//a/@href") == [COPY]
    assert COPY not in client.get(address(publish(pieces=[Piece(hidden)]))).content.decode()


def test_a_copy_that_comes_later_makes_the_page_another(client: Client) -> None:
    document = make_document(SAID)
    publication = publish(pieces=[Piece(document)])
    etag = client.get(address(publication))["ETag"]
    Attestation.objects.create(snapshot=document.snapshot, kind="wayback", reference=COPY)
    assert client.get(address(publication), headers={"If-None-Match": etag}).status_code == 200


def test_a_topic_that_is_given_later_makes_the_page_another(client: Client) -> None:
    publication = publish()
    etag = client.get(address(publication))["ETag"]
    publication.review.topics.add(Topic.objects.create(name="Harbours"))
    assert "Harbours" in client.get(address(publication), headers={"If-None-Match": etag}).content.decode()


def test_the_page_for_paper_is_asked_for_by_paper_alone(client: Client) -> None:
    page = html.fromstring(client.get(address(publish())).content)
    assert page.xpath("//link[contains(@href, 'print.css')]/@media") == ["print"]
