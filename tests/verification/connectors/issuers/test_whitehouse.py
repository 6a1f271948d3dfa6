"""The White House's sites by era. Their addresses and layouts are theirs, what stands on the pages is ours."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from claims.capture.asking import Interrupted
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import BadConfiguration, SourceEntry, Window
from verification.connectors.issuers.whitehouse import VIDEO_ONLY, WhiteHouse
from verification.connectors.issuers.whitehouse_eras import BIDEN, CURRENT, NARA

SITE, COPY = "https://www.whitehouse.gov", "https://bidenwhitehouse.archives.gov"
READOUT = "/briefings-statements/2026/07/readout-of-president-ashgroves-call-with-warden-quillfeather"
ORDER = "/presidential-actions/2026/07/lighting-the-northern-moles"
REMARKS = "/briefing-room/speeches-remarks/2022/01/24/remarks-by-president-ashgrove-before-a-meeting-on-lamps"
CALL = "/briefing-room/press-briefings/2022/01/24/background-press-call-by-senior-officials-on-oil"
OTHER = "/briefing-room/statements-releases/2022/01/25/statement-on-fog"


def feed(*items: tuple[str, str, int, str]) -> Reply:
    """Return a feed of tuples of title, path, WordPress id and category."""
    written = "".join(
        f"<item><title>{title}</title><link>{SITE}{path}/</link><pubDate>Tue, 28 Jul 2026 13:00:00 +0000</pubDate>"
        f'<category><![CDATA[{category}]]></category><guid isPermaLink="false">{SITE}/?p={number}</guid>'
        f"<description><![CDATA[In short&#8230;]]></description></item>"
        for title, path, number, category in items
    )
    return Reply(
        f'<rss version="2.0"><channel><language>en-US</language>{written}</channel></rss>', "application/rss+xml"
    )


def news(*items: tuple[str, str], following: str = "") -> Reply:
    """Return a page of today's lists, of pairs of title and path."""
    written = "".join(
        f'<li class="wp-block-post"><h2><a href="{SITE}{path}/">{title}</a></h2><a rel="tag" href="/c/">Orders</a>'
        '<time datetime="2026-07-28T09:00:00-04:00">July 28, 2026</time></li>'
        for title, path in items
    )
    link = f'<link rel="next" href="{following}">' if following else ""
    return Reply(f"<html><head>{link}</head><body><main><ul>{written}</ul></main></body></html>")


def articles(*items: tuple[str, str, str]) -> Reply:
    """Return a page of the lists of the Biden copy, of tuples of title, path and time."""
    written = "".join(
        f'<article><h2><a href="{COPY}{path}/">{title}</a></h2><a rel="category tag" href="/c/">Remarks</a>'
        f'<time datetime="{stamp}">a day</time></article>'
        for title, path, stamp in items
    )
    return Reply(f"<html><body><main>{written}</main></body></html>")


def today(title: str, text: str) -> Reply:
    """Return a document of today's site."""
    return Reply(
        '<html lang="en-US"><head><meta property="article:modified_time" content="2026-07-29T00:00:00+00:00"></head>'
        f'<body><main><div class="wp-block-whitehouse-topper"><h1>{title}</h1><p>The White House</p></div>'
        f"<p>{text}</p></main></body></html>"
    )


def frozen(title: str, text: str, stamp: str) -> Reply:
    """Return a document of the Biden copy."""
    return Reply(
        f'<html><head><title>{title}</title><meta property="article:published_time" content="{stamp}">'
        f'<link rel="canonical" href="{COPY}/elsewhere/"></head><body><header>Menu</header><h1>{title}</h1>'
        f'<section class="body-content"><p>{NARA}. The website is no longer updated.</p><p>East Room</p><p>{text}</p>'
        "<p># # #</p></section></body></html>"
    )


