"""Texts that nobody wrote to be read: offsets hold for every claim, nothing is raised, two megabytes come to an end."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.capture.readable import read
from claims.extraction.contract import ArticleText, ExtractedClaim
from claims.extraction.english import EnglishEngine
from claims.extraction.quotations import quotations
from claims.extraction.sentences import paragraphs
from tests.claims.extraction.articles import SUMMIT
from tests.claims.extraction.engine_contract import LANGUAGES, assert_kept

QUICKLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

BRIDGE = "Mayor Ida Fenn said the bridge had cost 3 million euros."
SAID = st.sampled_from(
    [
        BRIDGE,
        "“We have not seen one sailor since the spring,” Otto Crane said.",
        "Nearly a third of the crews were paid late, according to the Harbour Union.",
        "„Wir haben 1.200 Schiffe und keinen Hafen“, sagte Ida Fenn.",
        "Selon la Banque d’Aster, les ventes ont augmenté de 4,5 % en un an.",
    ]
)
MARKS = st.sampled_from([*"\"“”„«»「」『』‘’'", "''", "``"])
UNSEEN = st.sampled_from(
    [
        *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u00a0", "\u202f", "\u2009", "\u202e"),
        *("\u2066", "\u2069", "\u0301", "\u0308", "\u20dd", "\ud83d", "\udc00", "\x00", "\x85", "\u2028", "\t"),
    ]
)


def claims_of(text: str, language: str | None = None) -> tuple[ExtractedClaim, ...]:
    claims = EnglishEngine().extract(ArticleText(text, language=language))
    assert_kept(text, claims)
    return claims


@given(
    said=st.lists(SAID, min_size=1, max_size=4), tags=st.lists(st.sampled_from(["div", "b", "td", "ul"]), max_size=3)
)
@settings(QUICKLY, max_examples=15)
def test_a_page_nested_a_hundred_deep(said: list[str], tags: list[str]) -> None:
    nest = (tags or ["div"]) * 100
    opening, closing = "".join(f"<{tag}>" for tag in nest[:100]), "".join(f"</{tag}>" for tag in reversed(nest[:100]))
    told = [f"{BRIDGE} It was told at the quay, where many stood and heard it.", *said]
    body = "".join(f"<p>{sentence}</p>" for sentence in told)
    page = read(f"<html><body>{opening}{body}{closing}</body></html>".encode(), "text/html")
    assert BRIDGE in page.text
    assert any("3 million" in claim.text for claim in claims_of(page.text, "en"))


@given(parts=st.lists(st.one_of(SAID, MARKS, st.just("\n\n")), min_size=1, max_size=30), language=LANGUAGES)
@QUICKLY
def test_quotations_that_never_close(parts: list[str], language: str | None) -> None:
    claims_of(" ".join(parts), language)
    claims_of("".join(parts), language)


@given(sentence=SAID, unseen=st.lists(st.tuples(st.integers(0, 80), UNSEEN), max_size=12), language=LANGUAGES)
@QUICKLY
def test_characters_that_are_not_seen(sentence: str, unseen: list[tuple[int, str]], language: str | None) -> None:
    for place, character in unseen:
        sentence = sentence[:place] + character + sentence[place:]
    claims_of(sentence, language)


@given(
    turns=st.lists(st.tuples(st.sampled_from(["FENN", "MODERATOR", "CRANE (via video)", "Q", "—"]), SAID), max_size=8)
)
@QUICKLY
def test_transcripts(turns: list[tuple[str, str]]) -> None:
    claims_of("\n".join(f"{name}: {said}" for name, said in turns))
    claims_of("\n\n".join(f"{name}:\n{said}" for name, said in turns))


@given(
    items=st.lists(SAID, min_size=1, max_size=8),
    bullet=st.sampled_from(["• ", "- ", "1. ", "(a) ", "» ", "* ", "| ", "4,200\t", "→ "]),
    language=LANGUAGES,
)
@QUICKLY
def test_lists_and_tables(items: list[str], bullet: str, language: str | None) -> None:
    claims_of("\n".join(bullet + item for item in items), language)
    claims_of("\n".join(f"{bullet}{number}\t{number * 7}.5 %\t{item}" for number, item in enumerate(items)), language)


@given(text=st.text(st.characters(min_codepoint=0x590, max_codepoint=0x6FF), max_size=300), said=SAID)
@QUICKLY
def test_text_that_runs_from_right_to_left(text: str, said: str) -> None:
    claims_of(f"\u2067{text}\u2069 «{said}» {text}", "ar")
    claims_of(f"{text} {said} {text}")


@given(said=st.lists(SAID, min_size=1, max_size=5), language=LANGUAGES)
@QUICKLY
def test_all_capitals(said: list[str], language: str | None) -> None:
    claims_of(" ".join(said).upper(), language)


LONG = {
    "prose": "Mayor Ida Fenn said the bridge had cost 3 million euros, and nobody had asked the crews. ",
    "opening marks": "“‘„«",
    "marks that cross": '«"『“‘',
    "opening, then closing": "",
    "possessives": "leaders’ ",
    "digits": "9",
    "points": "...... ",
    "blanks": " \u00a0",
    "carriage returns": "\r \r\u2028",
    "verbs of saying": "Ida Fenn sagte ",
    "capitals": "Ida Fenn ",
    "no vowel": "𝔵\u0301",
}


@pytest.mark.parametrize(
    "characters", [50_000, pytest.param(2_000_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("shape", LONG)
def test_two_megabytes_in_one_line_come_to_an_end(shape: str, language: str, characters: int) -> None:
    unit = LONG[shape]
    text = unit * (characters // len(unit)) if unit else "«" * (characters // 2) + "』" * (characters // 2)
    claims_of(text, language)


@given(text=st.lists(st.one_of(MARKS, st.sampled_from([" ", "a", "s", ".", ", ", "\n\n"])), max_size=60).map("".join))
@QUICKLY
def test_no_two_quotations_overlap_and_none_is_empty(text: str) -> None:
    last = 0
    for quote in quotations(text, paragraphs(text)):
        assert last <= quote.outer_start <= quote.start < quote.end <= quote.outer_end
        last = quote.outer_end


def test_an_article_behind_hidden_characters_still_gives_its_claims() -> None:
    assert len(claims_of(SUMMIT.replace(" ", "\u00a0"))) > 5
