"""Words set in type: what the font can show, and lines that fit a width, broken and cut. Lengths are pixels."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import islice
from typing import Final

from PIL import ImageFont

REGULAR: Final = "Regular"
SEMIBOLD: Final = "Semibold"
BOLD: Final = "Bold"
ELLIPSIS: Final = "…"
LEADING: Final = 1.2
"""From one baseline to the next, in sizes of the letters."""
BALANCED_LINES: Final = 5
"""Up to so many lines are made about equally long: of more, nobody sees that the last one is short."""
# Blanks at which a line may be broken: all but those that are there to prevent it.
_BLANKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")
# What the font has under another number: hyphens, and blanks that hold a line together.
_SAME = {0x2010: "-", 0x2011: "-", 0x2007: "\u00a0", 0x202F: "\u00a0"}
# Control and format characters by their general categories (Unicode, 4.5), and the selectors of a variant.
_UNSEEN = frozenset(["Cc", "Cf"])
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_UNASSIGNED = "\uffff"
# So many times as many characters as are shown are read: runs of blanks become one.
_BLANKS_AND_ALL = 8
_STOPS = " ,;:.–—-"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size."""

    lines: tuple[str, ...]
    weight: str
    size: int

    @property
    def leading(self) -> int:
        """How far one line stands below the other."""
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        """How high all of it is."""
        return self.leading * len(self.lines)

    @property
    def width(self) -> float:
        """How long its longest line is."""
        return max((length(line, self.weight, self.size) for line in self.lines), default=0)


def plain(text: str, limit: int) -> str:
    """Return the first `limit` characters of a text that are seen, on one line, composed (NFC).

    Control and format characters are left out: those without width, those that turn the direction.
    """
    seen = "".join(islice((each for each in text if each.isspace() or _is_seen(each)), _BLANKS_AND_ALL * limit))
    line = _BLANKS.sub(" ", seen).strip()
    if len(line) > limit:
        line = line[:limit].rstrip() + ELLIPSIS
    return unicodedata.normalize("NFC", line).translate(_SAME)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN and character not in _SELECTORS


def can_show(text: str) -> bool:
    """Say whether the font has each character of what `plain` returned.

    A mark that is joined to no letter of the font would need a place above or below it, which only shaping finds.
    """
    return all(_has(each) for each in set(text))


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    if unicodedata.category(character)[0] in "MC":
        return False
    return _drawn(character) != _drawn(_UNASSIGNED)


def _drawn(character: str) -> tuple[tuple[int, int], bytes]:
    """Return how a character looks; what the font does not have looks like `.notdef`."""
    mask = font(REGULAR, 32).getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=48)
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the font in a weight and a size."""
    return ImageFont.truetype(BytesIO(_file(weight)), size)


@lru_cache(maxsize=4)
def _file(weight: str) -> bytes:
    return (files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf").read_bytes()


def length(text: str, weight: str, size: int) -> float:
    """Return how long a line is."""
    return font(weight, size).getlength(text)


def fitted(text: str, weight: str, sizes: Sequence[int], width: float, height: float) -> Block:
    """Return the text in the largest of the sizes, which fall, in which it fits; in the smallest it is cut.

    Inside a word a line is broken in the smallest size alone.
    """
    words = text.split(" ")
    largest = [length(word, weight, sizes[0]) for word in words]
    for size in sizes[:-1]:
        # Words are measured once: in another size they are as much shorter, but for a pixel.
        lengths = [long * size / sizes[0] + 1 for long in largest]
        block = Block(tuple(_wrapped(words, lengths, weight, size, width)), weight, size)
        if max(lengths) <= width and block.height <= height:
            return _balanced(block, words, lengths, width)
    size = sizes[-1]
    words = [part for word in words for part in _parts(word, weight, size, width)]
    lines = _wrapped(words, [length(word, weight, size) for word in words], weight, size, width)
    room = max(1, int(height / round(size * LEADING)))
    if len(lines) > room:
        lines = [*lines[: room - 1], cut(f"{lines[room - 1]} {ELLIPSIS}", weight, size, width)]
    return Block(tuple(lines), weight, size)


def cut(text: str, weight: str, size: int, width: float) -> str:
    """Return a line that is no longer than `width`: the text, or as much of it as there is room for before an ellipsis.

    It ends with a word where one ends in its second half.
    """
    if not text.endswith(ELLIPSIS) and length(text, weight, size) <= width:
        return text
    text = text.rstrip(f" {ELLIPSIS}")
    if length(text + ELLIPSIS, weight, size) > width:
        count = _count_within(text, weight, size, width - length(ELLIPSIS, weight, size))
        blank = text.rfind(" ", count // 2, count + 1)
        text = text[: blank if blank > 0 else count]
    return text.rstrip(_STOPS) + ELLIPSIS


def _wrapped(words: Sequence[str], lengths: Sequence[float], weight: str, size: int, width: float) -> list[str]:
    blank = length(" ", weight, size)
    lines: list[list[str]] = []
    room = -1.0
    for word, long in zip(words, lengths, strict=True):
        if blank + long > room:
            lines.append([])
            room = width + blank
        lines[-1].append(word)
        room -= blank + long
    return [" ".join(line) for line in lines]


def _balanced(block: Block, words: Sequence[str], lengths: Sequence[float], width: float) -> Block:
    """Return as many lines in the narrowest column that holds them."""
    count = len(block.lines)
    if not 1 < count <= BALANCED_LINES:
        return block
    low, high = max(lengths), width
    while high - low > 4:
        middle = (low + high) / 2
        if len(_wrapped(words, lengths, block.weight, block.size, middle)) > count:
            low = middle
        else:
            high = middle
    return Block(tuple(_wrapped(words, lengths, block.weight, block.size, high)), block.weight, block.size)


def _parts(word: str, weight: str, size: int, width: float) -> Iterator[str]:
    """Return a word in pieces that each fit a line."""
    while length(word, weight, size) > width:
        count = max(1, _count_within(word, weight, size, width))
        yield word[:count]
        word = word[count:]
    yield word


def _count_within(text: str, weight: str, size: int, width: float) -> int:
    """Return how many characters of a text stand within a width."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if length(text[:middle], weight, size) <= width:
            low = middle
        else:
            high = middle - 1
    return low
