"""A PDF's text as paragraphs: pypdf reads the lines, the rules here put them together again.

A page's lines break where the column ends, not where a paragraph does, and every page may repeat its head and its foot.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from claims.capture.errors import CaptureError, DamagedInput, EncryptedInput, OversizedInput, TextlessInput
from claims.capture.text import normalise
from claims.wording import words

_MOST_PAGES: Final = 2000
_MOST_LETTERS: Final = 4_000_000
_MOST_UNPACKED: Final = 20_000_000
_MOST_OPERANDS: Final = 250_000
"""Bytes of one stream, and the numbers and strings in it: a page's own text takes thousands of each. pypdf's own limits
let through what takes 300 MB of memory."""

_MOST_SECONDS: Final = 30.0
"""Looked at between two pages: a file of some kilobytes can ask for hours of work that brings no letter."""

_LONGEST_PARAGRAPH: Final = 20_000
_LONGEST_WORD: Final = 100
"""Letters; what a file that was made to be read for ever has more of."""

_FEWEST_LETTERS: Final = 20
"""A scan holds none but those of a stamp or a page number."""

_LIGATURES: Final = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
"""Shapes of the font, not letters of the text (Unicode keeps them for round trips only)."""

_LETTERS: Final = re.compile(r"[^\W\d_]")
_DIGITS: Final = re.compile(r"\d+")
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COMPOUND: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_BROKEN_WORD: Final = re.compile(r"([^\W\d_]{2,})-$")
_PAGE_NUMBER: Final = re.compile(r"(?:page |seite |p\. ?)?-? ?\d{1,4} ?-?(?: ?(?:of|/|von) ?\d{1,4})?", re.IGNORECASE)
_PRINTED: Final = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}, \d{1,2}:\d{2}(?: ?[AP]M)?\b.*|(?:https?|file)://\S+(?: \d+/\d+)?"
)
"""What browsers print above and below a page: the time of printing and the title, the address and the page's number."""

_NEW_ITEM: Final = re.compile(r"(?:[•·▪◦–—-]|\(?\d{1,2}[.)]|\([a-z]\))\s")

_LOOK_AHEAD: Final = 200
"""Paragraphs: what is taken out of a text as furniture stands in shorter runs."""

_EDGE_LINES: Final = 2
_LONGEST_NUMBERED: Final = 60
_SHORT: Final = 0.8
"""Of the column's width: a line that ends a sentence this early ends its paragraph as well."""


@dataclass(frozen=True, slots=True)
class PdfParagraph:
    """A paragraph, and where in it each page begins that it stands on: offset and page, counted from 1."""

    text: str
    pages: tuple[tuple[int, int], ...]


def pdf_paragraphs(body: bytes) -> tuple[list[PdfParagraph], str | None]:
    """Return the paragraphs of the PDF `body`, and the title its metadata state where its first page shows it too.

    Raises `EncryptedInput`, `DamagedInput`, `OversizedInput`, and `TextlessInput` for a scan.
    """
    try:
        with apply_configuration(
            zlib_maximum_output_length=_MOST_UNPACKED, stream_parsing_work_maximum_count=_MOST_OPERANDS
        ):
            texts, title = _read(body)
    except CaptureError:
        raise
    except LimitReachedError:
        raise _too_much() from None
    except (DependencyError, FileNotDecryptedError):
        raise EncryptedInput(
            words("This PDF is locked with a password: save an unlocked copy, and upload that.")
        ) from None
    except Exception as error:  # pypdf raises whatever a broken file provokes; its documentation says so
        raise DamagedInput(
            words(
                "This PDF is damaged and cannot be read: open it in a viewer, print it to a new PDF, and upload that."
            )
        ) from error
    normal = (normalise(text.translate(_LIGATURES)) for text in texts)
    pages = [[line.strip() for line in text.split("\n") if line.strip()] for text in normal]
    if sum(len(_LETTERS.findall(line)) for page in pages for line in page) < _FEWEST_LETTERS:
        raise TextlessInput(
            words("This PDF holds pictures of pages and no text: run text recognition over it, and upload the result.")
        )
    shown = " ".join(pages[0]).casefold() if pages else ""
    confirmed = title if title and " ".join(title.split()).casefold() in shown else None
    kept = list(enumerate(_without_edges(pages), start=1))
    lines = [line for _number, page in kept for line in page]
    return _joined(lines, [number for number, page in kept for _line in page]), confirmed


