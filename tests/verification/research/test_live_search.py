"""A claim's plan, carried out on live sources: what is asked, what is written down of it, what comes into the library.

The call of an invented warden with an invented chancellor: her own words hold the quotation, her office's readout tells
what was agreed and never has the word, and the chancellery tells it in its own way.
"""

from datetime import UTC, datetime, timedelta

import pytest

from claims import work
from claims.models import Claim, Speaker, Work
from claims.models.clock import read_clock
from claims.translation import tell
from tests.factories import make_article, make_claim
from tests.people import make_person
from tests.verification.research.board import Board, work_off
from verification.models import Candidate, Document, Review, SearchRun, Source, SourceItem
from verification.research.live_search import enlist_searches, is_searching, planned, search_now
from verification.research.stretch import FETCH_ITEMS, SEARCH_LIVE
from verification.review import triage

pytestmark = pytest.mark.long

DAY = datetime(2021, 5, 14, tzinfo=UTC)
SENTENCE = "We had complete harmony with every neighbour on the lake"
ARTICLE = (
    f"Talks about the Brackholt Sluice\n\n“{SENTENCE},” Warden Helen Arkwright said. The Warden spoke on "
    "Friday with Chancellor Viktor Lindemar of Drennick about the Brackholt Sluice.\n"
)
REMARKS = (
    "WARDEN ARKWRIGHT: Good evening. I was on the line with Drennick. We had complete harmony with every neighbour on "
    "the lake. We will talk about it later.\n"
)
READOUT = (
    "Warden Helen Arkwright spoke today with Chancellor Viktor Lindemar of Drennick. They reviewed the level of the "
    "lake and agreed that engineers of both sides look at the Brackholt Sluice. The Warden thanked the Chancellor.\n"
)
THEIRS = (
    "Chancellor Viktor Lindemar spoke with Warden Helen Arkwright of Corravane by telephone. No date for opening the "
    "Brackholt Sluice was agreed. The Chancellor named the level of the lake a matter of concern.\n"
)


def claim(**fields: object) -> Claim:
    """Return a claim of an article, in a case that was accepted."""
    speaker, _made = Speaker.objects.get_or_create(name="Helen Arkwright")
    article = make_article(str(fields.pop("article", ARTICLE)), title="Talks about the Brackholt Sluice")
    values: dict[str, object] = {
        "text": SENTENCE,
        "quotations": [SENTENCE],
        "speaker": speaker,
        "said": DAY,
        "said_precision": "day",
    }
    made = make_claim(article, **values | fields)
    triage.open_cases()
    Work.objects.filter(kind=triage.RESEARCH).update(done_at=read_clock())
    review = Review.objects.get(claim=made)
    triage.accept(review, make_person("intake", name=f"Intake {made.pk}"), review.revision)
    return made


def office(board: Board, **fields: object) -> Board:
    """Open the warden's office, with its readout and her remarks among other notices of those days."""
    values = {"tier": 1, "speaks_for": "Office of the Warden", "also_called": ["Helen Arkwright"]}
    ours = board.another("Warden’s Office of Corravane", **values | fields)
    day = DAY + timedelta(hours=18)
    ours.archive = [
        [
            ours.notice(5, title="Notice to Shipping on Lake Ellowen", at=(day + timedelta(hours=4)).isoformat()),
            ours.notice(
                4,
                title="Readout of Warden Arkwright’s Call with Chancellor Lindemar",
                text=READOUT,
                at=(day + timedelta(hours=1)).isoformat(),
            ),
        ],
        [
            ours.notice(3, title="Remarks by Warden Arkwright at the Pilots’ Dinner", text=REMARKS, at=day.isoformat()),
            ours.notice(2, title="Fees of the Pellwick Ferry", at=(day - timedelta(hours=5)).isoformat()),
            ours.notice(
                1,
                title="Remarks by Warden Arkwright on the Harvest",
                text=REMARKS,
                at=(day - timedelta(days=40)).isoformat(),
            ),
        ],
    ]
    ours.show()
    return ours


def chancellery(board: Board) -> Board:
    """Open the other side's press office."""
    theirs = board.another("Chancellery of Drennick", tier=1, speaks_for="Chancellery of Drennick")
    at = (DAY + timedelta(hours=20)).isoformat()
    told = theirs.notice(1, title="Telephone conversation with Warden Arkwright of Corravane", text=THEIRS, at=at)
    theirs.archive = [[told]]
    theirs.show()
    return theirs