READ = ("Readout of President\u00a0Ashgrove’s Call with Warden\u00a0Quillfeather", READOUT)
ORDERED = ("LIGHTING THE NORTHERN\u2060 MOLES", ORDER)
CURRENT_SITE = {
    f"{SITE}/presidential-actions/feed/": feed((*ORDERED, 36480, "Executive Orders")),
    f"{SITE}/presidential-actions/executive-orders/feed/": feed((*ORDERED, 36480, "Executive Orders")),
    f"{SITE}/briefings-statements/feed/": feed((*READ, 36481, "Briefings &amp; Statements")),
    f"{SITE}/news/feed/": feed((*READ, 36481, "Briefings &amp; Statements")),
    f"{SITE}/news/": news(READ, following=f"{SITE}/news/page/2/"),
    f"{SITE}/news/page/2/": news(ORDERED),
    f"{SITE}{READOUT}/": today(READ[0], "The President spoke with the Warden about lamps on the northern mole."),
    f"{SITE}{ORDER}/": today(ORDERED[0], "By the authority vested in me, every mole shall have forty lamps."),
}


class TestWhiteHouse(ConnectorContract):
    connector = WhiteHouse({})
    site: ClassVar[Mapping[str, Reply]] = CURRENT_SITE
    shows: ClassVar[Mapping[str, list[str]]] = {
        "poll": [ORDER, ORDER, READOUT, READOUT],
        "list_by_date": [READOUT, ORDER],
    }
    named: ClassVar[Mapping[str, str]] = {f"See <www.whitehouse.gov{READOUT}/>, and tell them.": READOUT}


BIDEN_SITE = {
    f"{COPY}/briefing-room/statements-releases/": articles(("Statement on Fog", OTHER, "2022-01-25T08:00:00-05:00")),
    f"{COPY}/briefing-room/speeches-remarks/": articles(
        ("Remarks by President Ashgrove Before a Meeting on Lamps", REMARKS, "2022-01-24T19:30:00-05:00")
    ),
    f"{COPY}/briefing-room/press-briefings/": articles(
        ("Background Press Call by Senior Officials on Oil", CALL, "2022-01-24T15:17:26-05:00")
    ),
    f"{COPY}/briefing-room/presidential-actions/": articles(
        ("An Older Act", "/briefing-room/x/2021/01/20/a", "2021-01-20")
    ),
    f"{COPY}{REMARKS}/": frozen(
        "Remarks by President Ashgrove Before a Meeting on Lamps",
        "THE PRESIDENT:  We will light every mole.  Every one of them.",
        "2022-01-24T19:30:00-05:00",
    ),
    f"{COPY}{CALL}/": frozen(
        "Background Press Call by Senior Officials on Oil", "Good day.", "2022-01-24T15:17:26-05:00"
    ),
    f"{COPY}{OTHER}/": frozen("Statement on Fog", "Fog is fog, and ferries wait.", "2022-01-25T08:00:00-05:00"),
}


class TestBidenCopy(ConnectorContract):
    connector = WhiteHouse({"era": "biden"})
    site: ClassVar[Mapping[str, Reply]] = BIDEN_SITE
    window = Window(date(2022, 1, 23), date(2022, 1, 27))
    shows: ClassVar[Mapping[str, list[str]]] = {"poll": [], "list_by_date": [OTHER, REMARKS, CALL]}
    named: ClassVar[Mapping[str, str]] = {
        f"It said so (https://www.whitehouse.gov{REMARKS}/).": REMARKS,
        f"{COPY}{CALL}": CALL,
    }


def listed(path: str) -> SourceEntry:
    """Return the entry of a document of the Biden copy as its list shows it."""
    page = WhiteHouse({"era": "biden"}).list_by_date(Replay(BIDEN_SITE), TestBidenCopy.window)
    return next(entry for entry in page.entries if entry.stable_id == path)


