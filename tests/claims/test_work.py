"""The queue of record: leases, tokens, attempts, the sweep."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connections, transaction

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp
from claims.running import run_leased

KIND = "tests.nothing"
pytestmark = pytest.mark.django_db(transaction=True)


def row() -> Work:
    work.enlist(KIND, [1])
    return Work.objects.get()


def let_the_lease_run_out(work_id: int) -> None:
    Work.objects.filter(pk=work_id).update(lease_until=ClockTimestamp() - timedelta(seconds=1))


def finish(lease: work.Lease) -> None:
    with transaction.atomic():
        work.complete(lease)


def test_work_enlisted_twice_is_one_row_until_it_is_done() -> None:
    first = row()
    work.enlist(KIND, [1, 2])
    assert Work.objects.count() == 2
    lease = work.take(first.pk)
    assert lease is not None
    finish(lease)
    work.enlist(KIND, [1])
    assert Work.objects.filter(subject=1, done_at__isnull=True).count() == 1


def test_of_many_workers_that_reach_for_a_row_one_gets_it() -> None:
    pk = row().pk
    leases: list[work.Lease | None] = []
    ready = threading.Barrier(8)

    def reach() -> None:
        try:
            ready.wait()
            leases.append(work.take(pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reach) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([lease for lease in leases if lease]) == 1


def test_a_lease_that_ran_out_returns_the_row_to_the_queue() -> None:
    pk = row().pk
    assert work.take(pk) is not None
    assert work.take(pk) is None
    let_the_lease_run_out(pk)
    again = work.take(pk)
    assert again is not None
    assert again.attempt == 2


def test_whoever_lost_the_lease_can_neither_complete_nor_fail_nor_renew() -> None:
    pk = row().pk
    lost = work.take(pk)
    assert lost is not None
    let_the_lease_run_out(pk)
    holder = work.take(pk)
    assert holder is not None
    with pytest.raises(work.LeaseLost), transaction.atomic():
        work.complete(lost)
    work.fail(lost, "too late")
    assert not work.renew(lost)
    assert Work.objects.get().token == holder.token
    finish(holder)
    with pytest.raises(work.LeaseLost), transaction.atomic():
        work.complete(holder)


def test_a_completion_outside_a_transaction_is_a_mistake_in_the_program() -> None:
    lease = work.take(row().pk)
    assert lease is not None
    with pytest.raises(RuntimeError, match="transaction"):
        work.complete(lease)


def test_failed_work_is_due_again_later_and_quarantined_after_the_last_attempt() -> None:
    pk = row().pk
    for attempt in range(1, work.MAX_ATTEMPTS + 1):
        Work.objects.filter(pk=pk).update(due_at=ClockTimestamp())
        lease = work.take(pk)
        assert lease is not None
        assert lease.attempt == attempt
        work.fail(lease, f"attempt {attempt}")
        assert work.take(pk) is None
    poison = Work.objects.get()
    assert poison.quarantined_at is not None
    assert poison.last_error == f"attempt {work.MAX_ATTEMPTS}"
    assert work.sweep() == []
    assert work.release(pk)
    assert work.take(pk) is not None


def test_a_permanent_failure_is_quarantined_at_once() -> None:
    lease = work.take(row().pk)
    assert lease is not None
    work.fail(lease, "never", permanent=True)
    assert Work.objects.get().quarantined_at is not None


def test_a_row_whose_workers_all_died_is_quarantined_by_the_sweep() -> None:
    pk = row().pk
    for _ in range(work.MAX_ATTEMPTS):
        assert work.take(pk) is not None
        let_the_lease_run_out(pk)
    assert work.take(pk) is None
    assert work.sweep() == []
    assert Work.objects.get().quarantined_at is not None
    assert "died" in Work.objects.get().last_error


def test_the_sweep_rings_once_and_again_only_when_the_bell_may_have_been_lost() -> None:
    pk = row().pk
    assert work.sweep() == [(KIND, pk)]
    assert work.sweep() == []
    Work.objects.update(rung_at=ClockTimestamp() - work.RING_AGAIN_AFTER - timedelta(seconds=1))
    assert work.sweep() == [(KIND, pk)]


def test_the_sweep_leaves_held_finished_and_postponed_rows_alone() -> None:
    work.enlist(KIND, [1, 2, 3])
    held, finished, postponed = Work.objects.order_by("subject")
    assert work.take(held.pk) is not None
    lease = work.take(finished.pk)
    assert lease is not None
    finish(lease)
    Work.objects.filter(pk=postponed.pk).update(due_at=ClockTimestamp() + timedelta(hours=1))
    assert work.sweep() == []
    let_the_lease_run_out(held.pk)
    assert work.sweep() == [(KIND, held.pk)]


def test_a_lease_is_kept_alive_while_its_holder_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LEASE", timedelta(seconds=1.5))
    monkeypatch.setattr(work, "RENEW_EVERY", timedelta(seconds=0.2))
    pk = row().pk
    lease = work.take(pk)
    assert lease is not None
    with work.held(lease):
        threading.Event().wait(2.5)
        assert work.take(pk) is None
    finish(lease)


def test_an_error_in_the_verb_gives_the_row_back_with_its_words() -> None:
    pk = row().pk

    def verb(lease: work.Lease) -> None:
        raise ValueError("no such page")

    assert not run_leased(pk, verb)
    assert Work.objects.get().last_error == "ValueError: no such page"
    assert Work.objects.get().token is None


def test_a_row_that_does_not_exist_is_nobodys_work() -> None:
    assert not run_leased(10**9, lambda lease: pytest.fail(f"ran {lease}"))


def test_an_error_that_postgresql_cannot_hold_is_kept_without_what_it_cannot_hold() -> None:
    lease = work.take(row().pk)
    assert lease is not None
    work.fail(lease, "bad \0 byte and \ud800 surrogate")
    assert Work.objects.get().last_error == "bad  byte and ? surrogate"


def test_whoever_is_told_to_stop_gives_the_row_back_without_counting_the_attempt() -> None:
    pk = row().pk

    def verb(lease: work.Lease) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_leased(pk, verb)
    again = work.take(pk)
    assert again is not None
    assert again.attempt == 1


def test_a_database_error_that_is_the_rows_own_fault_is_kept_with_its_words() -> None:
    pk = row().pk

    def verb(lease: work.Lease) -> None:
        raise OperationalError("index row size exceeds maximum")

    assert not run_leased(pk, verb)
    assert "index row size" in Work.objects.get().last_error
    assert Work.objects.get().token is None


def test_release_lets_a_row_be_tried_from_the_start_unless_somebody_holds_it() -> None:
    pk = row().pk
    lease = work.take(pk)
    assert lease is not None
    assert not work.release(pk)
    work.fail(lease, "try later")
    assert work.take(pk) is None
    assert work.release(pk)
    again = work.take(pk)
    assert again is not None
    assert again.attempt == 1
