"""What holds of every text and every number that the figure check is given."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from verification.matching.figures.checking import check_figures

_DAY = date(2031, 5, 16)
PARTS = [
    "17", "8,412", "nearly", "up to", "more than", "between", "and", "from", "to", "4", "5.5", "per cent", "%", "€",
    "$", "2 million", "a month", "a year", "miles", "kilometres", "°C", "tons", "of homes", "wells", "ships",
    "half", "a third", "one in five", "rose", "fell", "by", "last Tuesday", "14 May 2031", "in 2030", "since 2019",
    "Q1 2031", "10:40", "12:00", "the harbour of Port Aster", "the council", "spent", ".", ",", "\n\n", "—", "“",
    "”", "٣", "½", "0", "-", "31 February", "in April", "two weeks ago", "/", "per", "household", "hours", "days",
    "pound", "1m", "999999999999999",
]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS), max_size=25).map(" ".join) | st.text(max_size=80)
days = st.none() | st.dates()
units = st.sampled_from(
    [("miles", "kilometres"), ("acres", "hectares"), ("tons", "tonnes"), ("hours", "minutes"), ("months", "years"),
     ("degrees Fahrenheit", "degrees Celsius"), ("pounds", "kilograms"), ("gallons", "litres"), ("weeks", "days")]
)  # fmt: skip
numbers = st.integers(1, 2_000_000).map(float) | st.floats(1, 5_000).map(lambda number: round(number, 1))


def written(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


@settings(deadline=None, max_examples=150)
@given(texts, texts, days, days)
def test_no_text_is_too_strange_and_every_offset_slices_to_what_it_names(
    claim: str, source: str, claim_day: date | None, source_day: date | None
) -> None:
    for check in check_figures(claim, source, claim_day=claim_day, source_day=source_day):
        assert claim[check.claim_start : check.claim_end] == check.claim
        assert source[check.source_start : check.source_end] == check.source
        assert check.working
        assert all(str(line) for line in check.working)


@settings(deadline=None, max_examples=150)
@given(texts, days)
@example("of homes 17 17 a month the council", None)
def test_a_text_agrees_with_itself(text: str, day: date | None) -> None:
    checks = check_figures(text, text, claim_day=day, source_day=day)
    assert {check.outcome for check in checks} <= {"agrees"}


@settings(deadline=None, max_examples=150)
@given(numbers, numbers, units)
def test_a_conversion_gives_the_same_answer_either_way(one: float, other: float, pair: tuple[str, str]) -> None:
    ours = f"The northern mole of the harbour measures {written(one)} {pair[0]} to the bar."
    theirs = f"The northern mole of the harbour measures {written(other)} {pair[1]} to the bar."
    there = check_figures(ours, theirs, claim_day=None, source_day=None)
    back = check_figures(theirs, ours, claim_day=None, source_day=None)
    assert [check.outcome for check in there] == [check.outcome for check in back]


@settings(deadline=None, max_examples=150)
@given(numbers, st.floats(2, 1000), st.sampled_from(["ships", "euros", "per cent", "km", "tonnes", "hours", "°C"]))
def test_a_number_twice_as_large_or_more_never_agrees(number: float, by: float, unit: str) -> None:
    larger = round(number * by + 0.05, 1)
    ours = f"The council of Port Aster told of {written(number)} {unit} in the harbour."
    theirs = f"The council of Port Aster told of {written(larger)} {unit} in the harbour."
    for claim, source in ((ours, theirs), (theirs, ours)):
        for check in check_figures(claim, source, claim_day=None, source_day=None):
            assert check.outcome not in ("agrees", "rounded", "within")
