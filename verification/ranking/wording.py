"""A wording as it is printed: what the printer marked as his own doing, and what is left of the words themselves.

Newspapers mark what they leave out ("…") and what they put in ("[the board]", "[T]he"), and spell as their house does.
Neither is a difference between the words.
"""

import re

from verification.matching.variants import spelling_key
from verification.ranking.words import plain_words

_BRACKETED_LETTERS = re.compile(r"\[(\w{1,2})\](?=\w)|(?<=\w)\[(\w{1,3})\]")
_MARKED = re.compile(r"\[[^\[\]]*\]|…|\.\s?\.\s?\.(?:\s?\.)?")
# A run of fewer words between two marks stands in any text.
SHORTEST_RUN = 3


def unmarked_runs(wording: str) -> list[str]:
    """Return the runs of words between a wording's ellipses and brackets; the whole where nothing is marked."""
    runs = [run.strip() for run in _MARKED.split(joined(wording))]
    telling = [run for run in runs if len(plain_words(run)) >= SHORTEST_RUN]
    return telling or [" ".join(filter(None, runs))]


def joined(wording: str) -> str:
    """Return a wording with letters in brackets put back into their words: "[T]hey" is "They"."""
    return _BRACKETED_LETTERS.sub(lambda match: match[1] or match[2], wording)


def searchable(wording: str) -> str:
    """Return a wording with its bracketed letters put back, and the other spelling of each word spelled otherwise."""
    words = joined(wording)
    others = {key for word in plain_words(words) if (key := spelling_key(word)) != word and key.isalpha()}
    return " ".join([words, *sorted(others)])
