"""What a source showed is stored, once, whatever happens to the visit; only then is it asked "anything new?"."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from claims.capture.outcome import Outcome
from claims.models import HostLane, Work
from claims.models.clock import read_clock
from config.database import as_owner
from tests.replay.answering import Reply
from tests.verification.research.board import Board, work_off
from verification.models import Document, Source, SourceAddress, SourceItem, SourceRun
from verification.research.following import DAY, follow, wait_after
from verification.research.stretch import LIST, POLL
from verification.research.visiting import save_validators

pytestmark = pytest.mark.django_db(transaction=True)


def asked_again(board: Board) -> Source:
    """Let the source be due, ask it, and return it."""
    Source.objects.filter(pk=board.source.pk).update(next_at=read_clock())
    assert follow() == 1
    work_off(POLL)
    board.source.refresh_from_db()
    return board.source


def test_an_address_too_long_to_be_kept_costs_no_visit(board: Board) -> None:
    long = "https://port.example/?" + "&".join(f"{number * 7919}={number * number}" for number in range(700))
    save_validators(board.source, {long: ("etag", ""), "https://port.example/short": ("etag", "")})
    assert list(SourceAddress.objects.values_list("url", flat=True)) == ["https://port.example/short"]


def shown() -> set[str]:
    return set(SourceItem.objects.values_list("stable_id", flat=True))


def newest_run() -> SourceRun:
    return SourceRun.objects.filter(verb="poll").latest("pk")


def test_what_a_source_shows_becomes_documents_of_the_library(board: Board) -> None:
    board.pages = [[board.notice(3), board.notice(2)], [board.notice(1)]]
    board.show()
    source = asked_again(board)
    assert (source.outcome, source.failures, source.sentence) == ("OK", 0, "")
    assert source.newest_at == board.at(3)
    run = newest_run()
    assert (run.shown, run.fresh, run.changed, run.outcome) == (3, 3, 0, "OK")
    work_off()
    assert set(Document.objects.values_list("stable_id", flat=True)) == {"n1", "n2", "n3"}
    document = Document.objects.select_related("snapshot").get(stable_id="n2")
    item = SourceItem.objects.get(stable_id="n2")
    assert (item.state, item.document, item.outcome) == ("stored", document, "OK")
    assert (document.title, document.published, document.first_seen_at) == (
        "Notice 2",
        board.at(2),
        item.first_seen_at,
    )
    assert document.snapshot.final_url == board.site.address("/notice/2")


def test_one_that_is_switched_off_or_not_yet_due_is_not_asked(board: Board) -> None:
    board.show()
    asked_again(board)
    assert board.source.next_at > read_clock() + timedelta(minutes=59)
    assert follow() == 0
    Source.objects.update(next_at=read_clock(), enabled=False)
    assert follow() == 0
    assert len(board.asked("/list/1")) == 1


def test_not_modified_is_a_good_end_and_asked_for_by_what_was_stored_whole(board: Board) -> None:
    board.pages = [[board.notice(1)]]
    board.show()
    asked_again(board)
    kept = SourceAddress.objects.get(url=board.site.address("/list/1"))
    source = asked_again(board)
    assert (source.outcome, source.failures) == ("NOT_MODIFIED", 0)
    assert board.asked("/list/1")[1]["If-None-Match"] == kept.etag
    assert shown() == {"n1"}


@contextmanager
def nothing_can_be_stored() -> Iterator[None]:
    """Let the database refuse new entries, as it does when its disk is full."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_sourceitem ADD CONSTRAINT full_disk CHECK (id < 0) NOT VALID")
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE verification_sourceitem DROP CONSTRAINT full_disk")


def test_an_error_in_storing_leaves_the_old_validators(board: Board) -> None:
    board.pages = [[board.notice(1)]]
    board.show()
    asked_again(board)
    before = SourceAddress.objects.get()
    board.pages = [[board.notice(2), board.notice(1)]]
    board.show()
    with nothing_can_be_stored():
        asked_again(board)
    assert shown() == {"n1"}
    assert "full_disk" in Work.objects.get(kind=POLL, done_at__isnull=True).last_error
    assert SourceAddress.objects.get().etag == before.etag
    Work.objects.update(due_at=read_clock())
    work_off(POLL)
    assert shown() == {"n1", "n2"}
    assert board.asked("/list/1")[2]["If-None-Match"] == before.etag
    assert SourceAddress.objects.get().etag != before.etag


