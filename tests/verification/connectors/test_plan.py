"""What is asked for a claim, of whom and for which days; pure, so every case is a table of words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from verification.connectors.fitting import Aim, choose, fits
from verification.connectors.issuers.contract import SourceEntry, Window
from verification.connectors.links import links_beside
from verification.connectors.plan import Claimed, PlanStep, first_steps, further_steps, window_of
from verification.connectors.plan_parties import Issuer, named_in, speaks_for
from verification.connectors.topics import topic_words
from verification.matching.participants import Participant

DAY = datetime(2031, 5, 14, tzinfo=UTC)
ALL = frozenset({"poll", "list_by_date", "search"})
WARDEN = Issuer(1, "Warden’s Office", 1, "Office of the Warden", ("Helen Arkwright", "Corravane"), "Europe/Oslo", ALL)
RECORD = Issuer(2, "Chamber Record", 0, "Chamber of Corravane", can=frozenset({"search", "resolve"}))
CHANCELLERY = Issuer(3, "Chancellery of Drennick", 1, "Chancellery of Drennick", can=frozenset({"list_by_date"}))
CHECKS = Issuer(4, "Earlier checks", 4, can=frozenset({"search"}))
GAZETTE = Issuer(5, "State Gazette of Ellowen", 1, can=frozenset({"list_by_date"}))
EVERYBODY = (WARDEN, RECORD, CHANCELLERY, CHECKS, GAZETTE)
CLAIM = Claimed(
    text="Complete harmony with every neighbour on the lake",
    quotations=("Complete harmony with every neighbour on the lake",),
    speaker="Helen Arkwright",
    said=DAY,
    said_precision="day",
)
LINDEMAR = Participant("Viktor Lindemar", "Chancellor", "Drennick", own=False)


def changed(**fields: Any) -> Claimed:
    return replace(CLAIM, **fields)


def told(steps: tuple[PlanStep, ...]) -> list[tuple[str, str]]:
    return [(step.kind, step.issuer.name) for step in steps]


def test_the_speakers_own_list_comes_first_then_verbatim_records_then_earlier_checks() -> None:
    assert told(first_steps(CLAIM, EVERYBODY)) == [
        ("list", "Warden’s Office"),
        ("phrase", "Chamber Record"),
        ("phrase", "Warden’s Office"),
        ("phrase", "Earlier checks"),
    ]


def test_what_the_text_names_by_number_is_asked_for_before_everything() -> None:
    record = Issuer(2, "Chamber Record", 0, can=RECORD.can, names=("CR 31-7", "CR 31-8", "CR 31-9", "CR 31-10"))
    steps = first_steps(CLAIM, (WARDEN, record))
    assert [step.identifier for step in steps[:4]] == ["CR 31-7", "CR 31-8", "CR 31-9", None]


def test_a_body_that_the_claim_or_the_article_names_is_asked_for_its_list() -> None:
    claim = changed(text="The State Gazette of Ellowen printed it", beside="as the Chancellery of Drennick wrote")
    steps = first_steps(claim, EVERYBODY)
    assert told(steps)[:3] == [
        ("list", "Warden’s Office"),
        ("list", "State Gazette of Ellowen"),
        ("list", "Chancellery of Drennick"),
    ]
    assert str(steps[1].why[0]) == "the claim names State Gazette of Ellowen"


def test_who_took_part_leads_to_their_own_institution_once() -> None:
    (step,) = further_steps(CLAIM, EVERYBODY, [LINDEMAR], asked={WARDEN.id})
    assert (step.kind, step.issuer, step.people) == ("counterpart", CHANCELLERY, (LINDEMAR,))
    assert "Chancellor Viktor Lindemar, Drennick took part" in str(step.why[0])
    assert further_steps(CLAIM, EVERYBODY, [LINDEMAR], asked={CHANCELLERY.id}) == ()


def test_without_quoted_words_records_are_searched_for_what_the_claim_is_about() -> None:
    claim = changed(quotations=(), text="The Brackholt Sluice will open again in June")
    step = next(step for step in first_steps(claim, EVERYBODY) if step.issuer == RECORD)
    assert step.query is not None
    assert step.query.phrase is None
    assert list(step.query.words) == ["Brackholt", "Sluice", "June"]
    assert list(step.query.names) == ["Helen Arkwright"]


@pytest.mark.parametrize(
    ("fields", "since", "until", "why"),
    [
        ({}, "2031-05-13", "2031-05-17", "said on 2031-05-14"),
        ({"said_precision": "month"}, "2031-04-30", "2031-06-03", "only the month"),
        ({"said_precision": "year"}, "2030-12-31", "2032-01-03", "only the year"),
        (
            {"said": None, "said_precision": None, "published": date(2031, 5, 20)},
            "2031-05-06",
            "2031-05-21",
            "two weeks back",
        ),
        # Late in the evening in UTC it is the next day already where she spoke.
        ({"said": DAY.replace(hour=23), "said_precision": "minute"}, "2031-05-14", "2031-05-18", "said on 2031-05-15"),
    ],
)
def test_the_window_is_in_the_speakers_zone(fields: dict[str, Any], since: str, until: str, why: str) -> None:
    window, told_why = window_of(changed(**fields), WARDEN, EVERYBODY)
    assert window == Window(date.fromisoformat(since), date.fromisoformat(until))
    assert why in str(told_why)


def test_for_a_source_of_another_or_an_unknown_zone_the_window_is_a_day_wider_on_either_side() -> None:
    window, _why = window_of(CLAIM, CHANCELLERY, EVERYBODY)
    assert window == Window(date(2031, 5, 12), date(2031, 5, 18))


def test_without_any_day_no_list_is_asked_for_and_the_search_is_open() -> None:
    steps = first_steps(changed(said=None, said_precision=None), EVERYBODY)
    assert all(step.window == Window() for step in steps)
    assert told(steps)[0] == ("list", "Warden’s Office")
    assert steps[0].query is not None
    assert "nobody knows when" in str(steps[0].why[1])


def test_documents_are_shared_out_and_every_step_is_asked() -> None:
    crowd = tuple(Issuer(number, f"Chamber {number}", 0, can=ALL) for number in range(10, 20))
    steps = first_steps(CLAIM, (WARDEN, *crowd))
    assert len(steps) > 10
    assert sum(step.documents for step in steps) == 8
    assert steps[0].documents == 5


@pytest.mark.parametrize(
    ("speaker", "own"),
    [
        ("Helen Arkwright", True),
        ("Warden Arkwright", True),
        ("office of the warden", True),
        ("Viktor Lindemar", False),
        (None, False),
    ],
)
def test_a_source_is_a_speakers_own_by_name_or_surname(speaker: str | None, *, own: bool) -> None:
    assert speaks_for(WARDEN, speaker) is own


def test_a_name_is_named_as_a_whole_word_and_initials_only_as_they_are_written() -> None:
    league = Issuer(9, "Lake League", 1, also_called=("LL", "Ilk"))
    assert named_in(league, "the lake league met") == "Lake League"
    assert named_in(league, "Leaders of the LL met") == "LL"
    assert named_in(league, "he’ll, ll, Ilk, a lake leaguer") is None


def entry(title: str, *, days: float = 0.0, **fields: Any) -> SourceEntry:
    values: dict[str, Any] = {"title": title, "published": DAY + timedelta(days=days), "precision": "second"}
    return SourceEntry(title, "https://lake.example/", **values | fields)


AIM = Aim.of(CLAIM, Window(date(2031, 5, 13), date(2031, 5, 17)), "Europe/Oslo", [LINDEMAR])
REMARKS = entry("Remarks by Warden Arkwright at the Pilots’ Dinner", days=0.8)
READOUT = entry("Readout of Warden Arkwright’s Call with Chancellor\u00a0Lindemar", days=0.7)


def test_of_a_list_the_words_and_accounts_of_the_speaker_are_chosen_and_nothing_else() -> None:
    others = [entry("Notice to Shipping"), entry("Fees of the Ferry"), entry("Prizes of the Harvest Fair")]
    later = entry("Remarks by Warden Arkwright at the Harvest", days=40)
    chosen = choose([*others, later, REMARKS, READOUT], AIM, 5, searched=False)
    assert chosen == [READOUT, REMARKS]


def test_what_was_searched_for_is_taken_unless_it_is_of_another_time() -> None:
    notice, old = entry("Notice to Shipping"), entry("Notice to Shipping", days=-30)
    assert choose([old, notice], AIM, 5, searched=True) == [notice]
    assert choose([old, notice], AIM, 5, searched=False) == []


def test_an_entry_that_carries_the_very_words_fits_best_whatever_its_title() -> None:
    words = "She said: “Complete harmony with every  neighbour on the lake.”"
    carrying = entry("Evening bulletin", inline=words)
    assert choose([READOUT, carrying], AIM, 1, searched=False) == [carrying]


def test_an_undated_entry_may_be_of_the_day_and_a_local_day_counts_by_its_own_zone() -> None:
    assert fits(entry("Remarks by Warden Arkwright", published=None, precision=None), AIM) is not None
    # 23:30 UTC on the last day is the next morning where the source stands.
    late = DAY + timedelta(days=3, hours=23, minutes=30)
    assert fits(entry("Remarks", published=late, offset=0), AIM) is not None
    assert fits(entry("Remarks", published=late, offset=120), AIM) is None
    assert fits(entry("Remarks", published=DAY + timedelta(days=4), precision="day"), AIM) is None


def test_names_tell_more_of_an_event_than_other_words() -> None:
    found = topic_words("They said that the engineers looked at the Brackholt Sluice together", most=3)
    assert found == ("engineers", "Brackholt", "Sluice")


def test_links_are_those_of_the_paragraph_in_which_the_passage_stands() -> None:
    page = (
        b'<html><body><p>An <a href="/other">other</a> matter.</p><p>She spoke of <em>complete</em> harmony on the '
        b'<a href="https://lake.example/readout#a">lake</a>, it was <a href="notes/3">noted</a> '
        b'(<a href="mailto:a@lake.example">mail</a>, <a href="http://[">broken</a>).</p></body></html>'
    )
    links = links_beside(page, "utf-8", "She spoke of complete harmony", "https://ledger.example/2031/talks")
    assert links == ("https://lake.example/readout", "https://ledger.example/2031/notes/3")
    assert links_beside(b"", None, "She spoke", "https://ledger.example/") == ()
    assert links_beside(b"\x89PNG\r\n", None, "She spoke", "https://ledger.example/") == ()
