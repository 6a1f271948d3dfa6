"""An article out of plain text: a file, an e-mail, or what somebody copied off a web page, navigation included.

The rules look at the shape of lines, not at any one site's words: prose is made of sentences, and sentences end in
punctuation. Above the first prose stand navigation, headline, byline, date and the caption of a picture; below the last
stand prompts, addresses and links; between them, short lines without an end are captions. A text that is not mostly
sentences (a list, a table, a poem) is no article with furniture round it, so nothing but plain prompts is taken out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.capture.bylines import clean_byline
from claims.capture.dates import Dated, find_written_date, is_date_line
from claims.capture.furniture import heads_a_list_of_others, is_furniture
from claims.capture.html_body import letters
from claims.capture.text import normalise

_SENTENCE_END: Final = re.compile(r"[.!?…。！？][\"'”’»)\]›]*$")
_OPEN_END: Final = re.compile(r"[:;,—–-][\"'”’»)\]]*$")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_BULLET: Final = re.compile(r"(?:[•·▪◦*–—-]|\(?\d{1,2}[.)]|\([a-z]\))\s+\S")
_SEPARATOR: Final = re.compile(r"\s+[/|›»>·•]+\s+|\s{3,}|\s*[›»|]\s*")

_BY: Final = re.compile(r"(?i:(?:written\s+|reported\s+|text\s+)?(?:by|von|par|por))[\s:]+(?=[^\W\d_a-z])")
_BYLINE_LENGTH: Final = 120
_PUBLISHED_LABEL: Final = re.compile(r"\W*(?:first )?(?:published|veröffentlicht|publié|publicado)\b", re.IGNORECASE)
_UPDATE_LABEL: Final = re.compile(r"updat|modif|aktualisiert|last edit|accessed|retrieved|copyright|©", re.IGNORECASE)

_DATELINE: Final = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ .,’'/-]{2,60}?)(?:,\s*(?P<date>[^()—–]{4,30}?))?\s*"
    r"(?:\((?P<agency>[^()]{2,40})\))?\s*(?:—|–|--|-)\s+(?=\S)"
)
"""`WASHINGTON, Jan 24, 2022 (Agency) - The text`, as news agencies open a story."""

_OWN_SITE: Final = re.compile(r"(?P<name>.{2,60}?)[’']s? website can (?:also )?be accessed\b", re.IGNORECASE)
_RIGHTS: Final = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:19|20)\d\d(?:\s*[-–—]\s*(?:(?:19|20)?\d\d|present))?,?\s*(?:by\s+)?"
    r"(?P<name>[^\W\d_][\w &’'.-]{1,60}?)\s*(?=$|[,|·•]|\.(?:\s|$)|\s[–—-]\s|all rights|alle rechte)",
    re.IGNORECASE,
)
"""A notice with its year: without one it is usually a picture's credit."""

_FEWEST_WORDS: Final = 8
"""A line with fewer words that ends in a full stop may be a caption or an aside: it does not open the article."""

_CAPTION_WORDS: Final = 14
_HEADLINE_WORDS: Final = range(2, 31)
_FULL_HEADLINE_WORDS: Final = 5
"""Names and offices that stand alone (captions, sections) have fewer words than almost every headline."""

_NAME_WORDS: Final = 7
_NAME_DISCOUNT: Final = 0.25
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")

_CAPTION_CREDIT: Final = re.compile(
    r"[(\[](?:file )?(?:photo|picture|image|illustration|via|source|credit)\b[^)\]]{0,160}[)\]]\.?$"
    r"|\bGetty Images\)?\.?$|\((?:AFP|AP|EPA|Reuters)(?:[ /][^)]{1,40})?\)$",
    re.IGNORECASE,
)

_MOSTLY: Final = 0.5
_FEWEST_PROSE_WORDS: Final = 40
"""A text is an article when it is mostly prose, or when this much prose stands together in it."""

