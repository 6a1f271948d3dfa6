"""Signed heads of the log: what they say, who believes them, and what shows when a log was cut off or rewritten."""

import base64
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tests.cases import Walk
from tests.factories import open_review
from verification.models import Checkpoint, LogKey, Seal, SealEntry
from verification.review.checkpoints import checkpoint_faults, make_checkpoint, newest_checkpoint, unproved
from verification.review.heads import Head, read_head
from verification.review.log_keys import KeyMissing, replace, signing_key, verifier_of
from verification.review.sealing import seal
from verification.review.signed_note import NoteFault, SignerKey, body_of, new_key, read_signer, read_verifier, sign
from verification.review.witnessing import Astray, Kept, go_on, keep, kept_in

# A key of our own: the seed is 0, 1, 2 … 31.
KEY = SignerKey("desk.example/log", bytes(range(32)))


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, settings: Settings) -> None:
    settings.STATE_DIR, settings.LOG_KEY = tmp_path, ""


def sealed() -> None:
    open_review()
    assert seal() is not None


def signed() -> Checkpoint:
    sealed()
    made = make_checkpoint()
    assert made is not None
    return made


def published_and_signed() -> Checkpoint:
    Walk().to_publication()
    seal()
    made = make_checkpoint()
    assert made is not None
    return made


def ask(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200
    return answer.getvalue().decode()


def ask_seals(after: int) -> str:
    return ask(f"/checks/log/seals?after={after}")


def seen(before: Kept | None) -> Kept:
    return go_on(before, ask("/checks/log/checkpoint"), verifier_of(LogKey.objects.latest("pk")), ask_seals)


def test_a_note_is_written_as_other_tools_read_it() -> None:
    note = sign("desk.example/log\nline\n", KEY)
    body, signature = note.split("\n\n")
    dash, name, value = signature.rstrip("\n").split(" ")
    assert (dash, name) == ("\u2014", "desk.example/log")
    raw = base64.b64decode(value)
    assert raw[:4].hex() == KEY.verifier.key_id
    Ed25519PublicKey.from_public_bytes(KEY.verifier.public).verify(raw[4:], (body + "\n").encode())


def test_keys_are_read_as_they_are_written_and_a_damaged_one_is_refused() -> None:
    assert read_verifier(str(KEY.verifier)) == KEY.verifier
    assert read_signer(KEY.written) == KEY
    for damaged in ("", "x+y", str(KEY.verifier)[:-3] + "A==", "other" + str(KEY.verifier)):
        with pytest.raises(NoteFault):
            read_verifier(damaged)
    with pytest.raises(NoteFault):
        new_key("a name")


@given(place=st.integers(0, 10_000), other=st.characters(categories=["L", "N"]))
def test_no_letter_of_a_signed_text_can_be_another(place: int, other: str) -> None:
    note = sign("desk.example/log\n12\nabcdef\n", KEY)
    place %= len(note.split("\n\n")[0])
    changed = note[:place] + other + note[place + 1 :]
    if changed != note:
        with pytest.raises(NoteFault):
            body_of(changed, KEY.verifier)


def test_a_note_of_another_key_of_the_same_name_is_not_believed() -> None:
    with pytest.raises(NoteFault):
        body_of(sign("a\n", new_key("desk.example/log")), KEY.verifier)


@pytest.mark.django_db
def test_the_first_checkpoint_makes_the_key_and_says_what_is_sealed() -> None:
    checkpoint = signed()
    head = read_head(checkpoint.note, verifier_of(LogKey.objects.get()))
    newest = Seal.objects.latest("number")
    assert (head.number, head.hash, head.events) == (newest.number, bytes(newest.hash), SealEntry.objects.count())
    assert list(checkpoint_faults()) == []


@pytest.mark.django_db
def test_a_checkpoint_is_due_for_a_publication_and_not_for_each_step() -> None:
    signed()
    sealed()
    assert make_checkpoint() is None
    published_and_signed()
    assert make_checkpoint() is None


@pytest.mark.django_db
def test_the_secret_file_is_for_its_owner_only_and_never_in_the_database(tmp_path: Path) -> None:
    signed()
    path = tmp_path / "log-key"
    assert path.stat().st_mode & 0o077 == 0
    secret = read_signer(path.read_text()).seed
    assert secret not in b"".join(bytes(key.public_key) for key in LogKey.objects.all())


@pytest.mark.django_db
def test_a_lost_key_is_told_and_a_new_one_vouches_for_everything(tmp_path: Path) -> None:
    first = signed()
    (tmp_path / "log-key").unlink()
    sealed()
    with pytest.raises(KeyMissing, match="--lost"):
        signing_key(make=True)
    with pytest.raises(KeyMissing):
        replace()
    replace(lost=True, note="The disk failed.")
    again = make_checkpoint()
    assert again is not None
    assert again.key_id != first.key_id
    assert LogKey.objects.get(pk=first.key_id).retired_at is not None
    assert list(checkpoint_faults()) == []


@pytest.mark.django_db
def test_a_key_that_is_replaced_introduces_the_new_one() -> None:
    old = signed().key
    new = replace(note="It is two years old.")
    introduction = new.note[new.note.index("readout-log-key") :]
    assert str(verifier_of(new)) in body_of(introduction, verifier_of(old))
    assert str(verifier_of(new)) in body_of(introduction, verifier_of(new))


@pytest.mark.django_db
def test_what_a_compromised_key_signed_afterwards_proves_nothing() -> None:
    checkpoint = signed()
    out = StringIO()
    call_command("log_key", "replace", "--compromised-since", "2001-01-01T00:00", stdout=out)
    assert "compromised since" in out.getvalue()
    assert unproved() == 1
    newest = newest_checkpoint()
    assert newest is not None
    assert (newest.seal_id, newest.key_id) == (checkpoint.seal_id, LogKey.objects.latest("pk").pk)


@pytest.mark.django_db
def test_a_time_that_cannot_be_read_or_has_not_come_is_refused() -> None:
    signed()
    for text in ("yesterday", "2001-13-01T00:00", "2999-01-01T00:00"):
        with pytest.raises(CommandError):
            call_command("log_key", "replace", "--compromised-since", text)
    assert LogKey.objects.count() == 1


@pytest.mark.django_db
def test_a_witness_follows_the_log_from_head_to_head(tmp_path: Path) -> None:
    signed()
    first = seen(None)
    published_and_signed()
    second = seen(first)
    assert second.head.number > first.head.number
    assert len(second.notes) == 2
    keep(tmp_path / "heads", second)
    assert kept_in(tmp_path / "heads") == second
    assert seen(second) == second


TAMPERINGS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda line: line | {"events": line["events"][:-1]},
    lambda line: line | {"at": 3},
    lambda line: line | {"at": "2031-05-05T09:00:00.000000Z"},
    lambda line: line | {"number": line["number"] + 1},
]


