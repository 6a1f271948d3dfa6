"""The list, the pages about the desk, and what every page has in common."""

import re

import pytest
from django.test import Client
from lxml import html
from pytest_django.fixtures import Settings

from tests.verification.publishing.reading import EVERYWHERE, FEEDS, address, text_of
from tests.verification.publishing.rows import publish, set_desk
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild
from verification.models import RatingScale

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_version_that_stands_only(client: Client) -> None:
    first = publish(headline="It was said at seven")
    publish(first.review, 2, headline="It was said at five")
    text = text_of(client, "/checks/")
    assert "It was said at five" in text
    assert "It was said at seven" not in text
    assert "version 2" in text


@pytest.mark.parametrize("query", ["q=CAPTAIN+transcript", "q=quillfeather", "rating=False"])
def test_the_list_is_searched_by_words_and_filtered_by_rating(client: Client, query: str) -> None:
    publish(headline="The transcript has no captain")
    publish(value=5, headline="Accurate it is", claimant="Sela Rope", claim_text="Lamps burn.")
    rebuild(collection=PUBLIC)
    text = text_of(client, f"/checks/?{query}")
    assert "The transcript has no captain" in text
    assert "Accurate it is" not in text
    assert "No published check answers these words" in text_of(client, "/checks/?q=zebra")


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%25_%5C", "q=" + "x" * 3000, "page=0", "page=x", "page=99999999999", "rating=%00"]
)
def test_no_query_breaks_the_list(client: Client, query: str) -> None:
    publish()
    assert client.get(f"/checks/?{query}").status_code == 200


def test_a_long_list_is_read_page_by_page_and_nothing_is_shown_twice(client: Client) -> None:
    for number in range(27):
        publish(headline=f"Check number {number:02}.")
    first, second = text_of(client, "/checks/"), text_of(client, "/checks/?page=2")
    assert "1–25 of 27" in first
    assert "26–27 of 27" in second
    shown = [re.findall(r"Check number (\d\d)\.", text) for text in (first, second)]
    assert [*shown[0], *shown[1]] == [f"{number:02}" for number in reversed(range(27))]
    page = html.fromstring(client.get("/checks/?page=2").content)
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://testserver/checks/?page=2"]
    assert page.xpath("//link[@rel='prev']/@href") == ["?"]
    rebuild(collection=PUBLIC)
    assert "Older" in text_of(client, "/checks/?q=number&rating=False")
    assert "?q=number&rating=False&page=2" in html.fromstring(
        client.get("/checks/?q=number&rating=False").content
    ).xpath("//a[@rel='next']/@href")


def test_every_page_names_itself_and_leads_to_the_three_feeds(client: Client) -> None:
    publication = publish()
    titles = set()
    for url in [*EVERYWHERE, address(publication)]:
        page = html.fromstring(client.get(url).content)
        titles.add(page.findtext(".//title"))
        assert page.xpath("//meta[@name='description']/@content")[0]
        assert page.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{url}"]
        kinds = page.xpath("//link[@rel='alternate'][starts-with(@href, '/checks/feed.')]/@type")
        assert set(kinds) == {"application/rss+xml", "application/atom+xml", "application/feed+json"}
        assert len(page.xpath("//h1")) == 1
    assert len(titles) == 4
    assert f"False: {publication.review.wording} | Readout desk" in titles


def test_no_page_asks_for_a_log_in_or_sets_a_cookie(client: Client) -> None:
    publication = publish()
    for url in [*EVERYWHERE, *FEEDS, address(publication), address(publication, "claimreview.json")]:
        answer = client.get(url)
        assert not answer.cookies, url
        assert "Cookie" not in answer.get("Vary", ""), url
        for method in ("post", "put", "delete"):
            assert getattr(client, method)(url).status_code == 405, url


def test_a_page_has_no_script_but_the_data_and_no_style_of_its_own(client: Client) -> None:
    publication = publish()
    for url in [*EVERYWHERE, address(publication)]:
        page = html.fromstring(client.get(url).content)
        assert page.xpath("//script[not(@type='application/ld+json')]") == []
        assert page.xpath("//style | //*[@style]") == []
        assert not any("admin" in href for href in page.xpath("//link/@href"))


def test_a_sample_desk_says_so_on_every_page_and_a_real_one_does_not(client: Client) -> None:
    publication = publish()
    told = "Sample desk: invented institutions"
    pages = [*EVERYWHERE, address(publication), address(publication, "v1/"), *FEEDS]
    assert not any(told in client.get(url).content.decode() for url in pages)
    set_desk(sample=True)
    assert all(told in client.get(url).content.decode() for url in pages)


def test_names_are_printed_only_where_the_desk_wants_it(client: Client) -> None:
    publication = publish()
    assert "Cato Lamp" not in text_of(client, address(publication))
    set_desk(names_public=True)
    text = text_of(client, address(publication))
    assert "Checked by Cato Lamp" in text
    assert "Approved by Edda Quay" in text


def test_addresses_are_those_readers_know_when_the_desk_names_them(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://checks.lantern.example"
    publication = publish()
    for url in [address(publication), address(publication, "claimreview.json"), *FEEDS]:
        content = client.get(url).content.decode()
        assert "https://checks.lantern.example/checks/" in content, url
        assert "testserver" not in content, url


def test_times_are_shown_in_the_desks_zone(client: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "America/Sao_Paulo"
    publication = publish()
    assert "UTC−3" in text_of(client, address(publication))


def test_the_page_on_how_we_check_tells_the_scale_and_whether_two_people_judge(client: Client) -> None:
    text = text_of(client, "/checks/how/")
    assert "The record bears it out." in text
    assert "does not see what the first one found" not in text
    set_desk(second_check=True)
    assert "does not see what the first one found" in text_of(client, "/checks/how/")


def test_a_meter_is_drawn_for_the_five_steps_it_was_drawn_for(client: Client) -> None:
    five = publish(value=2)
    RatingScale.objects.update(worst=0, best=10)
    ten = publish(value=2)
    assert 'href="#r2"' in client.get(address(five)).content.decode()
    assert 'href="#r2"' not in client.get(address(ten)).content.decode()
