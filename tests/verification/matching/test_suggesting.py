"""What the machine suggests: little, with reasons, and never against its own comparison."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from verification.matching.opposition import nearest
from verification.matching.quotes import check_quote
from verification.matching.suggesting import (
    ALTERED_QUOTATION,
    CONFIDENCE,
    CONTRADICTED,
    NOT_FOUND,
    SUPPORTED,
    Compared,
    Suggested,
    suggest,
    suggest_not_found,
)
from verification.models import Suggestion

RECORD = "Warden Quillfeather: We bought forty lamps for the northern mole, and no captain will pay a penny for them."
QUOTED = "We bought forty lamps for the northern mole, and no captain will pay a penny for them"
SENTENCES = (
    "The harbour board bought 40 lamps for the northern mole in spring.",
    "Light dues at Port Example fell by 12 per cent in the third quarter.",
    "Every ship of the northern line called at Port Example twice last year.",
)


def quotation(words: str, **fields: Any) -> Compared:
    """Lay a quotation beside the warden's own record."""
    compared = Compared(f"“{words}”", RECORD, (words,), check_quote(words, RECORD), tier=0, own_word=True)
    return replace(compared, **fields)


def figure(outcome: str, claim: str = "40", source: str = "forty", kind: str = "quantity") -> dict[str, Any]:
    return {"kind": kind, "outcome": outcome, "claim": claim, "source": source, "warns": outcome == "differs"}


def kind_of(compared: Compared) -> str | None:
    found = suggest(compared)
    return found.kind if found else None


def test_kinds_are_those_that_are_stored() -> None:
    assert {SUPPORTED, CONTRADICTED, ALTERED_QUOTATION, NOT_FOUND} == set(Suggestion.Kind.values)


def test_nothing_is_ever_certain() -> None:
    assert all(0.5 < confidence <= 0.9 for confidence in CONFIDENCE.values())


def test_a_quotation_that_stands_is_supported_most_surely_by_the_speakers_own_record() -> None:
    own, other = suggest(quotation(QUOTED)), suggest(quotation(QUOTED, own_word=False))
    assert own is not None and other is not None
    assert (own.kind, other.kind) == (SUPPORTED, SUPPORTED)
    assert own.confidence > other.confidence
    assert [str(reason) for reason in own.reasons] == [
        "the quoted words stand here",
        "it is the speaker’s own record",
    ]


def test_changed_words_that_matter_are_an_altered_quotation_and_others_nothing() -> None:
    found = suggest(quotation(QUOTED.replace("no captain", "every captain")))
    assert found is not None
    assert found.kind == ALTERED_QUOTATION
    assert "a negation was added or lost" in [str(reason) for reason in found.reasons]
    assert kind_of(quotation(QUOTED.replace("bought", "purchased"))) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"tier": 4},
        {"role": "context"},
        {"claim": f"The warden, who {'often ' * 30}speaks of lamps, said “{QUOTED}”"},
        {"figure_checks": [figure("differs")]},
        {"quote_check": {"class": "exact", "flags": ["truncated"], "similarity": 1.0}},
        {"quote_check": {"class": "altered", "flags": ["negation", "wrong_speaker"], "similarity": 0.9}},
        {"quote_check": {"class": "altered", "flags": ["negation"], "similarity": 0.62}},
        {"quotations": ("no captain",)},
    ],
)
def test_what_leaves_room_suggests_nothing(fields: dict[str, Any]) -> None:
    assert suggest(quotation(QUOTED, **fields)) is None


def test_a_stored_check_says_what_the_check_itself_says() -> None:
    check = {"class": "exact", "flags": [], "similarity": 1.0}
    assert suggest(quotation(QUOTED, quote_check=check)) == suggest(quotation(QUOTED))


def test_figures_that_differ_contradict_and_those_that_agree_support() -> None:
    claim, like = SENTENCES[0], "In spring the harbour board bought 60 lamps for the northern mole."
    differs = suggest(Compared(claim, like, figure_checks=[figure("differs", "40 lamps", "60 lamps")]))
    assert differs is not None
    assert (differs.kind, [str(reason) for reason in differs.reasons]) == (
        CONTRADICTED,
        ["“40 lamps” is claimed, “60 lamps” stands here"],
    )
    agrees = like.replace("60", "40")
    same, date = figure("agrees", source="40"), figure("agrees", source="spring", kind="date")
    assert kind_of(Compared(claim, agrees, figure_checks=[same])) == SUPPORTED
    assert kind_of(Compared(claim, agrees, figure_checks=[same, figure("not_comparable")])) is None
    assert kind_of(Compared(claim, agrees, figure_checks=[same, figure("differs", source="40")])) is None
    less = "In spring the board bought forty lamps for its northern harbour mole and rope for the southern one."
    assert kind_of(Compared(claim, less, figure_checks=[figure("agrees")])) == SUPPORTED
    assert kind_of(Compared(claim, less, figure_checks=[date])) is None
    other = f"{like} The board voted 40 thousand crowns."
    assert kind_of(Compared(claim, other, figure_checks=[same])) is None, "the figure is of another sentence"
    sold = less.replace("bought", "mended")
    assert kind_of(Compared(claim, sold, figure_checks=[figure("agrees")])) is None, "what was bought is not said"
    far = "The board met on the mole and spoke at length of paint, of rope and of the price of 60 lamps."
    assert kind_of(Compared(claim, far, figure_checks=[figure("differs", source="60")])) is None


