"""The verifier: a good package holds; a changed, forged or hostile one does not, and gets one line and no traceback."""

import gzip
import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cryptography
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.verification.publishing.package.reading import Members, forged, lines, members_of, says, wrong
from verification.publishing.package.canonical_zip import write_archive
from verification.publishing.package.verifier_file import verifier_file
from verification.publishing.package.verifying.reporting import Mark
from verification.publishing.package.verifying.verify import verify
from verification.publishing.package.verifying.warc import WarcFault, page_in, records
from verification.review.signed_note import SignerKey, new_key

Kept = tuple[bytes, SignerKey]


def test_a_good_package_holds_line_by_line(good: bytes) -> None:
    assert verify(good).holds
    held = "\n".join(lines(good, Mark.HOLDS))
    for telling in (
        "byte for byte",
        "Every file has the hash",
        "The manifest is signed by",
        "The captured bytes of evidence 1",
        "Appearance 1: the exact words stand",
        "Evidence 1: the quote check, run again, gives the same.",
        "Evidence 1: the figure check, run again, gives the same.",
        "The ClaimReview says what the verdict says.",
        "one unbroken chain",
        "the table of states allows",
        "up to a head signed by",
        "Whoever judged (1 first, 1 second) and approved are different.",
        "index.html says what",
    ):
        assert telling in held, telling


def test_a_thousand_changed_bytes_are_refused_a_thousand_times(good: bytes) -> None:
    draw = random.Random(20261126)
    for _change in range(1000):
        changed, place = bytearray(good), draw.randrange(len(good))
        changed[place] ^= draw.randrange(1, 256)
        assert not verify(bytes(changed)).holds, place


def test_a_changed_byte_in_an_archive_that_was_written_anew_is_refused_too(good: bytes) -> None:
    draw, files = random.Random(3), members_of(good)
    for name in sorted(files):
        for _change in range(4):
            changed, place = bytearray(files[name]), draw.randrange(len(files[name]))
            changed[place] ^= 1 << draw.randrange(8)
            assert wrong(write_archive(files | {name: bytes(changed)})), (name, place)


def test_no_file_can_be_added_or_left_out(good: bytes) -> None:
    files = members_of(good)
    assert wrong(write_archive(files | {"more.txt": b"x"}))
    for name in files:
        assert wrong(write_archive({other: data for other, data in files.items() if other != name})), name


def test_the_key_that_the_reader_names_is_the_one_that_must_have_signed(kept: Kept, tmp_path: Path) -> None:
    good, key = kept
    assert verify(good, key.verifier).holds
    assert not verify(good, new_key("desk.example/log").verifier).holds
    stranger = new_key("desk.example/log")
    files = members_of(forged(good, stranger, lambda files: None))
    assert wrong(write_archive(files)) == ["The manifest is not signed by any key it names, or was changed."]


def _altered(value: Any, *path: Any, to: Any) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = to


def replaced(name: str, data: bytes) -> Callable[[Members], object]:
    """Return the change of a whole file."""
    return lambda files: files.update({name: data})


def set_in(name: str, *path: Any, to: Any) -> Callable[[Members], object]:
    """Return the change of one place in a file of JSON."""
    return says(name, lambda value: _altered(value, *path, to=to))


def relogged(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Members], object]:
    """Return the change of the log's events."""

    def rewrite(files: Members) -> None:
        events = [json.loads(line) for line in files["log.jsonl"].splitlines()]
        change(events)
        files["log.jsonl"] = "".join(json.dumps(event) + "\n" for event in events).encode()

    return rewrite


def retold(files: Members) -> None:
    """Let the approval tell of other words."""
    events = [json.loads(line) for line in files["log.jsonl"].splitlines()]
    event = next(each for each in events if each["verb"] == "approve")
    event["payload"]["body"] = event["payload"]["body"].replace("otherwise", "so")
    files["log.jsonl"] = "".join(json.dumps(event) + "\n" for event in events).encode()


def approved_by_the_checker(events: list[dict[str, Any]]) -> None:
    """Let who judged it sign it off too."""
    judged = next(each for each in events if each["verb"] == "propose")
    next(each for each in events if each["verb"] == "approve")["actor"] = judged["actor"]


