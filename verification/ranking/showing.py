"""Which passage of a document is shown for a claim that quotes nothing."""

from collections.abc import Sequence
from itertools import pairwise

from claims.extraction.numbers.calendar_names import MONTHS
from claims.extraction.sentences import paragraphs, sentences
from verification.matching.accounts.statements import stem_of
from verification.ranking.found import Extract
from verification.ranking.words import COMMON, plain_words

# Shorter words tell nothing, figures aside.
SHORTEST = 4


def most_telling(claim: str, extracts: Sequence[Extract], nearest: int) -> Extract:
    """Return the passage whose own words hold most of the claim's telling words, figures and dates.

    Those that stand in one sentence count twice. Of equals the `nearest` in wording is returned, else the first in the
    text: extracts overlap, and the words beside a passage make two of them equally near.
    """
    wanted = _telling(claim)

    def worth(extract: Extract) -> tuple[int, bool, int]:
        passage = extract.passage
        parts = [passage[a:b] for first, last in paragraphs(passage) for a, b in sentences(passage, first, last)]
        together = max((len(wanted & _telling(part)) for part in parts), default=0)
        return len(wanted & _telling(passage)) + together, extract is extracts[nearest], -extract.start

    return max(extracts, key=worth)


def _telling(text: str) -> frozenset[str]:
    """Return what the forms of a text's words share, its figures, and its days of the month: "1 june"."""
    held = plain_words(text)
    days = {
        f"{day} {month}"
        for pair in pairwise(held)
        for day, month in (pair, pair[::-1])
        if day.isdigit() and month in MONTHS
    }
    own = {stem_of(word) for word in held if len(word) >= SHORTEST and word not in COMMON}
    return frozenset(own | {word for word in held if word[0].isdigit()} | days)
