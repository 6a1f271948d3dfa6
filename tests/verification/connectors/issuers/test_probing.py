"""What a probe tells of a site that answers as it should, and of one that no longer does."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from claims.capture.asking import Answer, Ask, Later
from claims.capture.outcome import Outcome
from claims.wording import words
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_federal_register import document, listed
from verification.connectors.issuers.contract import Connector
from verification.connectors.issuers.federal_register import FederalRegister
from verification.connectors.issuers.probing import Step, probe
from verification.connectors.issuers.registry import CONNECTORS
from verification.connectors.issuers.wayback import Wayback

TODAY = date(2031, 6, 1)
ORDER = document(
    "2022-05471",
    "2022-03-14",
    signing_date="2022-03-09",
    executive_order_number="14067",
    citation="87 FR 14143",
)
TEXT = "<html><body><pre>\nExecutive Order 14067\n\nEvery mole shall be lit from dusk till dawn.\n</pre></body></html>"


def register(told: Mapping[str, Any] = ORDER) -> Replay:
    """Return a register that knows one order, whatever it is asked."""

    def answer(ask: Ask) -> Answer:
        return (Reply(TEXT) if ask.url.endswith(".txt") else listed(dict(told))).answer(ask)

    return Replay(instead=answer)


def probed(connector: Connector, fetch: Replay) -> dict[str, Step]:
    """Return the steps of a probe by their names."""
    return {step.name: step for step in probe(connector, fetch, TODAY)}


def told(step: Step) -> str:
    """Return what differs, as one text."""
    return " ".join(map(str, step.differs))


def test_a_site_that_answers_as_it_should_differs_in_nothing() -> None:
    fetch = register()
    steps = probed(FederalRegister({}), fetch)
    assert list(steps) == ["example", "poll", "list_by_date", "search", "resolve", "fetch"]
    assert not any(step.differs for step in steps.values())
    assert {step.outcome for step in steps.values()} == {Outcome.OK}
    assert [step.shown for step in steps.values()] == [0, 1, 1, 1, 1, 1]
    assert "12 words" in " ".join(map(str, steps["fetch"].notes))
    assert fetch.urls[0] == FederalRegister({}).examples()[0]


def test_keys_that_are_missing_and_keys_that_are_new_are_told() -> None:
    changed = {name: value for name, value in ORDER.items() if name != "abstract"} | {"summary": "A lamp."}
    steps = probed(FederalRegister({}), register(changed))
    assert "“$.results[]” has no abstract." in told(steps["poll"])
    assert "“$.results[]” has keys that are not known: summary." in told(steps["poll"])


def test_documents_of_other_days_are_told() -> None:
    steps = probed(FederalRegister({}), register(ORDER | {"publication_date": "1999-01-04"}))
    assert "1999-01-04" in told(steps["list_by_date"])
    assert steps["list_by_date"].outcome is Outcome.FAILED
    assert not steps["search"].differs


def test_a_list_that_shows_nothing_differs_because_something_is_known_to_be_there() -> None:
    steps = probed(FederalRegister({}), Replay(instead=listed().answer))
    assert steps["list_by_date"].outcome is Outcome.EMPTY
    assert "known to be there" in told(steps["list_by_date"])
    assert "Not tried" in str(steps["fetch"].notes[0])


@pytest.mark.parametrize("key", CONNECTORS)
@pytest.mark.parametrize("status", [200, 403, 404, 429, 500])
def test_whatever_a_site_answers_a_probe_ends_and_tells_that_it_differs(key: str, status: int) -> None:
    required = [setting for setting in CONNECTORS[key].settings if setting.required]
    said = {each.name: "https://port.example/" if each.kind in {"url", "urls"} else "main" for each in required}
    connector = CONNECTORS[key](said)
    fetch = Replay(instead=Reply("<html><p>Technical Difficulties</p></html>", status=status).answer)
    asked = [step for step in probe(connector, fetch, TODAY) if step.answers and step.name != "example"]
    assert asked
    assert all(step.differs for step in asked)


def test_a_host_that_must_not_be_asked_yet_and_a_connector_that_breaks_down_are_told() -> None:
    def later(ask: Ask) -> Answer:
        raise Later(30, words("Not yet."))

    def broken(ask: Ask) -> Answer:
        raise RuntimeError("out of lamps")

    steps = probed(FederalRegister({}), Replay(instead=later))
    assert (steps["poll"].outcome, told(steps["poll"])) == (Outcome.THROTTLED, "Not yet.")
    assert "out of lamps" in told(probed(FederalRegister({}), Replay(instead=broken))["poll"])


def test_an_archive_is_asked_for_a_copy_and_never_to_make_one() -> None:
    rows = json.dumps([["timestamp", "original"], ["20300101000000", "https://www.fws.gov/birds/"]])

    def answer(ask: Ask) -> Answer:
        assert (ask.method, ask.secret) == ("GET", None)
        if "id_/" in ask.url:
            at = (("Memento-Datetime", "Tue, 01 Jan 2030 00:00:00 GMT"),)
            return Reply("<html><p>Birds are counted here every spring.</p></html>", headers=at).answer(ask)
        return Reply(rows if "/cdx/" in ask.url else '{"archived_snapshots": {}}', "application/json").answer(ask)

    steps = probed(Wayback({}), Replay(instead=answer))
    assert not any(step.differs for step in steps.values())
    assert (steps["find_capture"].shown, steps["fetch"].shown) == (1, 1)
