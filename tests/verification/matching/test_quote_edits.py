"""What one edit does to a quotation of our own documents, wherever in it the edit stands."""

import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verification.matching.markup import INVISIBLE
from verification.matching.quotes import PreparedText, QuoteClass, check_quote, prepare

PAIRS = Path(__file__).parents[3] / "benchmarks" / "pairs"
UNCHANGED = {QuoteClass.EXACT, QuoteClass.NORMALISED, QuoteClass.SPELLING}
NUMBER_WORDS = ["two", "three", "four", "five", "nine", "eleven", "forty", "hundred", "million", "billion", "first"]
AROUND = 15
"""Words that a passage has before and after the place of the edit, at most."""
EXAMPLES = 120


@cache
def documents() -> list[PreparedText]:
    lines = (PAIRS / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return [prepare(json.loads(line)["text"]) for line in lines]


def seen(source: PreparedText, start: int, end: int) -> str:
    """Return the stretch of the text as a reader sees it: without markup and stage directions."""
    return re.sub(f"[{INVISIBLE}\x01]", "", source.tokens.clean[start:end])


class Passage:
    """Words `first` to `last` of a document, of which one may be replaced, and words put before and after one."""

    def __init__(self, source: PreparedText, first: int, last: int) -> None:
        self.source, tokens = source, source.tokens
        self.start, self.end = tokens.starts[first], tokens.ends[last]
        self.words = [seen(source, tokens.starts[i], tokens.ends[i]) for i in range(first, last + 1)]
        self.gaps = [seen(source, tokens.ends[i], tokens.starts[i + 1]) for i in range(first, last)]

    def text(self, words: list[str] | None = None, gaps: list[str] | None = None) -> str:
        words, gaps = words or self.words, gaps or self.gaps
        return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


@cache
def places(kind: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return (document, word) of every word of the kind, documents with few of them first."""
    return [
        (number, index)
        for number, source in enumerate(documents())
        for index, word in enumerate(source.tokens.words)
        if kind(word)
    ]


@st.composite
def passages(draw: st.DrawFn, kind: Callable[[str], bool]) -> tuple[Passage, int]:
    """Draw a passage and the place in it (first, last or between) of a word of the kind."""
    number, at = draw(st.sampled_from(places(kind)))
    source = documents()[number]
    before, after = draw(st.integers(0, AROUND)), draw(st.integers(0, AROUND))
    first = max(0, at - before)
    last = min(len(source.tokens.words) - 1, max(at + after, first + 3))
    return Passage(source, first, last), at - first


def any_word(word: str) -> bool:
    return True


def has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


def is_number(word: str) -> bool:
    return word.casefold() in NUMBER_WORDS


def is_name(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word.isalpha()


def letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def assert_changed(quote: str, passage: Passage) -> None:
    """Assert that the edit is seen, unless what came of it stands elsewhere in the document as it is."""
    whole = seen(passage.source, 0, len(passage.source.text))
    assume(f" {letters(quote)} " not in f" {letters(whole)} ")
    assert check_quote(quote, passage.source).quote_class not in UNCHANGED, quote


@given(passages(any_word), st.sampled_from(["not", "never", "no"]), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_negation_added_anywhere_is_seen(drawn: tuple[Passage, int], negation: str, before: bool) -> None:
    passage, at = drawn
    words = list(passage.words)
    words[at] = f"{negation} {words[at]}" if before else f"{words[at]} {negation}"
    assert_changed(passage.text(words), passage)


@given(passages(has_digit), st.data())
@settings(max_examples=EXAMPLES)
def test_a_changed_digit_is_seen(drawn: tuple[Passage, int], data: st.DataObject) -> None:
    passage, at = drawn
    words = list(passage.words)
    digits = [match.start() for match in re.finditer(r"\d", words[at])]
    place = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from([digit for digit in "123456789" if digit != words[at][place]]))
    words[at] = words[at][:place] + digit + words[at][place + 1 :]
    assert_changed(passage.text(words), passage)


@given(passages(is_number), st.data())
@settings(max_examples=EXAMPLES)
def test_another_number_word_is_seen(drawn: tuple[Passage, int], data: st.DataObject) -> None:
    passage, at = drawn
    words = list(passage.words)
    words[at] = data.draw(st.sampled_from([word for word in NUMBER_WORDS if word != words[at].casefold()]))
    assert_changed(passage.text(words), passage)


@given(passages(is_name), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_dropped_name_is_seen(drawn: tuple[Passage, int], with_its_gap: bool) -> None:
    passage, at = drawn
    assume(0 < at < len(passage.words) - 1)
    words, gaps = list(passage.words), list(passage.gaps)
    words[at], gaps[at] = "", "" if with_its_gap else gaps[at]
    assert_changed(passage.text(words, gaps), passage)


@given(passages(is_name), st.data())
@settings(max_examples=EXAMPLES)
def test_two_names_that_changed_places_are_seen(drawn: tuple[Passage, int], data: st.DataObject) -> None:
    passage, at = drawn
    words = list(passage.words)
    others = [i for i, word in enumerate(words) if is_name(word) and word.casefold() != words[at].casefold()]
    assume(others)
    other = data.draw(st.sampled_from(others))
    words[at], words[other] = words[other], words[at]
    assert_changed(passage.text(words), passage)


@given(passages(any_word), st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES)
def test_wraps_dashes_and_quotation_marks_never_alter(drawn: tuple[Passage, int], chance: random.Random) -> None:
    passage, _ = drawn
    directions = "\x01" in passage.source.tokens.clean[passage.start : passage.end]
    gaps = []
    for gap in passage.gaps:
        gap = re.sub(r"\s+", lambda _: chance.choice([" ", "\n", "\xa0", "  ", " \n", "\u2009"]), gap)
        gap = re.sub("[—–]", lambda _: chance.choice(["—", "–", "--", "-", "―"]), gap)
        gaps.append(re.sub('[“”"]', lambda _: chance.choice('“”"«»„'), gap))
    words = [re.sub("[’']", lambda _: chance.choice("’'‘"), word) for word in passage.words]
    opening, closing = chance.choice(["", "“", '"', " "]), chance.choice(["", "”", ",", ".”", "!"])
    quote = opening + passage.text(words, gaps) + closing
    allowed = {QuoteClass.EXACT, QuoteClass.NORMALISED} | ({QuoteClass.EDITED} if directions else set())
    assert check_quote(quote, passage.source).quote_class in allowed, quote
