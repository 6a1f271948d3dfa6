"""What stands between quotation marks: straight, curly, low, angled, corner and single ones, well paired or not.

Marks are paired by where they stand (after a blank they open, before one they close), so that a quotation opened by a
straight mark and closed by a curly one, or closed by the wrong curl, is found all the same. Apostrophes are not marks,
a foot or inch sign is not, and a mark that is never closed quotes nothing, unless the next paragraph opens again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from claims.extraction.sentences import Span, trimmed

_DOUBLE = frozenset('"“”„‟＂〝〞')
_CORNERS = {"「": "」", "『": "』"}
_MARKS = re.compile(r"''|``|[\"“”„‟＂〝〞«»「」『』‘’']")
_OPENING_CONTEXT = frozenset("([{—–-/:;,>|\"“„‘'«「『…")
_ELISIONS = re.compile(r"(?:\d0s|em|til|tis|twas|cause|n|bout|round|cuz)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """One outermost quotation: `start:end` are the quoted words, `outer_start:outer_end` take in the marks.

    `continues` says that no closing mark ends it because the next paragraph goes on quoting the same speaker.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    continues: bool = False


@dataclass(slots=True)
class _Open:
    family: str
    start: int
    end: int
    found: list[QuoteSpan]


def quotations(text: str, paragraphs: Sequence[Span]) -> list[QuoteSpan]:
    """Return the outermost quotations of `text` in order; none crosses a paragraph, none is empty."""
    spans: list[QuoteSpan] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reopens = following is not None and bool(
            re.match(r"[\"“„‟＂«」『]|''|``", text[following[0] : following[0] + 2])
        )
        spans += _pair(text, start, end, reopens)
    return spans


def _pair(text: str, start: int, end: int, reopens: bool) -> list[QuoteSpan]:
    stack: list[_Open] = []
    found: list[QuoteSpan] = []
    marks = list(_MARKS.finditer(text, start, end))
    for number, mark in enumerate(marks):
        family = _family(mark.group())
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        depth = _depth(stack, family, mark.group())
        if depth is not None and _closes(text, marks, number, before, after, stack[depth]):
            opened = stack[depth]
            del stack[depth:]
            inside = trimmed(text, opened.end, mark.start())
            if inside[1] > inside[0]:
                target = stack[-1].found if stack else found
                target.append(QuoteSpan(*inside, opened.start, mark.end()))
        elif _opens(text, mark, before, after, end):
            if stack and stack[-1].end == mark.start() and stack[-1].family == family:
                stack[-1].end = mark.end()  # a doubled mark is one mark
            else:
                stack.append(_Open(family, mark.start(), mark.end(), []))
    return sorted(found + _unclosed(text, stack, start, end, reopens), key=lambda span: span.start)


def _unclosed(text: str, stack: list[_Open], start: int, end: int, reopens: bool) -> list[QuoteSpan]:
    """Keep a mark that opens the paragraph or goes on in the next one; of any other, keep what was nested inside."""
    kept: list[QuoteSpan] = []
    for opened in stack:
        if opened.family == "double" and (opened.start == start or reopens):
            inside = trimmed(text, opened.end, end)
            if inside[1] > inside[0]:
                return [*kept, QuoteSpan(*inside, opened.start, end, continues=reopens)]
        kept += opened.found
    return kept


def _family(mark: str) -> str:
    if mark in _DOUBLE or mark in ("''", "``"):
        return "double"
    if mark in "«»":
        return "angled"
    return "corner" if mark in "「」『』" else "single"


def _depth(stack: list[_Open], family: str, mark: str) -> int | None:
    """Return the index of the innermost open mark that `mark` could close."""
    if mark in _CORNERS or mark in ("„", "``"):
        return None
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].family == family:
            return index
    return None


def _closes(text: str, marks: list[re.Match[str]], number: int, before: str, after: str, opened: _Open) -> bool:
    mark = marks[number].group()
    if opened.family in ("angled", "corner"):
        return mark != text[opened.start : opened.end]
    if opened.family == "double":
        if before.isspace() and not after.isspace() and not _is_closing_follow(after):
            return False  # stands like an opening mark
        return not (mark == "“" and _opens_word(before, after))
    if mark == "‘" or before.isspace() or after.isalnum():
        return False
    return not (before in "sS" and after.isspace() and _closes_later(text, marks, number))


def _closes_later(text: str, marks: list[re.Match[str]], number: int) -> bool:
    """Tell whether a plural possessive (leaders’) is followed by a mark that closes the single quotation better."""
    for later in marks[number + 1 :]:
        if later.group() in "‘“„":
            return False
        if later.group() in "'’" and not text[later.end() : later.end() + 1].isalnum():
            return text[later.start() - 1] in ".,!?;:" or text[later.start() - 1] not in "sS"
    return False


def _opens(text: str, mark: re.Match[str], before: str, after: str, end: int) -> bool:
    sign = mark.group()
    if sign in "«»":
        return True
    if sign in "「『":
        return True
    if sign in "」』":
        return False
    if sign in ("„", "``"):
        return True
    if sign in "'‘’":
        if not (_opens_word(before, after) and (after.isalnum() or after in "[(…")) or before.isalnum():
            return False
        if sign == "’" or _ELISIONS.match(text, mark.end(), end):
            return sign == "‘" and not _ELISIONS.match(text, mark.end(), end)
        return True
    if sign == "“":
        return not after.isspace() or before.isspace()
    return _opens_word(before, after) or (before in ".!?" and after.isupper())  # a blank lost before the mark


def _opens_word(before: str, after: str) -> bool:
    return (before.isspace() or before in _OPENING_CONTEXT or category(before) == "Cf") and not after.isspace()


def _is_closing_follow(after: str) -> bool:
    return after in ".,;:!?)]}"
