"""A wording of a claim that stands alone: names for pronouns, days for `on Tuesday`, what `the move` was.

A proposal, for people to better: nothing is replaced that the article does not tell, and what a quotation says is left
as it was said. What is put in that nobody wrote there stands in square brackets, except names and days.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from claims.extraction.numbers.period import Period
from claims.extraction.numbers.periods import periods
from claims.extraction.sentences import Span
from claims.extraction.shown import as_shown
from claims.extraction.wordset import wordset

_SUBJECT = wordset("he she")
_OWN = wordset("his her")
_SHELLS = wordset("move step decision plan deal agreement announcement proposal measure")
_POINTERS = wordset("the this that these those such")
_QUOTED = re.compile('["“”„«»「」]')
_LED_BY = {"day": "on ", "week": "in ", "month": "in ", "year": "in "}
_LED = re.compile(r"\b(?:on|by|over|of|in|at|to|since|until|from|this|late|early|mid)[\s-]$")
_KEPT = re.compile(
    r"(?P<led>(?:on|in|by|at|since|until|during)\s+)?"
    r"(?:(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+|(?:early|late|mid)[\s-]+)?",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(r"\s+(?:morning|afternoon|evening|night)|['’]s\b|-|\s+[A-Z]")
_CLOSE = 45
"""Days within which a day without its year is the nearest one, whatever lies ahead."""
_LONGEST_REMINDER = 14  # words
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

Edit = tuple[int, int, str]
"""Characters of the article from and to, and what is to stand there."""


def reworded(text: str, span: Span, edits: Iterable[Edit]) -> str | None:
    """Return `text[span]` with the edits inside it made, as a sentence; None where that changes no word."""
    start, end = span
    made, at, changed = "", start, False
    for first, last, words in sorted(edits):
        if first < at or last > end:
            continue
        made += text[at:first] + words
        at, changed = last, True
    if not changed:
        return None
    made = as_shown(" ".join((made + text[at:end]).split()).strip(" ,;:–—"))
    return made if made.endswith((".", "!", "?", "”", '"')) else f"{made}."


def pronoun_edits(
    tokens: Sequence[Token], offset: int, named: Callable[[int], str | None], is_quoted: Callable[[int], bool]
) -> list[Edit]:
    """Return the name for he and she, or his and her, once per person, where the article tells who that is.

    `named` gives the name a pronoun at a character stands for. Inside quotation marks nothing is replaced, nor is
    `him`, who may be anybody but the subject; nor a pronoun that may look ahead to a name in its sentence (`since he
    came, Lowell …`).
    """
    edits: list[Edit] = []
    given: set[str] = {token.text for token in tokens if token.pos_ == "PROPN"}
    for token in sorted(tokens, key=lambda token: token.lower_ not in _SUBJECT):
        place = offset + token.idx
        word = token.lower_
        if token.pos_ != "PRON" or word not in _SUBJECT | _OWN or is_quoted(place) or _looks_ahead(token):
            continue
        name = named(place)
        if name is None or name.split()[-1] in given or (word == "her" and token.dep_ != "poss"):
            continue
        given.add(name.split()[-1])
        edits.append((place, place + len(token), f"{name}’s" if word in _OWN else name))
    return edits


def _looks_ahead(pronoun: Token) -> bool:
    verb = pronoun.head.head if pronoun.dep_ == "poss" else pronoun.head
    return (pronoun.dep_ == "poss" or verb.dep_ in ("advcl", "pcomp")) and any(
        token.pos_ == "PROPN" for token in pronoun.doc[pronoun.i + 1 : pronoun.sent.end]
    )


def day_edits(text: str, span: Span, published: date | None, is_quoted: Callable[[int], bool]) -> list[Edit]:
    """Return the day, month or year for each time in `text[span]` that is told from the day of publication."""
    if published is None:
        return []
    edits: list[Edit] = []
    for period in periods(text[slice(*span)], published):
        start, end = span[0] + period.start, span[0] + period.start + len(period.text)
        before, after = text[max(span[0], start - 6) : start].lower(), text[end : span[1]]
        told = _told(period)
        if not period.relative or told is None or is_quoted(start) or _is_unsure(period, before, after, published):
            continue
        kept = _KEPT.match(period.text)
        opening = kept.group() if kept else ""
        if period.text.split()[0] in _MONTHS:
            opening = ""  # September saw a rise
        elif not kept or not kept["led"]:
            opening = ("" if _LED.search(before) else _LED_BY.get(period.precision, "")) + opening
        edits.append((start, end, opening + told))
    return edits


def _is_unsure(period: Period, before: str, after: str, published: date) -> bool:
    """Tell whether a time is no time of its own (`Wednesday night’s debate`) or may be another as well.

    A day and month without a year may lie on either side of the day of publication.
    """
    if _PART_OF_NAME.match(after) or re.search(r"\bthe\s$", before):
        return True
    nearest = min((abs((first - published).days) for first, _ in period.others), default=None)
    return nearest is not None and abs((period.first - published).days) > max(_CLOSE, nearest)


def reminder_edits(
    tokens: Sequence[Token], offset: int, before: str | None, is_quoted: Callable[[int], bool]
) -> list[Edit]:
    """Return a reminder of the sentence `before` behind `the move` or `this decision`, where nothing says which.

    What somebody was quoted saying there is seldom the move itself.
    """
    if not before or _QUOTED.search(before):
        return []
    for token in tokens:
        pointer = next((child for child in token.lefts if child.lower_ in _POINTERS), None)
        if token.lower_ not in _SHELLS or pointer is None or is_quoted(offset + token.idx):
            continue
        told_which = any(child.dep_ in ("prep", "relcl", "acl", "appos", "ccomp", "compound", "amod", "poss", "nmod")
                         for child in token.children)  # fmt: skip
        if told_which:
            continue
        words = before.split()
        short = " ".join(words[:_LONGEST_REMINDER]).rstrip(".,;: ") + (" …" if len(words) > _LONGEST_REMINDER else "")
        end = offset + token.idx + len(token)
        return [(end, end, f" [{short}]")]
    return []


def due_on(found: Iterable[Period], published: date | None) -> date | None:
    """Return the first day on which what is foretold has come or not: after the last time named that lies ahead."""
    ahead = [
        period.last
        for period in found
        if period.last is not None and (period.ahead or (published is not None and period.last > published))
    ]
    return max(ahead) + timedelta(days=1) if ahead else None


def _told(period: Period) -> str | None:
    first = period.first
    if period.precision == "day" and period.first == (period.last or period.first):
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    match period.precision:
        case "day" if period.last is not None:
            last = period.last
            ends = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
            return f"{first.day} {_MONTHS[first.month - 1]} to {ends}"
        case "week" if period.last is None or period.last - first < timedelta(days=7):
            return f"the week of {first.day} {_MONTHS[first.month - 1]} {first.year}"
        case "month" if first.day == 1 and (period.last is None or period.last.month == first.month):
            return f"{_MONTHS[first.month - 1]} {first.year}"
        case "year" if first.month == first.day == 1 and (period.last is None or period.last.year == first.year):
            return str(first.year)
        case _:
            return None
