"""Whatever comes in: an article, or one clear sentence."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.capture.errors import (
    BinaryInput,
    CaptureError,
    EmptyInput,
    OversizedInput,
    TextlessInput,
    Unreadable,
)
from claims.capture.readable import MAX_TEXT_BYTES, read
from claims.capture.text import normalise
from claims.languages import vote

SEED = Path(__file__).parents[4] / "shared" / "data" / "seed-article.txt"


@pytest.mark.parametrize(
    ("body", "media_type", "error"),
    [
        (b"", "text/html", EmptyInput),
        (b"   \n", None, EmptyInput),
        (b"\x89PNG\r\n\x1a\n\x00\x01", "image/png", BinaryInput),
        (b"PK\x03\x04\x00\x00", None, BinaryInput),
        (b"x" * 50_000_000, "text/plain", OversizedInput),
        (b"<html><body><p>" + b"word " * (MAX_TEXT_BYTES // 4), "text/html", OversizedInput),
        (b"<html><body><script>var a = 1;</script><img src=a.png></body></html>", "text/html", TextlessInput),
        (b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript>"
         b"<p>You need to enable JavaScript to run this app.</p></body></html>", "text/html", TextlessInput),
        (b"<html></html>", "text/html", TextlessInput),
        (b"<", "text/html", TextlessInput),
        (b"... --- ...", "text/plain", TextlessInput),
    ],
)  # fmt: skip
def test_what_holds_no_article_is_refused_in_one_sentence(
    body: bytes, media_type: str | None, error: type[Unreadable]
) -> None:
    with pytest.raises(error) as refused:
        read(body, media_type)
    assert refused.value.permanent
    assert str(refused.value).endswith(".")
    assert str(refused.value).count(". ") == 0


def test_the_cap_is_the_callers() -> None:
    with pytest.raises(OversizedInput, match="longer than"):
        read(b"eleven bytes", "text/plain", max_bytes=11)
    assert read(b"eleven bytes", "text/plain", max_bytes=12).text == "eleven bytes"


@pytest.mark.parametrize(
    "body",
    [b"The toll falls in June.", b"<p>The toll falls in June.</p>", "The toll falls in June.".encode("utf-16")],
)
def test_an_undated_titleless_input_is_read_with_nothing_invented(body: bytes) -> None:
    article = read(body)
    assert article.text == "The toll falls in June."
    assert (article.title, article.byline, article.outlet, article.published) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The toll will fall in June, and the ferries that cross at night are to be stopped by the towns.", "en"),
        (
            "Die Maut wird im Juni sinken, und die Fähren, die in der Nacht fahren, werden von den Städten gestoppt.",
            "de",
        ),
        ("Le péage va baisser en juin, et les bacs qui passent la nuit ne seront plus là pour les camions.", "fr"),
        ("El peaje va a bajar en junio y los barcos que cruzan por la noche no van a salir de las ciudades.", "es"),
        ("Roe Doe Ford Bridge Toll Crown River Town Hall Mayor Lorry Ferry Night", None),
        ("The toll falls.", None),
        ("橋は六月に開く。" * 20, None),
    ],
)
def test_a_language_is_told_only_where_its_words_are_plain(text: str, language: str | None) -> None:
    assert vote(text) == language


@pytest.mark.skipif(not SEED.exists(), reason="the developers' data (../shared) is not here")
def test_the_article_the_project_began_with_is_read_as_a_person_would() -> None:
    body = SEED.read_bytes()
    article = read(body, filename=SEED.name)
    paragraphs: Sequence[str] = article.text.split("\n\n")
    assert article.title is not None
    assert article.title in normalise(body.decode()).split("\n")
    assert (article.outlet, article.published, article.language) == ("Press TV", None, "en")
    assert len(paragraphs) == 15
    assert all(len(paragraph) > 100 for paragraph in paragraphs)


BITS = [
    *("<p>", "</p>", "<q>", "<div", ">", "<h1>A b</h1>", "<!--", "<?xml x?>", "<table><tr><td>", "%PDF-", "©", "\0"),
    *("<time datetime='", "'>", "<meta property='og:title' ", "content=''>", "<a href='//['>", "&#xd800;", "{}"),
    *("<script type='application/ld+json'>", "<link rel=canonical href='http://['>", "The toll falls. ", "14 May 2023"),
]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(str.encode),
        st.lists(
            st.sampled_from(BITS),
            max_size=30,
        ).map(lambda parts: "".join(parts).encode()),
    ),
    st.sampled_from([None, "text/html", "text/plain", "application/pdf"]),
)
def test_no_bytes_do_more_than_be_refused(body: bytes, media_type: str | None) -> None:
    try:
        article = read(body, media_type, url="https://gazette.example/")
    except CaptureError:
        return
    assert article.text == normalise(article.text)
    assert article.text
