"""Words of a text with their places in it, in the three forms a quotation is compared by.

Offsets are Python string indices into the text as it was handed in. `clean` has the same length: Markdown, HTML tags
and stage directions are blanked there, so that nothing but the document's words and punctuation is compared.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from verification.matching.markup import INVISIBLE
from verification.matching.variants import ABBREVIATED, spelling_key

STAGE_MARK = "\x01"
"""Stands in `clean` where a stage direction (or the label of a turn that merely goes on) was blanked."""

APOSTROPHES = "'’‘ʼ＇`´′"

_LETTER = r"[^\W_]"
_JOINT = rf"[{INVISIBLE}\u0300-\u036f]+(?:(?<=\u00ad)\n[ \t]*)?|[{APOSTROPHES}][{INVISIBLE}]*|(?<=\d)[.,](?=\d)"
WORD = re.compile(
    rf"([^\W\d_](?:\.[^\W\d_])+(?!{_LETTER})\.?(?:[{APOSTROPHES}]s(?!{_LETTER}))?"  # U.S., a.m., U.S.A, U.S.’s
    rf"|{_LETTER}++(?>(?:(?=[{APOSTROPHES}{INVISIBLE}\u0300-\u036f.,])(?:{_JOINT}){_LETTER}++)*)[\u0300-\u036f]*+"
    r"|[$€£¥%&])"
)
"""An acronym, a word (don’t, 33,000, naïve in any encoding, soft hyphens inside) or a sign that is read as a word.

An atomic group, and not a possessive one, around what goes on in itself: Python before 3.11.5 finds half words with the
latter (gh-106052).
"""

_IN_FULL = (
    rf"(?:United\s+States|UNITED\s+STATES|United\s+Kingdom|United\s+Nations|European\s+Union)(?:[{APOSTROPHES}]s)?"
    rf"(?!{_LETTER})|[Pp]er\s+cent(?!{_LETTER})"
)
_SPLIT = re.compile(rf"((?<!{_LETTER})(?:{_IN_FULL})|{WORD.pattern[1:]}")
"""As `WORD`, but what is also written as one word is one: "United States", which is US, and "per cent"."""

_BRACKETED_LETTERS = re.compile(rf"\[(?:{_LETTER}{{1,2}}[ \\]?\]{_LETTER}|(?<={_LETTER}\[){_LETTER})")
_STAGE_WORDS = (
    r"applause|laugh(?:s|ter|ing|er)?|chuckl\w+|inaudible|unintelligible|indiscernible|cross-?\s?talk|cough\w*|"
    r"clears? (?:his |her |their )?throat|cheer(?:s|ing)?|boo(?:s|ing)?|sic|ph|off[- ]mic\w*|"
    r"(?:as|through) (?:an? |the )?(?:interpret|translat)\w+|speaks? (?:in )?[A-Z]\w+|speaking (?:in )?[A-Z]\w+|"
    r"(?:bell|buzzer) (?:rings?|ringing)|(?:begin|end|start)\s(?:of )?(?:video|audio|tape|clip)\b|commercial break|"
    r"no translation|pause[sd]?"
)
STAGE_DIRECTION = re.compile(rf"[(\[]\\?\s*(?:{_STAGE_WORDS})\b[^()\[\]]{{0,40}}[)\]]", re.IGNORECASE)
NARRATION = re.compile(r"\([A-Z][^()]{2,90}\.\)")
"""A sentence of its own in round brackets, which in a transcript is the transcriber's: (The bill is signed.)"""

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.(?:\s?\.)?")
_WRAPPED_DASH = re.compile(r"([-‐‑‒–—―−])[ \t]*\n\s*")
_BULLET = re.compile(r"\n[ \t>]*[-+•][ \t]+")
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("'’‘ʼ＇`´′“”„‟«»‹›‚‛″＂", '"'))
_UNSEEN = re.compile(rf"[{INVISIBLE}*_#\\|~>]+")
_DASH_BLANKS = re.compile(r"(?<=[-‐‑‒–—―−])\s+|\s+(?=[-‐‑‒–—―−])")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of `text` as written, the key that every spelling of a word shares, and where each starts and ends."""

    text: str
    clean: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def gap(self, left: int, right: int) -> str:
        """Return what stands, in `clean`, between the end of word `left` and the start of word `right`."""
        return self.clean[self.ends[left] : self.starts[right]]

    def joined(self, index: int) -> bool:
        """Tell whether the word begins with a letter in brackets: "[T]hey"."""
        return "]" in self.clean[self.starts[index] : self.ends[index]]


def tokenise(text: str, clean: str) -> Tokens:
    """Split `clean`, the blanked twin of `text`, into words; both have the same length."""
    parts = _SPLIT.split(clean)  # gap, word, gap, word, …, gap
    edges = tuple(accumulate(map(len, parts)))
    words = tuple(parts[1::2])
    tokens = Tokens(text, clean, words, tuple(map(word_key, words)), edges[:-1:2], edges[1::2])
    return _join_bracketed_letters(tokens) if _BRACKETED_LETTERS.search(clean) else tokens


def _join_bracketed_letters(tokens: Tokens) -> Tokens:
    """Join "[T]hey" into one word, and "talk[ed]" too, which is a word in brackets as a whole."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        between = tokens.clean[ends[-1] : start] if ends else " "
        opened = between.lstrip(" \\") == "]" and len(words[-1]) <= 2 and tokens.clean.endswith("[", 0, starts[-1])
        if opened or between == "[":
            words[-1], ends[-1] = words[-1] + word, end
        else:
            words.append(word)
            starts.append(start)
            ends.append(end)
    return Tokens(tokens.text, tokens.clean, tuple(words), tuple(map(word_key, words)), tuple(starts), tuple(ends))


