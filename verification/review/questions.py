"""What the quote check of a picked passage warns of. A person answers; the machine only asks. Knows no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims.wording import Words, words

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


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one piece of evidence. `key` stays the same however the evidence is numbered."""

    key: str
    number: int
    text: Words
    severe: bool


def questions_of(pieces: Iterable[tuple[int, str, Mapping[str, Any] | None]]) -> list[Question]:
    """Return the questions to answer. A piece is (number, a name for its document, its stored quote check or None)."""
    found = []
    for number, document, check in pieces:
        if not check:
            continue
        flags = [flag for flag in check["flags"] if flag in ASKS]
        altered = check["class"] == "altered"
        for flag in flags or (["altered"] if altered else []):
            severe = altered or flag == "wrong_speaker"
            found.append(Question(f"{document}:{flag}", number, ASKS[flag], severe))
    return found
