"""Time stamps, asked of a real authority: what it signs is believed, and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.capture.signed_data import is_signed
from claims.capture.stamping import BadStamp, Question
from tests.claims.authority import Authority, needs_openssl

pytestmark = needs_openssl
BODY = b"The harbour board counted forty lamps on the northern mole."


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "ec")


@pytest.mark.parametrize("key", ["rsa", "ec"])
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
@pytest.mark.parametrize("chain", [True, False])
def test_a_stamp_of_the_bytes_is_taken_and_openssl_takes_it_too(
    tmp_path: Path, key: str, digest: str, chain: bool
) -> None:
    authority = Authority(tmp_path / "own", key=key, digest=digest, chain=chain)
    question = Question.about(BODY)
    stamp = question.answered(authority.answer(question.body))
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert authority.accepts(stamp.token, BODY)
    assert not authority.accepts(stamp.token, BODY + b" ")


def test_only_the_hash_leaves_the_house() -> None:
    question = Question.about(BODY)
    assert question.digest in question.body
    assert BODY[:12] not in question.body
    assert len(question.body) < 100


def test_a_stamp_of_other_bytes_is_not_taken(authority: Authority) -> None:
    other = authority.answer(Question.about(b"something else").body)
    with pytest.raises(BadStamp, match="another hash"):
        Question.about(BODY).answered(other)


def test_an_old_stamp_of_the_same_bytes_is_not_taken(authority: Authority) -> None:
    old = authority.answer(Question.about(BODY).body)
    with pytest.raises(BadStamp, match="another question"):
        Question.about(BODY).answered(old)


def test_a_refusal_is_told_in_the_authoritys_words(authority: Authority) -> None:
    with pytest.raises(BadStamp, match="refused to stamp: Bad request format"):
        Question.about(BODY).answered(authority.answer(b"no question"))


@pytest.mark.parametrize("reply", [b"", b"<html>", b"\x30\x80\x00\x00", b"\x30\x84\xff\xff\xff\xff", b"\x30\x00"])
def test_what_is_no_stamp_is_told(reply: bytes) -> None:
    with pytest.raises(BadStamp):
        Question.about(BODY).answered(reply)


def test_a_certificate_that_was_not_made_for_it_signs_no_stamp(authority: Authority) -> None:
    question = Question.about(BODY)
    token = question.answered(authority.answer(question.body)).token
    made, of_a_page = (
        x509.load_pem_x509_certificate((authority.folder / name).read_bytes()) for name in ("stamps.pem", "pages.pem")
    )
    assert made.public_key() == of_a_page.public_key()
    assert is_signed(token, made)
    assert not is_signed(token, of_a_page)


@pytest.fixture(scope="module")
def asked(authority: Authority) -> tuple[Question, bytes]:
    question = Question.about(BODY)
    return question, authority.answer(question.body)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_stamp_that_was_tampered_with_gives_no_other_time(asked: tuple[Question, bytes], data: st.DataObject) -> None:
    question, reply = asked
    place = data.draw(st.integers(0, len(reply) - 1))
    changed = reply[:place] + bytes([reply[place] ^ data.draw(st.integers(1, 255))]) + reply[place + 1 :]
    try:
        stamp = question.answered(changed)
    except BadStamp:
        return
    assert stamp.at == question.answered(reply).at
