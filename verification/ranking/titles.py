"""How much of a title a claim speaks of: a title whose every telling word stands in the claim names its subject."""

import math
from collections import Counter
from collections.abc import Sequence

from verification.ranking.words import plain_words


def title_shares(text: str, titles: Sequence[str]) -> list[float]:
    """Return for each title the share of its words, by weight, that stand in `text`.

    A word's weight is ln(1 + n / df) among the titles themselves: what all of them hold tells none of them apart.
    """
    words = [set(plain_words(title)) for title in titles]
    holding = Counter(word for title in words for word in title)
    weights = {word: math.log(1 + len(titles) / count) for word, count in holding.items()}
    wanted = set(plain_words(text))
    return [
        sum(weights[word] for word in title & wanted) / (sum(weights[word] for word in title) or 1.0) for title in words
    ]
