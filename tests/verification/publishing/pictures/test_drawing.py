"""Pictures as they are drawn: what fits, what can be read, and what no text can do to them."""

import re
from dataclasses import fields, replace
from threading import Thread
from time import thread_time

import pytest
from django.conf import settings
from PIL import Image, ImageChops

from tests.verification.publishing.pictures.cards import CARD, opened
from tests.verification.publishing.samples import HOSTILE
from verification.models import Rating
from verification.publishing.pictures import drawing
from verification.publishing.pictures.drawing import (
    CLAIM_SIZES,
    INNER,
    MARGIN,
    NAME,
    RATING_SIZES,
    SMALL,
    TONES,
    Card,
    Ink,
    draw,
)
from verification.publishing.pictures.lettering import BOLD, ELLIPSIS, REGULAR, SEMIBOLD, can_show, cut, fitted, length
from verification.publishing.pictures.marks import MARKS

INKS = {**TONES, "loud": drawing.LOUD, "quiet words": drawing.QUIET, "notice": drawing.NOTICE}
SMALLEST = 28
"""Pixels of letters that can be read where a picture is shown 600 pixels wide."""
SHOWN = {
    "German": "Übermäßige Heizölpreise: „größer als je zuvor“",
    "Polish": "Żółć i gęślą jaźń kosztują 3 zł",
    "Turkish": "İğde ağacının gölgesinde ışık söndü",
    "Vietnamese": "Tỷ lệ hộ gia đình nợ tiền sưởi đã giảm",
    "Greek": "Το ποσοστό των νοικοκυριών μειώθηκε κατά 4 τοις εκατό",
    "Russian": "Доля домохозяйств упала за год на 32 процента",
    "Ukrainian": "Їжак з’їв ґедзя, є докази",
    "French": "« 32\u202f% des ménages », dit-il\u00a0: c’était l’été",
    "decomposed": "Ka\u0308pt\u2019n bezahlt",
    "signs": "€5 – $6 — £7 … −3 °C ½ × 2\u2011fach",
}
NOT_SHOWN = {
    "Arabic": "المصابيح تحترق",
    "Hebrew": "המנורות דולקות",
    "Hindi": "दीपक जल रहे हैं",
    "Thai": "โคมไฟ",
    "Chinese": "灯亮着",
    "Korean": "등불이 켜졌다",
    "an emoji": "Lamps 🔥 burn",
    "marks upon marks": "L\u0336a\u0336m\u0336p\u0336s",
    "one letter in a name": "Ada Quillfeather of 中",
}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_text_can_be_told_from_what_it_stands_on(ink: Ink) -> None:
    dark, light = sorted((luminance(ink.text), luminance(ink.ground)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_each_tone_has_the_colour_that_pages_give_it() -> None:
    css = (settings.BASE_DIR / "config/static/readout/readout.css").read_text(encoding="utf-8")
    pages = dict(re.findall(r"--(\w+)-fg: light-dark\((#\w{6}),", css))
    assert set(TONES) == set(Rating.Tone.values)
    assert {tone: ink.ground for tone, ink in TONES.items()} == {tone: pages[tone] for tone in TONES}
    for tone, ink in TONES.items():
        band = opened(draw(replace(CARD, tone=tone)) or b"")
        assert "#" + band.crop((5, 5, 6, 6)).tobytes().hex() == ink.ground


def test_each_mark_of_the_pages_is_drawn() -> None:
    icons = (settings.BASE_DIR / "templates/readout/icons.html").read_text(encoding="utf-8")
    names = set(re.findall(r'id="(r\w+)"', icons))
    assert names | {"absent", "warn"} == set(MARKS)
    seen = {name: mark(48) for name, mark in MARKS.items()}
    assert all(mark.getbbox() and mark.height == 48 for mark in seen.values())
    assert len({mark.tobytes() for mark in seen.values()}) == len(MARKS)


def test_no_letter_is_too_small() -> None:
    assert min(SMALL, NAME, *RATING_SIZES, *CLAIM_SIZES) >= SMALLEST


def test_a_picture_is_as_large_as_networks_ask_and_the_same_each_time() -> None:
    data = draw(CARD)
    assert data and opened(data).size == (1200, 630)
    drawing._drawn.cache_clear()
    assert draw(CARD) == data
    assert len(data) < 60_000


def test_whatever_a_card_says_is_seen_in_the_picture() -> None:
    plain = draw(CARD)
    words = {field.name: "Other" for field in fields(Card)} | {"mark": "r4", "tone": "good"}
    for name, word in words.items():
        assert draw(replace(CARD, **{name: word})) != plain, name


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_letters_of_the_font_are_shown(text: str) -> None:
    assert draw(replace(CARD, claim=text, by=text, desk=text, rating=text))


@pytest.mark.parametrize("text", NOT_SHOWN.values(), ids=NOT_SHOWN)
@pytest.mark.parametrize("name", ["claim", "by", "desk", "rating"])
def test_where_a_letter_is_not_in_the_font_there_is_no_picture(text: str, name: str) -> None:
    assert draw(replace(CARD, **{name: text})) is None


def test_a_letter_that_is_cut_off_is_not_missed() -> None:
    assert draw(replace(CARD, claim="lamps " * 3000 + "灯"))


def test_what_has_no_width_and_what_turns_the_direction_is_left_out() -> None:
    hidden = "\u200bEvery\u200d captain\u2066 pays\u202e a\x07 penny\ufe0f for\u00ad the\ufeff lamps\r\n"
    assert draw(replace(CARD, claim=hidden)) == draw(CARD)
    assert draw(replace(CARD, claim="\u200b" * 18_000 + CARD.claim)) == draw(CARD)


LONG = {
    "18,000 letters": "We bought forty lamps for the northern mole. " * 400,
    "one word of 5,000": "x" * 5000,
    "wide letters": "W" * 5000,
    "narrow letters": "i " * 9000,
    "nothing seen": "\u200b" * 18_000,
    "blanks that hold together": "\u00a0a" * 9000,
    "nothing": "",
    "an address": "https://port.example/" + "lamps/" * 300,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_no_text_is_long_enough_to_leave_its_place_or_to_take_long(text: str) -> None:
    card = replace(CARD, claim=text, by=text, desk=text, rating=text, dated=text, said=text, notice=text or "Look")
    drawing._drawn.cache_clear()
    started = thread_time()
    data = draw(card)
    assert thread_time() - started < 1.0
    assert data
    picture = opened(data)
    for left in (0, MARGIN + INNER + 3):
        edge = picture.crop((left, 0, left + MARGIN - 3, 630))
        rows = edge.resize((1, 630), Image.Resampling.BOX).resize(edge.size, Image.Resampling.NEAREST)
        assert ImageChops.difference(edge, rows).getbbox() is None, "something stands in the margin"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_a_picture(text: str) -> None:
    data = draw(replace(CARD, claim=text, by=text, desk=text, rating=text, dated=text, said=text, notice=text))
    assert data is None or opened(data).size == (1200, 630)


def test_a_long_claim_ends_with_an_ellipsis_after_a_word() -> None:
    block = fitted("forty lamps burn " * 100, SEMIBOLD, CLAIM_SIZES, INNER, 300)
    assert block.size == CLAIM_SIZES[-1]
    assert block.height <= 300
    assert re.search(rf"\b(forty|lamps|burn){ELLIPSIS}$", block.lines[-1])
    assert max(length(line, SEMIBOLD, block.size) for line in block.lines) <= INNER


def test_a_short_claim_is_large_and_its_lines_are_alike() -> None:
    block = fitted(CARD.claim, SEMIBOLD, CLAIM_SIZES, INNER, 300)
    assert block.size == CLAIM_SIZES[0]
    assert block.lines == ("Every captain pays a", "penny for the lamps")


def test_a_long_word_is_made_smaller_before_it_is_broken() -> None:
    word = "Heizölpreisänderungsankündigungsverordnungen"
    assert fitted(word, SEMIBOLD, CLAIM_SIZES, INNER, 300).lines == (word,)
    assert "".join(fitted(word * 3, SEMIBOLD, CLAIM_SIZES, INNER, 300).lines) == word * 3


def test_blanks_that_hold_words_together_do() -> None:
    lines = fitted("lamps at 32\u00a0%", BOLD, (40,), length("lamps at 32", BOLD, 40), 300).lines
    assert lines == ("lamps at", "32\u00a0%")


def test_a_line_is_cut_where_it_does_not_fit() -> None:
    assert cut("forty lamps", REGULAR, 30, 900) == "forty lamps"
    assert cut("forty lamps burn on the mole", REGULAR, 30, length("forty lamps burn…", REGULAR, 30)) == (
        "forty lamps burn…"
    )
    assert cut("x" * 90, REGULAR, 30, length("xxxx…", REGULAR, 30) + 1) == "xxxx…"
    assert cut("forty", REGULAR, 30, -5) == ELLIPSIS


def test_pictures_that_are_asked_for_at_once_are_each_their_own() -> None:
    cards = [replace(CARD, claim=f"Lamp {number} burns") for number in range(8)]
    drawn: dict[str, bytes | None] = {}
    threads = [Thread(target=lambda card=card: drawn.update({card.claim: draw(card)})) for card in cards * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drawing._drawn.cache_clear()
    assert drawn == {card.claim: draw(card) for card in cards}


def test_not_every_picture_is_kept() -> None:
    assert drawing._drawn.cache_info().maxsize == drawing.KEPT <= 100


def test_the_font_has_what_our_own_words_need() -> None:
    assert can_show("…·“”‘’„«»–—−\u00a0")
