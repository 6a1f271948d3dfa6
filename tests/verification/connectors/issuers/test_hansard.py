"""Hansard: parameters that are heeded, ids in either case, and whose words a debate gives to whom."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from claims.capture.asking import NotAsExpected
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.issuers.hansard import Hansard
from verification.connectors.issuers.hansard_debates import speaker_of
from verification.matching.quotes import check_quote

API = "https://hansard-api.parliament.uk"
LAMPS = "6D749D0F-0000-4000-8000-00000000ABCD"
TIDES = "11111111-0000-4000-8000-00000000abcd"
MOLES = "22222222-0000-4000-8000-00000000ABCD"
MAY = Window(date(2031, 5, 6), date(2031, 5, 7))


def asked(path: str, skip: int, *pairs: tuple[str, str]) -> str:
    """Return the address of a search."""
    told = [*pairs, ("startDate", "2031-05-06"), ("endDate", "2031-05-07"), ("house", "Commons")]
    told += [("skip", str(skip)), ("take", "100"), ("orderBy", "SittingDateDesc")]
    return f"{API}{path}?{urlencode([(f'queryParameters.{name}', value) for name, value in told])}"


def result(debate: str, day: str = "2031-05-06", **told: Any) -> dict[str, Any]:
    """Return a contribution, of a row too old to name its member."""
    return {
        "DebateSection": "Lamps on Moles",
        "DebateSectionExtId": debate,
        "SittingDate": f"{day}T00:00:00",
        "House": "Commons",
        "ContributionText": "…",
    } | told


def found(*results: dict[str, Any], total: int | None = None) -> Reply:
    """Return a page of a search."""
    value = {"TotalResultCount": len(results) if total is None else total, "Results": results}
    return Reply(json.dumps(value), "application/json")


def said(attributed: str | None, value: str) -> dict[str, Any]:
    """Return a contribution in its debate."""
    return {"ItemType": "Contribution", "AttributedTo": attributed, "Value": value}


def debate(name: str, *items: dict[str, Any], within: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """Return a debate."""
    overview = {"ExtId": name, "Title": "Lamps on Moles", "Date": "2031-05-06T00:00:00", "House": "Commons"}
    changed = {"ContentLastUpdated": "2031-05-08T09:12:00.1234567Z"}
    return {"Overview": overview | changed, "Navigator": [], "Items": items, "ChildDebates": within}


WORDS = (
    said("Ada Quill (Port Example East) (Ind)", "<p>Forty lamps were bought,<br/>and not one is lit.</p>"),
    said(
        "The Minister for Lamps (Bram Ostler)",
        '<p>Every lamp <span class="column-number" data-column-number="12"></span><em>will</em> be lit &amp; kept.</p>'
        "<p>I say so again.</p>",
    ),
    said(None, "<p>[Interruption.]</p>"),
    said("Ada Quill", "<p>When?</p>"),
    said(None, " "),
)


def as_json(value: Any) -> Reply:
    """Return an answer in JSON."""
    return Reply(json.dumps(value), "application/json")


class TestHansard(ConnectorContract):
    connector = Hansard({"house": "Commons"})
    window = MAY
    query = Query(phrase="forty lamps")
    site = {
        asked("/search/contributions/Spoken.json", 0, ("searchTerm", '"forty lamps"')): found(
            result(LAMPS), result(TIDES), result(LAMPS), total=4
        ),
        asked("/search/contributions/Spoken.json", 3, ("searchTerm", '"forty lamps"')): found(result(MOLES), total=4),
        asked("/search/debates.json", 0): found(
            result(LAMPS, Title="Lamps on Moles"), result(TIDES, "2031-05-07", Title="Tides")
        ),
        **{
            f"{API}/debates/debate/{name}.json": as_json(debate(name.upper(), *WORDS)) for name in (LAMPS, TIDES, MOLES)
        },
    }
    shows = {
        "search": [LAMPS.lower(), TIDES, MOLES.lower()],
        "list_by_date": [LAMPS.lower(), TIDES],
    }
    named = {
        f"https://hansard.parliament.uk/Commons/2031-05-06/debates/{LAMPS}/LampsOnMoles#contribution-1": LAMPS.lower()
    }

    def test_every_parameter_is_one_that_is_heeded_and_no_more_is_taken_than_may_be(self) -> None:
        fetch = Replay(self.site)
        for question in self.questions().values():
            list(self.pages(question, fetch))
        for url in fetch.urls:
            told = dict(parse_qsl(urlsplit(url).query))
            assert all(name.startswith("queryParameters.") for name in told)
            assert int(told["queryParameters.take"]) <= 100


def fetched(value: dict[str, Any]) -> SourceText:
    """Return the document of the debate on lamps."""
    connector = Hansard({})
    entry = connector.list_by_date(Replay(instead=found(result(LAMPS)).answer), MAY).entries[0]
    text = connector.fetch(Replay(instead=as_json(value).answer), entry).text
    assert isinstance(text, SourceText)
    return text


def test_a_debate_is_read_with_each_speaker_before_their_words() -> None:
    inner = debate(TIDES, said("Mr Speaker", "<p>Order.</p>"))
    inner["Overview"]["Title"] = "Topical Questions"
    assert fetched(debate(LAMPS, *WORDS, within=(inner,))).text == (
        "ADA QUILL: Forty lamps were bought,\nand not one is lit.\n\n"
        "BRAM OSTLER: Every lamp will be lit & kept.\n\nI say so again.\n\n"
        "[Interruption.]\n\nADA QUILL: When?\n\nTopical Questions\n\nMR SPEAKER: Order."
    )


def test_the_quote_check_knows_whose_words_they_are() -> None:
    text = fetched(debate(LAMPS, *WORDS)).text
    assert "wrong_speaker" not in check_quote("Every lamp will be lit", text, speaker="Bram Ostler").flags
    checked = check_quote("Every lamp will be lit", text, speaker="Ada Quill")
    assert "wrong_speaker" in checked.flags
    assert checked.turn_speaker == "BRAM OSTLER"


def test_ids_are_the_same_in_capitals_or_not_and_another_debate_is_a_failure() -> None:
    assert fetched(debate(LAMPS.lower(), *WORDS)).stable_id == LAMPS.lower()
    with pytest.raises(NotAsExpected):
        fetched(debate(TIDES, *WORDS))


def test_a_debate_in_which_nothing_was_said_is_a_failure() -> None:
    with pytest.raises(NotAsExpected):
        fetched(debate(LAMPS, said(None, "<p> </p>")))


def test_when_the_text_was_changed_is_kept_and_the_sitting_is_a_day() -> None:
    entry = Hansard({}).resolve(Replay(instead=as_json(debate(LAMPS, *WORDS)).answer), LAMPS)
    assert (entry.published, entry.precision) == (datetime(2031, 5, 6, tzinfo=UTC), "day")
    assert entry.updated == datetime(2031, 5, 8, 9, 12, 0, 123456, tzinfo=UTC)
    assert entry.url == f"https://hansard.parliament.uk/Commons/2031-05-06/debates/{LAMPS}/"
    assert (entry.tier, entry.kind) == (0, "transcript")


@pytest.mark.parametrize("lying", [result(LAMPS, "2019-01-01"), result(LAMPS, House="Lords")])
def test_what_was_not_asked_for_is_a_failure_not_an_answer(lying: dict[str, Any]) -> None:
    connector, everything = Hansard({"house": "Commons"}), Replay(instead=found(lying, total=90_000).answer)
    with pytest.raises(NotAsExpected):
        connector.search(everything, Query(phrase="lamp"), MAY)
    with pytest.raises(NotAsExpected):
        connector.list_by_date(everything, MAY)


@pytest.mark.parametrize(
    ("attributed", "name"),
    [
        ("Ada Quill (Port Example East, Independent)", "Ada Quill"),
        ("The Secretary of State for Lamps (Bram Ostler)", "Bram Ostler"),
        ("The Minister of State, Department for Lamps (Baroness Quill of Mole) (Con)", "Baroness Quill of Mole"),
        ("The Earl of Example (Con)", "The Earl of Example"),
        ("The Lord Bishop of Example", "The Lord Bishop of Example"),
        ("Madam Deputy Speaker (Dame Ada Quill)", "Dame Ada Quill"),
        ("Hon. Members", "Hon. Members"),
    ],
)
def test_who_spoke_is_the_person_not_the_office_where_both_are_given(attributed: str, name: str) -> None:
    assert speaker_of(attributed) == name
