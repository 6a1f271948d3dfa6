import random

from hypothesis import given, settings
from hypothesis import strategies as st

from verification.matching.quotes import QuoteCheck, check_quote, prepare

WORDS = [
    "the", "harbour", "of", "Ellery", "will", "not", "close", "before", "March", "and", "every", "boat", "on",
    "the", "coast", "has", "fuel", "for", "twelve", "days", "because", "council", "members", "said", "that", "U.S.",
    "aid", "of", "$3,500", "was", "sent", "in", "April", "while", "nobody’s", "co-operation", "is", "certain",
    "organised", "defence", "spending", "rose", "by", "4.5", "per", "cent", "(Laughter.)", "**bold**",
    "[link](https://plans.example/x)", "\\###", "naïve", "ice-free",
]  # fmt: skip
GAPS = [
    " ",
    " ",
    " ",
    "  ",
    "\n",
    ", ",
    ". ",
    " — ",
    "\xa0",
    "\n\n",
    "; ",
    ": “",
    "” ",
    " \n- ",
    "\nMR. HOLM:  ",
    "\nQ    ",
]

sources = (
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=5, max_size=120)
    .map(lambda pairs: "".join(word + gap for word, gap in pairs))
    .filter(lambda source: bool(prepare(source).tokens.words))
)
any_text = st.text(
    st.sampled_from("ab’'\"“”—-…[]()…. ,;:!?\n\t\xa0\u200b\u00adéß1²٣,5$%&*_#\\|<>ﬁʼ\u0301İK"), max_size=80
)


def assert_consistent(quote: str, source: str, check: QuoteCheck) -> None:
    assert "".join(part.quote for part in check.diff) == quote
    passage = "".join(part.source for part in check.diff)
    if check.start is None or check.end is None:
        assert check.quote_class == "not_found"
        assert passage == ""
    else:
        assert 0 <= check.start <= check.end <= len(source)
        assert source[check.start : check.end] == passage
        assert source[: check.start].endswith(check.before)
        assert source[check.end :].startswith(check.after)
    assert 0 <= check.similarity <= 1
    for part in check.diff:
        assert part.quote or part.source
        assert (part.op == "insert") <= (part.source == "")
        assert (part.op == "delete") <= (part.quote == "")


@given(any_text, any_text)
def test_no_text_breaks_the_check_and_the_diff_rebuilds_both_sides(quote: str, source: str) -> None:
    assert_consistent(quote, source, check_quote(quote, source))


@given(sources, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_an_untouched_passage_is_exact(source: str, chance: random.Random) -> None:
    tokens = prepare(source).tokens
    first = chance.randrange(len(tokens.words))
    last = chance.randrange(first, min(len(tokens.words), first + 30))
    quote = source[tokens.starts[first] : tokens.ends[last]]
    check = check_quote(quote, source)
    assert check.quote_class == "exact"
    assert check.similarity == 1.0
    assert_consistent(quote, source, check)


@given(sources, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_folding_blanks_and_quotation_marks_keeps_prose_exact(source: str, chance: random.Random) -> None:
    source = source.replace("\n- ", "\n").replace("\nMR. HOLM:  ", "\n").replace("\nQ    ", "\n")
    tokens = prepare(source).tokens
    first = chance.randrange(len(tokens.words))
    last = chance.randrange(first, min(len(tokens.words), first + 30))
    passage = source[tokens.starts[first] : tokens.ends[last]]
    if "[" in passage or "](" in passage:
        return
    quote = " ".join(passage.split()).replace("“", '"').replace("”", '"').replace("’", "'")
    assert check_quote(quote + chance.choice([",", ".", "…", ""]), source).quote_class == "exact"


@given(sources, st.sampled_from(["zebra", "not", "never", "47", "might", "Brandt"]), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_a_replaced_or_inserted_word_is_never_exact(source: str, word: str, chance: random.Random) -> None:
    tokens = prepare(source).tokens
    first = chance.randrange(len(tokens.words))
    last = chance.randrange(first, min(len(tokens.words), first + 30))
    at = chance.randrange(first, last + 1)
    if tokens.words[at].casefold() == word.casefold():
        return
    begin, end = tokens.starts[first], tokens.ends[last]
    replaced = source[begin : tokens.starts[at]] + word + source[tokens.ends[at] : end]
    if word not in source:
        assert check_quote(replaced, source).quote_class not in {"exact", "normalised", "spelling"}
    if first < at:
        inserted = source[begin : tokens.starts[at]] + word + " " + source[tokens.starts[at] : end]
        check = check_quote(inserted, source)
        assert_consistent(inserted, source, check)
        if word not in source:
            assert check.quote_class not in {"exact", "normalised", "spelling"}


@given(sources, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_dropping_words_without_a_mark_keeps_the_diff_whole(source: str, chance: random.Random) -> None:
    tokens = prepare(source).tokens
    kept = [index for index in range(len(tokens.words)) if chance.random() < 0.8][:40]
    quote = " ".join(tokens.words[index] for index in kept)
    assert_consistent(quote, source, check_quote(quote, source))


@given(sources, sources)
@settings(max_examples=50)
def test_the_same_input_gives_the_same_answer(quote: str, source: str) -> None:
    assert check_quote(quote, source) == check_quote(quote, prepare(source))
