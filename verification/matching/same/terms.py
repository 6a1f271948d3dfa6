"""A text's words as two wordings of one claim share them: one spelling, no case, no ending."""

import threading
from functools import lru_cache

import Stemmer

from verification.matching.tokens import WORD, plain_form
from verification.matching.variants import spelling_key

# A Stemmer keeps its working state: two threads in one would spoil each other's word.
_STEMMER = Stemmer.Stemmer("english", 0)
_stemming = threading.Lock()


def terms(text: str) -> list[str]:
    """Return the terms of a text in the order of its words; "two" is "2" and "organised" is "organized"."""
    return [term(word) for word in WORD.findall(text)]


@lru_cache(maxsize=1 << 16)
def term(word: str) -> str:
    """Return the term of a word: its key among spellings, without possessive 's, stemmed as English."""
    key = spelling_key(plain_form(word).removesuffix("'s")).replace("'", "")
    with _stemming:
        return str(_STEMMER.stemWord(key)) or key
