"""Sets of words, written as one reads them."""


def wordset(words: str) -> frozenset[str]:
    """Return the words of a text that separates them by blanks."""
    return frozenset(words.split())
