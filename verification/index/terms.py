"""How a text becomes terms: the words of a document and of a query meet as equal terms or not at all.

A word's term is casefolded (Unicode, after NFKC), without possessive 's, without the marks inside numbers and initials
("8,500" is "8500", "U.S." is "us"), stemmed by the Snowball algorithm of its language, and last without accents. Words
of an unknown language are stemmed as if they were English, those of a language without an algorithm not at all. Where a
script puts no blanks between words, each character is one.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

# What is stored was made by these rules: raise it when they change, and `rebuild` makes the old segments anew.
ANALYSIS_VERSION = 2
LONGEST_TERM = 64

# Letters and digits, joined by apostrophes, by marks within a number, and by the full stops of initials.
WORD = re.compile(r"\w+(?:['’]\w+|(?<=\d)[.,](?=\d)\w+|(?<=\b\w)\.\w\b)*")
CHARACTER = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
WITHOUT_BLANKS = frozenset({"zh", "ja", "th", "lo", "my", "km"})
# "l'ordre", "dell'Unione": the article is no part of the word.
ELIDING = frozenset({"fr", "it", "ca"})
UNKNOWN = "und"
# No language at all: words as they are.
PLAIN = ""
# ISO 639-1 codes of Snowball's algorithms.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nb": "norwegian",
    "nn": "norwegian",
    "no": "norwegian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
    # One word has one term whatever its language is, and what looks like an English ending often is one.
    UNKNOWN: "english",
}
_stemmers: dict[str, Stemmer.Stemmer] = {}
# A Stemmer keeps its working state: two threads in one would spoil each other's word.
_stemming = threading.Lock()


def primary_language(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag: "en" for "en-GB"."""
    return tag.partition("-")[0].partition("_")[0].lower()


def word_pattern(language: str) -> re.Pattern[str]:
    """Return what finds the words of a text in a language (a primary subtag)."""
    return CHARACTER if language in WITHOUT_BLANKS else WORD


@lru_cache(maxsize=200_000)
def term(word: str, language: str) -> str:
    """Return the term of a word as found by `word_pattern`; empty where nothing is left of it."""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("’", "'").strip("_'")
    folded = folded.removesuffix("'s").replace(",", "")
    if not any(map(str.isdigit, folded)):
        folded = folded.replace(".", "")
    if "'" in folded:
        folded = folded.rpartition("'")[2] if language in ELIDING else folded.replace("'", "")
    folded = _stem(folded, language)
    if not folded.isascii():
        folded = "".join(mark for mark in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(mark))
    return folded.replace("\0", "")[:LONGEST_TERM]


def terms(text: str, language: str) -> list[str]:
    """Return the terms of a text in the order of its words."""
    found = (term(word, language) for word in word_pattern(language).findall(text))
    return [found_term for found_term in found if found_term]


def _stem(word: str, language: str) -> str:
    algorithm = ALGORITHMS.get(language)
    if algorithm is None:
        return word
    with _stemming:
        if language not in _stemmers:
            # Without its own cache, which would be a second copy of ours.
            _stemmers[language] = Stemmer.Stemmer(algorithm, 0)
        return str(_stemmers[language].stemWord(word))