def page_spans(text: str, paragraphs: Sequence[PdfParagraph]) -> tuple[tuple[int, int, int], ...]:
    """Return the pages of `text`, which is made of some of the `paragraphs` in their order: start, end and page.

    Its own paragraphs are parted by empty lines; one that is none of theirs goes with the page before it.
    """
    begins: list[tuple[int, int]] = []
    at, following = 0, 0
    for block in text.split("\n\n"):
        within = range(following, min(len(paragraphs), following + _LOOK_AHEAD))
        place = next((number for number in within if paragraphs[number].text == block), None)
        if place is not None:
            following = place + 1
            begins += [(at + offset, page) for offset, page in paragraphs[place].pages]
        at += len(block) + 2
    turns = [own for number, own in enumerate(begins) if not number or own[1] != begins[number - 1][1]]
    ends = [start for start, _page in turns[1:]] + [len(text)]
    return tuple((start, end, page) for (start, page), end in zip(turns, ends, strict=True))


def _read(body: bytes) -> tuple[list[str], str | None]:
    """Return the text of each page, and the title in the document's information."""
    reader = PdfReader(BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError("a password is needed")
    if len(reader.pages) > _MOST_PAGES:
        raise OversizedInput(
            words(
                "This PDF has more than %(limit)s pages: save the pages you need, and upload those.", limit=_MOST_PAGES
            )
        )
    texts, letters, began = [], 0, time.monotonic()
    for page in reader.pages:
        texts.append(page.extract_text())
        letters += len(texts[-1])
        if letters > _MOST_LETTERS or time.monotonic() - began > _MOST_SECONDS:
            raise _too_much()
    information = reader.metadata
    title = information.title if information is not None else None
    return texts, title if isinstance(title, str) and len(title.split()) > 1 else None


def _too_much() -> OversizedInput:
    return OversizedInput(words("This PDF holds more than is read: save the pages you need, and upload those."))


def _without_edges(pages: Sequence[list[str]]) -> list[list[str]]:
    """Return the pages without page numbers and without the lines that half of them begin or end with."""
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in _edge(page)})
    repeated = {shape for shape, count in edges.items() if count >= 3 and count >= len(pages) / 2}

    def kept(page: list[str]) -> Iterable[str]:
        for position, line in enumerate(page):
            outer = position < _EDGE_LINES or position >= len(page) - _EDGE_LINES
            stamp = _PAGE_NUMBER.fullmatch(line) or _PRINTED.fullmatch(line)
            if not outer or not (stamp or _shape(line) in repeated):
                yield line

    return [list(kept(page)) for page in pages]


def _edge(page: list[str]) -> list[str]:
    return page[:_EDGE_LINES] + page[-_EDGE_LINES:]


def _shape(line: str) -> str:
    """Return `line` with its numbers made equal where it is short, so that the heads of page 3 and page 4 are."""
    return _DIGITS.sub("0", line) if len(line) <= _LONGEST_NUMBERED else line


def _joined(lines: Sequence[str], pages: Sequence[int]) -> list[PdfParagraph]:
    """Return the paragraphs in `lines`; `pages` are the lines' pages.

    A line goes on in the next one unless it stops early, and either its sentence ends there or the next begins anew.
    """
    lengths = sorted(map(len, lines))
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    spelled = set(_COMPOUND.findall(" ".join(lines).casefold()))
    paragraphs: list[str] = []
    begins: list[list[tuple[int, int]]] = []
    for position, (line, page) in enumerate(zip(lines, pages, strict=True)):
        before = lines[position - 1] if position else ""
        if not paragraphs or _begins_paragraph(before, line, width) or len(paragraphs[-1]) > _LONGEST_PARAGRAPH:
            paragraphs.append(line)
            begins.append([(0, page)])
        else:
            paragraphs[-1] = _continued(paragraphs[-1], line, spelled)
            if page != begins[-1][-1][1]:
                begins[-1].append((len(paragraphs[-1]) - len(line), page))
    return [PdfParagraph(text, tuple(own)) for text, own in zip(paragraphs, begins, strict=True)]


def _begins_paragraph(before: str, line: str, width: int) -> bool:
    if _NEW_ITEM.match(line):
        return True
    early = len(before) < _SHORT * width
    return early and (_SENTENCE_END.search(before) is not None or not line[0].islower())


def _continued(text: str, line: str, spelled: set[str]) -> str:
    """Return `text` with `line` after it.

    A word broken at the line's end loses its hyphen, unless the document has the same word with a hyphen elsewhere.
    """
    broken = _BROKEN_WORD.search(text, max(0, len(text) - _LONGEST_WORD))
    rest = _WORD.match(line)
    if broken is None or rest is None or not line[0].islower():
        return f"{text} {line}"
    return text + line if f"{broken[1]}-{rest[0]}".casefold() in spelled else text[:-1] + line
