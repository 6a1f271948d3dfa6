"""Which words of a passage to mark, so that the eye finds at once what it has in common with a claim."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_BREAK = re.compile(r"[^\S\n]*\n\s*")
# Shorter words (the, with, said) stand in every passage; figures always tell.
LEAST = 5
# English words of five letters and more that stand in every passage, too.
EVERYWHERE = frozenset(
    {
        *("about", "above", "after", "again", "against", "because", "before", "being", "below", "between", "could"),
        *("during", "every", "first", "having", "itself", "other", "ought", "should", "since", "their", "theirs"),
        *("there", "these", "those", "through", "under", "until", "where", "which", "while", "whose", "would"),
    }
)


def marked_spans(passage: str, claim: str) -> list[tuple[int, int]]:
    """Return spans of `passage` (code points, half open, in order, apart) to mark: figures and words the claim has too.

    Words count from five letters.
    """
    wanted = {word for word in map(str.casefold, WORD.findall(claim)) if _tells(word)}
    return [match.span() for match in WORD.finditer(passage) if match.group().casefold() in wanted]


def with_figures(
    spans: Iterable[tuple[int, int]], start: int, length: int, checks: Iterable[Mapping[str, Any]] | None
) -> list[tuple[int, int]]:
    """Return the spans and those of the figures that were compared, in order and apart.

    `start` and `length` are the passage's in its document, `checks` the stored figure checks, placed in the document.
    """
    figures = ((check["source_start"] - start, check["source_end"] - start) for check in checks or ())
    found: list[tuple[int, int]] = []
    for first, last in sorted([*spans, *((a, b) for a, b in figures if 0 <= a < b <= length)]):
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _tells(word: str) -> bool:
    return (len(word) >= LEAST and word not in EVERYWHERE) or any(character.isdigit() for character in word)


def pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return the text cut at the spans, each piece with whether it is marked; joined they are the text again."""
    cut, at = [], 0
    for start, end in spans:
        cut += [(text[at:start], False), (text[start:end], True)]
        at = end
    cut.append((text[at:], False))
    return [(part, marked) for part, marked in cut if part]


def by_paragraph(cut: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Return the pieces for the eye: each paragraph and each row of a table on its own line, wrapped lines joined.

    No blank line is left, and none at the ends. Only blanks change.
    """
    shown = [(_BREAK.sub(lambda blank: "\n" if blank.group().count("\n") > 1 else " ", part), at) for part, at in cut]
    if shown:
        shown[0] = (shown[0][0].lstrip(), shown[0][1])
        shown[-1] = (shown[-1][0].rstrip(), shown[-1][1])
    return [(part, marked) for part, marked in shown if part]


def quotation_in_place(exact: str, start: int, check: Mapping[str, Any] | None) -> list[tuple[str, bool]] | None:
    """Return the source's words of a quotation, marked, with the sentences around them; None where none was found.

    `exact` is the passage that holds it, `start` where that begins in the document, `check` the stored quote check.
    """
    if not check or check.get("start") is None or check["class"] == "not_found":
        return None
    quoted = exact[max(0, check["start"] - start) : check["end"] - start]
    parts = [(check["before"], False), (quoted, True), (check["after"], False)]
    return [(part, marked) for part, marked in parts if part]


def window(text: str, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Return a stretch of about `length` characters, cut between words, that holds the most marked ones."""
    best = (-1, 0)
    for start, _end in [(0, 0), *spans]:
        held = sum(start <= a and b <= start + length for a, b in spans)
        best = max(best, (held, -start))
    start = text.rfind(" ", 0, max(0, -best[1] - length // 6)) + 1
    end = text.find(" ", min(len(text), start + length))
    return start, len(text) if end < 0 else end