def searched(claimed: Claim) -> list[SearchRun]:
    assert search_now(claimed)
    work_off(SEARCH_LIVE)
    return list(SearchRun.objects.filter(claim=claimed).exclude(step="").order_by("pk"))


@pytest.fixture
def quiet(board: Board) -> Board:
    """Leave the notice board itself out of it."""
    Source.objects.update(enabled=False)
    return board


def test_the_words_the_readout_and_the_other_sides_account_are_found_in_this_order(quiet: Board) -> None:
    ours, theirs, claimed = office(quiet), chancellery(quiet), claim()
    runs = searched(claimed)
    assert [(run.step, run.source) for run in runs] == [
        ("list", ours.source),
        ("list", theirs.source),
        ("phrase", ours.source),
    ]
    assert {run.outcome for run in runs} == {"OK", "EMPTY"}
    assert [run.documents for run in runs] == [5, 1, 0]
    assert "speaks for Helen Arkwright" in tell(runs[0].query["why"])[0]
    work_off(triage.RESEARCH)
    library = SearchRun.objects.get(claim=claimed, source=None)
    roles = {each.document.title: each.role for each in library.candidates.select_related("document")}
    assert roles["Remarks by Warden Arkwright at the Pilots’ Dinner"] == "said_where"
    assert roles["Readout of Warden Arkwright’s Call with Chancellor Lindemar"] == "tests_claim"
    counterpart = Candidate.objects.get(document__source=theirs.source, search_run=library)
    assert counterpart.counterpart_of is not None
    quoted = library.candidates.get(document__title__startswith="Remarks by Warden Arkwright at").quote_check
    assert quoted is not None
    assert quoted["class"] == "exact"
    # Remarks of another month have the same words and were left alone.
    assert not Document.objects.filter(title__endswith="the Harvest").exists()


def test_an_institution_that_only_the_readout_names_is_asked_too(quiet: Board) -> None:
    ours, theirs = office(quiet), chancellery(quiet)
    claimed = claim(article=f"A quiet evening\n\n“{SENTENCE},” Warden Helen Arkwright said on Friday.\n")
    runs = searched(claimed)
    assert [(run.step, run.source) for run in runs] == [
        ("list", ours.source),
        ("phrase", ours.source),
        ("counterpart", theirs.source),
    ]
    assert "Chancellor Viktor Lindemar, Drennick" in tell(runs[2].query["why"])[0]
    work_off(triage.RESEARCH)
    assert Candidate.objects.filter(claim=claimed, document__source=theirs.source).exists()


def test_what_is_listed_of_those_days_comes_into_the_library_by_and_by(quiet: Board) -> None:
    ours, claimed = office(quiet), claim()
    searched(claimed)
    before = Document.objects.count()
    work_off(FETCH_ITEMS)
    assert before < Document.objects.count() == SourceItem.objects.filter(source=ours.source).count()


def test_a_document_that_the_article_names_is_asked_for_by_its_number(quiet: Board) -> None:
    ours = office(quiet)
    claimed = claim(article=ARTICLE + "It is told in Notice No. 1 of the office.\n")
    run = searched(claimed)[0]
    assert (run.step, run.query["identifier"], run.outcome, run.documents) == ("resolve", "1", "OK", 1)
    assert Document.objects.filter(source=ours.source, stable_id="n1").exists()


def test_a_page_that_is_gone_is_looked_for_in_an_archive(quiet: Board) -> None:
    ours = office(quiet)
    attic = quiet.another("Attic", connector="attic", tier=3)
    copy = attic.notice(7, text="Notice 1 as it was kept.")
    attic.answer("attic", f'{{"url": "{copy["url"]}", "at": "2021-05-15T00:00:00+00:00"}}')
    del quiet.site.answers[f"{ours.base}notice/1"]
    claimed = claim(article=ARTICLE + "It is told in Notice No. 1 of the office.\n")
    capture, resolve = searched(claimed)[:2]
    assert (capture.step, capture.source, capture.outcome) == ("capture", attic.source, "OK")
    assert capture.query["identifier"] == quiet.site.address(f"{ours.base}notice/1")
    assert (resolve.step, resolve.outcome) == ("resolve", "OK")
    assert Document.objects.get(source=attic.source).text == "Notice 1 as it was kept."
    assert SourceItem.objects.get(source=ours.source, stable_id="n1").outcome == "NOT_FOUND"


