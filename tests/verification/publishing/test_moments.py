"""Times as readers see them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from verification.publishing.moments import Moment, moment, zone_of

EVENING = datetime(2026, 11, 16, 23, 30, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "iso", "words"),
    [
        ("year", "2026", "2026"),
        ("month", "2026-11", "November 2026"),
        ("day", "2026-11-16", "16 Nov 2026"),
        ("minute", "2026-11-16T23:30:41+00:00", "16 Nov 2026, 23:30 UTC"),
        ("second", "2026-11-16T23:30:41+00:00", "16 Nov 2026, 23:30 UTC"),
    ],
)
def test_a_time_is_told_as_exactly_as_it_is_known_and_no_more(precision: str, iso: str, words: str) -> None:
    told = Moment(EVENING, precision)
    assert (told.iso, told.words) == (iso, words)


def test_a_day_is_the_same_day_in_every_zone() -> None:
    assert Moment(EVENING, "day", ZoneInfo("Asia/Tokyo")).words == "16 Nov 2026"
    assert Moment(EVENING, "day", zone_of(-300)).iso == "2026-11-16"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (ZoneInfo("Europe/Berlin"), "17 Nov 2026, 00:30 CET"),
        (ZoneInfo("America/Sao_Paulo"), "16 Nov 2026, 20:30 UTC−3"),
        (zone_of(-300), "16 Nov 2026, 18:30 UTC−5"),
        (zone_of(330), "17 Nov 2026, 05:00 UTC+5:30"),
        (zone_of(0), "16 Nov 2026, 23:30 UTC"),
        (zone_of(None), "16 Nov 2026, 23:30 UTC"),
    ],
)
def test_a_time_names_its_zone(zone: ZoneInfo, words: str) -> None:
    assert Moment(EVENING, zone=zone).words == words


def test_the_day_of_a_time_is_that_of_its_zone() -> None:
    assert Moment(EVENING, zone=ZoneInfo("Europe/Berlin")).day == "17 Nov 2026"
    assert Moment(EVENING, "month").day == "November 2026"


def test_an_unknown_time_stays_unknown() -> None:
    assert moment(None) is None
    assert moment(EVENING, "year") == Moment(EVENING, "year")


def test_the_element_holds_both_ways_of_saying_it() -> None:
    assert Moment(EVENING, "day").element == '<time datetime="2026-11-16">16 Nov 2026</time>'
