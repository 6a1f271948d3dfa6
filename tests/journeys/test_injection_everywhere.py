"""No text is forgotten: each column of words is poisoned, or listed with why no line could come there."""

from pathlib import Path

import pytest

from tests.injections import lines, own_lines
from tests.journeys.furnished import furnish
from tests.journeys.furnished_words import fill
from tests.journeys.poisoning import Lines, poison, spared, text_columns
from tests.journeys.spared import SPARED

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_column_of_text_is_poisoned_or_listed_with_its_reason() -> None:
    furnish()
    fill()
    poisoned = poison(lines())
    forgotten = {f"{model.__name__}.{field.name}" for model, field in text_columns() if spared(model, field) is None}
    empty = sorted(forgotten - poisoned.keys())
    assert not empty, f"Make a row with words in it in tests/journeys/furnished_words.py: {', '.join(empty)}"


def test_five_hundred_lines_are_made_and_no_two_are_alike() -> None:
    assert len(set(own_lines())) == len(own_lines()) >= 500


@pytest.mark.parametrize("rows", [1, 2, 9, 40])
def test_every_line_stands_in_a_column_however_many_rows_share_it(rows: int) -> None:
    dealt = Lines(own_lines())
    held = "\n".join(dealt.share("Review.wording", rows) for _row in range(rows))
    assert [line for line in own_lines() if line not in held] == []


def test_a_file_of_whatever_bytes_is_read_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"\xef\xbb\xbf<b>\r\n\n  \t \n<\0i>\n\xed\xa0\x80\xff<svg>\r<u\t>\n<b>\n" + b"x" * 10_000
    path = tmp_path / "lines.txt"
    path.write_bytes(body)
    monkeypatch.setenv("INJECTIONS", str(path))
    first, second, third, fourth, last = lines()
    assert (first, second, fourth, len(last)) == ("<b>", "<\ufffdi>", "<u\t>", 10_000)
    assert third.endswith("<svg>")


def test_nothing_is_spared_that_is_no_column_any_more() -> None:
    known = {
        name
        for model, field in text_columns()
        for name in (f"{model.__name__}.{field.name}", f"{model.__name__}.*", field.name)
    }
    assert SPARED.keys() - known == set()