@pytest.mark.parametrize(
    ("status", "outcome"), [(400, "FAILED"), (403, "REFUSED"), (404, "FAILED"), (429, "THROTTLED")]
)
def test_what_could_not_be_asked_is_never_nothing_found(quiet: Board, status: int, outcome: str) -> None:
    ours, theirs, claimed = office(quiet), chancellery(quiet), claim()
    ours.break_page(1, status, "archive")
    runs = searched(claimed)
    failed = runs[0]
    assert (failed.step, failed.source, failed.outcome, failed.answered) == ("list", ours.source, outcome, False)
    assert failed.error
    assert failed.exchange is not None
    if status != 429:  # the pace of its host is everybody's
        assert runs[1].outcome == "OK"
        assert Document.objects.filter(source=theirs.source).exists()


def test_an_empty_list_is_an_answer(quiet: Board) -> None:
    quiet.another("Warden’s Office of Corravane", tier=1, speaks_for="Helen Arkwright")
    runs = searched(claim())
    assert [(run.step, run.outcome, run.documents, run.answered) for run in runs] == [
        ("list", "EMPTY", 0, True),
        ("phrase", "EMPTY", 0, True),
    ]


def test_the_window_is_the_speakers_own_days(quiet: Board) -> None:
    office(quiet, zone="America/New_York")
    chancellery(quiet)
    ours, theirs = searched(claim())[:2]
    assert ours.since == datetime(2021, 5, 13, 4, tzinfo=UTC)
    assert ours.until == datetime(2021, 5, 18, 4, tzinfo=UTC)
    assert ours.query["days"] == ["2021-05-13", "2021-05-17"]
    assert theirs.query["days"] == ["2021-05-12", "2021-05-18"]


def test_a_turn_that_ended_half_way_goes_on_and_asks_nothing_twice(quiet: Board) -> None:
    ours, claimed = office(quiet), claim()
    chancellery(quiet)
    search_now(claimed)
    row = Work.objects.get(kind=SEARCH_LIVE)
    work_off(SEARCH_LIVE, most=1)
    SearchRun.objects.filter(step="phrase").delete()
    Work.objects.filter(pk=row.pk).update(done_at=None)
    work_off(SEARCH_LIVE)
    assert [run.step for run in SearchRun.objects.filter(claim=claimed).order_by("pk")] == ["list", "list", "phrase"]
    assert len(ours.asked("archive/1")) == 1
    assert len(ours.asked("search/1")) == 2


def test_asked_again_it_searches_again_and_fetches_nothing_twice(quiet: Board) -> None:
    ours, claimed = office(quiet), claim()
    searched(claimed)
    assert not is_searching(claimed)
    first = len(ours.asked("notice/4"))
    assert len(searched(claimed)) == 4
    assert (first, len(ours.asked("notice/4"))) == (1, 1)


def test_accepted_cases_are_searched_by_themselves_once(quiet: Board) -> None:
    office(quiet)
    claimed = claim()
    assert enlist_searches() == 1
    assert is_searching(claimed)
    work_off(SEARCH_LIVE)
    assert Work.objects.filter(kind=triage.RESEARCH, subject=claimed.pk, done_at=None).count() == 1
    assert enlist_searches() == 0


def test_a_case_in_triage_and_a_desk_without_live_sources_ask_nobody(quiet: Board) -> None:
    waiting = make_claim()
    triage.open_cases()
    claimed = claim()
    assert (enlist_searches(), search_now(claimed), planned(claimed)) == (0, False, ())
    office(quiet)
    assert enlist_searches() == 1
    assert not is_searching(waiting)


def test_what_live_sources_brought_is_found_though_the_library_was_called_off_before(quiet: Board) -> None:
    office(quiet)
    claimed = claim()
    work.enlist(triage.RESEARCH, [claimed.pk])
    assert work.cancel(triage.RESEARCH, [claimed.pk], "Cato Lamp") == 1
    searched(claimed)
    work_off(triage.RESEARCH)
    assert Candidate.objects.filter(claim=claimed, search_run__source=None).exists()


def test_the_library_is_not_searched_before_a_search_that_is_under_way_is_over(quiet: Board) -> None:
    office(quiet)
    claimed = claim()
    work.enlist(triage.RESEARCH, [claimed.pk])
    under_way = work.take(Work.objects.get(kind=triage.RESEARCH, done_at=None).pk)
    assert under_way is not None
    search_now(claimed)
    work_off(SEARCH_LIVE)
    row = Work.objects.get(kind=SEARCH_LIVE)
    assert row.done_at is None
    assert row.due_at > read_clock()
