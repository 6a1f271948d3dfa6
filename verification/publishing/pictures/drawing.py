"""A check's picture, 1200 by 630 pixels, which is what networks show beside a link. No Django: words in, PNG out.

The rating comes first, as on the desk's pages: nowhere does the claim stand without it, however a picture is cut.
Text is no smaller than 28 pixels, so that it can be read where the picture is shown half as large.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Final

from PIL import Image, ImageDraw

from verification.publishing.pictures.lettering import (
    BOLD,
    REGULAR,
    SEMIBOLD,
    Block,
    can_show,
    cut,
    fitted,
    font,
    length,
    plain,
)
from verification.publishing.pictures.marks import MARKS

WIDTH: Final = 1200
HEIGHT: Final = 630
MARGIN: Final = 72
INNER: Final = WIDTH - 2 * MARGIN
SMALL: Final = 30
NAME: Final = 36
RATING_SIZES: Final = (76, 68, 60, 52, 44, 38)
CLAIM_SIZES: Final = (84, 76, 70, 64, 58, 52, 48, 44, 40)
NOTICE_HEIGHT, BAND_HEIGHT, FOOT_HEIGHT, PADDING = 60, 164, 92, 28
METER_HEIGHT, ICON_HEIGHT = 48, 68
CLAIM_LENGTH: Final = 600
"""Characters of a claim that are looked at; in the smallest size there is room for some 400."""
SHORT_LENGTH: Final = 200
COLOURS: Final = 128
"""Of the palette: half a dozen, and what lies between them at the edges of letters."""
KEPT: Final = 64
"""Pictures that are kept ready in each process, some 30 KB each."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colour of text and marks, and the one they stand on (CSS)."""

    text: str
    ground: str


