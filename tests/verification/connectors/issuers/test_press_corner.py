"""The Press Corner: answers that are empty with 200, lists that break off, contacts that are not kept."""

import json
from datetime import date
from typing import Any

import pytest

from claims.capture.asking import Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.issuers.press_corner import PressCorner

SITE = "https://ec.europa.eu/commission/presscorner"
TYPES = "documentTypeCodes=READ%2CSPEECH"
MAY = Window(date(2031, 5, 4), date(2031, 5, 5))
DATES = "datefrom=04052031&dateto=05052031"


def asked(number: int, *more: str, size: int = 100, dates: str = f"{DATES}&") -> str:
    """Return the address of a list."""
    return "&".join([f"{SITE}/api/search?language=en&pagesize={size}&pagenumber={number}", f"{dates}{TYPES}", *more])


def listed(*references: str, total: int, day: str = "2031-05-04") -> Reply:
    """Return a page of a list."""
    shown = [
        {
            "refCode": name,
            "eventDate": day,
            "title": f"Title\u00a0of {name}",
            "leadText": "A lamp.",
            "languageCode": "EN",
        }
        for name in references
    ]
    value = {"totalNumber": total, "pageSize": 100, "pageNumber": 1, "docuLanguageListResources": shown}
    return Reply(json.dumps(value), "application/json")


def detail(reference: str, **told: Any) -> Reply:
    """Return a document’s answer, with somebody’s telephone number beside it."""
    text = {
        "title": f"Title of {reference}",
        "htmlContent": "<p>The leaders spoke of <b>forty lamps</b>.</p>",
        "original": True,
    }
    value = {
        "refCd": reference,
        "eventDate": "2031-05-04",
        "docuLanguageResource": text | told,
        "contactsResource": [{"name": "Ada Quill", "phone": "+32 2 555 01 23"}],
        "originalLanguage": {"code": "FR"},
    }
    return Reply(json.dumps(value), "application/json")


FIRST = [f"READ/31/{n}" for n in range(1000, 1100)]
NAMES = [*FIRST, "SPEECH/31/7"]


def document_at(reference: str) -> str:
    """Return the address of a document."""
    return f"{SITE}/api/documents?reference={reference.replace('/', '%2F')}&language=en"


class TestPressCorner(ConnectorContract):
    connector = PressCorner({"types": ["READ", "SPEECH"]})
    window = MAY
    query = Query(phrase="forty lamps")
    site = {
        asked(1): listed(*FIRST, total=101),
        asked(2): listed("SPEECH/31/7", total=101, day="2031-05-05"),
        asked(1, "text=forty+lamps"): listed("READ/31/1000", total=1),
        asked(1, size=30, dates=""): listed("SPEECH/31/7", total=5000),
        **{document_at(name): detail(name) for name in NAMES},
    }
    shows = {"list_by_date": NAMES, "search": ["READ/31/1000"], "poll": ["SPEECH/31/7"]}
    named = {f"{SITE}/detail/en/speech_31_7": "SPEECH/31/7", "READ/31/1003 says": "READ/31/1003"}

    def test_what_a_type_of_document_is(self) -> None:
        page = self.connector.list_by_date(Replay(self.site), self.window, "2")
        assert [(entry.kind, entry.url) for entry in page.entries] == [("prepared", f"{SITE}/detail/en/speech_31_7")]
        readout = self.connector.list_by_date(Replay(self.site), self.window).entries[0]
        assert (readout.kind, readout.title, readout.precision) == ("readout", "Title of READ/31/1000", "day")


def fetched(reply: Reply) -> SourceText:
    """Return the document in an answer."""
    connector = PressCorner({})
    entry = connector.list_by_date(Replay(instead=listed("READ/31/1000", total=1).answer), MAY).entries[0]
    text = connector.fetch(Replay(instead=reply.answer), entry).text
    assert isinstance(text, SourceText)
    return text


def test_only_the_text_is_kept_as_the_document_and_nobodys_telephone_number() -> None:
    text = fetched(detail("READ/31/1000"))
    assert text.body == b"<p>The leaders spoke of <b>forty lamps</b>.</p>"
    assert text.text == "The leaders spoke of forty lamps."
    assert text.media_type == "text/html"


@pytest.mark.parametrize(
    "body",
    ["", " ", "<html>busy</html>", "null", "{}", '{"refCd": "IP/31/1", "docuLanguageResource": {"htmlContent": "x"}}'],
)
def test_an_answer_that_is_empty_or_of_something_else_is_a_failure_though_its_status_is_200(body: str) -> None:
    with pytest.raises(Interrupted) as told:
        fetched(Reply(body, "application/json"))
    assert told.value.outcome is Outcome.FAILED


def test_a_document_without_its_text_is_a_failure_and_one_in_no_such_language_is_not_published() -> None:
    with pytest.raises(Interrupted) as told:
        fetched(detail("READ/31/1000", htmlContent=" "))
    assert told.value.outcome is Outcome.FAILED
    other = json.dumps({"refCd": "READ/31/1000", "docuLanguageResource": None})
    with pytest.raises(Interrupted) as told:
        fetched(Reply(other, "application/json"))
    assert told.value.outcome is Outcome.NOT_PUBLISHED


def test_a_translation_says_what_it_was_translated_from() -> None:
    assert fetched(detail("READ/31/1000")).language == "en"
    assert fetched(detail("READ/31/1000", original=False)).language == "en-t-fr"


def test_a_page_without_documents_before_the_count_is_reached_is_not_the_end() -> None:
    for cursor in (None, "3"):
        with pytest.raises(NotAsExpected):
            PressCorner({}).list_by_date(Replay(instead=listed(total=412).answer), MAY, cursor)
    assert PressCorner({}).list_by_date(Replay(instead=listed(total=0).answer), MAY).outcome is Outcome.EMPTY


def test_documents_of_other_days_are_a_failure() -> None:
    with pytest.raises(NotAsExpected):
        PressCorner({}).list_by_date(Replay(instead=listed("IP/20/1", total=1, day="2020-01-01").answer), MAY)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("IP/26/301 and ip_26_301, STATEMENT/22/523", ["IP/26/301", "STATEMENT/22/523"]),
        ("https://ec.europa.eu/commission/presscorner/detail/fr/READ_22_19", ["READ/22/19"]),
        ("SHIP/26/301, tcp/ip/26, IP/26", []),
    ],
)
def test_references_are_recognised_as_texts_write_them(text: str, names: list[str]) -> None:
    assert PressCorner({}).recognise(text) == names
