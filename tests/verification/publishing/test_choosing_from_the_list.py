"""The list, narrowed by what readers choose; and the pages of names to choose from, which hold nothing unpublished."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from claims.models import Outlet, Speaker
from tests.verification.publishing.reading import address, text_of
from tests.verification.publishing.rows import approve, make_case, publish, put_out, see_in
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild
from verification.models import Publication, Review, Topic
from verification.publishing.choosing import Choice, named
from verification.publishing.edition import edition
from verification.publishing.paging import LONG_PAGE
from verification.publishing.shelves import Shelf, names_on

pytestmark = pytest.mark.django_db


def said_by(name: str, **words: Any) -> Publication:
    """Publish a check of somebody's claim."""
    return publish(spoken_by(name), claimant=name, headline=f"Headline of {name}", **words)


def spoken_by(name: str, outlet: str = "The Mole Lantern") -> Review:
    """Store a case of somebody's claim, of which nothing is published."""
    paper, _made = Outlet.objects.get_or_create(name=outlet)
    review = make_case(outlet=paper, url=f"https://lantern.example/{uuid4()}")
    speaker, _made = Speaker.objects.get_or_create(name=name)
    review.claim.speaker = speaker
    review.claim.save()
    return review


def about(publication: Publication, topic: str) -> None:
    """Say what a check is about."""
    publication.review.topics.add(Topic.objects.get_or_create(name=topic)[0])


def headlines(client: Client, query: str) -> list[str]:
    """Return the headlines that a list shows, in its order."""
    page = html.fromstring(client.get(f"/checks/{query}").content)
    return list(page.xpath("//ol[contains(@class, 'pub-list')]/li/div[2]/p[1]/text()"))


def test_a_list_is_narrowed_by_each_thing_there_is_and_by_all_of_them_together(client: Client) -> None:
    wanted, other = said_by("Ada Quillfeather", language="pt"), said_by("Sela Rope", value=5)
    see_in(wanted.review, "Gull Gazette")
    about(wanted, "Harbours")
    about(other, "Ropes")
    speaker, outlet = wanted.review.claim.speaker, Outlet.objects.get(name="Gull Gazette")
    assert speaker is not None
    rebuild(collection=PUBLIC)
    each = {
        "speaker": str(speaker.public),
        "outlet": str(outlet.public),
        "topic": "Harbours",
        "rating": "False",
        "language": "pt",
        "q": "Quillfeather",
    }
    for name, value in each.items():
        assert headlines(client, f"?{name}={value}") == ["Headline of Ada Quillfeather"], name
    together = "&".join(f"{name}={value}" for name, value in each.items())
    day = f"{wanted.published_at:%Y-%m-%d}"
    assert headlines(client, f"?{together}&since={day}&until={day}") == ["Headline of Ada Quillfeather"]
    assert headlines(client, f"?{together}&language=en") == []
    assert headlines(client, "?until=2001-01-01") == []
    assert len(headlines(client, "?since=2001-01-01")) == 2


def test_what_was_chosen_stands_in_words_and_each_can_be_taken_away(client: Client) -> None:
    publication = said_by("Ada Quillfeather")
    about(publication, "Harbours & lamps")
    speaker = publication.review.claim.speaker
    assert speaker is not None
    page = html.fromstring(
        client.get(
            "/checks/", {"speaker": str(speaker.public), "topic": "Harbours & lamps", "since": "2001-05-04"}
        ).content
    )
    chips = page.xpath("//ul[contains(@class, 'pub-chips')]/li[.//b]")
    told = [" ".join(chip.text_content().split()) for chip in chips]
    assert [words.partition(" remove")[0] for words in told] == [
        "Speaker: Ada Quillfeather",
        "Topic: Harbours & lamps",
        "From: 4 May 2001",
    ]
    assert chips[0].xpath(".//a/@href") == ["/checks/?topic=Harbours+%26+lamps&since=2001-05-04"]
    assert page.xpath("//h1/text()") == ["Ada Quillfeather"]
    assert page.xpath("//input[@name='speaker']/@value") == [str(speaker.public)]
    assert page.xpath("//select[@name='topic']/option[@selected]/text()") == ["Harbours & lamps"]


def test_the_links_to_feeds_are_those_of_the_list_that_is_shown(client: Client) -> None:
    publication = said_by("Ada Quillfeather")
    speaker = publication.review.claim.speaker
    assert speaker is not None
    page = html.fromstring(client.get("/checks/", {"speaker": str(speaker.public), "since": "2001-05-04"}).content)
    assert f"/checks/feed.atom?speaker={speaker.public}" in page.xpath("//aside//a/@href")
    assert "A feed goes by neither words nor days." in page.text_content()
    plain = html.fromstring(client.get("/checks/").content)
    assert "/checks/feed.atom" in plain.xpath("//aside//a/@href")


@pytest.mark.parametrize("day", ["2031-13-40", "yesterday", "<b>now</b>", "9999-12-31", "0001-01-01"])
def test_a_day_that_cannot_be_read_is_told_and_left_out(client: Client, day: str) -> None:
    said_by("Ada Quillfeather")
    said_by("Sela Rope")
    assert client.get("/checks/data-feed.json", {"until": day}).status_code == 200
    answer = client.get("/checks/", {"since": day, "until": day})
    page = html.fromstring(answer.content)
    assert f"“{day}” is no day we can read" in page.text_content()
    assert len(headlines(client, f"?since={day}&until={day}")) == 2
    assert b"<b>now" not in answer.content


def test_days_in_the_wrong_order_are_told(client: Client) -> None:
    said_by("Ada Quillfeather")
    text = text_of(client, "/checks/?since=2031-05-04&until=2031-05-01")
    assert "The first day comes after the last one" in text
    assert "No published check has all of this" in text


