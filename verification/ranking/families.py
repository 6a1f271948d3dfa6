"""How much of a claim a document speaks of, word families taken as one: "immigrants" speak of "immigration".

A stem tells forms of one word from another word; a paraphrase often changes the word and keeps the family.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence

from verification.ranking.words import plain_words

# So many letters at a word's beginning name its family.
LETTERS = 5


def families(words: Collection[str]) -> frozenset[str]:
    """Return the families of plain words."""
    return frozenset(word[:LETTERS] for word in words)


def family_shares(text: str, held: Sequence[frozenset[str]]) -> list[float]:
    """Return for each document's families the share of the text's families, by weight, that are among them.

    A family's weight is ln(1 + n / df) among these documents: what all of them hold tells none of them apart.
    """
    wanted = families(plain_words(text))
    holding = Counter(family for own in held for family in own & wanted)
    weights = {family: math.log(1 + len(held) / max(1, holding[family])) for family in wanted}
    whole = sum(weights.values()) or 1.0
    return [sum(weights[family] for family in own & wanted) / whole for own in held]
