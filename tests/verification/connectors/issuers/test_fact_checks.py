"""Fact checks of others: leads of the fourth tier, whatever the days a plan asks for."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from claims.capture.asking import NotAsExpected, Secret
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.issuers.fact_checks import FactChecks

API = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
MOLES = "https://checks.example/2031/lamps-on-moles"
HARBOUR = "https://harbour-checks.example/forty-lamps"
PAGE = """<html lang="en"><head><title>No, forty lamps were not bought</title></head><body><article>
<h1>No, forty lamps were not bought</h1><p>The record of the harbour board shows that thirty were bought, and that ten
of them were never delivered, as its chair told us when we asked for the invoices.</p></article></body></html>"""


def review(url: str, **told: Any) -> dict[str, Any]:
    """Return a review as the API gives it."""
    publisher = {"name": "Port Example Checks", "site": "checks.example"}
    return {
        "publisher": publisher,
        "url": url,
        "title": "Forty lamps?",
        "reviewDate": "2033-02-01T00:00:00Z",
        "textualRating": "Misleading",
        "languageCode": "en",
    } | told


def claims(*reviews: dict[str, Any], following: str | None = None) -> Reply:
    """Return a claim with its reviews."""
    claim = {"text": "Forty lamps were bought.", "claimant": "Ada Quill", "claimDate": "2031-05-04T00:00:00Z"}
    value = {"claims": [claim | {"claimReview": reviews}], **({"nextPageToken": following} if following else {})}
    return Reply(json.dumps(value), "application/json")


class TestFactChecks(ConnectorContract):
    connector = FactChecks({"publisher": "checks.example"})
    window = Window(date(2031, 5, 3), date(2031, 5, 7))
    query = Query(words=("forty", "lamps"), names=("Ada Quill",), language="en")
    asked = f"{API}?query=Ada+Quill+forty+lamps&pageSize=50&languageCode=en&reviewPublisherSiteFilter=checks.example"
    site = {
        asked: claims(review(MOLES), review(HARBOUR, title=None, reviewDate=None), following="p2"),
        f"{asked}&pageToken=p2": claims(review("https://checks.example/again"), review("not an address")),
        **{url: Reply(PAGE) for url in (MOLES, HARBOUR, "https://checks.example/again")},
    }
    shows = {"search": [MOLES, HARBOUR, "https://checks.example/again"]}

    def test_a_review_is_a_secondary_lead_that_says_who_rated_what(self) -> None:
        first, second = self.connector.search(Replay(self.site), self.query, self.window).entries
        assert (first.tier, first.title, first.published) == (4, "Forty lamps?", datetime(2033, 2, 1, tzinfo=UTC))
        assert first.snippet == "Ada Quill · Forty lamps were bought. · Port Example Checks · Misleading"
        assert (second.title, second.published) == ("Forty lamps were bought.", None)

    def test_the_key_is_sent_as_a_header(self) -> None:
        fetch = Replay(self.site)
        self.connector.search(fetch, self.query, self.window)
        assert fetch.asked[0].secret == Secret("factchecktools", "X-Goog-Api-Key")


def test_no_claims_are_an_empty_answer_and_another_answer_is_a_failure() -> None:
    nothing = Replay(instead=Reply("{}", "application/json").answer)
    assert FactChecks({}).search(nothing, Query(phrase="lamp"), Window()).outcome is Outcome.EMPTY
    with pytest.raises(NotAsExpected):
        other = Replay(instead=Reply('{"items": []}', "application/json").answer)
        FactChecks({}).search(other, Query(phrase="lamp"), Window())


def test_a_token_that_leads_to_itself_is_a_failure() -> None:
    round_and_round = Replay(instead=claims(review(MOLES), following="p2").answer)
    with pytest.raises(NotAsExpected):
        FactChecks({}).search(round_and_round, Query(phrase="lamp"), Window(), "p2")
