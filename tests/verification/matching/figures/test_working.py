"""The working of a comparison reads as a person would write it."""

from datetime import date

import pytest

from verification.matching.figures.checking import check_figures


def working(claim: str, source: str, kind: str = "quantity") -> list[str]:
    day = date(2031, 5, 16)
    checks = check_figures(claim, source, claim_day=day, source_day=day)
    return [str(line) for check in checks if check.kind == kind for line in check.working]


def of(written: str) -> str:
    return f"The harbour council of Port Aster told of {written} on the northern mole."


@pytest.mark.parametrize(
    ("ours", "theirs", "lines"),
    [
        ("19 days", "nineteen days", ["“nineteen days” = 19 days"]),
        ("1 litre", "one litre", ["“one litre” = 1 litre"]),
        ("four percentage points", "4 percentage points", ["“four percentage points” = 4 percentage points"]),
        ("2 centuries", "two centuries", ["“two centuries” = 2 centuries"]),
        ("50% of homes", "half of homes", ["“50%” = 50 per cent", "“half” = 50 per cent"]),
        ("90 minutes", "1.5 hours", ["“90 minutes” = 1.5 hours"]),
        ("6 feet", "six feet", ["“six feet” = 6 feet"]),
        ("30°C", "30 degrees Celsius", ["“30°C” = 30 degrees Celsius"]),
        ("£3 million", "3 million pounds", ["“£3 million” = 3,000,000 pounds sterling"]),
    ],
)
def test_units_are_written_in_words(ours: str, theirs: str, lines: list[str]) -> None:
    told = working(of(ours), of(theirs))
    assert [line for line in lines if line not in told] == []


def test_a_number_that_was_read_as_it_is_written_is_not_told_again() -> None:
    assert working(of("214,000 homes"), of("214,000 homes")) == ["difference 0: the same"]
    assert working(of("19 days"), of("17 days"))[0].startswith("difference 2")


def test_a_whole_year_and_a_whole_month_are_named() -> None:
    closed = "The council of Port Aster closed the northern mole {}."
    assert working(closed.format("in 2019"), closed.format("in 2019"), "date") == ["“2019” is the year 2019"] * 2 + [
        "the same"
    ]
    assert working(closed.format("last month"), closed.format("in April 2031"), "date")[0] == (
        "“last month”, read from 16 May 2031, is April 2031"
    )