LIES: dict[str, tuple[Callable[[Members], object], str]] = {
    "other words in the evidence": (set_in("verdict.json", "evidence", 0, "exact", to="No."), "Evidence 1: the words"),
    "a moved selector": (set_in("verdict.json", "evidence", 0, "start", to=3), "Evidence 1: the words do not stand"),
    "another prefix": (set_in("verdict.json", "evidence", 0, "prefix", to="zz"), "Evidence 1: the words do not"),
    "another speaker's mention": (set_in("claim.json", "appearances", 0, "mention", to="B"), "Appearance 1: the words"),
    "a text that is another": (set_in("verdict.json", "evidence", 0, "text_sha256", to="0" * 64), "does not have"),
    "bytes of nowhere": (set_in("verdict.json", "evidence", 0, "capture", to="0" * 64), "does not know"),
    "a capture's other hash": (set_in("captures.json", 0, "sha256", to="0" * 64), "do not have the hash"),
    "a nicer check": (set_in("checks.json", 0, "result", "class", to="exact"), "the quote check, run again, gives"),
    "a figure that agrees": (set_in("checks.json", 1, "result", -1, "outcome", to="agrees"), "the figure check, run"),
    "another quotation": (set_in("checks.json", 0, "inputs", "quote", to="Good evening"), "the quote check, run again"),
    "a better rating": (set_in("verdict.json", "rating", "label", to="True"), "The ClaimReview says something else"),
    "other markup": (set_in("claimreview.json", "claimReviewed", to="Lamps."), "ClaimReview says something else"),
    "an explanation nobody signed": (set_in("verdict.json", "explanation", to="So [1]."), "are not those that went"),
    "a payload retold": (retold, "What the log discloses was changed"),
    "a step left out": (relogged(lambda events: events.pop(2)), "broken at event 3"),
    "an end cut off": (relogged(lambda events: events.pop()), "does not end with a publication"),
    "another actor": (relogged(lambda events: _altered(events, -2, "actor", to="user:1")), "broken at event"),
    "a checker who approved": (relogged(approved_by_the_checker), "One person did two parts"),
    "a seal left out": (set_in("seals.json", 0, "seals", 0, "events", to=[]), "was changed, or does not follow"),
    "another version": (set_in("verdict.json", "version", to=2), "not of the same version"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_desk_that_signs_a_lie_is_told(kept: Kept, lie: str) -> None:
    change, telling = LIES[lie]
    found = wrong(forged(*kept, change))
    assert any(telling in line for line in found), found


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"{}", b"[{}]", b"[[[1]]]", b'{"a":' * 5000, b"\xff\xfe", b"9" * 9000, b'[{"sha256":1}]'],
)
def test_whatever_stands_in_a_file_is_a_line_and_no_traceback(kept: Kept, data: bytes) -> None:
    for name in members_of(kept[0]):
        if name != "manifest.json":
            found = wrong(forged(*kept, replaced(name, data)))
            assert all("\n" not in line for line in found)
    assert wrong(write_archive(members_of(kept[0]) | {"manifest.json": data}))


def test_a_bomb_in_a_web_archive_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verification.publishing.package.verifying.warc.MOST_UNPACKED", 1_000_000)
    bomb = gzip.compress(b"WARC/1.1\r\n\r\n" + b"\0" * 20_000_000)
    for data in (
        bomb,
        bomb[:-4],
        b"\x1f\x8b",
        b"x",
        gzip.compress(b"WARC/1.1\r\nContent-Length: 5\r\n\r\nabc\r\n\r\n"),
    ):
        with pytest.raises(WarcFault):
            list(records(memoryview(data)))
    with pytest.raises(WarcFault):
        page_in(memoryview(b""))


def _alone(tmp_path: Path, data: bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the single file as a stranger does: plain Python, and of all libraries `cryptography` alone."""
    libraries, package, program = tmp_path / "libraries", tmp_path / "package.zip", tmp_path / "verify_readout.pyz"
    if not libraries.exists():
        libraries.mkdir()
        installed = Path(cryptography.__file__).parents[1]
        for name in ("cryptography", "cffi", *(path.name for path in installed.glob("_cffi_backend*"))):
            (libraries / name).symlink_to(installed / name)
    program.write_bytes(verifier_file())
    package.write_bytes(data)
    start = (
        f"import runpy, sys; sys.path.append({str(libraries)!r}); sys.argv[1:1] = []; "
        f"runpy.run_path({str(program)!r}, run_name='__main__')"
    )
    run = [sys.executable, "-I", "-S", "-c", start, str(package), *arguments]
    return subprocess.run(run, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=60)


def test_a_stranger_verifies_it_with_one_file_and_one_library(kept: Kept, tmp_path: Path) -> None:
    good, key = kept
    done = _alone(tmp_path, good, "--key", str(key.verifier))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:-1] == [
        f"{ {'holds': '✓', 'untested': '–'}[line.mark] } {line.what}" for line in verify(good, key.verifier).lines
    ]
    changed = bytearray(good)
    changed[len(good) // 2] ^= 1
    refused = _alone(tmp_path, bytes(changed), "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["holds"] is False
    assert _alone(tmp_path, good, "--key", "nonsense").returncode == 2


def test_the_single_file_is_the_same_each_time_and_asks_nothing_of_django() -> None:
    data = verifier_file()
    verifier_file.cache_clear()
    assert verifier_file() == data
    assert b"import django" not in data
    assert b"from django" not in data


def test_no_pattern_repeats_a_group_possessively_which_early_pythons_of_3_11_do_wrongly() -> None:
    """Python 3.11.0 to 3.11.4 find half words with it (gh-106052), and a stranger may well have one of them."""
    assert not re.findall(rb"\)[*+?]\+", verifier_file())


@pytest.mark.long
def test_the_command_needs_neither_database_nor_network(good: bytes, tmp_path: Path) -> None:
    file, key = tmp_path / "package.zip", tmp_path / "state"
    file.write_bytes(good)
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    run = [sys.executable, "manage.py", "verify_package", str(file), "--json"]
    around = os.environ | nowhere | {"READOUT_STATE": str(key)}
    done = subprocess.run(run, cwd=settings.BASE_DIR, env=around, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["holds"] is True


def test_the_command_says_what_is_amiss(good: bytes, tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_package", str(file))
    file.write_bytes(good)
    with pytest.raises(CommandError, match=r"name\+id\+base64"):
        call_command("verify_package", str(file), "--key", "nonsense")
    out = io.StringIO()
    call_command("verify_package", str(file), stdout=out)
    assert out.getvalue().endswith("The package holds.\n")
    file.write_bytes(good[:-1])
    with pytest.raises(SystemExit) as left:
        call_command("verify_package", str(file), stdout=out)
    assert left.value.code == 1
    call_command("make_verifier", str(tmp_path / "verify.pyz"), stdout=out)
    assert (tmp_path / "verify.pyz").read_bytes() == verifier_file()
