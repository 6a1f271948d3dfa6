"""Where paragraphs and sentences begin and end, by rule, in characters of the text.

The parser is told these borders instead of guessing its own, because it guesses badly next to quotation marks: a
quotation of three sentences that closes with `,” she said` must end in one sentence with its attribution.
"""

import re
from collections.abc import Iterable, Iterator
from statistics import median

from claims.extraction.datelines import after_dateline
from claims.extraction.wordset import wordset

Span = tuple[int, int]

MAX_SENTENCE = 2_000
"""Characters. What runs longer without a full stop is a table, a list or a dump: no grammar is tried on it."""

MAX_PIECE = 6_000
"""Characters of a paragraph that are read at once."""

_TITLES = wordset(
    "adm amb assn asst brig capt cmdr col cpl dep dept det dr fr gen gov hon insp lt maj mme mr mrs ms mt pfc pres "
    "prof pvt rep reps rev sec secy sen sens sgt st supt vs viz cf jan feb mar apr jun jul aug sept sep oct nov dec "
    "no nos fig vol pp"
)
"""Abbreviations that open something: what follows belongs to them, so the point never ends a sentence."""

_ENDINGS = wordset("co corp inc jr ltd plc sr etc bros ave blvd rd ft ph.d m.d esq al")
"""Abbreviations that may well stand last: the point ends a sentence only before a word that starts one."""

_STARTERS = wordset(
    "the a an this that these those he she it they we i you his her its their our my in on at for from with by but and "
    "or so if when while after before as since because although though however meanwhile there here what who why how "
    "no not now then one two some many most all both according under over during last earlier later also"
)

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*|\r\n?[^\S\n]*\r\n?\s*")
# From the first of several marks only: a line of a hundred thousand dots is read once.
_TERMINAL = re.compile(r"(?<![.!?…])[.!?…]+(?P<closers>[\"”’'»)\]」』]*)\s+")
_OPENERS = "\"“‘'«„([「『—–-"
_SPEECH_TAG = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+|the\s+\w+\s+|(?:he|she|they|we|I)\s+){1,4}"
    r"(?:said|says|asked|asks|added|replied|wrote|told|wondered|shouted|yelled|declared|joked|quipped|tweeted|"
    r"exclaimed|demanded|responded|answered|continued)\b|"
    r"(?:said|says|asked|asks|added|replied|wrote|wondered|shouted|declared)\s",
    re.IGNORECASE,
)
_TAG_ALONE = re.compile(rf"(?:{_SPEECH_TAG.pattern})" + r"\s*[^.!?\n]{0,25}[.!?]", re.IGNORECASE)


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of `text` as trimmed (start, end) pairs, in order.

    A blank line always ends one. A single line break ends one too, unless the text is hard-wrapped or the next line
    goes on in lower case: readable-text extractors write a paragraph a line, mail clients wrap at 70 to 80.
    """
    spans = []
    for start, end in _split(text, _BLANK_LINE, 0, len(text)):
        lines = list(_split(text, re.compile(r"\n"), start, end))
        wrapped = _is_wrapped([last - first for first, last in lines])
        open_from: int | None = None
        for number, (first, last) in enumerate(lines):
            open_from = first if open_from is None else open_from
            following = text[lines[number + 1][0]] if number + 1 < len(lines) else ""
            if following and (wrapped or (following.islower() and text[last - 1] not in ".!?")):
                continue
            spans.append((open_from, last))
            open_from = None
    return spans


def pieces(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the paragraphs `spans` without datelines, the longest cut at sentence ends into pieces of about
    `MAX_PIECE` characters.

    What reads a paragraph may then look around in it freely, and a million characters on one line still take linear
    time.
    """
    cut: list[Span] = []
    for opening, end in spans:
        start = after_dateline(text, opening, end)
        if end - start <= MAX_PIECE:
            cut.append((start, end))
            continue
        first = last = start
        for begins, ends in sentences(text, start, end):
            if last > first and ends - first > MAX_PIECE:
                cut.append((first, last))
                first = begins
            last = ends
        cut.append((first, last))
    return cut


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of the paragraph `text[start:end]` as trimmed (start, end) pairs, in order.

    A question or exclamation inside quotation marks that is followed by its speech tag (“Why?” Smith asked.) stays
    whole; abbreviations, initials and decimal points do not end a sentence.
    """
    end = len(text) if end is None else end
    spans = []
    first = start
    for match in _TERMINAL.finditer(text, start, end):
        if match.end() < end and _ends_here(text, match, end):
            spans.append(trimmed(text, first, match.end()))
            first = match.end()
    spans.append(trimmed(text, first, end))
    return [span for span in spans if span[1] > span[0]]


def _ends_here(text: str, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : match.end() + 120]
    opening = following[0]
    if opening.islower() or not (opening.isalnum() or opening in _OPENERS):
        return False
    marks = match.group()
    closers = match.group("closers")
    if closers:
        if marks[0] in "!?" and _SPEECH_TAG.match(following):
            return False
        return not _TAG_ALONE.match(text, match.end(), min(end, match.end() + 60))
    if marks[0] != "." or marks.startswith(".."):
        return not (marks.startswith((".", "…")) and opening.islower())
    return _point_ends(text, match.start(), following)


def _point_ends(text: str, point: int, following: str) -> bool:
    word = re.search(r"[\w.&’'-]*$", text[max(0, point - 24) : point])
    last = word.group().lower() if word else ""
    starter = re.split(r"[^\w]", following.lstrip(_OPENERS), maxsplit=1)[0].lower() in _STARTERS
    if last in {"no", "nos"}:  # "No. 10", but "He said no. Ten others agreed."
        return not following[0].isdigit()
    if last in _TITLES:
        return False
    if last in _ENDINGS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):  # U.S., D.C., a.m.
        return starter
    if re.fullmatch(r"[a-z]", last):  # an initial, unless it is the pronoun or a grade at the end
        return last == "i" and starter
    return True


def _is_wrapped(lengths: list[int]) -> bool:
    body = lengths[:-1]
    return len(body) >= 2 and 55 <= median(body) <= 100 and max(body) - min(body) <= 30


def _split(text: str, separator: re.Pattern[str], start: int, end: int) -> Iterator[Span]:
    first = start
    for match in separator.finditer(text, start, end):
        span = trimmed(text, first, match.start())
        if span[1] > span[0]:
            yield span
        first = match.end()
    span = trimmed(text, first, end)
    if span[1] > span[0]:
        yield span


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the blanks at either end of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
