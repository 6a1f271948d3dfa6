"""What the checks of a picked passage warn of: its quotation, its figures and dates. A person answers; the machine
only asks. Knows no Django.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.wording import Words, words
from verification.review.rollup import WEIGHING

# What an answer may be: the difference changes the meaning, or it does not.
MEANING, HARMLESS = "meaning", "harmless"
ANSWERS = (MEANING, HARMLESS)

ASKS = {
    "altered": words("The words differ from the source."),
    "negation": words("A negation was added or lost."),
    "number": words("A number differs."),
    "modal": words("“May”, “must” or their like differ."),
    "name": words("A name differs."),
    "tense": words("The tense differs."),
    "quantifier": words("“All”, “nearly”, “some” or their like differ."),
    "stitched": words("Parts that stand apart were joined, unmarked."),
    "truncated": words("The sentence goes on with a condition or a limit."),
    "wrong_speaker": words("Somebody else says this in the source."),
}
_FIGURE = re.compile(r"figure[0-9]{1,3}")
_NUMBER = re.compile(r"[0-9]{1,15}")

Piece = tuple[int, str, Mapping[str, Any] | None, Sequence[Mapping[str, Any]] | None]
"""A piece's number, a name for its document, its stored quote check and its stored figure checks (None: not made)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one piece of evidence. `key` stays the same however the evidence is numbered."""

    key: str
    number: int
    text: Words
    severe: bool


def questions_of(pieces: Iterable[Piece]) -> list[Question]:
    """Return the questions to answer: of each piece those about its quotation, then those about figures and dates."""
    found: list[Question] = []
    for number, document, quote_check, figure_checks in pieces:
        found += _of_quotation(number, document, quote_check)
        found += _of_figures(number, document, figure_checks or ())
    return found


def kept(answers: Mapping[str, str]) -> dict[str, str]:
    """Return what a judgment keeps of answers: one of `ANSWERS` to a question, words on how parts were weighed."""
    weighing = {key: answer.strip() for key, answer in answers.items() if key == WEIGHING and answer.strip()}
    return weighing | {key: answer for key, answer in answers.items() if answer in ANSWERS and is_key(key)}


def is_asked(flag: str) -> bool:
    """Tell whether a question's key can end in this, after the document and a colon."""
    return flag in ASKS or _FIGURE.fullmatch(flag) is not None


def is_key(key: str) -> bool:
    """Tell whether a question can have this key: the number of a document, a colon, and what is asked."""
    document, _colon, flag = key.partition(":")
    return _NUMBER.fullmatch(document) is not None and is_asked(flag)


def _of_quotation(number: int, document: str, check: Mapping[str, Any] | None) -> Iterator[Question]:
    if not check:
        return
    flags = [flag for flag in check["flags"] if flag in ASKS]
    altered = check["class"] == "altered"
    for flag in flags or (["altered"] if altered else []):
        yield Question(f"{document}:{flag}", number, ASKS[flag], altered or flag == "wrong_speaker")


def _of_figures(number: int, document: str, checks: Sequence[Mapping[str, Any]]) -> Iterator[Question]:
    for index, check in enumerate(checks):
        if check["warns"]:
            text = words(
                "“%(claim)s” is printed, the source has “%(source)s”.", claim=check["claim"], source=check["source"]
            )
            yield Question(f"{document}:figure{index}", number, text, check["outcome"] == "differs")
