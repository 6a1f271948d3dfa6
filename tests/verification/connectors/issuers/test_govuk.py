"""GOV.UK: days of London, titles that end with a day, pages that moved or went, and settings it does not accept."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from claims.capture.asking import Answer, Ask, Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.issuers.govuk import GovUk

SITE = "https://www.gov.uk"
CALL = "/government/news/pm-call-with-warden-quill-14-july-2031"
JULY = Window(date(2031, 7, 14), date(2031, 7, 14))
LIMITS = [("filter_public_timestamp", "from:2031-07-13,to:2031-07-14")]
ORGANISATION = [("filter_organisations", "harbour-office")]


def asked(*pairs: tuple[str, str], start: int = 0) -> str:
    """Return the address of a search."""
    fields = "title,description,link,public_timestamp,content_store_document_type"
    told = [*pairs, *ORGANISATION, *LIMITS, ("count", "100"), ("start", str(start)), ("fields", fields)]
    return f"{SITE}/api/search.json?{urlencode(told)}"


def result(path: str, at: str | None, title: str = "Lamps on the northern mole") -> dict[str, Any]:
    """Return what a search says of a page."""
    return {"title": title, "description": "A lamp, lit.", "link": path, "public_timestamp": at}


def found(*results: dict[str, Any], total: int | None = None) -> Reply:
    """Return a page of a search."""
    return as_json({"results": results, "total": len(results) if total is None else total, "start": 0})


def as_json(value: Any) -> Reply:
    """Return an answer in JSON."""
    return Reply(json.dumps(value), "application/json")


def content(path: str, **told: Any) -> dict[str, Any]:
    """Return a page as the content API gives it."""
    return {
        "base_path": path,
        "document_type": "news_story",
        "schema_name": "news_article",
        "locale": "en",
        "first_published_at": "2031-07-14T18:00:00+01:00",
        "public_updated_at": "2031-07-14T18:00:00+01:00",
        "title": "PM call with Warden Quill: 14 July 2031",
        "description": "A lamp, lit.",
        "details": {
            "body": '<div class="govspeak"><p>The Prime Minister spoke to the Warden of Port Example.</p></div>'
        },
    } | told


FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en-GB" xmlns="http://www.w3.org/2005/Atom"><id>{SITE}/search/news-and-communications.atom</id>
<title>News and communications</title><updated>2031-07-14T18:00:00+01:00</updated>
<entry><id>{SITE}{CALL}#2031-07-14T18:00:00+01:00</id><updated>2031-07-14T18:00:00+01:00</updated>
<link rel="alternate" type="text/html" href="{SITE}{CALL}"/><title>PM call with Warden Quill: 14 July 2031</title>
<summary type="html">A lamp, lit.</summary></entry></feed>"""
LISTED = result(CALL, "2031-07-14T18:00:00.000+01:00", "PM call with Warden Quill: 14 July 2031")
NIGHT = result("/government/news/lit-at-night", "2031-07-14T00:30:00.000+01:00")  # 13 July in UTC
BEFORE = result("/government/news/the-day-before", "2031-07-13T22:00:00.000+01:00")
PAGES = ("lit-at-night", "the-page-after")


class TestGovUk(ConnectorContract):
    connector = GovUk({"organisations": ["harbour-office"]})
    window = JULY
    query = Query(phrase="a lamp lit")
    site = {
        asked(("order", "-public_timestamp")): found(LISTED, NIGHT, BEFORE, total=4),
        asked(("order", "-public_timestamp"), start=3): found(
            result("/government/news/the-page-after", "2031-07-14T09:00:00.000+01:00"), total=4
        ),
        asked(("q", '"a lamp lit"')): found(LISTED),
        f"{SITE}/search/news-and-communications.atom?organisations%5B%5D=harbour-office": Reply(
            FEED, "application/atom+xml; charset=utf-8"
        ),
        f"{SITE}/api/content{CALL}": as_json(content(CALL)),
        **{
            f"{SITE}/api/content/government/news/{name}": as_json(content(f"/government/news/{name}", title="Lamps"))
            for name in PAGES
        },
    }
    shows = {
        "list_by_date": [CALL, "/government/news/lit-at-night", "/government/news/the-page-after"],
        "search": [CALL],
        "poll": [CALL],
    }
    named = {f"as {SITE}{CALL}. says": CALL}

    def test_the_feed_and_the_list_show_the_same_entry(self) -> None:
        fetch = Replay(self.site)
        listed = self.connector.list_by_date(fetch, self.window).entries[0]
        assert listed == self.connector.poll(fetch).entries[0]
        assert (listed.kind, listed.offset, listed.date_origin) == ("readout", 60, "public_timestamp")


def test_a_title_that_ends_with_another_day_than_the_time_dates_the_page() -> None:
    late = result(CALL, "2031-07-14T23:00:00.000+01:00", "PM call with Warden Quill: 12 July 2031")
    (entry,) = GovUk({}).list_by_date(Replay(instead=found(late).answer), JULY).entries
    assert (entry.published, entry.precision, entry.date_origin) == (datetime(2031, 7, 12, tzinfo=UTC), "day", "title")
    assert entry.updated == datetime(2031, 7, 14, 22, 0, tzinfo=UTC)


