"""How many of the words that say something two texts have in common, however many texts are known.

Rarity tells little on a young desk: among twenty cases the one with a text's commonest word is the nearest of all.
What is counted here is the same among twenty cases and among ten thousand.
"""

from dataclasses import dataclass
from functools import lru_cache

from claims.extraction.wordset import wordset
from verification.matching.same.terms import term, terms

# Words that stand in texts about anything, and what is left of "don't" and "we've".
_SAYING_NOTHING = frozenset(
    map(
        term,
        wordset(
            "a an the and or but if then than that this these those of to in on at for with by from as into about over "
            "out up is are was were be been being am has have had do does did will would can could should may might "
            "must shall it its he she they we you i his her their our my your me him them us who whom which what when "
            "where why how not no so such just also there here all any some more most other s t re ve ll d m"
        ),
    )
)
# So much of a known claim's words stands in the text, and of both texts' words in both, where both say the same; and
# those are some words, or nearly all that there are: of four, one that differs makes another claim.
MOST_OF_THE_CLAIM, A_THIRD_OF_BOTH = 0.55, 0.35
SOME_WORDS, NEARLY_ALL = 5, 0.8
# Less than this in common is chance.
TWO_WORDS, BY_CHANCE = 2, 0.15


@dataclass(frozen=True, slots=True)
class Shared:
    """The number of words in common, their share of the known claim's words and of both texts' (Dice), 0 to 1."""

    words: int
    of_claim: float
    of_both: float

    @property
    def most(self) -> bool:
        """Whether both can say the same and little else."""
        some = self.words >= SOME_WORDS or self.of_both >= NEARLY_ALL
        return some and self.of_claim >= MOST_OF_THE_CLAIM and self.of_both >= A_THIRD_OF_BOTH

    @property
    def enough(self) -> bool:
        """Whether it is more than chance."""
        return self.words >= TWO_WORDS and self.of_both >= BY_CHANCE


def shared(text: str, known: str) -> Shared:
    """Return what a text has in common with a known claim."""
    here, there = _saying(text), _saying(known)
    words = len(here & there)
    return Shared(words, words / (len(there) or 1), 2 * words / (len(here) + len(there) or 1))


@lru_cache(maxsize=1 << 14)
def _saying(text: str) -> frozenset[str]:
    """Return the words that say something; of a text without any, all."""
    held = frozenset(terms(text))
    return held - _SAYING_NOTHING or held
