"""RSS and Atom as a feed reader reads them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from tests.verification.publishing.samples import (
    BESIDE,
    DESK,
    FIRST,
    HERE,
    HOSTILE,
    LATER,
    VERDICT,
    corrected,
    hostile,
)
from verification.models import Change
from verification.publishing.entries import Entry, entry
from verification.publishing.feeds import FeedHead, atom, feed_head, rss
from verification.publishing.published import PublishedDesk, PublishedVerdict

Format = Callable[[FeedHead, Sequence[Entry]], str]
both = pytest.mark.parametrize("form", [rss, atom])


def written(form: Format, *verdicts: PublishedVerdict, desk: PublishedDesk = DESK) -> str:
    head = feed_head(desk, HERE.page("checks"), HERE.page("rss" if form is rss else "atom"))
    return form(head, [entry(verdict, desk, HERE) for verdict in verdicts])


def parsed(form: Format, *verdicts: PublishedVerdict, desk: PublishedDesk = DESK) -> Any:
    read = feedparser.parse(written(form, *verdicts, desk=desk).encode())
    assert not read.bozo, read.get("bozo_exception")
    return read


def when(parts: tuple[int, ...]) -> datetime:
    year, month, day, hour, minute, second, *_rest = parts
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@both
def test_a_feed_says_whose_it_is_and_where_it_lives(form: Format) -> None:
    feed = parsed(form, VERDICT).feed
    assert feed.title == "The Mole Lantern: fact checks"
    assert feed.language == "en"
    assert feed.rights == "Text under CC BY 4.0"
    links = {link.rel: link.href for link in feed.links}
    assert links == {"alternate": HERE.page("checks"), "self": HERE.page("rss" if form is rss else "atom")}


@both
def test_an_entry_has_a_stable_id_its_rating_and_the_whole_text(form: Format) -> None:
    (item,) = parsed(form, VERDICT).entries
    assert item.id == f"urn:uuid:{VERDICT.check}"
    assert item.link == HERE.check(VERDICT.check)
    assert item.title == VERDICT.headline
    assert [tag.term for tag in item.tags] == ["False"]
    assert item.author == "The Mole Lantern"
    text = item.content[0].value if form is atom else item.summary
    assert "Every captain pays." in text
    assert "Nothing else differs." in text
    assert f'href="{HERE.check(VERDICT.check)}#e1"' in text
    assert "4 May 2031, 17:09 UTC−5" in text


def test_an_atom_entry_also_has_a_short_summary() -> None:
    (item,) = parsed(atom, VERDICT).entries
    assert item.summary == "Rating: False. The claim: Every captain pays."


@both
def test_a_correction_is_the_same_entry_with_a_newer_date_and_says_what_changed(form: Format) -> None:
    (first,) = parsed(form, VERDICT).entries
    (second,) = parsed(form, corrected()).entries
    assert second.id == first.id
    assert second.link == first.link
    assert when(first.published_parsed) == when(first.updated_parsed) == FIRST
    assert when(second.published_parsed) == FIRST
    assert when(second.updated_parsed) == LATER
    assert second.title.startswith("Correction: ")
    assert "The hour was wrong." in second.summary
    assert "Version 2, 6 May 2031" in written(form, corrected())


@both
def test_a_withdrawn_check_says_so_and_why_and_rates_nothing(form: Format) -> None:
    (item,) = parsed(form, corrected(Change.VOID, "It was another day’s transcript.")).entries
    assert item.title.startswith("Withdrawn: ")
    assert [tag.term for tag in item.tags] == ["Withdrawn"]
    assert "It was another day’s transcript." in item.summary
    assert "False" not in written(form, corrected(Change.VOID))


@both
def test_the_feed_was_last_updated_with_its_newest_entry(form: Format) -> None:
    read = parsed(form, VERDICT, corrected())
    assert when(read.feed.updated_parsed) == LATER


@both
def test_an_empty_feed_is_a_feed_and_the_same_each_time(form: Format) -> None:
    assert parsed(form).entries == []
    assert written(form) == written(form)


@both
def test_a_sample_desk_is_marked_in_the_feed_and_in_each_entry(form: Format) -> None:
    text = written(form, VERDICT, desk=replace(DESK, sample=True))
    assert text.count("Sample desk: invented institutions") >= 2


@both
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_a_feed_or_brings_markup_into_it(form: Format, text: str) -> None:
    read = parsed(form, hostile(text), replace(VERDICT, rating=BESIDE), desk=replace(DESK, name=text, licence=text))
    assert len(read.entries) == 2
    # feedparser cleans what it is given, so the document itself is looked at.
    document = etree.fromstring(written(form, hostile(text)).encode())
    (content,) = document.findall(".//item/description" if form is rss else ".//{*}content")
    elements = list(html.fromstring(f"<div>{content.text}</div>").iter())
    assert {element.tag for element in elements} <= {
        "div",
        "p",
        "strong",
        "span",
        "blockquote",
        "bdi",
        "a",
        "h2",
        "ol",
        "li",
        "q",
        "br",
        "del",
        "ins",
    }
    assert {name for element in elements for name in element.attrib} <= {"dir", "href", "rel", "value"}


def test_signs_in_a_title_are_read_as_such_by_readers_that_take_titles_for_html() -> None:
    told = replace(VERDICT, headline="Turnout <b>50</b> &copy AT&T < 60")
    in_rss, in_atom = written(rss, told), written(atom, told)
    assert "<title>Turnout &#x3C;b&#x3E;50&#x3C;/b&#x3E; &#x26;copy AT&#x26;T &#x3C; 60</title>" in in_rss
    (title,) = etree.fromstring(in_atom.encode()).xpath(
        "//a:entry/a:title", namespaces={"a": "http://www.w3.org/2005/Atom"}
    )
    assert title.get("type") == "html"
    assert html.fromstring(title.text).text_content() == told.headline
    assert '<title type="html">' not in written(atom, VERDICT)


@both
def test_characters_that_validators_warn_of_are_in_no_feed(form: Format) -> None:
    text = written(form, replace(VERDICT, headline="a\ufffdb\ufdd0c", explanation="\U0001fffe\x92s \ufffd"))
    assert not {"\ufffd", "\ufdd0", "\U0001fffe", "\x92"} & set(text)
    assert "a?bc" in text


@both
def test_an_entry_is_filed_under_its_rating_and_its_topics(form: Format) -> None:
    (item,) = parsed(form, replace(VERDICT, topics=("Lamps & oil", "Harbour"))).entries
    assert [tag.term for tag in item.tags] == [VERDICT.rating.label, "Lamps & oil", "Harbour"]


@both
def test_evidence_keeps_its_lines_and_says_how_it_bears_on_the_claim(form: Format) -> None:
    (piece, *others) = VERDICT.evidence
    told = replace(VERDICT, evidence=(replace(piece, exact="Forty lamps.\n\nTen wicks & oil."), *others))
    (item,) = parsed(form, told).entries
    shown = item.content[0].value if form is atom else item.description
    assert '<blockquote dir="auto">Forty lamps.<br /><br />Ten wicks &amp; oil.</blockquote>' in shown.replace(
        "<br>", "<br />"
    )
    assert f"<strong>{piece.stance_badge.label}</strong>" in shown


def test_an_entry_in_another_language_says_so() -> None:
    (item,) = parsed(atom, replace(VERDICT, language="pt-BR")).entries
    assert item.title_detail.language == "pt-BR"
