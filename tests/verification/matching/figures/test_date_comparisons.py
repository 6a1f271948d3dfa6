"""Dates of a claim beside those of a passage."""

from datetime import date

import pytest

from verification.matching.figures.checking import check_figures
from verification.matching.figures.contract import FigureCheck

_DAY = date(2031, 5, 16)  # a Friday
_DONE = "The council of Port Aster closed the northern mole {}."


def checked(ours: str, theirs: str, day: date | None = _DAY) -> list[FigureCheck]:
    checks = check_figures(_DONE.format(ours), _DONE.format(theirs), claim_day=day, source_day=day)
    return [check for check in checks if check.kind == "date"]


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        ("last Tuesday", "on 13 May 2031", "agrees"),
        ("on Tuesday", "on May 13", "agrees"),
        ("on Wednesday", "on 21 May 2031", "agrees"),
        ("last month", "in April 2031", "agrees"),
        ("in the first quarter of 2031", "in Q1 2031", "agrees"),
        ("in May 2031", "on 14 May 2031", "within"),
        ("last year", "on 3 March 2030", "within"),
        ("last Tuesday", "on 14 May 2031", "differs"),
        ("on 3 March 2031", "on 8 March 2031", "differs"),
        ("in 2029", "in 2030", "differs"),
        ("since 2019", "since 2017", "differs"),
    ],
)
def test_dates_agree_lie_within_each_other_or_differ(ours: str, theirs: str, outcome: str) -> None:
    (check,) = checked(ours, theirs)
    assert (check.outcome, check.warns) == (outcome, outcome == "differs")


def test_the_working_tells_what_a_relative_date_was_read_from() -> None:
    (check,) = checked("last Tuesday", "on 14 May 2031")
    assert [str(line) for line in check.working] == [
        "“last Tuesday”, read from 16 May 2031, is 13 May 2031",
        "“14 May 2031” is 14 May 2031",
        "not the same",
    ]


def test_without_a_day_to_read_it_from_a_relative_date_is_not_compared() -> None:
    assert checked("last Tuesday", "on 14 May 2031", None) == []


def test_dates_of_something_else_are_not_compared() -> None:
    source = "The ministers of Drennick signed a treaty on 2 April 2031."
    assert check_figures(_DONE.format("on 13 May 2031"), source, claim_day=_DAY, source_day=_DAY) == ()


@pytest.mark.parametrize(("ours", "theirs"), [("in fiscal year 2031", "in 2031"), ("on 3 May 2031", "in 2030")])
def test_dates_of_another_precision_do_not_contradict(ours: str, theirs: str) -> None:
    assert checked(ours, theirs) == []
