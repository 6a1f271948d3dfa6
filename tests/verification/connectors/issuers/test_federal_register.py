"""The Federal Register: dates of signing, next pages as they are given, names in texts, and answers that lie."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from claims.capture.asking import Answer, Ask, Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.issuers.federal_register import FederalRegister
from verification.connectors.issuers.federal_register_entries import FIELDS

API = "https://www.federalregister.gov/api/v1"
TEXT = "https://www.federalregister.gov/documents/full_text/text/2031"
APRIL = Window(date(2031, 4, 24), date(2031, 4, 25))
ORDER = """<html>
<head><title>Federal Register</title></head>
<body><pre>
[Federal Register Volume 96, Number 82 (Tuesday, April 29, 2031)]
[Presidential Documents]

[[Page 30046]]

                        Executive Order 19067 of April 24, 2031

Lamps on Federal Moles

    By the authority vested in me as President by the Constitution &amp; the
laws of the United States, it is hereby ordered as follows:
    Section 1. Purpose. Every mole shall be lit from dusk till dawn, so that no
captain, whatever the

[[Page 30047]]

weather, has to guess where the stones begin.
</pre></body></html>"""


def document(number: str, printed: str, **fields: Any) -> dict[str, Any]:
    """Return a record with every field that is asked for."""
    told = {
        "title": f"Document\u00a0{number}",
        "type": "Presidential Document",
        "document_number": number,
        "html_url": f"https://www.federalregister.gov/documents/{printed.replace('-', '/')}/{number}/slug",
        "publication_date": printed,
        "raw_text_url": f"{TEXT}/{number}.txt",
    }
    return dict.fromkeys(FIELDS) | told | fields


def listed(*documents: dict[str, Any], count: int | None = None, following: str | None = None) -> Reply:
    """Return a list of documents; one without any has no results at all, as the register answers."""
    shown = {"results": documents, "total_pages": 1, "next_page_url": following} if documents else {}
    return Reply(json.dumps({"count": len(documents) if count is None else count, **shown}), "application/json")


def asked(*pairs: tuple[str, str], order: str, per_page: int = 100) -> str:
    """Return the address of a list."""
    told = [*pairs, ("order", order), ("per_page", str(per_page)), *(("fields[]", name) for name in FIELDS)]
    return f"{API}/documents.json?{urlencode(told)}"


def days(since: str, until: str) -> list[tuple[str, str]]:
    """Return the parameters of a window."""
    return [("conditions[publication_date][gte]", since), ("conditions[publication_date][lte]", until)]


PRESIDENT, RULES = ("conditions[type][]", "PRESDOCU"), ("conditions[type][]", "RULE")
SIGNED = document(
    "2031-08234",
    "2031-04-29",
    subtype="Executive Order",
    signing_date="2031-04-24",
    executive_order_number="19067",
    citation="96 FR 30046",
)
LATER = document("2031-08300", "2031-04-30", signing_date="2031-04-28", citation="96 FR 30110")
NEXT = document("2031-08301", "2031-05-02", signing_date="2031-04-25", citation="96 FR 30900")
RULE = document("2031-08100", "2031-04-25", type="Rule", citation="96 FR 29000")
FOLLOWING = f"{API}/documents.json?search_after=1930003200000&conditions%5Btype%5D%5B%5D=PRESDOCU"
PRINTED = [PRESIDENT, *days("2031-04-24", "2031-05-25")]
ISSUED = [
    ("conditions[term]", '"Executive Order 19067"'),
    PRESIDENT,
    ("conditions[presidential_document_type][]", "executive_order"),
]


class TestFederalRegister(ConnectorContract):
    connector = FederalRegister({"types": ["PRESDOCU", "RULE"], "public_inspection": True})
    window = APRIL
    query = Query(phrase="lit from dusk till dawn")
    site = {
        asked(*PRINTED, order="oldest"): listed(SIGNED, LATER, count=3, following=FOLLOWING),
        FOLLOWING: listed(NEXT, count=3),
        asked(RULES, *days("2031-04-24", "2031-04-25"), order="oldest"): listed(RULE),
        asked(
            ("conditions[term]", '"lit from dusk till dawn"'),
            PRESIDENT,
            RULES,
            *days("2031-04-24", "2031-05-25"),
            order="relevance",
        ): listed(SIGNED),
        asked(PRESIDENT, RULES, order="newest", per_page=500): listed(NEXT, SIGNED),
        f"{API}/public-inspection-documents/current.json": Reply(
            json.dumps(
                {
                    "results": [
                        {
                            "document_number": "2031-09001",
                            "title": "Lamps, Again",
                            "type": "Presidential Document",
                            "pdf_url": f"{TEXT}/2031-09001.pdf",
                            "filed_at": "2031-05-05T08:45:00.000-04:00",
                        },
                        {"document_number": "2031-09002", "type": "Notice", "pdf_url": f"{TEXT}/2031-09002.pdf"},
                    ]
                }
            ),
            "application/json",
        ),
        asked(*ISSUED, order="oldest", per_page=1000): listed(SIGNED, NEXT),
        f"{API}/documents/2031-08234.json?{urlencode([('fields[]', name) for name in FIELDS])}": Reply(
            json.dumps(SIGNED), "application/json"
        ),
        asked(*days("2012-04-30", "2012-04-30"), order="oldest", per_page=1000): listed(
            document("2012-101", "2012-04-30", citation="77 FR 25000"),
            document("2012-102", "2012-04-30", citation="77 FR 25001"),
        ),
        **{f"{TEXT}/{name}.txt": Reply(ORDER) for name in ("2031-08234", "2031-08301", "2031-08100", "2012-102")},
        f"{TEXT}/2031-09001.pdf": Reply(ORDER),
    }
    shows = {
        "list_by_date": ["2031-08234", "2031-08301", "2031-08100"],
        "search": ["2031-08234"],
        "poll": ["2031-08301", "2031-08234", "2031-09001"],
    }
    named = {
        "as Executive Order 19067 says": "2031-08234",
        "(FR Doc. 2031-08234)": "2031-08234",
        "https://www.federalregister.gov/documents/2012/04/30/2012-102/slug": "2012-04-30/2012-102",
    }

    def test_an_order_is_found_by_the_day_it_was_signed_which_is_days_before_it_was_printed(self) -> None:
        page = self.connector.list_by_date(Replay(self.site), APRIL)
        (entry,) = page.entries
        assert (entry.published, entry.precision) == (datetime(2031, 4, 24, tzinfo=UTC), "day")
        assert (entry.date_origin, entry.kind, entry.memo["printed"]) == ("signing_date", "order", "2031-04-29")
        assert entry.title == "Document 2031-08234"

    def test_no_parameter_is_sent_that_would_be_ignored_in_silence(self) -> None:
        fetch = Replay(self.site)
        for question in self.questions().values():
            list(self.pages(question, fetch))
        self.resolved(fetch)
        for url in fetch.urls:
            if "search_after" not in url:  # as the register wrote it
                for name, _value in parse_qsl(urlsplit(url).query):
                    assert name.startswith("conditions[") or name in {"order", "per_page", "fields[]"}, url


def test_documents_of_other_days_than_were_asked_for_are_a_failure_not_an_answer() -> None:
    everything = Replay(instead=listed(document("1999-1", "1999-01-04"), count=9000).answer)
    with pytest.raises(NotAsExpected, match="1999-01-04"):
        FederalRegister({}).list_by_date(everything, APRIL)
    with pytest.raises(NotAsExpected, match="1999-01-04"):
        FederalRegister({}).search(everything, Query(phrase="lamp"), APRIL)


def test_a_count_without_results_is_a_failure_and_no_count_is_empty() -> None:
    counted = Reply('{"count": 3}', "application/json")
    with pytest.raises(NotAsExpected):
        FederalRegister({}).list_by_date(Replay(instead=counted.answer), APRIL)
    page = FederalRegister({}).list_by_date(Replay(instead=listed().answer), APRIL)
    assert (page.outcome, page.entries, page.next_cursor) == (Outcome.EMPTY, (), None)


def test_a_count_that_stopped_is_told() -> None:
    page = FederalRegister({}).search(Replay(instead=listed(SIGNED, count=10_000).answer), Query(phrase="x"), Window())
    assert page.sentence is not None
    assert "10,000" in str(page.sentence)


def test_a_next_page_elsewhere_is_not_followed() -> None:
    elsewhere = listed(SIGNED, count=2, following="https://elsewhere.example/api/v1/documents.json?page=2")
    with pytest.raises(NotAsExpected):
        FederalRegister({}).list_by_date(Replay(instead=elsewhere.answer), APRIL)


def test_the_text_is_the_registers_with_lines_joined_and_its_printed_pages() -> None:
    connector = FederalRegister({})
    fetch = Replay({asked(*PRINTED, order="oldest"): listed(SIGNED), f"{TEXT}/2031-08234.txt": Reply(ORDER)})
    (entry,) = connector.list_by_date(fetch, APRIL).entries
    text = connector.fetch(fetch, entry).text
    assert isinstance(text, SourceText)
    assert "so that no captain, whatever the weather, has to guess where the stones begin." in text.text
    assert "Constitution & the laws" in text.text
    assert "[[" not in text.text
    assert [place["page"] for place in text.places] == [30046, 30047]
    second = text.places[1]
    assert text.text[second["start"] : second["end"]].startswith("weather, has to guess")


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (
            Reply("<html><body><h1>Request Access</h1><p>Complete the CAPTCHA (bot test) below.</p></body></html>"),
            "REFUSED",
        ),
        (Reply("<html><body><p>Hello.</p></body></html>", url="https://unblock.federalregister.gov/"), "REFUSED"),
        (Reply("<html><body><p>Something else.</p></body></html>"), "FAILED"),
    ],
)
def test_the_page_that_asks_for_a_human_is_a_refusal_and_never_the_text(page: Reply, outcome: str) -> None:
    (entry,) = FederalRegister({}).list_by_date(Replay(instead=listed(SIGNED).answer), APRIL).entries
    with pytest.raises(Interrupted) as told:
        FederalRegister({}).fetch(Replay(instead=page.answer), entry)
    assert told.value.outcome == outcome


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Executive Order 14067, E.O. 14067 and EO 13799", ["Executive Order 14067", "Executive Order 13799"]),
        ("Proclamation No. 10371 of a spring day", ["Proclamation 10371"]),
        ("89 FR 30046; 77 Fed. Reg. 1,234", ["89 FR 30046", "77 FR 1234"]),
        ("https://www.federalregister.gov/d/2024-09142 and 2024-09143", ["2024-09142", "2024-09143"]),
        ("https://www.federalregister.gov/documents/2009/01/21/E9-1234/a-b", ["2009-01-21/E9-1234"]),
        ("call 2024-555 or 12 FRIENDS 34, in executive order", []),
    ],
)
def test_names_are_recognised_as_texts_write_them(text: str, names: list[str]) -> None:
    assert FederalRegister({}).recognise(text) == names


class Year:
    """A register of one year: three documents each Tuesday and Thursday, of ten pages each."""

    def __init__(self) -> None:
        first = date(2031, 1, 1)
        issues = [day for n in range(365) if (day := first + timedelta(days=n)).weekday() in {1, 3}]
        self.documents = [
            document(f"2031-{9000 + 3 * n + k:05}", day.isoformat(), citation=f"96 FR {1 + (3 * n + k) * 10}")
            for n, day in enumerate(issues)
            for k in (1, 0, 2)  # in no order within a day
        ]

    def __call__(self, ask: Ask) -> Answer:
        told = dict(parse_qsl(urlsplit(ask.url).query))
        since, until = (told[f"conditions[publication_date][{name}]"] for name in ("gte", "lte"))
        found = [each for each in self.documents if since <= each["publication_date"] <= until]
        return listed(*found[: int(told["per_page"])], count=len(found)).answer(ask)


@pytest.mark.parametrize("index", [0, 1, 2, 150, 151, 152, 309, 310, 311])
def test_a_citation_is_found_in_a_dozen_questions(index: int) -> None:
    year = Year()
    wanted = year.documents[index]
    fetch = Replay(instead=year)
    found = FederalRegister({}).resolve(fetch, wanted["citation"])
    assert found.stable_id == wanted["document_number"]
    assert len(fetch.asked) <= 12


def test_a_page_within_a_document_leads_to_it_and_two_on_one_page_are_not_chosen_from() -> None:
    year = Year()
    start = int(year.documents[150]["citation"].split()[2])
    found = FederalRegister({}).resolve(Replay(instead=year), f"96 FR {start + 3}")
    assert found.stable_id == year.documents[150]["document_number"]
    year.documents[151]["citation"] = year.documents[150]["citation"]
    with pytest.raises(NotAsExpected) as told:
        FederalRegister({}).resolve(Replay(instead=year), f"96 FR {start}")
    assert year.documents[151]["document_number"] in str(told.value.sentence)


def test_a_name_that_the_register_does_not_hold_is_not_published() -> None:
    nothing = Replay(instead=listed().answer)
    for name in ("Executive Order 19999", "12 FR 34", "96 FR 34", "2012-04-30/2012-9"):
        with pytest.raises(Interrupted) as told:
            FederalRegister({}).resolve(nothing, name)
        assert told.value.outcome is Outcome.NOT_PUBLISHED, name
    with pytest.raises(Interrupted) as told:
        FederalRegister({}).resolve(Replay({}), "2031-99999")
    assert told.value.outcome is Outcome.NOT_PUBLISHED


def test_a_poll_that_brings_nothing_new_says_so() -> None:
    def unchanged(ask: Ask) -> Answer:
        assert ask.conditional
        return Reply(status=304).answer(ask)

    assert FederalRegister({}).poll(Replay(instead=unchanged)).outcome is Outcome.NOT_MODIFIED
