"""Figures with their hedges, units and bounds, and what only looks like one."""

import pytest

from claims.extraction.numbers.quantities import quantities


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("It has 8,412 berths.", "8,412", 8412, None),
        ("They talked for 95 minutes.", "95 minutes", 95, "minute"),
        ("It rose by 4.5 per cent.", "4.5 per cent", 4.5, "percent"),
        ("It rose by 4%.", "4%", 4, "percent"),
        ("It rose by two percentage points.", "two percentage points", 2, "percentage point"),
        ("The fund holds $1.3 billion.", "$1.3 billion", 1.3e9, "USD"),
        ("The fund holds £2.4bn.", "£2.4bn", 2.4e9, "GBP"),
        ("The fund holds 3 million euros.", "3 million euros", 3e6, "EUR"),
        ("It cost 50 cents.", "50 cents", 0.5, "USD"),
        ("It weighs 12 tonnes.", "12 tonnes", 12, "tonne"),
        ("It was 30 degrees Celsius.", "30 degrees Celsius", 30, "degree Celsius"),
        ("Three hundred and fifty thousand left.", "Three hundred and fifty thousand", 350_000, None),
        ("It lasted one and a half hours.", "one and a half hours", 1.5, "hour"),
        ("Half a million left.", "Half a million", 500_000, None),
        ("Two-thirds of them left.", "Two-thirds", 2 / 3, None),
        ("One in five left.", "One in five", 0.2, None),
        ("A 45-minute call was made.", "45-minute", 45, "minute"),
        ("It is 2½ miles long.", "2½ miles", 2.5, "mile"),
        ("It is half a mile long.", "half a mile", 0.5, "mile"),
        ("It grew by a third of one per cent.", "a third of one per cent", 1 / 3, "percent"),
        ("The error is plus or minus 3 degrees.", "plus or minus 3 degrees", 3, "degree"),
        ("It was valued at 7.25 billion euros.", "7.25 billion euros", 7.25e9, "EUR"),
        ("The toll rose to nine.", "nine", 9, None),
        ("There were zero complaints.", "zero", 0, None),
        ("Oslo lent 3 million kroner.", "3 million kroner", 3e6, "NOK"),
        ("They lent 3 million kroner.", "3 million", 3e6, None),
        ("It took three quarters of an hour.", "three quarters of an hour", 0.75, "hour"),
        ("It fed 1.5m people.", "1.5m", 1_500_000, None),
        ("It is 1.5m tall.", "1.5m", 1.5, "metre"),
        ("It moved 5m tonnes.", "5m tonnes", 5e6, "tonne"),
        ("It is 6ft 3in tall.", "6ft 3in", 6.25, "foot"),
        ("It took two hours and thirty minutes.", "two hours and thirty minutes", 2.5, "hour"),
        ("It is a mile and a half away.", "a mile and a half", 1.5, "mile"),
        ("It lost a million and a half.", "a million and a half", 1.5e6, None),
        ("It cost a quarter of a million euros.", "a quarter of a million euros", 250_000, "EUR"),
        ("It was minus 4 degrees.", "minus 4 degrees", -4, "degree"),
        ("It was -4 °C.", "-4 °C", -4, "degree Celsius"),
        ("IT HIT 9 PER CENT.", "9 PER CENT", 9, "percent"),
        ("It has 1\u00a0250\u00a0000 pages.", "1\u00a0250\u00a0000", 1_250_000, None),
        ("The attack killed one sailor.", "one", 1, None),
    ],
)
def test_a_figure_has_its_value_and_unit(text: str, span: str, value: float, unit: str | None) -> None:
    (quantity,) = quantities(text)
    assert (quantity.text, quantity.unit) == (span, unit)
    assert quantity.value == pytest.approx(value)
    assert text[quantity.start : quantity.end] == span


@pytest.mark.parametrize(
    ("text", "span", "value", "low", "high", "approx"),
    [
        ("up to 4,200 sailors", "up to 4,200", 4200, None, 4200, False),
        ("more than 90,000 tonnes", "more than 90,000 tonnes", 90_000, 90_000, None, False),
        ("no more than 20 ships", "no more than 20", 20, None, 20, False),
        ("no fewer than 20 ships", "no fewer than 20", 20, 20, None, False),
        ("at least three ships", "at least three", 3, 3, None, False),
        ("about two and a half million people", "about two and a half million", 2.5e6, None, None, True),
        ("nearly a third of the crews", "nearly a third", 1 / 3, None, 1 / 3, True),
        ("between 4 and 5 per cent", "between 4 and 5 per cent", None, 4, 5, False),
        ("a fund of $5-10 million", "$5-10 million", None, 5e6, 1e7, False),
        ("70 to 80 ships", "70 to 80", None, 70, 80, False),
        ("20 or more ships", "20 or more", 20, 20, None, False),
        ("just over 20 ships", "just over 20", 20, 20, None, True),
        ("up to around 400 ships", "up to around 400", 400, None, 400, True),
        ("40 miles, give or take", "40 miles, give or take", 40, None, None, True),
        ("fifty-odd ships", "fifty-odd", 50, None, None, True),
        ("more than a decade", "more than a decade", 1, 1, None, False),
        ("two or three ships", "two or three", None, 2, 3, False),
        ("prices ranging from 3 to 5 per cent", "from 3 to 5 per cent", None, 3, 5, False),
    ],
)
def test_hedges_and_ranges_become_bounds(
    text: str, span: str, value: float | None, low: float | None, high: float | None, approx: bool
) -> None:
    (quantity,) = quantities(text)
    assert (quantity.text, quantity.approx) == (span, approx)
    assert (quantity.value, quantity.low, quantity.high) == pytest.approx((value, low, high))


def test_a_change_from_one_figure_to_another_is_two_figures_of_one_unit() -> None:
    assert [(quantity.value, quantity.unit) for quantity in quantities("It rose from 4 to 5 per cent.")] == [
        (4, "percent"),
        (5, "percent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The G7 met under Article 5 about the F-16.",
        "the 46th president",
        "on 24 January 2031 at 5:45 p.m.",
        "on Jan. 24, 2031",
        "in the 1990s and in 2004",
        "COVID-19 and 9/11",
        "it works 24/7",
        "a 4-3 vote",
        "the two envoys",
        "one of them",
        "for the third time",
        "Mr. Marsh, 69, said",
        "the Group of Seven",
        "No. 10 and Room 12",
        "99999999999999999999999",
        "passed 217-213",
        "a two-state solution",
        "Boeing 737 and Apollo 11",
        "sections 2, 3 and 4",
        "call 555-0142",
        "a 50-50 chance",
        "hundreds of thousands and dozens of others",
        "no one, for one thing",
        "at https://ports.example/?share=20%25",
        "the text of Proclamation\n9704",
    ],
)
def test_names_dates_times_scores_ages_and_ordinals_are_no_figures(text: str) -> None:
    assert quantities(text) == ()


def test_figures_are_found_within_a_window_with_offsets_into_the_whole_text() -> None:
    text = "Of 100 ships, 40 sank and 7 sailed."
    assert [text[quantity.start : quantity.end] for quantity in quantities(text, 14, 22)] == ["40"]
