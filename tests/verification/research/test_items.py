"""Entries become documents, or it is told why not; nothing is fetched for ever, and one page never stops the others."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from claims import work
from claims.models import HostLane, Snapshot, Work
from claims.models.clock import read_clock
from tests.replay.answering import Reply
from tests.verification.index.library import found_ids
from tests.verification.research.board import Board, work_off
from verification.models import Document, Source, SourceItem, SourceRun
from verification.research import stretch
from verification.research.following import follow
from verification.research.items import FAILURES, REFUSALS
from verification.research.listing import list_back
from verification.research.stretch import FETCH_ITEM, FETCH_ITEMS, LIST, POLL, Stretch
from verification.review.refusals import Unmet

pytestmark = pytest.mark.django_db(transaction=True)


def polled(board: Board, *numbers: int) -> None:
    """Let the source show these notices, those of the highest number first, and store the entries."""
    board.pages = [[board.notice(number) for number in sorted(numbers, reverse=True)]]
    board.show()
    Source.objects.update(next_at=read_clock())
    follow()
    work_off(POLL)


def answer(board: Board, number: int, status: int, body: bytes = b"no") -> None:
    board.site.answers[f"/notice/{number}"] = Reply(body, "text/plain", status)


def item(number: int) -> SourceItem:
    return SourceItem.objects.get(stable_id=f"n{number}")


def come_due(*kinds: str) -> None:
    Work.objects.filter(kind__in=kinds, done_at__isnull=True).update(due_at=read_clock())


def test_a_document_is_found_by_its_words_as_soon_as_it_is_stored(board: Board) -> None:
    polled(board, 7)
    work_off(FETCH_ITEMS)
    assert found_ids("the dues by 7 pence") == {Document.objects.get().pk}


def test_a_page_that_is_refused_is_passed_with_a_sentence_and_the_others_go_on(board: Board) -> None:
    polled(board, 3, 2, 1)
    answer(board, 2, 403)
    work_off()
    assert (item(2).state, item(2).outcome) == ("passed", "REFUSED")
    assert "403" in item(2).sentence
    assert {item(1).state, item(3).state} == {"stored"}
    assert len(board.asked("/notice/2")) == 1
    run = SourceRun.objects.get(verb="fetch")
    assert (run.outcome, run.shown, run.fresh) == ("OK", 3, 2)
    assert "403" in run.sentence


def test_a_site_that_keeps_refusing_is_left_alone_for_a_day(board: Board) -> None:
    polled(board, *range(1, 10))
    for number in range(1, 10):
        answer(board, number, 403)
    work_off()
    assert SourceItem.objects.filter(outcome="REFUSED").count() == REFUSALS
    assert SourceItem.objects.filter(state="due").count() == 9 - REFUSALS
    row = Work.objects.get(kind=FETCH_ITEMS, done_at__isnull=True)
    assert row.due_at > read_clock() + timedelta(hours=23)
    assert SourceRun.objects.get(verb="fetch").outcome == "REFUSED"


def test_a_page_that_fails_is_tried_again_by_itself_and_passed_in_the_end(board: Board) -> None:
    polled(board, 2, 1)
    answer(board, 2, 400)
    work_off()
    assert (item(2).state, item(2).outcome) == ("due", "FAILED")
    assert item(1).state == "stored"
    row = Work.objects.get(kind=FETCH_ITEM)
    assert row.due_at > read_clock() + timedelta(seconds=10)
    for _ in range(work.MAX_ATTEMPTS):
        come_due(FETCH_ITEM)
        work_off(FETCH_ITEM)
    assert (item(2).state, item(2).outcome) == ("passed", "FAILED")
    assert item(2).sentence
    assert not Work.objects.filter(done_at__isnull=True).exists()


def test_a_page_that_failed_once_becomes_a_document_when_it_answers(board: Board) -> None:
    polled(board, 2)
    whole = board.site.answers["/notice/2"]
    answer(board, 2, 400)
    work_off()
    board.site.answers["/notice/2"] = whole
    come_due(FETCH_ITEM)
    work_off(FETCH_ITEM)
    assert (item(2).state, item(2).sentence, Document.objects.count()) == ("stored", "", 1)


def test_a_host_that_is_down_does_not_cost_every_entry_its_tries(board: Board) -> None:
    polled(board, *range(1, 20))
    for number in range(1, 20):
        answer(board, number, 400)
    work_off(FETCH_ITEMS)
    assert Work.objects.filter(kind=FETCH_ITEM).count() == FAILURES
    assert SourceItem.objects.filter(state="due", outcome="").count() == 19 - FAILURES
    assert Work.objects.get(kind=FETCH_ITEMS, done_at__isnull=True).due_at > read_clock() + timedelta(minutes=10)


def test_a_page_without_text_is_no_document(board: Board) -> None:
    polled(board, 1)
    answer(board, 1, 200, b"  \n ")
    work_off()
    assert (item(1).state, item(1).outcome) == ("passed", "EMPTY")
    assert item(1).sentence


def test_a_page_that_leads_on_at_a_host_that_seldom_allows_a_request_is_not_begun_for_ever(board: Board) -> None:
    polled(board, 1)
    board.site.answers["/notice/1"] = Reply(status=301, headers={"Location": board.site.address("/notice/2")})
    HostLane.objects.update(gap_ms=60_000, next_at=read_clock())
    work_off(FETCH_ITEMS)
    assert (item(1).state, item(1).outcome) == ("due", "THROTTLED")
    assert Work.objects.get(kind=FETCH_ITEM).attempts == 0
    for _ in range(work.MAX_ATTEMPTS):
        HostLane.objects.update(next_at=read_clock())
        come_due(FETCH_ITEM)
        work_off(FETCH_ITEM)
    assert (item(1).state, item(1).outcome) == ("passed", "THROTTLED")


def test_what_the_list_carries_is_a_part_of_the_lists_exchange_and_asked_of_nobody(board: Board) -> None:
    board.pages = [[board.notice(1, inline="The harbour office thanks all pilots.")]]
    board.show()
    follow()
    work_off()
    document = Document.objects.select_related("snapshot").get()
    listed = Snapshot.objects.get(requested_url=board.site.address("/list/1"), part_of=None)
    assert (document.text, document.snapshot.part_of) == ("The harbour office thanks all pilots.", listed)
    assert document.snapshot.text_sha256 == document.text_sha256
    assert not board.asked("/notice/1")


def test_an_entry_that_is_edited_while_its_page_is_fetched_is_fetched_again(board: Board) -> None:
    polled(board, 1)
    first = board.site.answers["/notice/1"]
    assert isinstance(first, Reply)

    def edited_meanwhile() -> Reply:
        if len(board.asked("/notice/1")) == 1:
            SourceItem.objects.update(fingerprint="0" * 64)
            return first
        return Reply(b"The harbour office lowers no dues.", "text/plain")

    board.site.answers["/notice/1"] = edited_meanwhile
    work_off()
    assert [document.text for document in Document.objects.all()] == ["The harbour office lowers no dues."]
    assert item(1).state == "stored"


def test_what_a_worker_died_of_is_fetched_by_itself_so_that_the_others_go_on(board: Board) -> None:
    polled(board, *range(1, 31))
    row = Work.objects.get(kind=FETCH_ITEMS)
    work.take(row.pk)
    Work.objects.filter(pk=row.pk).update(lease_until=read_clock())
    work_off(FETCH_ITEMS)
    assert Work.objects.filter(kind=FETCH_ITEM).count() == 25
    assert Document.objects.count() == 5
    work_off()
    assert Document.objects.count() == 30


def test_entries_that_came_while_the_last_were_fetched_are_fetched_too(board: Board) -> None:
    polled(board, 1)
    first = board.site.answers["/notice/1"]
    assert isinstance(first, Reply)

    def another_came() -> Reply:
        del board.site.answers["/notice/1"]
        polled(board, 2, 1)
        return first

    board.site.answers["/notice/1"] = another_came
    work_off(FETCH_ITEMS)
    assert {item(1).state, item(2).state} == {"stored"}


def test_a_long_turn_ends_where_other_work_waits(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretch, "SHORTEST", 0.0)
    monkeypatch.setattr(stretch, "LOOK_EVERY", 0.0)
    polled(board, 3, 2, 1)
    assert not Stretch().is_over()
    work.enlist("claims.extract", [1])
    assert Stretch().is_over()
    row = Work.objects.get(kind=FETCH_ITEMS)
    work_off(FETCH_ITEMS, most=1)
    row.refresh_from_db()
    assert (row.done_at, row.attempts, Document.objects.count()) == (None, 0, 1)


def test_a_listing_goes_back_page_after_page_and_on_from_where_it_broke_off(board: Board) -> None:
    board.archive = [[board.notice(number)] for number in (4, 3, 2, 1)]
    board.show()
    whole = board.site.answers["/archive/3"]
    board.break_page(3, status=404, way="archive")
    list_back(board.source, None, None)
    work_off(LIST)
    run = SourceRun.objects.get(verb="list")
    assert (run.outcome, run.fresh) == ("NOT_FOUND", 2)
    board.site.answers["/archive/3"] = whole
    list_back(board.source, None, None)
    work_off()
    assert Document.objects.count() == 4
    assert len(board.asked("/archive/1")) == 1
    board.source.refresh_from_db()
    assert board.source.cursor is None


def test_a_page_of_a_listing_that_fails_is_tried_again_by_the_rules_of_work(board: Board) -> None:
    board.archive = [[board.notice(2)], [board.notice(1)]]
    board.show()
    whole = board.site.answers["/archive/2"]
    board.break_page(2, way="archive")
    list_back(board.source, date(2031, 5, 1), None)
    work_off(LIST)
    assert not SourceRun.objects.exists()
    board.site.answers["/archive/2"] = whole
    come_due(LIST)
    work_off(LIST)
    run = SourceRun.objects.get(verb="list")
    assert (run.outcome, run.fresh) == ("OK", 2)


def test_a_source_is_listed_for_one_window_at_a_time(board: Board) -> None:
    list_back(board.source, date(2031, 5, 1), date(2031, 5, 2))
    list_back(board.source, date(2031, 5, 1), date(2031, 5, 2))
    assert Work.objects.filter(kind=LIST).count() == 1
    with pytest.raises(Unmet, match="other days"):
        list_back(board.source, date(2031, 4, 1), date(2031, 5, 2))
    with pytest.raises(Unmet, match="before the last"):
        list_back(board.source, date(2031, 5, 3), date(2031, 5, 2))
    Source.objects.update(connector="import")
    board.source.refresh_from_db()
    with pytest.raises(Unmet, match="handed in or imported"):
        list_back(board.source, None, None)


def test_the_command_names_the_source_and_the_days(board: Board) -> None:
    call_command("list_source", board.source.name, "--since", "2031-05-01")
    board.source.refresh_from_db()
    assert (board.source.cursor or {})["list"]["since"] == "2031-05-01"
    with pytest.raises(CommandError, match="no source called"):
        call_command("list_source", "Nobody")


def test_a_feed_and_a_list_may_show_one_entry_in_different_words(board: Board) -> None:
    polled(board, 1)
    work_off()
    board.archive = [[board.notice(1, snippet="as the archive tells it")]]
    board.show()
    list_back(board.source, None, None)
    work_off()
    run = SourceRun.objects.get(verb="list")
    assert (run.fresh, run.changed) == (0, 0)
    assert len(board.asked("/notice/1")) == 1