_BLOCK_WORTH: Final = 40
_BLOCK_COST: Final = 2
_HEAD_BLOCKS: Final = 12
"""Fitted on 495 pages of trafilatura's evaluation set, copied as plain text from top to bottom (F .83 against .70 for
all of the text; the headline found on 48 %): what a paragraph counts for and a label against staying in the article, in
words, and how far above the first paragraph a headline may stand."""


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """What plain text tells of an article; `text` has its paragraphs parted by empty lines."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: Dated | None
    published_origin: str | None
    text: str


def read_plain(text: str, *, whole: bool = False) -> PlainArticle:
    """Read an article from `text`.

    With `whole`, nothing lies round the article but its own head (a PDF): only prompts are taken out below that, and
    short lines stay, being headings and the cells of tables.
    """
    blocks = _paragraphs(normalise(text))
    start, end = _article(blocks)
    prose = [block for block in blocks[start:end] if _is_prose(block)]
    mostly = sum(map(len, prose)) >= _MOSTLY * sum(map(len, blocks))
    if not prose or not (mostly or sum(map(_words, prose)) >= _FEWEST_PROSE_WORDS):
        kept = [block for block in blocks if not is_furniture(block)] or blocks
        return PlainArticle(None, _outlet(kept, blocks), None, None, None, "\n\n".join(kept))
    if whole:
        start, end = next(position for position, block in enumerate(blocks) if _is_prose(block)), len(blocks)
    above = max(0, start - _HEAD_BLOCKS)
    head, body, tail = blocks[above:start], blocks[start:end], blocks[end:]
    title = _title(head, body)
    published, origin = _published(head, title, body[0], tail)
    found = [*(blocks[:above] if whole else ()), *_standfirst(head, title), *body]
    kept = [block for block in found if not (is_furniture(block) if whole else _is_aside(block))]
    return PlainArticle(title, _outlet(body, tail), _byline(head), published, origin, "\n\n".join(kept))


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs: each line that is not empty, lines broken at a width having been joined before."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _ends(block: str) -> bool:
    """Say whether `block` ends as a sentence does, or as one that goes on in the next block."""
    return _SENTENCE_END.search(block) is not None or _OPEN_END.search(block) is not None


def _words(block: str) -> int:
    return len(_WORD.findall(block))


def _is_prose(block: str) -> bool:
    """Say whether `block` is made of sentences and not of a prompt, a caption with its credit, or a list of links."""
    return (
        _words(block) >= _FEWEST_WORDS
        and _SENTENCE_END.search(block) is not None
        and not is_furniture(block)
        and not _CAPTION_CREDIT.search(block)
    )


def _is_aside(block: str) -> bool:
    """Say whether a block between the article's paragraphs is a caption, a link or a label instead of its text."""
    if is_furniture(block) or _CAPTION_CREDIT.search(block):
        return True
    if _ends(block) or _BULLET.match(block):
        return False
    return _words(block) <= _CAPTION_WORDS or _is_navigation(block)


def _is_navigation(block: str) -> bool:
    """Say whether `block` is a row of links or a breadcrumb: short segments between separators."""
    segments = [segment for segment in _SEPARATOR.split(block) if segment.strip()]
    short = all(_words(segment) <= 5 and not _SENTENCE_END.search(segment) for segment in segments)
    return short and (len(segments) >= 3 or (len(segments) == 2 and segments[0].casefold() in ("home", "news")))


def _article(blocks: Sequence[str]) -> tuple[int, int]:
    """Return where the article begins and ends: the run of blocks in which prose most outweighs labels and links.

    Blocks that are neither (a short answer in a transcript, an item of a list) weigh nothing. A heading over other
    articles, once most of the run has been read, ends it.
    """
    best, start, end, weight, since = 0, 0, 0, 0, 0
    for position, block in enumerate(blocks):
        if weight <= 0:
            weight, since = 0, position
        if _is_prose(block):
            weight += min(_words(block), _BLOCK_WORTH)
        elif is_furniture(block) or not (_ends(block) or _BULLET.match(block)):
            weight -= _BLOCK_COST
        if weight > best:
            best, start, end = weight, since, position + 1
    while start < end and not _is_prose(blocks[start]):
        start += 1
    while end < len(blocks) and _ends(blocks[end]) and not is_furniture(blocks[end]):
        end += 1
    lengths = [len(block) if _is_prose(block) else 0 for block in blocks[start:end]]
    for position in range(start, end):
        if heads_a_list_of_others(blocks[position]) and sum(lengths[: position - start]) >= _MOSTLY * sum(lengths):
            return start, position
    return start, end


