"""The verifier: a good package holds; a changed, forged or hostile one does not, and gets one line and no traceback."""

import gzip
import io
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import cryptography
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.verification.publishing.package.reading import forged, members_of, replaced, wrong
from verification.publishing.package.canonical_zip import write_archive
from verification.publishing.package.verifier_file import verifier_file
from verification.publishing.package.verifying.command import told
from verification.publishing.package.verifying.reporting import Mark
from verification.publishing.package.verifying.verify import verify
from verification.publishing.package.verifying.warc import WarcFault, page_in, records
from verification.review.signed_note import SignerKey, new_key

Kept = tuple[bytes, SignerKey]


def test_a_good_package_holds_line_by_line(kept: Kept) -> None:
    report = verify(kept[0], kept[1].verifier)
    assert report.holds
    held = "\n".join(str(line.what) for line in report.lines if line.mark is Mark.HOLDS)
    for telling in (
        "byte for byte",
        "Every file has the hash",
        "The manifest is signed by the key that was given",
        "The captured bytes of evidence 1",
        "Appearance 1: the exact words stand",
        "Evidence 1: the quote check, run again, gives the same.",
        "Evidence 1: the figure check, run again, gives the same.",
        "Every check that the evidence lists is there",
        "Claim and verdict say the same",
        "It was approved and published when the log says so.",
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


def test_without_a_key_nobody_vouches_for_the_signature(kept: Kept) -> None:
    good, key = kept
    (line,) = (line for line in verify(good).lines if "The manifest is signed by" in str(line.what))
    assert (line.mark, "desk.example/checks" in str(line.what)) == (Mark.UNTESTED, False)
    assert told(verify(good), as_json=False).endswith("whose it is was not checked.")
    assert told(verify(good, key.verifier), as_json=False).endswith("\nThe package holds.")
    assert json.loads(told(verify(good), as_json=True))["signer_checked"] is False


def test_the_key_that_the_reader_names_is_the_one_that_must_have_signed(kept: Kept, tmp_path: Path) -> None:
    good, key = kept
    assert verify(good, key.verifier).holds
    assert not verify(good, new_key("desk.example/log").verifier).holds
    stranger = new_key("desk.example/log")
    files = members_of(forged(good, stranger, lambda files: None))
    assert wrong(write_archive(files)) == ["The manifest is not signed by any key it names, or was changed."]


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
    assert out.getvalue().endswith("The package holds in itself; whose it is was not checked.\n")
    file.write_bytes(good[:-1])
    with pytest.raises(SystemExit) as left:
        call_command("verify_package", str(file), stdout=out)
    assert left.value.code == 1
    call_command("make_verifier", str(tmp_path / "verify.pyz"), stdout=out)
    assert (tmp_path / "verify.pyz").read_bytes() == verifier_file()