@pytest.mark.django_db
@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_witness_believes_no_chain_that_does_not_hash(tamper: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    signed()
    first = seen(None)
    note = published_and_signed().note

    def tampered(after: int) -> str:
        return "\n".join(json.dumps(tamper(json.loads(line))) for line in ask_seals(after).splitlines())

    with pytest.raises(Astray):
        go_on(first, note, first.key, tampered)


@pytest.mark.django_db
def test_a_log_that_was_cut_off_or_rewritten_is_told_by_whoever_kept_its_head() -> None:
    signed()
    published_and_signed()
    kept = seen(None)
    # As if a longer log, and one with another beginning, had been seen before.
    longer = Kept(kept.key, Head(kept.head.log, kept.head.number + 1, b"x" * 32, 9), kept.notes)
    other = Kept(kept.key, Head(kept.head.log, 1, b"x" * 32, 1), kept.notes)
    for before in (longer, other):
        with pytest.raises(Astray):
            seen(before)


@pytest.mark.django_db
def test_the_log_page_and_all_feeds_name_the_head() -> None:
    checkpoint = signed()
    number = f"readout-log-1 {checkpoint.seal.number} "
    page = ask("/checks/log/").replace("&#x2B;", "+")
    assert checkpoint.note.splitlines()[2] in page
    assert str(verifier_of(checkpoint.key)) in page
    assert number in ask("/checks/feed.rss")
    assert number in ask("/checks/feed.atom")
    assert json.loads(ask("/checks/feed.json"))["_readout"]["log"]["checkpoint"] == checkpoint.note


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "1.5"])
def test_seals_after_what_is_no_number_are_refused(after: str) -> None:
    assert Client().get(f"/checks/log/seals?after={after}").status_code == 400


@pytest.mark.django_db
def test_before_anything_is_signed_the_log_says_so() -> None:
    assert Client().get("/checks/log/checkpoint").status_code == 404
    assert "Nothing is signed yet" in ask("/checks/log/")
    assert ask("/checks/log/seals") == ""


@pytest.mark.django_db
def test_verify_log_names_a_checkpoint_whose_signature_does_not_hold() -> None:
    checkpoint = signed()
    call_command("verify_log", stdout=StringIO())
    LogKey.objects.filter(pk=checkpoint.key_id).update(public_key=new_key("x").verifier.public)
    with pytest.raises(CommandError, match="1 broken link"):
        call_command("verify_log", stdout=StringIO())
