"""The names in a claim: capitalised words, taken together where they stand together, without titles of office."""

import re
from collections.abc import Collection

from claims.extraction.wordset import wordset
from verification.ranking.words import POSSESSIVE, plain_words

_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_](?:[\w’'-]*[^\W_])?")
_BLANKS = frozenset({" ", "\u00a0"})
_PARTICLES = frozenset(
    ["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "bin", "al", "el", "ibn", "of"]
)
# Words of office, nation and calendar that are written with a capital and name nobody.
_OFFICES = """
    ambassador chair chairman chairwoman chancellor commissioner congressman congresswoman deputy dr foreign first
    general gen governor gov judge king lady leader lord minister mr mrs ms president prime prince princess queen
    representative rep secretary secretary-general senator sen speaker spokesman spokesperson spokeswoman vice
"""
_OTHERS = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december american british chinese european french german italian polish russian
    ukrainian i us u.s u.s. the a an this that these those he she it they we in on at
"""
_NO_NAMES = frozenset([*_OFFICES.split(), *_OTHERS.split()])
# What may open a sentence before a name and be no part of it.
_PREPOSITIONS = wordset(
    """
    above across after against along amid among around before behind below beneath beside besides between beyond by
    despite during for from inside into like near off onto opposite outside over past since through throughout to
    toward towards under until upon with within without
    """
)
_SENTENCE_ENDS = frozenset('.!?:;…"“”‘«»([–—•*\n')


def names(text: str) -> list[str]:
    """Return the names in a text, each once, in order.

    A single word that begins a sentence may be any word, so it is left out.
    """
    runs: list[tuple[list[str], bool]] = []
    end = -1
    particles: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        between = text[end : match.start()] if runs and end >= 0 else ""
        # The full stop of an initial ends nothing: "J. Example".
        joined = between in _BLANKS or (between[:1] == "." and between[1:] in _BLANKS and _initial(runs[-1][0][-1]))
        if word[0].isupper():
            if joined:
                runs[-1][0].extend([*particles, word])
            else:
                runs.append(([word], _begins(text, match.start())))
            particles, end = [], match.end()
        elif joined and word in _PARTICLES:
            particles.append(word)
            end = match.end()
        else:
            particles, end = [], -1
    return list(dict.fromkeys(name for words, begins in runs if (name := _name(words, begins))))


def holds_name(name: str, words: Collection[str]) -> bool:
    """Tell whether a text of such plain words has a name's last word, as later mentions of a person do."""
    held = plain_words(name)
    return bool(held) and held[-1] in words


def _initial(word: str) -> bool:
    return len(word) == 1


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \u00a0\t")
    return not before or before[-1] in _SENTENCE_ENDS


def _name(words: list[str], begins: bool) -> str:
    """Return what is left of a run of words without titles before the name and after it; empty if nothing is."""
    if begins and len(words) > 1 and words[0].casefold() in _PREPOSITIONS:
        words, begins = words[1:], False
    offices = [index for index, word in enumerate(words) if word.casefold() in _NO_NAMES]
    while offices and offices[-1] == len(words) - 1:
        words = words[:-1]
        offices.pop()
    if offices:
        words, begins = words[offices[-1] + 1 :], False
    if not words or (begins and len(words) == 1) or _initial(words[-1]):
        return ""
    return POSSESSIVE.sub("", " ".join(words))
