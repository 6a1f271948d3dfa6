"""What stands between quotation marks: straight, curly, low, angled, corner and single ones, well paired or not.

Marks are paired by where they stand (after a blank they open, before one they close), so that a quotation opened by a
straight mark and closed by a curly one, or closed by the wrong curl, is found all the same. Apostrophes are not marks,
a foot or inch sign is not, and a mark that is never closed quotes nothing, unless the next paragraph opens again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import category

from claims.extraction.sentences import Span, trimmed

_DOUBLE = frozenset('"“”„‟＂〝〞')
_OPENING = frozenset(["「", "『", "„", "``"])
_MARKS = re.compile(r"''|``|[\"“”„‟＂〝〞«»「」『』‘’']")
_REOPENS = re.compile(r"[\"“„‟＂«「『]|''|``")
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


@dataclass(slots=True)
class _Stack:
    """The marks that are open, outermost first; which of a family is the innermost is known without looking."""

    marks: list[_Open] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def push(self, opened: _Open) -> None:
        self.places.setdefault(opened.family, []).append(len(self.marks))
        self.marks.append(opened)

    def innermost(self, family: str) -> int | None:
        places = self.places.get(family)
        return places[-1] if places else None

    def drop_from(self, place: int) -> None:
        for opened in self.marks[place:]:
            self.places[opened.family].pop()
        del self.marks[place:]


def quotations(text: str, paragraphs: Sequence[Span]) -> list[QuoteSpan]:
    """Return the outermost quotations of `text` in order; none crosses a paragraph, none is empty."""
    spans: list[QuoteSpan] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reopening = _REOPENS.match(text, following[0]) if following is not None else None
        spans += _pair(text, start, end, _family(reopening.group()) if reopening else None)
    return spans


def _pair(text: str, start: int, end: int, reopens: str | None) -> list[QuoteSpan]:
    """Pair the marks of one paragraph; `reopens` is the family of the mark that the next one begins with."""
    stack = _Stack()
    found: list[QuoteSpan] = []
    marks = list(_MARKS.finditer(text, start, end))
    for number, mark in enumerate(marks):
        family = _family(mark.group())
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        depth = None if mark.group() in _OPENING else stack.innermost(family)
        if depth is not None and _closes(text, marks, number, before, after, stack.marks[depth]):
            opened = stack.marks[depth]
            stack.drop_from(depth)
            inside = trimmed(text, opened.end, mark.start())
            if inside[1] > inside[0]:
                target = stack.marks[-1].found if stack.marks else found
                target.append(QuoteSpan(*inside, opened.start, mark.end()))
        elif _opens(text, mark, before, after, end):
            last = stack.marks[-1] if stack.marks else None
            if last is not None and last.end == mark.start() and last.family == family:
                last.end = mark.end()  # a doubled mark is one mark
            else:
                stack.push(_Open(family, mark.start(), mark.end(), []))
    return sorted(found + _unclosed(text, stack.marks, start, end, reopens), key=lambda span: span.start)


def _unclosed(text: str, stack: list[_Open], start: int, end: int, reopens: str | None) -> list[QuoteSpan]:
    """Keep a mark that opens the paragraph or goes on in the next one; of any other, keep what was nested inside."""
    kept: list[QuoteSpan] = []
    for opened in stack:
        goes_on = reopens == opened.family and text[opened.start] != "»"  # as a bullet it opens many a paragraph
        if goes_on or (opened.family == "double" and opened.start == start):
            inside = trimmed(text, opened.end, end)
            if inside[1] > inside[0]:
                return [*kept, QuoteSpan(*inside, opened.start, end, continues=goes_on)]
        kept += opened.found
    return kept


def _family(mark: str) -> str:
    if mark in _DOUBLE or mark in ("''", "``"):
        return "double"
    if mark in "«»":
        return "angled"
    return "corner" if mark in "「」『』" else "single"


def _closes(text: str, marks: list[re.Match[str]], number: int, before: str, after: str, opened: _Open) -> bool:
    mark = marks[number].group()
    if opened.family in ("angled", "corner"):
        return mark != text[opened.start : opened.end]
    if opened.family == "double":
        if before.isspace() and not after.isspace() and not _is_closing_follow(after):
            return False  # stands like an opening mark
        if text[opened.start] == "„":
            return True
        return not (mark == "“" and _opens_word(before, after))
    if mark == "‘" or before.isspace() or after.isalnum():
        return False
    return not (before in "sS" and after.isspace() and _closes_later(text, marks, number))


def _closes_later(text: str, marks: list[re.Match[str]], number: int) -> bool:
    """Tell whether a plural possessive (leaders’) is followed by a mark that closes the single quotation better."""
    for index in range(number + 1, len(marks)):
        later = marks[index]
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
