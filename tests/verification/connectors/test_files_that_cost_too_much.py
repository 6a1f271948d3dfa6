"""A hostile file costs no more time than a long one, and never more than a sentence."""

import time

import pytest

from verification.connectors.contract import UnreadableFile
from verification.connectors.earlier.claimreview import loads
from verification.connectors.letters import mail
from verification.connectors.transcripts import transcript_text

# Many times what each takes on a busy machine; without a bound each takes a minute or more.
MOST_SECONDS = 3.0
MANY = 60_000


@pytest.mark.parametrize(
    "words", [b"<" * MANY, b"<v" + b" " * MANY, b"<v." + b"x" * MANY], ids=["tags", "voice", "class"]
)
def test_a_transcript_of_unclosed_tags_is_read_at_once(words: bytes) -> None:
    since = time.monotonic()
    transcript_text(b"00:01 --> 00:02\n" + words)
    assert time.monotonic() - since < MOST_SECONDS


def test_a_time_before_a_long_blank_is_read_at_once() -> None:
    since = time.monotonic()
    text, _places = transcript_text(b"00:01" + b" " * MANY + b"\n00:02 The lamps are lit.")
    assert text == "The lamps are lit."
    assert time.monotonic() - since < MOST_SECONDS


def test_json_with_a_long_blank_after_a_comment_mark_is_read_at_once() -> None:
    since = time.monotonic()
    assert loads('<!-- {"a": 1} -->  ;  ') == {"a": 1}
    loads('{"a": "-->' + " " * MANY + 'x"}')
    assert time.monotonic() - since < MOST_SECONDS


def test_a_letter_with_a_header_without_end_is_read_at_once() -> None:
    since = time.monotonic()
    mail(b"Subject: Lamps\nFrom: " + b'"' * MANY + b"\n\nThe lamps are lit.")
    assert time.monotonic() - since < MOST_SECONDS


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1500)),
        b"From: " + b"(" * 1900 + b"\n\nThe lamps are lit.",
    ],
    ids=["parts", "comments"],
)
def test_a_letter_nested_without_end_is_told_as_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableFile):
        mail(b"Subject: Lamps\n" + body)
