"""Bytes to characters, and characters to the form offsets point into."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.capture.text import decode, normalise, text_sha256


def test_blanks_become_spaces_and_invisible_characters_go() -> None:
    raw = "\ufeffone\u00a0two\u202fthree\tfour\u200b\u2060 hy\u00adphen  \r\nnext\rlast\u2028end"
    assert normalise(raw) == "one two three four hyphen\nnext\nlast\nend"


def test_quotation_marks_dashes_and_double_spaces_stay_as_printed() -> None:
    printed = "“We’ll talk—later,” she said.  'Quite so' – 5–6 … U.S."
    assert normalise(printed) == printed


def test_a_letter_and_its_accent_become_one_character() -> None:
    assert normalise("Zu\u0308rich") == "Zürich"


def test_the_joiners_that_spelling_needs_stay() -> None:
    assert normalise("می\u200cخواهم") == "می\u200cخواهم"


def test_there_is_never_more_than_one_empty_line() -> None:
    assert normalise("\n\none  \n \t\n\n\n\ntwo\n\n") == "one\n\ntwo"


@given(st.text(st.characters()))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "\0" not in once
    assert len(text_sha256(once)) == 64


@given(st.text(alphabet="aé ä\u0301\u00ad\u200b\u0308\u00a0\n\r\u0000"))
def test_normalising_twice_changes_nothing_where_accents_meet_invisible_characters(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_texts_that_differ_only_in_invisible_ways_share_a_hash() -> None:
    assert text_sha256(normalise("a\u00a0b\r\n")) == text_sha256(normalise("a b"))
    assert text_sha256("a b") != text_sha256("a  b")


@pytest.mark.parametrize(
    ("body", "label", "expected", "charset"),
    [
        ("Grüße".encode(), None, "Grüße", "utf-8"),
        ("Grüße".encode("cp1252"), None, "Grüße", "cp1252"),
        ("“x” €".encode("cp1252"), "iso-8859-1", "“x” €", "cp1252"),
        ("Grüße".encode(), "iso-8859-1", "Grüße", "utf-8"),
        ("Привет".encode("cp1251"), "windows-1251", "Привет", "cp1251"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет", "koi8-r"),
        ("日本".encode("shift_jis"), "shift_jis", "日本", "cp932"),
        ("日本".encode("cp932"), "windows-31j", "日本", "cp932"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本", "iso2022_jp"),
        ("中文".encode("gb18030"), "gb2312", "中文", "gb18030"),
        ("\ufeffGrüße".encode(), "windows-1251", "Grüße", "utf-8"),
        ("\ufeffGrüße".encode("utf-16-le"), None, "Grüße", "utf-16-le"),
        ("\ufeffGrüße".encode("utf-16-be"), "utf-8", "Grüße", "utf-16-be"),
        (b"plain", "utf-7", "plain", "utf-8"),
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-", "utf-8"),
        (b"caf\xe9 \x81", "no-such-charset", "café �", "cp1252"),
        (b"\xff\xff\xff", "utf-8", "���", "utf-8"),
    ],
)
def test_bytes_are_read_by_mark_then_utf_8_then_label(
    body: bytes, label: str | None, expected: str, charset: str
) -> None:
    found = decode(body, label=label)
    assert (found.text, found.charset) == (expected, charset)


@pytest.mark.parametrize(
    "meta",
    ['<meta charset="windows-1251">', "<META http-equiv=Content-Type content='text/html; charset=windows-1251'>"],
)
def test_a_page_may_name_its_own_encoding(meta: str) -> None:
    body = f"<!-- {'x' * 1500} -->{meta}<p>Привет".encode("cp1251")
    assert decode(body, markup=True).text.endswith("Привет")
    assert decode(body, markup=False).charset == "cp1252"
    assert decode(body, label="koi8-r", markup=True).charset == "koi8-r"


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "gbk", "utf-16", "idna", "hex", "rot13", "\0", "undefined"]),
)
def test_no_bytes_and_no_label_break_the_reader(body: bytes, label: str | None) -> None:
    assert isinstance(decode(body, label=label, markup=True).text, str)
