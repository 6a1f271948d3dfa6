"""The words and marks of a text as two copies of it are compared: what only typesetting changes does not count.

That is what the class `exact` of the quote check leaves out (design §4.1): line wraps and blanks, the style of
apostrophes, quotation marks and ellipses, marks of emphasis, letters that are written in one glyph or two.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

_QUOTATION_MARKS = "'’‘ʼ＇`´′“”„‟«»‹›‚‛″＂"
_APOSTROPHES = "'’‘ʼ＇`´′"
_EMPHASIS = r"*_#\|~>•"
# Scripts that are written without blanks between words: Thai, Lao, Burmese, Khmer, kana and Han. A character is a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_TOKEN = re.compile(
    # don’t, 33,000, naïve. Atomic, not possessive: Python before 3.11.5 finds half words with the latter (gh-106052).
    rf"{_LETTER}++(?>(?:(?:[{_APOSTROPHES}]|(?<=\d)[.,](?=\d)|[\u0300-\u036f]+){_LETTER}++)*)"
    rf"|\.\s?\.\s?\.|[^\s{re.escape(_EMPHASIS)}]"
)
_OPENING, _CLOSING = frozenset('"(['), frozenset('.,;:!?"…)]')
_SEPARATOR = "\x1f"  # a blank to `\s`, so in no token


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into words and marks: `forms` are what is compared, `starts` and `ends` where each stands."""

    text: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    _joined: str = field(repr=False)
    _places: tuple[int, ...] = field(repr=False)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens, as a half-open range, that stand from one character to another."""
        return bisect_right(self.ends, start), bisect_right(self.starts, max(start, end - 1))

    def find(self, forms: Sequence[str]) -> Iterator[int]:
        """Yield each token from which on these forms stand, in order."""
        wanted = f"{_SEPARATOR}{_SEPARATOR.join(forms)}{_SEPARATOR}"
        found = self._joined.find(wanted)
        while found >= 0:
            yield bisect_right(self._places, found) - 1
            found = self._joined.find(wanted, found + 1)


def tokenise(text: str) -> Tokens:
    """Cut a text into words and marks (some 10 ms for 100 KB)."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    forms = tuple(_form(text[start:end]) for start, end in spans)
    places = (0, *accumulate(len(form) + 1 for form in forms))
    joined = f"{_SEPARATOR}{_SEPARATOR.join(forms)}{_SEPARATOR}"
    return Tokens(text, forms, tuple(start for start, _ in spans), tuple(end for _, end in spans), joined, places)


def is_word(form: str) -> bool:
    """Return whether a token is more than a mark."""
    return form[0].isalnum()


def core(forms: Sequence[str]) -> tuple[int, int]:
    """Return the range without the marks that open and close a passage, which do not count; all of it without words."""
    if not any(map(is_word, forms)):
        return 0, len(forms)
    start, end = 0, len(forms)
    while forms[start] in _OPENING:
        start += 1
    while forms[end - 1] in _CLOSING:
        end -= 1
    return start, end


@lru_cache(maxsize=1 << 16)
def _form(token: str) -> str:
    if token[0] in ".…":
        return "…" if len(token) > 1 else token
    if token in _QUOTATION_MARKS:
        return '"'
    if token.isascii():
        return token.replace("`", "'")
    plain = unicodedata.normalize("NFKC", token)
    return re.sub(f"[{_APOSTROPHES}]", "'", plain)
