"""One bad row, field or file costs itself and is told; everything beside it is read."""

import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.connectors import containers
from verification.connectors.contract import Skipped, SourceText, UnreadableLibrary
from verification.connectors.fields import clean_id, document
from verification.connectors.files import count_files, read_files

LONG = "The harbour board met in the long room and agreed to buy forty new lamps for the northern mole. " * 5
# A file whose reading fails for everybody, root included: address 0 of a process cannot be read (proc(5)).
FAILS_TO_READ = Path("/proc/self/mem")


def read(path: Path) -> tuple[dict[str, SourceText], dict[str, str]]:
    found = list(read_files(path))
    texts = {text.stable_id: text for text in found if isinstance(text, SourceText)}
    return texts, {skipped.stable_id: str(skipped.reason) for skipped in found if isinstance(skipped, Skipped)}


def rows(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(lines))
    return file


def row(tmp_path: Path, **fields: str) -> SourceText:
    texts, _skipped = read(rows(tmp_path, json.dumps({"id": "a", "text": LONG, **fields})))
    (text,) = texts.values()
    return text


@pytest.mark.parametrize("written", ["x" * 30, "English", "e", "en\0", "\ud800", "the English language", "en-" * 9])
def test_a_language_that_is_no_language_tag_is_told_from_the_text(tmp_path: Path, written: str) -> None:
    assert row(tmp_path, language=written).language == "en"


def test_a_language_tag_is_kept(tmp_path: Path) -> None:
    assert row(tmp_path, language="pt_BR").language == "pt-BR"


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00", f"Mon, 28 Feb {'9' * 20} 21:08:19 +0100"],
)
def test_a_date_outside_the_calendar_is_unknown_and_costs_nothing_else(tmp_path: Path, written: str) -> None:
    text = row(tmp_path, date=written, title="Lamps")
    assert (text.title, text.published, text.precision) == ("Lamps", None, None)


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_is_written_in_the_fields_can_be_stored(stable_id: str, title: str, url: str, language: str) -> None:
    text = document(
        stable_id + "\ud800\0",
        b"",
        "text/plain",
        LONG,
        title=title + "\ud800\0",
        url=url + "\udfff",
        published=None,
        date_origin=None,
        language=language,
    )
    assert isinstance(text, SourceText)
    for field, longest in ((text.stable_id, 500), (text.title, 1000), (text.url, 2000), (text.language, 20)):
        assert field is None or (len(field) <= longest and "\0" not in field and field.encode() is not None)


def test_two_long_ids_that_begin_alike_stay_two() -> None:
    first, second = clean_id("a" * 600), clean_id("a" * 599 + "b")
    assert first != second
    assert len(first) == len(second) == 500
    assert clean_id("a" * 500) == "a" * 500


def test_half_an_address_is_no_address(tmp_path: Path) -> None:
    assert row(tmp_path, url="https://port.example/" + "a" * 3000).url is None


def test_rows_that_break_a_parser_are_passed_over_and_the_next_is_read(tmp_path: Path) -> None:
    bad = ['{"id": ' + "1" * 5000 + "}", "[" * 100_000, '{"a": ' * 20_000]
    texts, skipped = read(rows(tmp_path, *bad, json.dumps({"id": "good", "text": LONG})))
    assert set(texts) == {"good"}
    assert set(skipped) == {"rows.jsonl:1", "rows.jsonl:2", "rows.jsonl:3"}


@pytest.mark.parametrize("deep", ["a: " + "[" * 100_000, "- " * 5000, "? " * 5000])
def test_deeply_nested_front_matter_is_left_in_the_body(tmp_path: Path, deep: str) -> None:
    (tmp_path / "deep.md").write_text(f"---\n{deep}\n---\n{LONG}")
    texts, _skipped = read(tmp_path)
    assert LONG.strip() in texts["deep.md"].text


def test_names_that_are_not_utf8_and_long_paths_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text(LONG)
    deep = tmp_path.joinpath(*["d" * 200] * 3)
    deep.mkdir(parents=True)
    (deep / "page.html").write_text(f"<html><body><article><p>{LONG}</p></article></body></html>")
    texts, _skipped = read(tmp_path)
    assert len(texts) == 2
    assert all(name.encode() and len(name) <= 500 for name in texts)


def test_a_file_that_cannot_be_read_is_passed_over_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LONG)
    (tmp_path / "b.txt").symlink_to(FAILS_TO_READ)
    (tmp_path / "c.jsonl").symlink_to(FAILS_TO_READ)
    (tmp_path / "d.txt").write_text(LONG)
    texts, skipped = read(tmp_path)
    assert set(texts) == {"a.txt", "d.txt"}
    assert set(skipped) == {"b.txt", "c.jsonl"}
    assert "cannot be read" in skipped["b.txt"]


@pytest.mark.parametrize("name", ["papers.zip", "PAPERS.ZIP"])
def test_a_damaged_zip_is_not_counted_and_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 not really")
    assert count_files(tmp_path / name) is None
    with pytest.raises(UnreadableLibrary, match=name):
        list(read_files(tmp_path / name))


def test_an_upper_case_zip_is_counted_and_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "PAPERS.ZIP", "w") as zipped:
        zipped.writestr("top/a.TXT", LONG)
    assert count_files(tmp_path / "PAPERS.ZIP") == 1
    assert set(read(tmp_path / "PAPERS.ZIP")[0]) == {"a.TXT"}


@pytest.mark.parametrize(("offset", "value"), [(8, b"\x01\x00"), (10, b"\x63\x00")])
def test_an_encrypted_or_unknown_member_of_a_zip_is_passed_over(tmp_path: Path, offset: int, value: bytes) -> None:
    """The flag bits and the method stand at 8 and 10 of a central directory header (APPNOTE 6.3.10 §4.3.12)."""
    file = tmp_path / "papers.zip"
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("top/locked.txt", LONG)
        zipped.writestr("top/open.txt", LONG)
    raw = bytearray(file.read_bytes())
    header = raw.index(b"PK\x01\x02")
    raw[header + offset : header + offset + 2] = value
    # The header before the file says the same, two bytes earlier.
    raw[offset - 2 : offset] = value
    file.write_bytes(raw)
    texts, skipped = read(file)
    assert set(texts) == {"open.txt"}
    assert set(skipped) == {"locked.txt"}


def test_a_document_too_large_is_passed_over_wherever_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_DOCUMENT_BYTES", 2000)
    (tmp_path / "large.txt").write_text(LONG * 10)
    small = json.dumps({"id": "small", "text": LONG})
    rows(
        tmp_path,
        json.dumps({"id": "large", "text": LONG * 10}),
        small,
        *[small.replace("small", f"s{n}") for n in range(9)],
    )
    with tarfile.open(tmp_path / "papers.tgz", "w:gz") as archive:
        archive.add(tmp_path / "large.txt", "top/large.txt")
        archive.add(tmp_path / "rows.jsonl", "top/rows.jsonl")
    assert read(tmp_path / "large.txt")[0] == {}
    assert set(read(tmp_path / "large.txt")[1]) == {"large.txt"}
    texts, skipped = read(tmp_path / "papers.tgz")
    assert set(skipped) == {"large.txt", "rows.jsonl:1"}
    assert set(texts) == {"small", *(f"s{n}" for n in range(9))}
    assert read(tmp_path)[0].keys() == texts.keys()