# The pages' own colours, in their light theme (`config/static/readout/readout.css`).
TONES: Final = {
    "good": Ink("#ffffff", "#155f39"),
    "caution": Ink("#ffffff", "#764700"),
    "bad": Ink("#ffffff", "#9d212a"),
    "quiet": Ink("#ffffff", "#4a5159"),
}
LOUD: Final = Ink("#101316", "#ffffff")
QUIET: Final = Ink("#5a6068", "#ffffff")
NOTICE: Final = Ink("#764700", "#fcf0d6")
LINE: Final = "#8f8b83"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a picture shows. `mark` is a name of `MARKS` or empty, `tone` one of `TONES`.

    `by` says who claimed it and `said` when, `dated` which version this is, `notice` what a reader must know first;
    each may be empty.
    """

    desk: str
    rating: str
    mark: str
    tone: str
    claim: str
    by: str = ""
    said: str = ""
    dated: str = ""
    notice: str = ""


def draw(card: Card) -> bytes | None:
    """Return the picture as PNG, the same bytes for the same card; None where the font lacks a character that it needs.

    One picture is drawn at a time in each process, and the newest are kept: strangers who ask for many wait for each
    other. Of a long claim only the beginning is read.
    """
    with _ONE_AT_A_TIME:
        return _drawn(_plain(card))


def can_draw(card: Card) -> bool:
    """Say whether the font has every character that the picture needs."""
    plain_card = _plain(card)
    texts = (plain_card.desk, plain_card.rating, plain_card.claim, plain_card.by)
    return all(map(can_show, (*texts, plain_card.said, plain_card.dated, plain_card.notice)))


def _plain(card: Card) -> Card:
    return Card(
        desk=plain(card.desk, SHORT_LENGTH),
        rating=plain(card.rating, SHORT_LENGTH),
        mark=card.mark,
        tone=card.tone,
        claim=plain(card.claim, CLAIM_LENGTH),
        by=plain(card.by, SHORT_LENGTH),
        said=plain(card.said, SHORT_LENGTH),
        dated=plain(card.dated, SHORT_LENGTH),
        notice=plain(card.notice, SHORT_LENGTH),
    )


_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=KEPT)
def _drawn(card: Card) -> bytes | None:
    if not can_draw(card):
        return None
    sheet = Image.new("RGB", (WIDTH, HEIGHT), LOUD.ground)
    drawing = ImageDraw.Draw(sheet)
    top = 0
    if card.notice:
        _notice(sheet, drawing, card.notice)
        top = NOTICE_HEIGHT
    _rating(sheet, drawing, card, top)
    _claim(drawing, card, top + BAND_HEIGHT)
    _foot(drawing, card)
    file = BytesIO()
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _notice(sheet: Image.Image, drawing: ImageDraw.ImageDraw, words: str) -> None:
    drawing.rectangle((0, 0, WIDTH, NOTICE_HEIGHT - 1), NOTICE.ground)
    icon = MARKS["warn"](34)
    sheet.paste(NOTICE.text, (MARGIN, (NOTICE_HEIGHT - icon.height) // 2), icon)
    left = icon.width + 14
    _line(drawing, cut(words, SEMIBOLD, SMALL, INNER - left), (MARGIN + left, NOTICE_HEIGHT / 2), SEMIBOLD, NOTICE)


def _rating(sheet: Image.Image, drawing: ImageDraw.ImageDraw, card: Card, top: int) -> None:
    ink = TONES[card.tone]
    drawing.rectangle((0, top, WIDTH, top + BAND_HEIGHT - 1), ink.ground)
    left = 0
    if card.mark:
        mark = MARKS[card.mark](METER_HEIGHT if card.mark.startswith("r") else ICON_HEIGHT)
        sheet.paste(ink.text, (MARGIN, top + (BAND_HEIGHT - mark.height) // 2), mark)
        left = mark.width + 32
    block = fitted(card.rating, BOLD, RATING_SIZES, INNER - left, BAND_HEIGHT - 40)
    _lines(drawing, block, (MARGIN + left, top + (BAND_HEIGHT - block.height) / 2), ink)


def _claim(drawing: ImageDraw.ImageDraw, card: Card, top: int) -> None:
    """Draw the claim with who made it below, both in the middle of what is left between rating and foot."""
    told = _told(card)
    below = 56 if told else 0
    room = HEIGHT - FOOT_HEIGHT - top - 2 * PADDING
    block = fitted(card.claim, SEMIBOLD, CLAIM_SIZES, INNER, room - below)
    at = top + PADDING + (room - block.height - below) / 2
    _lines(drawing, block, (MARGIN, at), LOUD)
    if told:
        _line(drawing, told, (MARGIN, at + block.height + below - SMALL / 2), REGULAR, QUIET)


def _told(card: Card) -> str:
    """Return who claimed it and when on one line; a name that is too long is cut, the day is not."""
    said = cut(card.said, REGULAR, SMALL, INNER / 2)
    if not card.by or not said:
        return said or cut(card.by, REGULAR, SMALL, INNER)
    said = f" · {said}"
    return cut(card.by, REGULAR, SMALL, INNER - length(said, REGULAR, SMALL)) + said


def _foot(drawing: ImageDraw.ImageDraw, card: Card) -> None:
    top = HEIGHT - FOOT_HEIGHT
    drawing.line((MARGIN, top, WIDTH - MARGIN, top), LINE, 2)
    dated = cut(card.dated, REGULAR, SMALL, INNER / 2)
    long = length(dated, REGULAR, SMALL)
    middle = top + FOOT_HEIGHT / 2
    _line(drawing, dated, (WIDTH - MARGIN - long, middle), REGULAR, QUIET)
    _line(drawing, cut(card.desk, BOLD, NAME, INNER - long - 40), (MARGIN, middle), BOLD, LOUD, NAME)


def _line(
    drawing: ImageDraw.ImageDraw, text: str, at: tuple[float, float], weight: str, ink: Ink, size: int = SMALL
) -> None:
    """Draw a line, its letters' middle at the height of `at`."""
    drawing.text((at[0], at[1] + size * 0.33), text, ink.text, font(weight, size), anchor="ls")


def _lines(drawing: ImageDraw.ImageDraw, block: Block, at: tuple[float, float], ink: Ink) -> None:
    for number, line in enumerate(block.lines):
        middle = at[1] + (number + 0.5) * block.leading
        _line(drawing, line, (at[0], middle), block.weight, ink, block.size)