def test_where_it_was_said_tests_nothing_but_the_quotation() -> None:
    same = Compared(SENTENCES[0], SENTENCES[0], figure_checks=[figure("agrees", source="40")])
    assert kind_of(same) == SUPPORTED
    assert kind_of(replace(same, role="said_where")) is None
    assert kind_of(replace(same, own_word=True)) is None
    assert kind_of(replace(same, own_word=True, role="tests_claim")) == SUPPORTED


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (SENTENCES[1], "Light dues at Port Example rose by 12 per cent in the third quarter."),
        (SENTENCES[2], "No ship of the northern line called at Port Example twice last year."),
        ("The board will not pay for the lamps of the mole.", "The board will pay for the lamps of the mole."),
    ],
)
def test_nearly_the_same_sentence_the_other_way_round_contradicts(claim: str, passage: str) -> None:
    assert kind_of(Compared(claim, f"The board met. {passage} Rain fell.")) == CONTRADICTED


@pytest.mark.parametrize("around", ["It is not true that {}", "Did the board say: {}?", "If {}", "He denied that {}"])
def test_a_sentence_that_is_not_said_as_a_fact_supports_nothing(around: str) -> None:
    claim = SENTENCES[2]
    assert kind_of(Compared(claim, around.format(claim[:1].lower() + claim[1:].rstrip(".")))) != SUPPORTED


def test_not_found_is_said_only_where_nothing_may_test_the_claim() -> None:
    claim = SENTENCES[0]
    far = Compared(claim, "The gulls of the bay were counted by a school class.")
    empty, found = suggest_not_found([]), suggest_not_found([far, far])
    assert empty is not None and found is not None
    assert (empty.kind, found.kind) == (NOT_FOUND, NOT_FOUND)
    assert found.confidence < empty.confidence
    assert suggest_not_found([far, Compared(claim, "The board bought lamps for the northern mole in autumn.")]) is None
    about = "For the northern mole lamps were ordered; the harbour master told the board, who paid."
    assert suggest_not_found([far, Compared(claim, about)]) is None
    assert suggest_not_found([replace(far, figure_checks=[figure("rounded")])]) is None
    assert suggest_not_found([replace(far, quote_check={"class": "altered", "flags": [], "similarity": 0.6})]) is None
    gone = {"class": "not_found", "flags": [], "similarity": 0.1}
    assert isinstance(suggest_not_found([replace(far, quote_check=gone)]), Suggested)


@given(st.sampled_from(SENTENCES), st.integers(1, 9))
def test_a_not_or_a_no_put_anywhere_into_a_sentence_never_supports_it(sentence: str, place: int) -> None:
    words = sentence.split()
    for added in ("not", "never", "hardly"):
        changed = " ".join([*words[:place], added, *words[place:]])
        assert kind_of(Compared(sentence, changed)) != SUPPORTED
        assert kind_of(Compared(changed, sentence)) != SUPPORTED


@given(st.sampled_from(SENTENCES[:2]), st.integers(0, 99))
def test_another_figure_never_supports(sentence: str, number: int) -> None:
    changed = "".join("" if sign.isdigit() else sign for sign in sentence).replace("  ", f" {number} ")
    if changed != sentence:
        assert kind_of(Compared(sentence, changed)) != SUPPORTED


@given(st.text(max_size=200), st.text(max_size=400))
def test_no_text_raises_an_error_and_shares_are_shares(claim: str, passage: str) -> None:
    assert 0.0 <= nearest(claim, passage).shared <= 1.0
    suggest(Compared(claim, passage))


def test_the_guide_states_the_same_confidence(settings: Settings) -> None:
    page = (settings.BASE_DIR / "docs" / "suggestions.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| [a-z ]+ \| (.+) \| (\d+) % \|$", page, re.MULTILINE)
    assert {row: int(per_cent) for row, per_cent in stated} == {row: round(100 * x) for row, x in CONFIDENCE.items()}