def blank_stage(pattern: re.Pattern[str], text: str) -> str:
    """Blank what `pattern` finds, leaving one `STAGE_MARK` in its first place."""
    return pattern.sub(lambda match: STAGE_MARK + " " * (len(match.group()) - 1), text)


@lru_cache(maxsize=1 << 17)
def exact_form(word: str) -> str:
    """Return the word's letters in their own case: invisible marks gone, one apostrophe, an acronym's last dot gone."""
    if word[0] in "UEPpu" and word != (joined := " ".join(word.split())) and re.fullmatch(_IN_FULL, word):
        word = joined
    if not word.isascii():
        word = unicodedata.normalize("NFKC", re.sub(rf"[{INVISIBLE}]|(?<=\u00ad)\s+", "", word))
    return re.sub(f"[{APOSTROPHES}]", "'", word).rstrip(".")


@lru_cache(maxsize=1 << 17)
def plain_form(word: str) -> str:
    """Return the word without case, an acronym's dots and the commas that group digits (33,000 = 33000)."""
    form = exact_form(word).casefold()
    if form[0].isdigit():
        return re.sub(r",(?=\d{3}(?!\d))", "", form).replace("'s", "s")
    return form.replace(".", "")


@lru_cache(maxsize=1 << 17)
def word_key(word: str) -> str:
    """Return what all spellings of the word share (defence = defense, two = 2); US, in capitals only, is a country."""
    form = exact_form(word).replace(".", "")
    stem = form.removesuffix("'s")
    return ABBREVIATED.get(stem, stem) + form[len(stem) :] if stem in ABBREVIATED else spelling_key(plain_form(word))


def same_punctuation(left: str, right: str) -> bool:
    """Tell whether the punctuation between two words is the same as `exact` sees it.

    Line wraps, blanks, invisible marks and light markup do not count, nor does the style of quotation marks and
    ellipses. A blank beside a dash does ("pro- and" is not "pro-and"), except where the line ends in the dash: nobody
    can tell then whether there was one.
    """
    if left == right or not (left.strip() or right.strip()):
        return True
    return not _gap_forms(left).isdisjoint(_gap_forms(right))


@lru_cache(maxsize=1 << 12)
def _gap_forms(gap: str) -> frozenset[str]:
    gap = _ELLIPSIS.sub("…", _UNSEEN.sub("", _BULLET.sub("\n", gap)).translate(_QUOTATION_MARKS))
    readings = {_WRAPPED_DASH.sub(r"\1", gap), gap}
    return frozenset(re.sub(r"\s+", "", _DASH_BLANKS.sub("\x02", reading)) for reading in readings)


def has_ellipsis(gap: str) -> bool:
    """Tell whether the punctuation holds an ellipsis in any style."""
    return bool(_ELLIPSIS.search(gap))
