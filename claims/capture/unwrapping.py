"""Joins the lines of a text that an editor or a mail program broke at a fixed width.

A line broken by width shows it: the first word of the next line would not have fitted (greedy filling, as in RFC 3676
and every editor). Lines that a writer broke on purpose (a headline, a list, an address) seldom look like that one after
the other, so the text is joined only where nearly all of its breaks do.
"""

import re
from itertools import pairwise
from typing import Final

_NARROWEST: Final = 40
_WIDEST: Final = 132
"""Widths that text is broken at: 65 to 80 by most programs, 132 by the widest terminals."""

_FEWEST_BREAKS: Final = 3
_SHARE: Final = 0.9
"""Breaks that must be explained by the width; a quoted heading or a list inside may not be."""

_GAP: Final = re.compile(r"\n[ \t]*\n")


def unwrap(text: str) -> str:
    """Return `text` with its width-broken lines joined by a blank; a text that is not so broken comes back as it is.

    Line ends are LF. Paragraphs stay apart.
    """
    blocks = [block.split("\n") for block in _GAP.split(text)]
    broken = [lines for lines in blocks if len(lines) > 1]
    width = max((len(line.rstrip()) for lines in broken for line in lines), default=0)
    breaks = [_is_full(*pair, width) for lines in broken for pair in pairwise(lines)]
    if not _NARROWEST <= width <= _WIDEST or len(breaks) < _FEWEST_BREAKS or sum(breaks) < _SHARE * len(breaks):
        return text
    return "\n\n".join(_joined(lines, width) for lines in blocks)


def _is_full(line: str, following: str, width: int) -> bool:
    first_word = following.split(maxsplit=1)[0] if following.strip() else ""
    return len(line.rstrip()) + 1 + len(first_word) > width


def _joined(lines: list[str], width: int) -> str:
    joined = lines[0].rstrip()
    for line, following in pairwise(lines):
        joined += (" " if _is_full(line, following, width) else "\n") + following.strip()
    return joined
