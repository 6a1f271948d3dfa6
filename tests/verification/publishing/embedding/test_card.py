"""The card: what it says, that it follows every correction, and that anybody may frame it and it can do nothing."""

from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk
from tests.verification.publishing.reading import address, text_of
from tests.verification.publishing.rows import make_case, publish, set_desk
from tests.verification.publishing.samples import HOSTILE
from verification.models import Publication
from verification.review import challenges
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db


def card(client: Client, publication: Publication) -> str:
    return text_of(client, address(publication, "embed/"))


def test_it_says_the_claim_who_made_it_the_rating_the_headline_and_whose_check_it_is(client: Client) -> None:
    set_desk(name="The Mole Lantern")
    publication = publish(claim_text="Every captain pays.", headline="No captain pays")
    told = card(client, publication)
    for words in ("Every captain pays.", "Ada Quillfeather", "False", "No captain pays", "The Mole Lantern"):
        assert words in told
    assert "1 on a scale from 1, the worst, to 5, the best" in told
    assert "Corrected" not in told


def test_its_link_leads_to_the_check_in_a_window_of_its_own(client: Client) -> None:
    publication = publish()
    (link,) = html.fromstring(client.get(address(publication, "embed/")).content).xpath("//a")
    assert link.get("href") == f"http://testserver{address(publication)}"
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")


def test_a_correction_reaches_it_and_is_told_with_its_day(client: Client) -> None:
    first = publish(headline="Seven o’clock")
    seen = client.get(address(first, "embed/"))
    second = publish(first.review, 2, headline="Five o’clock")
    again = client.get(address(first, "embed/"), headers={"if-none-match": seen["ETag"]})
    assert again.status_code == 200
    told = card(client, first)
    assert "Five o’clock" in told
    assert "Seven o’clock" not in told
    assert f"Corrected on {second.published_at.day} {second.published_at:%b}" in told


def test_an_update_after_a_correction_leaves_the_correction_told(client: Client) -> None:
    review = publish().review
    publish(review, 2)
    assert "Corrected on" in card(client, publish(review, 2, change="update", change_note="New figures."))


def test_a_withdrawn_check_shows_that_and_no_rating(client: Client) -> None:
    withdrawn = publish(publish().review, change="void", change_note="Of another day.")
    told = card(client, withdrawn)
    assert "Withdrawn" in told
    assert "Of another day." in told
    assert "False" not in told


def test_a_check_that_is_doubted_says_so(client: Client) -> None:
    walk = Walk()
    walk.to_publication()
    url = f"/checks/{walk.review.public}/embed/"
    assert "challenged" not in text_of(client, url)
    reader = (walk.review.revision, "reader", "The gauge!", "me@mole.example")
    challenges.challenge(walk.review, Actor(walk.checker), *reader)
    assert "challenged" in text_of(client, url)


def test_anybody_may_frame_it_and_it_runs_and_keeps_nothing(client: Client) -> None:
    answer = client.get(address(publish(), "embed/"))
    rules = dict(rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "*",
    }
    assert not answer.has_header("X-Frame-Options")
    assert not answer.cookies
    assert not html.fromstring(answer.content).xpath("//script | //img | //form | //style | //@style")


def test_no_other_page_may_be_framed(client: Client) -> None:
    answer = client.get(address(publish()))
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_search_engines_keep_to_the_check_itself(client: Client) -> None:
    publication = publish()
    page = html.fromstring(client.get(address(publication, "embed/")).content)
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{address(publication)}"]


def test_what_was_never_published_has_no_card(client: Client) -> None:
    assert client.get(f"/checks/{make_case().public}/embed/").status_code == 404


def test_whoever_has_it_is_told_so_with_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = address(publish(), "embed/")
    first = client.get(url)
    with django_assert_num_queries(1):
        assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_words_break_out_of_the_card_or_of_the_snippet(client: Client, text: str) -> None:
    words: dict[str, Any] = {"headline": text, "claim_text": text, "claimant": text[:200]}
    publication = publish(**words)
    page = html.fromstring(client.get(address(publication, "embed/")).content)
    assert [link.get("href") for link in page.xpath("//a")] == [f"http://testserver{address(publication)}"]
    assert not page.xpath("//script | //@onmouseover")
    check = html.fromstring(client.get(address(publication)).content)
    (snippet,) = check.xpath("//textarea[@id='embed']")
    (frame,) = html.fragments_fromstring(snippet.text)
    assert (frame.tag, frame.get("src")) == ("iframe", f"http://testserver{address(publication, 'embed/')}")
    assert set(frame.attrib) <= {
        "src", "title", "width", "height", "style", "loading", "sandbox", "referrerpolicy",
    }  # fmt: skip
