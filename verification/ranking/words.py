"""Plain words of a text: enough to compare a claim with a passage word by word."""

import re
from collections.abc import Iterable

from claims.extraction.wordset import wordset

WORD = re.compile(r"\w+(?:['’]\w+)*")
POSSESSIVE = re.compile(r"['’]s\b")
SHORTEST_TOLD = 5
# Long enough to be told and yet telling nothing.
COMMON = wordset(
    """
    about after again against among around because before being between could during every might other shall should
    since still their there these thing things think those through today under until where which while whose
    within without would years
    """
)


def plain_words(text: str) -> list[str]:
    """Return the words of a text, casefolded and without possessive 's, in order."""
    return WORD.findall(POSSESSIVE.sub("", text.casefold()))


def listed(items: Iterable[str]) -> str:
    """Return a few items in a row."""
    return ", ".join(items)


def longest_shared(text: str, other: str, most: int) -> list[str]:
    """Return the longest words that both texts hold, in the order of the first; common ones tell nothing."""
    shared = set(plain_words(other)) - COMMON
    words = dict.fromkeys(word for word in plain_words(text) if len(word) >= SHORTEST_TOLD and word in shared)
    told = sorted(words, key=len, reverse=True)[:most]
    return [word for word in words if word in told]