def test_a_page_that_fails_keeps_what_came_before_and_the_next_visit_goes_on_there(board: Board) -> None:
    board.pages = [[board.notice(5)], [board.notice(4)], [board.notice(3)], [board.notice(2)], [board.notice(1)]]
    board.show()
    whole = board.site.answers["/list/3"]
    board.break_page(3)
    source = asked_again(board)
    assert (source.outcome, source.failures, shown()) == ("FAILED", 1, {"n5", "n4"})
    assert source.sentence
    assert not SourceAddress.objects.exists()
    board.site.answers["/list/3"] = whole
    source = asked_again(board)
    assert (source.outcome, source.failures, shown()) == ("OK", 0, {"n1", "n2", "n3", "n4", "n5"})
    assert len(board.asked("/list/1")) == len(board.asked("/list/2")) == 1
    assert SourceAddress.objects.count() == 5
    assert [run.fresh for run in SourceRun.objects.order_by("pk")] == [2, 3]


def test_a_page_that_fails_twice_is_not_gone_on_from_a_third_time(board: Board) -> None:
    board.pages = [[board.notice(2)], [board.notice(1)]]
    board.show()
    board.break_page(2)
    asked_again(board)
    source = asked_again(board)
    assert (source.cursor, source.failures) == (None, 2)
    assert source.next_at < read_clock() + timedelta(minutes=67)
    board.pages[0].insert(0, board.notice(3))
    board.show()
    asked_again(board)
    assert shown() == {"n1", "n2", "n3"}


def test_an_empty_list_and_one_that_could_not_be_had_are_two_things(board: Board) -> None:
    board.show()
    assert asked_again(board).outcome == "EMPTY"
    assert not SourceAddress.objects.exclude(etag="").exists()
    board.break_page(1)
    for failures in (1, 2):
        source = asked_again(board)
        assert (source.outcome, source.failures) == ("FAILED", failures)
        assert source.next_at > read_clock() + timedelta(minutes=60 * 2**failures - 1)
    assert list(SourceRun.objects.order_by("pk").values_list("outcome", flat=True)) == ["EMPTY", "FAILED", "FAILED"]


def test_who_refuses_is_not_asked_before_a_day_has_passed(board: Board) -> None:
    board.break_page(1, status=403)
    source = asked_again(board)
    assert source.outcome == "REFUSED"
    assert source.next_at > read_clock() + timedelta(hours=23, minutes=59)
    assert source.sentence
    assert follow() == 0


def test_a_list_that_leads_on_at_a_host_that_seldom_allows_a_request_is_given_up_in_the_end(board: Board) -> None:
    board.site.answers["/list/1"] = Reply(status=301, headers={"Location": board.site.address("/list/2")})
    HostLane.objects.update(gap_ms=60_000)
    Source.objects.update(next_at=read_clock())
    follow()
    for _ in range(3):
        assert not SourceRun.objects.exists()
        HostLane.objects.update(next_at=read_clock())
        Work.objects.update(due_at=read_clock())
        work_off(POLL)
    assert newest_run().outcome == "THROTTLED"
    assert len(board.asked("/list/1")) <= 3


def test_an_entry_that_was_edited_is_fetched_again_and_takes_its_former_texts_place(board: Board) -> None:
    board.pages = [[board.notice(2, snippet="lowers"), board.notice(1)]]
    board.show()
    asked_again(board)
    work_off()
    before = Document.objects.get(stable_id="n2")
    board.pages = [[board.notice(2, snippet="raises", text="The harbour office raises the dues."), board.notice(1)]]
    board.show()
    asked_again(board)
    assert (newest_run().fresh, newest_run().changed) == (0, 1)
    work_off()
    before.refresh_from_db()
    assert before.superseded_at is not None
    assert Document.objects.get(stable_id="n2", superseded_at=None).text == "The harbour office raises the dues."
    assert Document.objects.filter(stable_id="n1").count() == 1


