"""Names out of bylines."""

import pytest

from claims.capture.bylines import clean_byline


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Doe", "Jane Doe"),
        ("By Jane Doe", "Jane Doe"),
        ("Written by: Jane Doe and Max Roe", "Jane Doe and Max Roe"),
        ("Posted 14 March 2023 by Jane Doe", None),
        ("By Jane Doe, 14 March 2023", "Jane Doe"),
        ("Jane Doe | Ford Gazette", "Jane Doe"),
        ("Jane Doe @janedoe", "Jane Doe"),
        ("jane@gazette.example", None),
        ("Von Jane Doe", "Jane Doe"),
        ("Von Jane Doe am 14. März 2023", "Jane Doe"),
        ("Par Jane Doe, le 14 mars 2023", "Jane Doe"),
        ("Veröffentlicht von Jane Doe", "Jane Doe"),
        ("Autor: Jane Doe", "Jane Doe"),
        ("Di Roe", "Di Roe"),
        ("von der Furt", "von der Furt"),
        ("Fordpress", "Fordpress"),
        ("By", None),
        ("admin", None),
        ("Monday", None),
        ("@gazette", None),
        ("https://gazette.example/authors/7", None),
        ("", None),
        ("1234", None),
        ("word " * 40, None),
    ],
)
def test_a_byline_gives_its_names_or_nobody(text: str, name: str | None) -> None:
    assert clean_byline(text) == name
