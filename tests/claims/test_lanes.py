"""One lane a host, whoever asks: moments are given away in order, and some are not given at all."""

import threading
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connections

from claims.capture.asking import Later
from claims.lanes import LONGEST_CRAWL_DELAY, SLACK, Pace, close, note_crawl_delay, reserve, take_turn
from claims.models import HostLane
from claims.models.clock import ClockTimestamp, read_clock

HOST = "press.example"
PACE = Pace(gap_seconds=2.0, daily_budget=100)
GAP = 2.0 * (1 + SLACK)

pytestmark = pytest.mark.django_db


def moments(count: int, pace: Pace = PACE, host: str = HOST) -> list[float]:
    """Take so many moments at once, and return how far they are off."""
    return [reserve(host, pace, ahead=1000).seconds for _ in range(count)]


def lane() -> HostLane:
    return HostLane.objects.get(host=HOST)


def test_moments_are_a_gap_apart_and_the_first_is_now() -> None:
    assert moments(4) == pytest.approx([0, GAP, 2 * GAP, 3 * GAP], abs=0.2)
    assert moments(1, host="other.example") == [0]


@pytest.mark.parametrize(
    ("own", "asked", "gap"), [(None, None, 2.0), (500, None, 0.5), (500, 3000, 3.0), (9000, 3000, 9.0), (0, None, 0)]
)
def test_the_longest_of_what_operator_and_site_ask_for_counts(own: int | None, asked: int | None, gap: float) -> None:
    HostLane.objects.create(host=HOST, gap_ms=own, crawl_delay_ms=asked)
    assert moments(2)[1] == pytest.approx(gap * (1 + SLACK), abs=0.2)


def test_a_lane_that_nobody_asked_for_a_while_saves_no_moments_up() -> None:
    HostLane.objects.create(host=HOST, next_at=read_clock() - timedelta(hours=1))
    assert moments(3) == pytest.approx([0, GAP, 2 * GAP], abs=0.2)


def test_a_moment_that_is_too_far_off_is_not_taken_and_it_is_said_when_to_come_back() -> None:
    moments(6)
    before = lane()
    with pytest.raises(Later, match="asked by others") as caught:
        reserve(HOST, PACE, ahead=4.0)
    assert 4.0 < caught.value.seconds < 6 * GAP
    assert (lane().next_at, lane().spent) == (before.next_at, before.spent)


def test_a_days_budget_ends_with_it_and_the_lanes_own_counts_before_the_desks() -> None:
    HostLane.objects.create(host=HOST, daily_budget=2, gap_ms=0)
    moments(2)
    with pytest.raises(Later, match="budget") as caught:
        reserve(HOST, PACE)
    assert 0 < caught.value.seconds <= 86_400
    assert lane().spent == 2
    HostLane.objects.update(day=read_clock().date() - timedelta(days=1))
    moments(1)
    assert (lane().spent, lane().day) == (1, read_clock().date())


def test_a_budget_of_none_is_no_request_on_any_day() -> None:
    HostLane.objects.create(host=HOST, daily_budget=0, spent=7, day=read_clock().date() - timedelta(days=1))
    with pytest.raises(Later, match="budget"):
        reserve(HOST, PACE)


def test_a_closed_lane_opens_at_its_time_and_not_before_the_latest_word() -> None:
    close(HOST, 600, "429")
    close(HOST, 60, "503")
    with pytest.raises(Later, match="left alone") as caught:
        reserve(HOST, PACE)
    assert caught.value.seconds == pytest.approx(600, abs=2)
    assert lane().closed_because == "503"
    HostLane.objects.update(closed_until=ClockTimestamp())
    assert moments(1) == [0]


def test_a_crawl_delay_counts_from_the_request_that_found_it() -> None:
    moments(1)
    note_crawl_delay(HOST, 10.0, PACE)
    assert moments(2) == pytest.approx([10 * (1 + SLACK), 20 * (1 + SLACK)], abs=0.2)
    note_crawl_delay(HOST, 10.0, PACE)
    assert moments(1) == pytest.approx([30 * (1 + SLACK)], abs=0.2)


@pytest.mark.parametrize(
    ("seconds", "stored"), [(None, None), (0.25, 250), (1e9, round(LONGEST_CRAWL_DELAY * 1000)), (420.0, 420_000)]
)
def test_a_crawl_delay_is_kept_up_to_ten_minutes(seconds: float | None, stored: int | None) -> None:
    HostLane.objects.create(host=HOST, crawl_delay_ms=5)
    note_crawl_delay(HOST, seconds, PACE)
    assert lane().crawl_delay_ms == stored


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_no_two_get_moments_nearer_than_the_gap() -> None:
    pace = Pace(gap_seconds=0.5, daily_budget=30)
    ready, began = threading.Barrier(8), time.monotonic()
    taken: list[float] = []
    sent_away: list[Later] = []

    def ask() -> None:
        try:
            ready.wait()
            for _ in range(4):
                moment = reserve(HOST, pace, ahead=1000)
                taken.append(time.monotonic() - began + moment.seconds)
        except Later as later:
            sent_away.append(later)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    assert len(taken) == lane().spent == 30
    assert 1 <= len(sent_away) <= 2
    assert min(later - earlier for earlier, later in pairwise(taken)) > 0.45
    assert taken[-1] - taken[0] == pytest.approx(29 * 0.5 * (1 + SLACK), rel=0.05)


def test_a_turn_is_waited_for() -> None:
    pace = Pace(gap_seconds=0.3, daily_budget=100)
    began = time.monotonic()
    for _ in range(3):
        take_turn(HOST, pace)
    assert 0.6 <= time.monotonic() - began < 1.2


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_turn_learns_that_the_host_was_closed_meanwhile() -> None:
    pace = Pace(gap_seconds=1.0, daily_budget=100)
    take_turn(HOST, pace)

    def complain() -> None:
        time.sleep(0.3)
        close(HOST, 900, "429")
        connections.close_all()

    other = threading.Thread(target=complain)
    other.start()
    with pytest.raises(Later, match="left alone"):
        take_turn(HOST, pace)
    other.join()
