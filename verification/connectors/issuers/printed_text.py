"""Text as the Government Publishing Office prints it: in `<pre>`, broken at a fixed width, its pages marked."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from claims.capture.text import normalise
from verification.connectors.places import Place

BEGINS, ENDS = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE), re.compile(r"</pre>", re.IGNORECASE)
# Where a printed page begins: "[[Page 30047]]", "[[Page S12]]".
PAGE_MARK = re.compile(r"\s{0,9}\[\[Page ([A-Z]{0,2}\d{1,6})\]\]\s*")
# Stands for a page mark while lines are joined: of the private use area, which no printed text uses.
MARK = "\ue000"
GOES_ON = re.compile(r"[a-z(]")
# A paragraph begins after an empty line, or with an indented one.
PARAGRAPH = re.compile(rf"\n\s*\n|\n(?={MARK}?[ ]{{2,}}\S)")
COLUMNS = re.compile(r"\S {3,}\S")
FULL = 56
"""Characters: lines are filled to some 72, so that one broken before this was broken on purpose."""


def printed_text(markup: str) -> tuple[str, list[Place]] | None:
    """Return the text between `<pre>` tags with its lines joined, and its printed pages as places.

    None where there is no such text. A sentence that goes on over a page is put together again.
    """
    begins = BEGINS.search(markup)
    ends = [match.start() for match in ENDS.finditer(markup, begins.end())] if begins else []
    if not begins or not ends:
        return None
    plain = html.unescape(markup[begins.end() : ends[-1]]).replace("\r\n", "\n").replace(MARK, "")
    numbers = [match[1] for match in PAGE_MARK.finditer(plain)]
    marked = PAGE_MARK.sub(lambda match: _joint(plain, match), plain)
    text = normalise("\n\n".join(_joined(block) for block in PARAGRAPH.split(marked)))
    places: list[Place] = []
    for number in numbers:
        at = text.index(MARK)
        text = text[:at] + text[at + 1 :]
        if places:
            places[-1]["end"] = at
        places.append({"start": at, "end": len(text), "page": int(number) if number.isdecimal() else number})
    if places:
        places[-1]["end"] = len(text)
    return text, [place for place in places if place["start"] < place["end"]]


def _joint(plain: str, mark: re.Match[str]) -> str:
    """Return what stands in a page mark's place: a line's end where a sentence goes on over it, else a paragraph's."""
    return f"\n{MARK}" if GOES_ON.match(plain, mark.end()) else f"\n\n{MARK}"


def _joined(block: str) -> str:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    return "".join(_pieces(lines)) if lines else ""


def _pieces(lines: list[str]) -> Iterator[str]:
    yield lines[0]
    for line, following in pairwise(lines):
        full = following.startswith(MARK) or len(line) + 1 + len(following.split(maxsplit=1)[0]) > FULL
        set_apart = following.startswith("[") or COLUMNS.search(line) or COLUMNS.search(following)
        yield (" " if full and not set_apart else "\n") + following
