"""What became of a passage in a newer copy: the same, moved, changed or gone; typesetting does not count."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.capture.text import normalise
from claims.extraction.contract import Selector, selector
from claims.extraction.fates import Fate, PassageFate, fate_of, fates_of, worst
from claims.extraction.word_diff import word_diff
from claims.models import Fate as StoredFate
from verification.matching.quotes import QuoteClass, check_quote

OPENING = "The harbour board of Port Example met on Tuesday to hear from the warden."
CITED = "We bought forty lamps for the northern mole, and no captain will pay a penny for them."
CLOSING = "The southern mole keeps its old lanterns until the spring tides are over."
PAGE = f"{OPENING}\n\n{CITED}\n\n{CLOSING}"


def cited(text: str = PAGE, words: str = CITED) -> Selector:
    start = text.index(words)
    return selector(text, start, start + len(words))


def became(new: str, old: str = PAGE, words: str = CITED) -> PassageFate:
    return fate_of(cited(old, words), old, new)


def test_the_fates_that_are_stored_are_those_that_are_found() -> None:
    assert [each.value for each in Fate] == list(StoredFate.values)


@pytest.mark.parametrize(
    "new",
    [
        PAGE,
        PAGE.replace("\n\n", "\n"),
        PAGE.replace(" ", "\n"),
        f"{PAGE}\n\nRead next: tides of the week.",
        PAGE.replace(CLOSING, "Nothing else was said."),
    ],
    ids=["unchanged", "paragraphs", "wrapped", "added below", "changed below"],
)
def test_the_same_words_after_the_same_text_are_the_same(new: str) -> None:
    found = became(new)
    assert found.fate is Fate.SAME
    assert " ".join(found.exact.split()).startswith("We bought forty")
    assert new[found.start : found.end] == found.exact
    assert not found.diff


def test_the_style_of_quotation_marks_apostrophes_and_ellipses_does_not_count() -> None:
    old = "She didn't wait... “The captains’ dues” were paid."
    new = 'She didn’t wait … "The captains\' dues" were paid.'
    assert became(new, old, old).fate is Fate.SAME


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dues rose by 4.1 per cent.", "Dues rose by 41 per cent."),
        ("Dues rose by 4.1 per cent.", "Dues rose by -4.1 per cent."),
        ("The Warden resigned.", "The warden resigned."),
        ("Lamps, oil, and rope", "Lamps, oil and rope"),
    ],
)
def test_what_may_change_the_meaning_counts_however_small(old: str, new: str) -> None:
    found = became(new, old, old)
    assert found.fate is Fate.CHANGED
    assert any(part.op != "equal" for part in found.diff)


def test_the_same_words_further_down_have_moved() -> None:
    found = became(f"Updated at noon.\n\n{PAGE}")
    assert (found.fate, found.exact, found.diff) == (Fate.MOVED, CITED, ())


def test_of_several_places_the_one_with_the_surroundings_counts() -> None:
    new = f"{CITED}\n\nA caption.\n\nNews.\n\n{OPENING}\n\n{CITED}\n\n{CLOSING}\n\n{CITED}"
    found = became(new)
    assert found.fate is Fate.MOVED
    assert found.start == new.index(CITED, 5)


def test_a_reworded_passage_is_changed_and_the_diff_leads_to_it() -> None:
    now = CITED.replace("no captain", "every captain").replace("forty", "fourteen")
    found = became(PAGE.replace(CITED, now))
    assert (found.fate, found.exact) == (Fate.CHANGED, now)
    changed = [(part.was.strip(), part.now.strip()) for part in found.diff if part.op != "equal"]
    assert changed == [("forty", "fourteen"), ("no", "every")]


def test_a_reworded_passage_is_found_where_it_was_moved_to() -> None:
    now = CITED.replace("a penny", "a pound")
    found = became(f"{CLOSING}\n\nThe tides.\n\n{now}\n\n{OPENING}")
    assert (found.fate, found.exact) == (Fate.CHANGED, now)


def test_wholly_other_words_in_its_place_are_its_successor() -> None:
    now = "Details will be published later."
    assert became(PAGE.replace(CITED, now)).exact == now


def test_a_figure_of_its_own_is_known_by_what_stands_round_it() -> None:
    old = "Quarter: third\nDues: 4.1\nShips: 212\nCrates of oil: 90"
    found = became(old.replace("4.1", "4.3"), old, "4.1")
    assert (found.fate, found.exact) == (Fate.CHANGED, "4.3")


@pytest.mark.parametrize(
    "new",
    [f"{OPENING}\n\n{CLOSING}", "Welcome to Port Example. Tides, tickets and times of the ferries.", ""],
    ids=["taken out", "another page", "empty"],
)
def test_what_nothing_is_like_is_gone(new: str) -> None:
    assert became(new) == PassageFate(Fate.GONE)


def test_a_passage_of_a_script_without_blanks_is_found_inside_its_sentence() -> None:
    old = "港口委员会星期二购买了四十盏灯。船长不付钱。"
    assert became(old.replace("不付", "必须付"), old, "购买了四十盏灯").fate is Fate.SAME
    assert became(old.replace("四十", "十四"), old, "购买了四十盏灯").exact == "购买了十四盏灯"


def test_the_worst_of_several_fates_is_told_of_a_page() -> None:
    assert worst([Fate.SAME, Fate.CHANGED, Fate.MOVED]) is Fate.CHANGED
    assert worst([]) is Fate.SAME


def test_twenty_passages_of_a_long_page_take_no_time() -> None:
    lines = [f"Ship number {n} paid {n * 7 % 1000} crowns of light dues at the {n % 13}th berth." for n in range(1600)]
    old = "\n".join(lines)
    assert len(old) > 90_000
    passages = [cited(old, lines[n]) for n in range(0, 1600, 80)]
    new = "\n".join(line.replace("paid", "owed") if n % 160 == 0 else line for n, line in enumerate(lines))
    began = time.perf_counter()
    found = fates_of(passages, old, new)
    assert time.perf_counter() - began < 1.5
    assert [each.fate for each in found[1:4]] == [Fate.MOVED, Fate.CHANGED, Fate.MOVED]


# What no rule of typesetting touches, and words enough that a passage is found by them.
VOCABULARY = ["harbour", "warden", "lamps", "oil", "crowns", "forty", "captains", "dues", "4.1", "£12", "no", "every"]
words = st.sampled_from(VOCABULARY)
sentences = st.lists(words, min_size=4, max_size=14).map(lambda each: " ".join(each).capitalize() + ".")
texts = st.lists(sentences, min_size=1, max_size=8)
odd = st.text(st.sampled_from("ab’'\"“”—-…[]()…. ,;:!?\n\téß1²٣,5$%&*_#\\|<>ﬁʼİK灯สื"), min_size=1, max_size=60)


@given(texts, texts, st.data())
@settings(max_examples=300, deadline=None)
def test_a_fate_is_told_by_the_words_that_stand_there(old: list[str], new: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(old) - 1))
    before, after = "\n\n".join(old), "\n\n".join(new)
    start = sum(len(each) + 2 for each in old[:number])
    passage = selector(before, start, start + len(old[number]))
    found = fate_of(passage, before, after)
    words_of = before[passage.start : passage.end].rstrip(".")
    assert (found.fate in {Fate.SAME, Fate.MOVED}) == (words_of in after)
    if found.fate is Fate.GONE:
        assert found.start is found.end is None
    else:
        assert after[found.start : found.end] == found.exact
        assert check_quote(passage.exact, after).quote_class is QuoteClass.EXACT or found.fate is Fate.CHANGED
    if found.fate is Fate.CHANGED:
        assert "".join(part.was for part in found.diff) == passage.exact
        assert "".join(part.now for part in found.diff) == found.exact


@given(odd, odd, st.data())
@settings(max_examples=300, deadline=None)
@example("ﬁ", "fi", None)
def test_no_text_raises_and_every_diff_rebuilds_both_sides(old: str, new: str, data: st.DataObject | None) -> None:
    old, new = normalise(old), normalise(new)
    diff = word_diff(old, new)
    assert ("".join(part.was for part in diff), "".join(part.now for part in diff)) == (old, new)
    if old and data is not None:
        start = data.draw(st.integers(0, len(old) - 1))
        end = data.draw(st.integers(start + 1, len(old)))
        found = fate_of(selector(old, start, end), old, new)
        assert found.exact == (new[found.start : found.end] if found.fate is not Fate.GONE else "")
        assert fate_of(selector(old, start, end), old, old).fate is Fate.SAME