def test_a_document_is_the_same_one_in_feed_list_text_and_copy() -> None:
    connector, replay = WhiteHouse({}), Replay(CURRENT_SITE)
    fed = connector.poll(replay).entries[0]
    on_list = connector.list_by_date(replay, Window(), connector.list_by_date(replay, Window()).next_cursor).entries[0]
    resolved = connector.resolve(replay, connector.recognise(f"whitehouse.gov{ORDER}")[0])
    assert {(each.stable_id, each.url, each.original_url) for each in (fed, on_list, resolved)} == {
        (ORDER, f"{SITE}{ORDER}/", f"{SITE}{ORDER}/")
    }
    assert fed.memo["guid"] == f"{SITE}/?p=36480"
    copy = listed(REMARKS)
    assert (copy.url, copy.original_url) == (f"{COPY}{REMARKS}/", f"{SITE}{REMARKS}/")


def test_kind_and_tier_are_told_by_the_title_and_else_by_the_section() -> None:
    connector = WhiteHouse({})
    order = connector.poll(Replay(CURRENT_SITE)).entries[0]
    assert (order.title, order.kind, order.tier) == ("LIGHTING THE NORTHERN MOLES", "order", 0)
    readout = connector.list_by_date(Replay(CURRENT_SITE), Window()).entries[0]
    assert (readout.title, readout.kind, readout.tier) == (
        "Readout of President Ashgrove’s Call with Warden Quillfeather",
        "readout",
        1,
    )
    remarks, call = listed(REMARKS), listed(CALL)
    assert (remarks.kind, remarks.tier, remarks.memo.get("anonymous")) == ("transcript", 0, None)
    assert (call.kind, call.tier, call.memo["anonymous"]) == ("transcript", 0, True)
    assert listed(OTHER).kind == "statement"


def test_a_nomination_is_no_order() -> None:
    site = {
        url: feed(("Nominations Sent to the Senate", ORDER, 1, "Nominations &amp; Appointments"))
        for url in CURRENT_SITE
    }
    assert WhiteHouse({}).poll(Replay(site)).entries[0].kind == "statement"


def test_a_page_of_the_copy_is_read_without_its_notice_and_dated_in_washington() -> None:
    text = WhiteHouse({"era": "biden"}).fetch(Replay(BIDEN_SITE), listed(REMARKS)).text
    assert isinstance(text, SourceText)
    assert text.text == "East Room\n\nTHE PRESIDENT: We will light every mole. Every one of them."
    assert (text.published, text.offset, text.precision) == (datetime(2022, 1, 25, 0, 30, tzinfo=UTC), -300, "second")
    assert text.url == f"{COPY}{REMARKS}/"
    assert listed(REMARKS).published == text.published


def test_a_page_of_today_is_dated_by_its_list_since_it_tells_only_when_it_was_changed() -> None:
    connector = WhiteHouse({})
    entry = connector.list_by_date(Replay(CURRENT_SITE), Window()).entries[0]
    text = connector.fetch(Replay(CURRENT_SITE), entry).text
    assert isinstance(text, SourceText)
    assert text.text == "The President spoke with the Warden about lamps on the northern mole."
    assert (text.published, text.date_origin) == (datetime(2026, 7, 28, 13, tzinfo=UTC), "time element")


def test_a_redirect_to_the_copy_is_read_by_the_rules_of_the_copy() -> None:
    entry = replace(listed(REMARKS), url=f"{SITE}{REMARKS}/")
    moved = replace(BIDEN_SITE[f"{COPY}{REMARKS}/"], url=f"{COPY}{REMARKS}/")
    text = WhiteHouse({}).fetch(Replay({entry.url: moved}), entry).text
    assert isinstance(text, SourceText)
    assert (text.stable_id, text.url) == (REMARKS, f"{COPY}{REMARKS}/")
    assert NARA not in text.text