def test_the_best_match_comes_first_and_pages_go_on_in_that_order(client: Client) -> None:
    for number in range(26):
        publish(headline=f"Ropes, number {number:02}", claim_text=f"A lamp was counted {number} times.")
    publish(headline="Barges and barges", claim_text="The barges were barges, said the barge master of ropes.")
    rebuild(collection=PUBLIC)
    assert headlines(client, "?q=ropes+barges")[0] == "Barges and barges"
    first, second = headlines(client, "?q=ropes"), headlines(client, "?q=ropes&page=2")
    assert len({*first, *second}) == len([*first, *second]) == 27
    assert "the best match first" in text_of(client, "/checks/?q=ropes+barges")
    assert "the newest first" in text_of(client, "/checks/?rating=False")


def test_a_rating_of_former_days_stays_chosen_when_the_form_is_sent_again(client: Client) -> None:
    publish(rating_label="Half a penny")
    page = html.fromstring(client.get("/checks/?rating=Half+a+penny").content)
    assert page.xpath("//select[@name='rating']/option[@selected]/text()") == ["Half a penny"]
    assert len(headlines(client, "?rating=Half+a+penny")) == 1


def test_names_are_listed_with_their_checks_under_their_letters(client: Client) -> None:
    for name in ("Ada Quillfeather", "Ada Quillfeather", "Élise Mole", "Edda Quay", "7th Harbour Board"):
        publication = said_by(name)
    about(publication, "Lamps")
    page = html.fromstring(client.get("/checks/speakers/").content)
    assert page.xpath("//h2[contains(@id, 'letter')]/text()") == ["#", "A", "E"]
    told = [" ".join(row.text_content().split()) for row in page.xpath("//section[@class='pub-names']//li")]
    assert told == ["7th Harbour Board 1 check", "Ada Quillfeather 2 checks", "Edda Quay 1 check", "Élise Mole 1 check"]
    for link in page.xpath("//section[@class='pub-names']//a/@href"):
        assert headlines(client, link.removeprefix("/checks/")), link
    assert "Lamps 1 check" in text_of(client, "/checks/topics/")
    assert "The Mole Lantern 5 checks" in text_of(client, "/checks/outlets/")


def test_a_hundred_names_fill_a_page_and_a_letter_leads_to_the_page_it_begins_on(client: Client) -> None:
    publication = said_by("Ada Quillfeather")
    Topic.objects.bulk_create(Topic(name=f"Anchor {number:03}") for number in range(LONG_PAGE))
    Topic.objects.create(name="Zinc")
    publication.review.topics.set(Topic.objects.all())
    first = html.fromstring(client.get("/checks/topics/").content)
    assert len(first.xpath("//section[@class='pub-names']//li")) == LONG_PAGE
    assert first.xpath("//nav[@class='pub-letters']/a/@href") == ["?page=1#letter-41", "?page=2#letter-5a"]
    assert "Zinc 1 check" in text_of(client, "/checks/topics/?page=2")


def test_what_stands_in_nothing_published_is_named_nowhere(client: Client) -> None:
    said_by("Ada Quillfeather")
    hidden = spoken_by("Hush Hidden", outlet="The Hidden Post")
    hidden.topics.add(Topic.objects.create(name="Hidden harbour"))
    approve(hidden, claimant="Hush Hidden", headline="Hidden headline", language="xx")
    speaker, outlet = hidden.claim.speaker, Outlet.objects.get(name="The Hidden Post")
    assert speaker is not None
    pages = ["/checks/", "/checks/speakers/", "/checks/topics/", "/checks/outlets/"]
    chosen = [f"/checks/?speaker={speaker.public}", f"/checks/?outlet={outlet.public}"]
    for url in [*pages, *chosen, f"/checks/feed.atom?speaker={speaker.public}"]:
        content = client.get(url).content.decode()
        assert "Hidden" not in content, url
    assert named(Choice(speaker=speaker.public)) == ("?",)
    assert "xx" not in [each.name for each in names_on(Shelf.LANGUAGE, edition())]
    put_out(hidden.verdicts.get())
    for url in pages[1:]:
        assert "Hidden" in client.get(url).content.decode(), url


def test_a_speaker_goes_by_the_name_in_the_newest_check_whatever_the_desk_calls_them(client: Client) -> None:
    said_by("A. Quillfeather")
    alias = Speaker.objects.get(name="A. Quillfeather")
    stands = Speaker.objects.create(name="Ada Never Published")
    Speaker.objects.filter(pk=alias.pk).update(joined_to=stands)
    text = text_of(client, "/checks/speakers/")
    assert "A. Quillfeather 1 check" in text
    assert "Never Published" not in text
    assert headlines(client, f"?speaker={stands.public}") == ["Headline of A. Quillfeather"]


def test_no_word_of_an_address_becomes_a_heading(client: Client) -> None:
    said_by("Ada Quillfeather")
    page = html.fromstring(client.get("/checks/?topic=Buy+anchors+here").content)
    assert "Buy anchors" not in page.findtext(".//h1")
    assert "Buy anchors" not in page.findtext(".//title")


def test_a_check_leads_to_the_lists_of_its_claimant_its_outlets_and_its_topics(client: Client) -> None:
    publication = said_by("Ada Quillfeather")
    about(publication, "Lamps/ropes")
    speaker, outlet = publication.review.claim.speaker, Outlet.objects.get(name="The Mole Lantern")
    assert speaker is not None
    links = html.fromstring(client.get(address(publication)).content).xpath("//a/@href")
    for link in (f"speaker={speaker.public}", f"outlet={outlet.public}", "topic=Lamps%2Fropes"):
        assert f"/checks/?{link}" in links, link
        assert headlines(client, f"?{link}") == ["Headline of Ada Quillfeather"]
