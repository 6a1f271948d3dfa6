"""GovInfo: marks that go round, issues and their parts, dates that are none, keys and waits."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from claims.capture.asking import Answer, Ask, Interrupted, NotAsExpected, Secret
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.issuers.govinfo import GovInfo

API = "https://api.govinfo.gov"
MARCH = Window(date(2031, 3, 1), date(2031, 3, 2))
PUBLISHED = f"{API}/published/2031-03-01/2031-03-03"
REMARKS = """<html><body><p class="s1">Administration of Ada Quill, 2031</p>
<h1>Remarks at the Northern Mole</h1><p class="s1">March 1, 2031</p>
<p><i>The President.</i> We bought forty lamps for this mole, and every one of them will burn by midsummer.</p>
<p>I thank the captains, who waited for them through three winters without a word of complaint.</p>
<p>Categories: Addresses and Remarks : Port Example, remarks.</p><p>Subjects: Lamps; Moles.</p>
<p>DCPD Number: DCPD203100127.</p></body></html>"""
RECORD = """<html><body><pre>
[Congressional Record Volume 177, Number 3]

[[Page S12]]

                         LAMPS ON MOLES

  Mr. QUILL. Madam President, a mole without a lamp is a trap, and every captain
knows it.
</pre></body></html>"""


def package(name: str, issued: str, **fields: Any) -> dict[str, Any]:
    """Return a package as lists give it; its change is of another year."""
    return {
        "packageId": name,
        "title": f"Title of {name}",
        "dateIssued": issued,
        "lastModified": "2033-01-01T00:00:00Z",
    } | fields


def listed(kind: str, *each: dict[str, Any], count: int, mark: str | None = None, url: str = PUBLISHED) -> Reply:
    """Return a page of packages or granules, which goes on by a mark."""
    following = f"{url}?offsetMark={mark}&pageSize=100" if mark else None
    return Reply(json.dumps({"count": count, "nextPage": following, kind: each}), "application/json")


def page_at(mark: str, collections: str = "CPD%2CCREC") -> str:
    """Return the address of a page of the list."""
    return f"{PUBLISHED}?collection={collections}&offsetMark={mark}&pageSize=100"


def found(*results: dict[str, Any], count: int, mark: str | None) -> Reply:
    """Return a page of a search."""
    return Reply(json.dumps({"results": results, "count": count, "offsetMark": mark}), "application/json")


SPEECH = package("DCPD-203100127", "2031-03-01", title="Remarks at the Northern Mole")
ISSUE = "CREC-2031-03-02"
PART = f"{ISSUE}-pt1-PgS12"
PARTS = f"{API}/packages/{ISSUE}/granules"
HTML = "text/html"


class TestGovInfo(ConnectorContract):
    connector = GovInfo({"collections": ["CPD", "CREC"]})
    window = MARCH
    query = Query(phrase="forty lamps")
    site = {
        page_at("%2A"): listed("packages", SPEECH, package(ISSUE, "2031-03-02"), count=3, mark="AoJ1"),
        PARTS + "?offsetMark=%2A&pageSize=100": listed(
            "granules",
            {"title": "LAMPS ON MOLES", "granuleId": PART, "granuleLink": f"{PARTS}/{PART}/summary"},
            count=1,
        ),
        page_at("AoJ1"): listed("packages", package("DCPD-203100128", "2031-03-03"), count=3),
        f"POST {API}/search": found(SPEECH | {"granuleId": None}, count=1, mark="AoJ9"),
        f"{API}/packages/DCPD-203100127/summary": Reply(
            json.dumps(SPEECH | {"collectionCode": "DCPD"}), "application/json"
        ),
        f"{PARTS}/{PART}/summary": Reply(
            json.dumps({"title": "LAMPS ON MOLES", "dateIssued": "2031-03-02", "granuleId": PART}), "application/json"
        ),
        f"{API}/packages/DCPD-203100127/htm": Reply(REMARKS),
        f"{API}/packages/DCPD-203100128/htm": Reply(REMARKS.replace("203100127", "203100128")),
        f"{PARTS}/{PART}/htm": Reply(RECORD),
    }
    shows = {"list_by_date": ["DCPD-203100127", PART, "DCPD-203100128"], "search": ["DCPD-203100127"]}
    named = {
        "DCPD Number: DCPD203100127.": "DCPD-203100127",
        f"see https://www.govinfo.gov/content/pkg/{ISSUE}/html/{PART}.htm": PART,
    }

    def test_every_question_carries_the_key_by_its_name_and_none_in_its_address(self) -> None:
        fetch = Replay(self.site)
        entries = [
            entry for ask in self.questions().values() for _at, page in self.pages(ask, fetch) for entry in page.entries
        ]
        self.connector.fetch(fetch, entries[0])
        assert {ask.secret for ask in fetch.asked} == {Secret("govinfo", "X-Api-Key")}
        assert not any("api_key" in url for url in fetch.urls)

    def test_a_listed_a_found_and_a_resolved_document_are_the_same_entry(self) -> None:
        fetch = Replay(self.site)
        listing = self.connector.list_by_date(fetch, self.window).entries[0]
        assert listing == self.connector.search(fetch, self.query, self.window).entries[0]
        assert listing == self.connector.resolve(fetch, "DCPD-203100127")
        assert (str(listing.published)[:10], listing.updated, listing.date_origin) == ("2031-03-01", None, "dateIssued")
        assert (listing.tier, listing.kind) == (3, "transcript")


def test_the_search_asks_for_the_collection_by_its_code_the_phrase_and_the_days_with_one_more() -> None:
    fetch = Replay(instead=found(count=0, mark="*").answer)
    GovInfo({}).search(fetch, Query(phrase='a "quoted" lamp'), MARCH)
    (ask,) = fetch.asked
    assert (ask.method, ask.content_type) == ("POST", "application/json")
    body = json.loads(ask.body or b"")
    assert body["query"] == 'collection:(CPD) AND "a quoted lamp" AND publishdate:range(2031-03-01,2031-03-03)'
    assert body["offsetMark"] == "*"


def marks(*told: str | None) -> Sequence[Reply]:
    """Return pages of a search that counts five documents and gives these marks, a document a page."""
    return [found(package(f"DCPD-20310000{n}", "2031-03-01"), count=5, mark=mark) for n, mark in enumerate(told)]


def test_a_mark_that_repeats_a_mark_that_is_missing_and_a_list_that_ends_early_are_failures() -> None:
    for pages in (marks("A", "B", "B"), marks("A", None), [*marks("A"), found(count=5, mark="C")]):
        replies = iter(pages)

        def next_page(ask: Ask, replies: Any = replies) -> Answer:
            reply: Reply = next(replies)
            return reply.answer(ask)

        cursor, fetch = None, Replay(instead=next_page)
        with pytest.raises(NotAsExpected) as told:
            for _page in range(len(pages)):
                cursor = GovInfo({}).search(fetch, Query(phrase="lamp"), MARCH, cursor).next_cursor
        assert "5" in str(told.value.sentence)


def test_a_list_ends_where_all_that_it_counts_was_shown_though_it_gives_a_mark() -> None:
    page = GovInfo({}).search(Replay(instead=found(SPEECH, count=1, mark="AoJ2").answer), Query(phrase="lamp"), MARCH)
    assert page.next_cursor is None


def test_documents_of_other_days_are_a_failure() -> None:
    old = package("DCPD-197100001", "1971-05-05")
    with pytest.raises(NotAsExpected):
        GovInfo({}).search(Replay(instead=found(old, count=1, mark="x").answer), Query(phrase="lamp"), MARCH)
    with pytest.raises(NotAsExpected):
        GovInfo({}).list_by_date(Replay(instead=listed("packages", old, count=1).answer), MARCH)


def test_a_window_without_an_end_is_asked_for_to_its_end() -> None:
    fetch = Replay(instead=listed("packages", SPEECH, count=1).answer)
    GovInfo({}).list_by_date(fetch, Window(date(2031, 3, 1)))
    assert fetch.urls == [f"{API}/published/2031-03-01?collection=CPD&offsetMark=%2A&pageSize=100"]


def test_an_empty_list_says_that_the_collection_is_five_weeks_late() -> None:
    page = GovInfo({}).list_by_date(Replay(instead=listed("packages", count=0).answer), MARCH)
    assert page.outcome is Outcome.EMPTY
    assert "five weeks" in str(page.sentence)


def test_a_missing_key_is_a_refusal_in_the_words_of_the_answer() -> None:
    reply = Reply('{"error":{"code":"API_KEY_MISSING","message":"No api_key was supplied."}}', "application/json", 401)
    with pytest.raises(Interrupted) as told:
        GovInfo({}).resolve(Replay(instead=reply.answer), "DCPD-203100127")
    assert told.value.outcome is Outcome.REFUSED
    assert "API_KEY_MISSING: No api_key was supplied." in str(told.value.sentence)


def test_what_is_still_being_made_is_a_wait_in_the_words_of_the_answer() -> None:
    message = "Generating the file. Please retry your request again after 30 seconds"
    reply = Reply(json.dumps({"message": message}), "application/json", 503, (("Retry-After", "30"),))
    with pytest.raises(Interrupted) as told:
        GovInfo({}).resolve(Replay(instead=reply.answer), "DCPD-203100127")
    assert told.value.outcome is Outcome.THROTTLED
    assert message in str(told.value.sentence)


def test_the_index_below_a_document_is_no_part_of_its_text() -> None:
    connector = GovInfo({})
    fetch = Replay(TestGovInfo.site)
    text = connector.fetch(fetch, connector.resolve(fetch, "DCPD-203100127")).text
    assert isinstance(text, SourceText)
    assert "every one of them will burn by midsummer" in text.text
    assert "Categories" not in text.text
    assert "Lamps; Moles" not in text.text


def test_a_part_of_the_record_has_its_printed_page_and_whole_lines() -> None:
    connector = TestGovInfo.connector
    fetch = Replay(TestGovInfo.site)
    text = connector.fetch(fetch, connector.resolve(fetch, f"{ISSUE}/{PART}")).text
    assert isinstance(text, SourceText)
    assert "a mole without a lamp is a trap, and every captain knows it." in text.text
    assert [place["page"] for place in text.places] == ["S12"]


def test_a_page_that_is_not_the_document_is_never_taken_for_it() -> None:
    connector = GovInfo({})
    entry = connector.resolve(Replay(TestGovInfo.site), "DCPD-203100127")
    with pytest.raises(NotAsExpected):
        connector.fetch(Replay(instead=Reply("<html><p>We are down for maintenance.</p></html>").answer), entry)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("https://www.govinfo.gov/app/details/DCPD-202200127", ["DCPD-202200127"]),
        ("govinfo.gov/content/pkg/DCPD-202200127/html/DCPD-202200127.htm", ["DCPD-202200127"]),
        ("CREC-2018-01-03-pt1-PgE1769-2", ["CREC-2018-01-03/CREC-2018-01-03-pt1-PgE1769-2"]),
        ("BILLS-117hr21ih; DCPD-2020DIGEST", ["BILLS-117hr21ih", "DCPD-2020DIGEST"]),
        ("govinfo.gov/app/details/CHRG-117hhrg1; DCPD and CREC", []),
    ],
)
def test_names_are_recognised_as_texts_write_them(text: str, names: list[str]) -> None:
    assert GovInfo({}).recognise(text) == names


def test_a_whole_issue_is_no_document() -> None:
    with pytest.raises(Interrupted) as told:
        GovInfo({}).resolve(Replay(TestGovInfo.site), "CREC-2031-03-02")
    assert told.value.outcome is Outcome.NOT_PUBLISHED