def test_where_the_copy_has_not_got_it_the_first_address_is_asked() -> None:
    entry = listed(REMARKS)
    replay = Replay({f"{SITE}{REMARKS}/": BIDEN_SITE[entry.url]})
    assert isinstance(WhiteHouse({"era": "biden"}).fetch(replay, entry).text, SourceText)
    assert replay.urls == [f"{COPY}{REMARKS}/", f"{SITE}{REMARKS}/"]


def test_a_feed_is_paged_back_as_far_as_the_desk_says() -> None:
    site = {**CURRENT_SITE, f"{SITE}/presidential-actions/feed/?paged=2": feed((*READ, 7, "x"))}
    connector, replay = WhiteHouse({"pages": 2}), Replay(site)
    first = connector.poll(replay)
    second = connector.poll(replay, first.next_cursor)
    assert [entry.stable_id for entry in (*first.entries, *second.entries)] == [ORDER, READOUT]
    assert all(ask.conditional for ask in replay.asked)


@pytest.mark.parametrize(
    ("since", "site", "outcome", "told"),
    [
        (date(2026, 8, 10), CURRENT_SITE, Outcome.NOT_PUBLISHED, True),
        (date(2026, 7, 20), CURRENT_SITE, Outcome.OK, True),
        (date(2025, 4, 1), CURRENT_SITE, Outcome.OK, False),
    ],
)
def test_days_without_transcripts_are_told_as_not_published_and_never_as_nothing_found(
    since: date, site: Mapping[str, Reply], outcome: Outcome, told: bool
) -> None:
    page = WhiteHouse({}).list_by_date(Replay(site), Window(since))
    assert (page.outcome, page.sentence) == (outcome, VIDEO_ONLY if told else None)


def test_an_address_of_each_presidency_is_found_by_that_one_alone() -> None:
    text = (
        f"https://www.whitehouse.gov{READOUT}/ · whitehouse.gov{REMARKS}. "
        "https://www.whitehouse.gov/briefings-statements/remarks-president-oakhill-lamps/ "
        "https://www.whitehouse.gov/the-press-office/2014/05/04/remarks-president-elmwood-mole "
        "https://www.whitehouse.gov/presidential-actions/executive-orders/ https://notwhitehouse.gov/news/2026/07/x/"
    )
    found = {era: WhiteHouse({"era": era}).recognise(text) for era in ("current", "biden", "trump", "obama")}
    assert found == {
        "current": [f"{SITE}{READOUT}/"],
        "biden": [f"{SITE}{REMARKS}/"],
        "trump": [f"{SITE}/briefings-statements/remarks-president-oakhill-lamps/"],
        "obama": [f"{SITE}/the-press-office/2014/05/04/remarks-president-elmwood-mole/"],
    }


def test_a_document_of_the_obama_copy_is_found_by_its_address_and_its_lists_are_not_known() -> None:
    copy = "https://obamawhitehouse.archives.gov/the-press-office/2014/05/04/remarks-president-elmwood-mole"
    page = (
        f"<html><body><p>{NARA}.</p><article><h1>Remarks by the President</h1><p>The mole is lit.</p></article></html>"
    )
    connector = WhiteHouse({"era": "obama"})
    entry = connector.resolve(Replay({copy: Reply(page)}), connector.recognise(copy)[0])
    assert (entry.url, entry.kind) == (copy, "transcript")
    assert (entry.published, entry.precision, entry.date_origin) == (datetime(2014, 5, 4, tzinfo=UTC), "day", "address")
    with pytest.raises(Interrupted):
        connector.list_by_date(Replay(), Window())


def test_sections_are_those_of_the_era() -> None:
    assert WhiteHouse({"era": "biden", "sections": ["/briefing-room/blog/"]}).examples() == [
        f"{COPY}/briefing-room/blog/"
    ]
    for sections in (["/news/"], ["/briefing-room/blog/"]):
        with pytest.raises(BadConfiguration):
            WhiteHouse({"sections": sections})
    assert not set(CURRENT.sections) & set(BIDEN.sections)
