"""The words of the queue's search: what they mean, and what is said of those that mean nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.admin.queue.search_language import FIELDS, MOST_TERMS, SORTS, Asked, Term, read, sorted_by

KNOWN = {
    "state": {"open": "open", "queued": "queued", "sign_off": "sign_off"},
    "kind": {"figure": "quantity", "quantity": "quantity", "quotation": "quotation"},
    "quote": {"altered": "altered", "none": "none"},
}
pieces = ["state:", "due:<", "-", '"', "“", "”", "'", "2d", " ", "marsh", "sort:", "queued", ":", "x:y"]
anything = st.text(max_size=80) | st.lists(st.sampled_from(pieces), max_size=12).map("".join)
names = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)
phrases = st.lists(names, min_size=1, max_size=3).map(" ".join)


def asked(text: str) -> Asked:
    """Read a search in the words of `KNOWN`."""
    return read(text, KNOWN)


def faults(text: str) -> str:
    """Return what is said of a search, as one text."""
    return "\n".join(map(str, asked(text).faults))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("lamps", Term("", "lamps")),
        ('"forty lamps"', Term("", "forty lamps")),
        ("“forty lamps”", Term("", "forty lamps")),
        ("'forty lamps'", Term("", "forty lamps")),
        ("harbour's", Term("", "harbour's")),
        ('"forty lamps', Term("", "forty lamps")),
        ("-lamps", Term("", "lamps", excluded=True)),
        ("-", Term("", "-")),
        ('-"forty lamps"', Term("", "forty lamps", excluded=True)),
        ("speaker:marsh", Term("speaker", "marsh")),
        ('Speaker:"Ada Marsh"', Term("speaker", "Ada Marsh")),
        ("-speaker:marsh", Term("speaker", "marsh", excluded=True)),
        ("state:queued", Term("state", "queued")),
        ('state:"Sign-off"', Term("state", "sign_off")),
        ("kind:figure", Term("kind", "quantity")),
        ("due:late", Term("due", "late")),
        ("due:<2d", Term("due", "<2d", sign="<", amount=2880)),
        ("due:>1w", Term("due", ">1w", sign=">", amount=10080)),
        ("due:<6h", Term("due", "<6h", sign="<", amount=360)),
        ("priority:>70", Term("priority", ">70", sign=">", amount=70)),
        ("priority:70", Term("priority", "70", sign="=", amount=70)),
        ("cycle:>=2", Term("cycle", ">=2", sign=">=", amount=2)),
        ("10:30", Term("", "10:30")),
        ("https://port.example/a", Term("", "https://port.example/a")),
        ('"state:queued"', Term("", "state:queued")),
    ],
)
def test_a_word_means_what_the_help_says(text: str, term: Term) -> None:
    assert asked(text) == Asked((term,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sate:queued", "“sate:queued” is not understood: write state:queued, or put it in quotes"),
        ("state:quued", "write state:queued"),
        ("state:zzz", "“state:zzz” is no state of a case: write one of these."),
        ("colour:red", "write one of speaker, outlet"),
        ("speaker:", "“speaker:” names nothing: write what to look for right after the colon"),
        ("due:<x", "“due:<x” is not understood: write due:late"),
        ("due:2d", "a length such as due:<2d"),
        ("priority:>101", "a number from 0 to 100"),
        ("cycle:two", "cycle:2"),
        ("sort:size", "sort:priority, sort:due or sort:new"),
        ("-sort:due", "sort:priority, sort:due or sort:new"),
    ],
)
def test_a_word_that_means_nothing_is_told_what_to_write_and_the_rest_counts(text: str, said: str) -> None:
    assert said in faults(text)
    assert asked(f"lamps {text} state:open").terms == (Term("", "lamps"), Term("state", "open"))


def test_a_state_that_there_is_not_asks_for_all_that_there_are() -> None:
    assert asked("state:zzz lamps").lacks_state
    assert not asked("state:quued kind:zzz").lacks_state


def test_the_last_order_counts_and_can_be_set_for_a_search_that_has_one() -> None:
    assert asked("sort:due lamps sort:new").sort == "new"
    assert sorted_by('sort:due "forty lamps"  -x', "priority") == 'sort:priority "forty lamps" -x'


def test_of_very_many_conditions_it_is_said_that_the_first_ones_count() -> None:
    text = " ".join(f"w{number}" for number in range(MOST_TERMS + 1))
    assert len(asked(text).terms) == MOST_TERMS
    assert f"Only the first {MOST_TERMS} conditions count" in faults(text)


def test_of_many_words_that_are_not_understood_the_first_three_are_told_and_how_many_more() -> None:
    told = list(map(str, asked(" ".join(f"zz{letter}:1" for letter in "abcdefg")).faults))
    assert [one.split("”")[0] for one in told[:3]] == ["“zza:1", "“zzb:1", "“zzc:1"]
    assert told[3:] == ["And 4 more."]


@given(anything)
def test_nothing_that_is_typed_is_dropped_in_silence(text: str) -> None:
    found = asked(text)
    assert set(found.sort.split()) <= set(SORTS)
    assert all(term.field in ("", *FIELDS) and term.value for term in found.terms)
    if any(letter.isalnum() for letter in text):
        assert found.terms or found.sort or found.faults


@given(st.lists(st.tuples(st.sampled_from(["", "speaker", "outlet", "topic"]), phrases, st.booleans()), max_size=8))
def test_what_is_written_out_is_read_as_it_was_meant(wanted: list[tuple[str, str, bool]]) -> None:
    terms = dict.fromkeys(Term(field, value, excluded) for field, value, excluded in wanted)
    texts = [f'{"-" * term.excluded}{term.field and term.field + ":"}"{term.value}"' for term in terms]
    assert asked(" ".join(texts)).terms == tuple(terms)


@given(anything, st.sampled_from(SORTS))
def test_another_order_changes_nothing_else_of_a_search(text: str, sort: str) -> None:
    before, after = asked(text), asked(sorted_by(text, sort))
    assert after.sort == sort
    assert after.terms == before.terms
