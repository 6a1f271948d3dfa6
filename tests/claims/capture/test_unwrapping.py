"""Lines broken at a width are joined; lines broken on purpose are left alone."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.capture.readable import read
from claims.capture.unwrapping import unwrap

PROSE = (
    "The harbour board of Port Example met in the long room on the first evening of May and agreed, after three hours, "
    "to light the lamps on the northern mole again, which captains had asked for since the winter before last.\n\n"
    '"We bought forty lamps for the northern mole, and every one of them will burn by midsummer," harbour warden Ada '
    "Quillfeather told reporters who had waited in the rain outside.\n\n"
    "The board had switched the lamps off to save oil."
)


@pytest.mark.parametrize("width", [65, 72, 80, 100])
def test_prose_broken_at_a_width_is_joined_again(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(part, width, break_on_hyphens=False) for part in PROSE.split("\n\n"))
    assert unwrap(wrapped) == PROSE


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Home\nNews\nPort\nLamps\nOil\nBoats",
        "Lamps return to the northern mole of the harbour\nBy Ada Example\n\nThe lamps burn.",
        "One headline about lamps in the harbour of Port Example\nA second\nA third headline, longer than the second"
        "\nShort\nAnd one more line about nothing at all in the evening",
    ],
)
def test_lines_broken_on_purpose_stay_apart(text: str) -> None:
    assert unwrap(text) == text


@given(st.text(alphabet="ab .,\n", max_size=400))
def test_no_letter_is_lost_or_made(text: str) -> None:
    assert "".join(unwrap(text).split()) == "".join(text.split())


def test_an_article_broken_at_a_width_is_read_like_the_unbroken_one() -> None:
    article = f"Lamps return to the northern mole\n\n{PROSE}\n"
    wrapped = "\n\n".join(textwrap.fill(part, 72, break_on_hyphens=False) for part in article.split("\n\n"))
    assert read(wrapped.encode()) == read(article.encode())