def test_an_edit_that_leaves_the_text_as_it_was_makes_no_new_document(board: Board) -> None:
    board.pages = [[board.notice(1, snippet="lowers")]]
    board.show()
    asked_again(board)
    work_off()
    board.pages = [[board.notice(1, snippet="lowers them")]]
    board.show()
    asked_again(board)
    work_off()
    assert Document.objects.count() == 1
    assert SourceItem.objects.get().state == "stored"


def test_a_source_that_fell_silent_is_told_to_be_stale(board: Board) -> None:
    day = read_clock() - timedelta(days=40)
    times = [(day - timedelta(days=number)).isoformat() for number in range(6)]
    board.pages = [[board.notice(9 - number, at=at) for number, at in enumerate(times)]]
    board.show()
    # An archive shows nothing new either, and nobody has to look at it.
    assert asked_again(board).outcome == "OK"
    SourceItem.objects.update(first_seen_at=F("published"))
    source = asked_again(board)
    assert (source.outcome, source.failures) == ("STALE", 0)
    assert "40 days" in source.sentence
    board.pages[0].insert(0, board.notice(10, at=read_clock().isoformat()))
    board.show()
    assert asked_again(board).outcome == "OK"


def test_a_list_that_is_stale_does_not_become_fine_by_not_being_modified(board: Board) -> None:
    board.answer("list/1", json.dumps({"notices": [board.notice(1)], "outcome": "STALE"}))
    assert asked_again(board).outcome == "STALE"
    assert asked_again(board).outcome == "STALE"
    assert shown() == {"n1"}


def test_a_configuration_that_cannot_be_used_is_told_once_and_not_tried_again_at_once(board: Board) -> None:
    Source.objects.update(configuration={"base": "no address"})
    source = asked_again(board)
    assert (source.outcome, source.failures) == ("FAILED", 1)
    assert source.sentence
    assert not Work.objects.filter(done_at__isnull=True).exists()


def test_a_visit_whose_workers_died_each_time_is_told_and_tried_again_when_it_is_due(board: Board) -> None:
    board.pages = [[board.notice(1)]]
    board.show()
    follow()
    Work.objects.update(quarantined_at=read_clock(), last_error="The worker died each time.")
    follow()
    board.source.refresh_from_db()
    assert (board.source.outcome, board.source.failures) == ("FAILED", 1)
    assert "died each time" in board.source.sentence
    follow()
    assert SourceRun.objects.count() == 1
    assert asked_again(board).outcome == "OK"
    assert shown() == {"n1"}


def test_a_source_that_is_asked_otherwise_meanwhile_stores_nothing_of_the_former_question(board: Board) -> None:
    board.pages = [[board.notice(1)]]
    board.show()
    listed = board.site.answers["/list/1"]
    assert isinstance(listed, Reply)

    def changed_meanwhile() -> Reply:
        Source.objects.update(configuration={"base": board.site.address("/other/")})
        return listed

    board.site.answers["/list/1"] = changed_meanwhile
    asked_again(board)
    assert not shown()
    assert not SourceAddress.objects.exists()


def test_waits_double_up_to_a_day_and_never_shorten_a_longer_rhythm() -> None:
    hour = timedelta(hours=1)
    waits = [wait_after(Outcome.FAILED, failures, hour) for failures in range(1, 8)]
    assert all(
        hours * hour <= wait <= hours * hour * 1.1 for hours, wait in zip((2, 4, 8, 16, 24), waits, strict=False)
    )
    assert max(waits) <= DAY * 1.1
    assert wait_after(Outcome.FAILED, 3, 7 * DAY) >= 7 * DAY
    assert hour <= wait_after(Outcome.OK, 0, hour) <= hour * 1.1


def test_where_nothing_shown_was_known_the_days_between_are_listed(board: Board) -> None:
    board.pages = [[board.notice(2), board.notice(1)]]
    board.show()
    asked_again(board)
    assert not Work.objects.filter(kind=LIST).exists()
    board.pages = [[board.notice(9), board.notice(8)]]
    board.archive = [[board.notice(number) for number in range(9, 2, -1)]]
    board.show()
    asked_again(board)
    work_off(LIST)
    assert shown() == {f"n{number}" for number in range(1, 10)}
    assert SourceRun.objects.get(verb="list").fresh == 5
