"""Two versions of one text, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from verification.admin.case.versions import MOST_PAIRS, Clash, word_diff

TEXTS = st.text(alphabet="ab \n,", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_the_runs(before: str, after: str) -> None:
    runs = word_diff(before, after)
    assert "".join(run["quote"] for run in runs) == before
    assert "".join(run["source"] for run in runs) == after
    for run in runs:
        same = run["quote"].split() == run["source"].split()
        assert same if run["op"] == "equal" else True


def test_only_the_words_that_differ_are_in_a_changed_run() -> None:
    runs = word_diff("Every captain will pay a penny", "No captain will pay two pennies")
    assert [(run["quote"].strip(), run["source"].strip()) for run in runs if run["op"] != "equal"] == [
        ("Every", "No"),
        ("a penny", "two pennies"),
    ]


def test_blanks_alone_are_no_difference() -> None:
    assert {run["op"] for run in word_diff("one  two\n\nthree", "one two three")} == {"equal"}


def test_texts_too_long_to_compare_are_shown_as_one_run() -> None:
    long = round(MOST_PAIRS**0.5) + 1
    runs = word_diff("same " + "x " * long + "end", "same " + "y " * long + "end")
    assert [run["op"] for run in runs] == ["equal", "replace", "equal"]
    assert [run["quote"].strip() for run in runs if run["op"] == "equal"] == ["same", "end"]


def test_a_clash_is_one_only_where_the_texts_differ() -> None:
    assert not Clash("Headline", "No", "No").differs
    assert Clash("Headline", "No", "Yes").differs