def _headline_like(block: str) -> bool:
    return (
        _words(block) in _HEADLINE_WORDS
        and not block.endswith(".")
        and not is_furniture(block)
        and not _is_navigation(block)
        and not _CAPTION_CREDIT.search(block)
        and not _is_about_article(block)
    )


def _is_about_article(block: str) -> bool:
    """Say whether `block` is a line with the author or the date, or with both."""
    return is_date_line(block) or (len(block) <= _BYLINE_LENGTH and _BY.match(block) is not None)


def _title(head: Sequence[str], body: Sequence[str]) -> str | None:
    """Return the headline: the line of the head that most looks like one, the first among equals.

    A line gains by having as many words as headlines have (names that stand alone have fewer), by author or date
    closely below it, and by the share of its longer words that the article repeats. Of a name or an office (a short
    line of capitals) the article repeats every word, so there it says little.
    """
    told = set(letters(" ".join(body)).split())
    best: tuple[float, str] | None = None
    for position, block in enumerate(head):
        if not _headline_like(block):
            continue
        words = [word for word in letters(block).split() if len(word) > 3]
        repeated = sum(word in told for word in words) / len(words) if words else 0.0
        followed = any(map(_is_about_article, head[position + 1 : position + 4]))
        if _words(block) <= _NAME_WORDS and all(word[0].isupper() for word in _LONG_WORD.findall(block)):
            repeated *= _NAME_DISCOUNT
        likeness = (_words(block) >= _FULL_HEADLINE_WORDS) + followed + repeated
        if best is None or likeness > best[0]:
            best = (likeness, block)
    return best[1] if best else None


def _standfirst(head: Sequence[str], title: str | None) -> list[str]:
    """Return the lines below the headline that are too long for captions: the article's own summary."""
    below = head[head.index(title) + 1 :] if title in head else []
    return [block for block in below if _headline_like(block) and _words(block) > _CAPTION_WORDS]


def _byline(head: Sequence[str]) -> str | None:
    return next((name for block in head if _BY.match(block) and (name := clean_byline(block))), None)


def _published(
    head: Sequence[str], title: str | None, opening: str, tail: Sequence[str]
) -> tuple[Dated | None, str | None]:
    """Return the date in a line about the article, or in the agency's dateline.

    Lines about the article stand between headline and text, in the two lines above the headline, or say "published".
    The date at the top of a copied page is the day it was copied.
    """
    place = head.index(title) if title in head else 0
    near = [block for position, block in enumerate(head) if position >= place - 2 or _PUBLISHED_LABEL.match(block)]
    for block in (*near, *filter(_PUBLISHED_LABEL.match, tail)):
        found = find_written_date(block)
        if found is not None and _is_about_article(block) and not _UPDATE_LABEL.search(block[: found[1]]):
            return found[0], "byline"
    dateline = _DATELINE.match(opening)
    found = find_written_date(dateline["date"]) if dateline is not None and dateline["date"] else None
    return (found[0], "dateline") if found is not None else (None, None)


def _outlet(body: Sequence[str], tail: Sequence[str]) -> str | None:
    """Return the outlet where the text names it: in its own notices, or as the agency of a dateline."""
    for pattern in (_OWN_SITE, _RIGHTS):
        for block in (*tail, *body[-3:]):
            named = pattern.match(block) if len(block) <= 200 else None
            if named is not None and _words(named["name"]) <= 6:
                return named["name"].strip()
    dateline = _DATELINE.match(body[0]) if body else None
    return dateline["agency"] if dateline is not None else None