def test_a_parameter_that_is_not_accepted_is_a_fault_of_the_settings() -> None:
    reply = Reply('{"error": "\\"harbour\\" is not a valid value for organisations"}', "application/json", 422)
    with pytest.raises(Interrupted) as told:
        GovUk({}).list_by_date(Replay(instead=reply.answer), JULY)
    assert told.value.outcome is Outcome.FAILED
    assert "settings" in str(told.value.sentence)
    assert "not a valid value for organisations" in str(told.value.sentence)


def test_pages_of_other_days_and_a_list_that_ends_before_its_count_are_failures() -> None:
    old = found(result("/government/news/old", "2012-08-28T00:00:00.000+01:00"))
    with pytest.raises(NotAsExpected):
        GovUk({}).list_by_date(Replay(instead=old.answer), JULY)
    with pytest.raises(NotAsExpected):
        GovUk({}).list_by_date(Replay(instead=found(total=7).answer), JULY)


def document(page: dict[str, Any]) -> SourceText:
    """Return the document of a page."""
    connector, site = GovUk({}), {f"{SITE}/api/content{CALL}": as_json(page)}
    text = connector.fetch(Replay(site), connector.resolve(Replay(site), CALL)).text
    assert isinstance(text, SourceText)
    return text


def test_a_page_says_when_it_was_first_published_and_last_changed() -> None:
    details = {"body": "<p>Lit.</p>", "change_history": [{"public_timestamp": "2031-08-01T10:00:00Z", "note": "Typo."}]}
    page = content(CALL, details=details)
    entry = GovUk({}).resolve(Replay({f"{SITE}/api/content{CALL}": as_json(page)}), CALL)
    assert (entry.published, entry.date_origin) == (datetime(2031, 7, 14, 17, 0, tzinfo=UTC), "first_published_at")
    assert entry.updated == datetime(2031, 8, 1, 10, 0, tzinfo=UTC)
    assert document(page).published == entry.published


def test_a_withdrawn_page_is_read_with_its_notice() -> None:
    notice = {"explanation": "<p>This was replaced by newer advice.</p>", "withdrawn_at": "2032-01-01T00:00:00Z"}
    assert document(content(CALL, withdrawn_notice=notice)).text.startswith(
        "This was replaced by newer advice.\n\nThe Prime"
    )


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"document_type": "speech", "title": "Lamps"}, "statement"),
        ({"document_type": "press_release", "title": "Lamps"}, "statement"),
        ({"document_type": "news_story", "title": "Foreign Secretary’s call with Warden Quill"}, "readout"),
        ({"document_type": "guidance", "title": "Lamps"}, "other"),
    ],
)
def test_what_kind_a_page_is(told: dict[str, Any], kind: str) -> None:
    assert document(content(CALL, **told)).kind == kind


@pytest.mark.parametrize(
    ("explanation", "kind"),
    [
        ("Transcript of the speech, exactly as it was delivered", "transcript"),
        ("Original script, may differ from delivered version", "prepared"),
    ],
)
def test_a_speech_is_a_transcript_only_where_the_page_says_so(explanation: str, kind: str) -> None:
    details = {"body": "<p>Friends, the lamps are lit.</p>", "speech_type_explanation": explanation}
    assert document(content(CALL, document_type="speech", title="Lamps", details=details)).kind == kind


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply("Not here.", status=404), Outcome.NOT_PUBLISHED),
        (as_json({"base_path": CALL, "schema_name": "redirect", "redirects": [{"destination": "/x"}]}), "NOT_FOUND"),
        (as_json({"base_path": CALL, "schema_name": "gone"}), Outcome.NOT_FOUND),
    ],
)
def test_a_page_that_moved_or_went_is_told(reply: Reply, outcome: Outcome) -> None:
    with pytest.raises(Interrupted) as told:
        GovUk({}).resolve(Replay(instead=reply.answer), CALL)
    assert told.value.outcome == outcome


def test_a_page_of_attachments_has_no_text() -> None:
    with pytest.raises(Interrupted) as told:
        document(content(CALL, details={"documents": ["<a>…</a>"]}))
    assert told.value.outcome is Outcome.NOT_PUBLISHED


def test_a_feed_is_asked_with_validators_and_one_without_entries_is_stale() -> None:
    def unchanged(ask: Ask) -> Answer:
        assert ask.conditional
        return Reply(status=304).answer(ask)

    assert GovUk({}).poll(Replay(instead=unchanged)).outcome is Outcome.NOT_MODIFIED
    empty = Reply('<feed xmlns="http://www.w3.org/2005/Atom"><title>None</title></feed>', "application/atom+xml")
    assert GovUk({}).poll(Replay(instead=empty.answer)).outcome is Outcome.STALE
