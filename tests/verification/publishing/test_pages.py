"""A check and its versions, as readers see them."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django.fixtures import Settings

from tests.cases import Walk, make_document
from tests.verification.publishing.reading import EVERYWHERE, FEEDS, address, claimreview_in, text_of
from tests.verification.publishing.rows import (
    CHECK,
    SAID,
    Piece,
    approve,
    make_case,
    publish,
    put_out,
    see_in,
    set_desk,
)
from tests.verification.publishing.samples import HOSTILE
from verification.models import Review, SearchRun, Source
from verification.publishing.claimreview import faults

pytestmark = pytest.mark.django_db


def test_a_published_check_shows_claim_rating_words_and_evidence(client: Client) -> None:
    document = make_document(
        SAID,
        url="https://port.example/remarks",
        published=datetime(2031, 5, 4, 22, 9, tzinfo=UTC),
        published_precision="minute",
        published_offset=-300,
    )
    said: dict[str, Any] = {"said": datetime(2031, 5, 4, tzinfo=UTC), "said_precision": "day"}
    publication = publish(pieces=[Piece(document, quote_check=CHECK)], **said)
    see_in(publication.review, "Gull Gazette")
    text = text_of(client, address(publication))
    for words in (
        publication.review.wording,
        "Printed as the words of Ada Quillfeather",
        "said 4 May 2031",
        "seen in The Mole Lantern and 1 other",
        "False 1 on a scale from 1, the worst, to 5, the best",
        "Altered words",
        "Refutes T0 Verbatim record where it was said",
        "Port Example 4 May 2031, 17:09 UTC−5",
        f"sha256 {document.snapshot.sha256}",
        "Version 1. Published.",
    ):
        assert words in text, words
    page = html.fromstring(client.get(address(publication)).content)
    assert [found.text for found in page.xpath("//del")] == ["every"]
    assert [found.text for found in page.xpath("//ins")] == ["no"]


def test_the_page_holds_a_claimreview_that_search_engines_take(client: Client) -> None:
    publication = publish()
    review = claimreview_in(client, address(publication))
    assert faults(review) == []
    assert review["url"] == f"http://testserver{address(publication)}"
    alone = client.get(address(publication, "claimreview.json"))
    assert alone["Content-Type"] == "application/ld+json"
    assert json.loads(alone.content) == review


def test_what_is_not_known_is_said_to_be_unknown(client: Client) -> None:
    publication = publish(make_case(outlet=None, url=None, title=None), claimant=None, pieces=[], value=0)
    text = text_of(client, address(publication))
    for words in ("Claimant not known", "date of the remark not known", "seen in an article", "beside our scale"):
        assert words in text, words
    assert "None" not in text


def test_a_check_without_evidence_says_where_was_looked_and_a_failed_search_is_no_empty_one(client: Client) -> None:
    review = make_case()
    now = datetime.now(tz=UTC)
    SearchRun.objects.create(claim=review.claim, query={}, documents=3, outcome="FAILED", started_at=now)
    publication = publish(review, value=0, pieces=[])
    SearchRun.objects.create(claim=review.claim, query={}, documents=77, outcome="OK", started_at=now)
    text = text_of(client, address(publication))
    assert re.search(r"the whole library \(9 documents\), [^:]*:\d\d UTC ?: nothing found", text)
    assert re.search(r"\(3 documents\), [^:]*:\d\d UTC ?: could not be asked", text)
    assert "(77 documents)" not in text


def test_what_live_sources_were_asked_is_told_as_what_they_showed(client: Client) -> None:
    review = make_case()
    source = Source.objects.create(name="Harbour Board")
    for outcome, shown in (("OK", 12), ("EMPTY", 0), ("REFUSED", 0), ("THROTTLED", 0), ("FAILED", 0)):
        SearchRun.objects.create(
            claim=review.claim,
            source=source,
            step="list",
            query={},
            documents=shown,
            outcome=outcome,
            started_at=datetime.now(tz=UTC),
        )
    text = text_of(client, address(publish(review, value=0, pieces=[])))
    for told in ("12 entries shown", "nothing found", "refused to answer", "asked to wait", "could not be asked"):
        assert re.search(rf"Harbour Board \(asked live\), [^:]*:\d\d UTC ?: {told}", text), told


@pytest.mark.parametrize("state", ["approved", "embargoed correction"])
def test_what_is_not_published_appears_nowhere_and_has_no_address(client: Client, state: str) -> None:
    later = state == "embargoed correction"
    review = publish().review if later else make_case()
    approve(review, 4, headline="Not out yet", change_note="Hush" if later else "")
    seen = [*EVERYWHERE, "/checks/?q=out", *FEEDS]
    if not later:
        for rest in ("", "v1/", "claimreview.json"):
            assert client.get(f"/checks/{review.public}/{rest}").status_code == 404
    else:
        seen += [f"/checks/{review.public}/", f"/checks/{review.public}/claimreview.json"]
    assert client.get(f"/checks/{review.public}/v{2 if later else 1}/").status_code == 404
    for url in seen:
        content = client.get(url).content.decode()
        assert "Not out yet" not in content, url
        assert "Hush" not in content, url
    assert ("Nothing has been published yet." in client.get("/checks/").content.decode()) != later


@pytest.mark.parametrize("url", ["4be0643f-1d98-573b-97cd-ca98a65347dd/", "nonsense/", "v1/"])
def test_an_address_of_nothing_is_not_found(client: Client, url: str) -> None:
    publish()
    assert client.get(f"/checks/{url}").status_code == 404


@pytest.mark.parametrize("version", ["v0/", "v3/", "v99999/", "v99999999999999999999/"])
def test_a_version_that_never_was_is_not_found(client: Client, version: str) -> None:
    assert client.get(address(publish(), version)).status_code == 404


def test_a_corrected_check_says_what_changed_and_its_first_version_stays_readable(client: Client) -> None:
    first = publish(headline="It was said at seven")
    second = publish(first.review, 2, headline="It was said at five", change_note="The hour was wrong.")
    now, old = text_of(client, address(second)), text_of(client, address(first, "v1/"))
    assert "It was said at five" in now
    assert "It was said at seven" not in now
    assert "Version 2: Correction. The hour was wrong. Rating changed from False to Misleading." in now
    assert "It was said at seven" in old
    assert "This is version 1, kept as it was published. It no longer stands." in old
    page = html.fromstring(client.get(address(first, "v1/")).content)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{address(first)}"]
    assert page.xpath(f"//article//a[@href='{address(first)}']")
    assert claimreview_in(client, address(first, "v1/")) is None
    assert claimreview_in(client, address(second, "v2/"))["version"] == 2
    assert "The hour was wrong." in text_of(client, "/checks/corrections/")


def test_a_withdrawn_check_says_why_rates_nothing_and_keeps_what_it_said(client: Client) -> None:
    first = publish(headline="It was said at seven")
    words = "It was another day’s transcript."
    void = publish(first.review, change="void", headline="It was said at seven", change_note=words)
    text = text_of(client, address(void))
    assert words in text
    assert "Withdrawn" in text
    assert "It was said at seven" not in text
    assert claimreview_in(client, address(void)) is None
    gone = client.get(address(void, "claimreview.json"))
    assert gone.status_code == 410
    assert gone.json()["url"].endswith(address(void))
    assert "The check has been withdrawn." in text_of(client, address(void, "v1/"))
    assert "It was said at seven" in text_of(client, address(void, "v1/"))
    assert words in text_of(client, "/checks/")
    assert "It was said at seven" not in text_of(client, "/checks/")
    assert "No published check" in text_of(client, "/checks/?rating=False")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_a_page_or_brings_markup_into_it(client: Client, text: str) -> None:
    set_desk(name=text[:200], description=text, licence=text[:200], sample=True)
    document = make_document(text, title=text, url="javascript:alert(1)")
    check = {"class": text, "flags": [text], "diff": [{"op": "replace", "quote": text, "source": text}]}
    review = make_case(title=text, url="javascript:alert(1)")
    words: dict[str, Any] = {"headline": text, "explanation": text, "claim_text": text, "claimant": text[:200]}
    publish(review, pieces=[Piece(document, quote_check=check)], **words)
    publish(review, pieces=[Piece(document, quote_check=check)], change_note=text, **words)
    plain = html.fromstring(client.get(address(publish())).content)
    own = {element.tag for element in plain.iter() if isinstance(element.tag, str)}
    for rest in ("", "v1/"):
        page = html.fromstring(client.get(f"/checks/{review.public}/{rest}").content)
        assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= {*own, "meta", "b", "br"}
        assert not any(name.startswith("on") for element in page.iter() for name in element.attrib)
        assert not any(href.startswith("javascript") for href in page.xpath("//@href"))
        assert page.xpath("//h1")[0].text_content().split() == re.sub("\x00", "", text).split()
    for url in [*EVERYWHERE, *FEEDS, f"/checks/{review.public}/claimreview.json"]:
        assert client.get(url).status_code == 200, url


def test_a_verdict_published_by_the_desks_own_verbs_is_public(client: Client) -> None:
    publication = Walk().to_publication()
    review = Review.objects.get(pk=publication.review_id)
    assert "No: the record says otherwise" in text_of(client, f"/checks/{review.public}/")
    assert faults(claimreview_in(client, f"/checks/{review.public}/")) == []
    assert all(str(review.public) in client.get(url).content.decode() for url in FEEDS)


@pytest.mark.parametrize(("start", "told"), [(0, True), (1000, False)])
def test_of_a_letter_that_is_withheld_readers_see_the_cited_passage_and_no_word_more(
    client: Client, start: int, told: bool
) -> None:
    letter = make_document(SAID, withheld=True)
    elsewhere = [{"op": "equal", "quote": "between us", "source": "between us, she wrote"}]
    around = {"before": "Between us:", "after": "She wrote no more."}
    check = {**CHECK, **around, "diff": elsewhere, "start": start, "end": start + 10}
    verdict = approve(make_case(), pieces=[Piece(letter, quote_check=check)])
    text = text_of(client, f"/checks/{put_out(verdict).review.public}/")
    assert ("between us, she wrote" in text) is told
    assert "Between us:" not in text
    assert "She wrote no more" not in text


def test_the_rating_is_found_by_its_heading_and_as_a_region(client: Client) -> None:
    withdrawn = publish(publish().review, change="void", change_note="Of another day.")
    for publication, told in ((publish(), "False"), (withdrawn, "Withdrawn")):
        page = html.fromstring(client.get(address(publication)).content)
        (section,) = page.xpath("//section[h2[normalize-space()='Our rating']]")
        assert section.get("aria-labelledby") == section.xpath("./h2/@id")[0]
        assert told in section.text_content()


def test_claim_and_headline_are_marked_with_the_verdict_s_language_and_a_note_is_not(client: Client) -> None:
    withdrawn = publish(publish(language="de").review, language="de", change="void", change_note="Of another day.")
    checks = [publish(language="de", headline="Niemand zahlt"), withdrawn]
    for publication in checks:
        page = html.fromstring(client.get(address(publication)).content)
        assert page.xpath("//h1/@lang") == ["de"]
    publish()
    page = html.fromstring(client.get("/checks/").content)
    assert page.xpath("//ol//h2/@lang") == ["de", "de"]
    assert page.xpath("//p[contains(., 'Niemand zahlt')]/@lang") == ["de"]
    assert page.xpath("//p[contains(., 'Of another day.')][not(a)]/@lang") == []


def test_links_to_pages_of_ours_carry_their_whole_address_for_paper(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://checks.example"
    second = publish(publish().review, 2)
    for url in ("/checks/", address(second), address(second, "v1/")):
        links = html.fromstring(client.get(url).content).xpath("//a[@data-address]")
        assert links, url
        for link in links:
            assert link.get("data-address") == f"https://checks.example{link.get('href')}"
