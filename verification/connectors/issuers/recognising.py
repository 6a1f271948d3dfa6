"""Names of documents in a text: what a source's own patterns find, in the order of the text, each once."""

import re
from collections.abc import Callable, Sequence

Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]
"""A pattern, and the identifier that a match of it names; None where it names none after all."""

MOST = 50
"""Identifiers that one text names at most: it is a claim or an article, not a bibliography."""


def named_in(text: str, readers: Sequence[Reader]) -> list[str]:
    """Return the identifiers that a text names. Of two patterns that match at one place the first counts."""
    found: list[tuple[int, int, str]] = []
    taken: list[tuple[int, int]] = []
    for pattern, identify in readers:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            if identifier := identify(match):
                found.append((start, end, identifier))
    return list(dict.fromkeys(identifier for _start, _end, identifier in sorted(found)))[:MOST]
