"""Documents are read from folders, archives and single files; what is none is passed over with its reason."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from verification.connectors.contract import Skipped, SourceText, UnreadableLibrary
from verification.connectors.files import read_files

REMARKS = (
    "---\ntitle: Remarks by the Warden\ndate: '2031-05-04'\nsource_url: https://port.example/a\n---\nWe lit\nlamps.\n"
)
PAGE = (
    "<html lang=en><head><title>Statement</title></head><body>"
    "<article><h1>Statement of the Board</h1><p>{}</p></article></body></html>"
)
LONG = "The harbour board met in the long room and agreed to buy forty new lamps for the northern mole. " * 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "port papers"
    (top / "2031").mkdir(parents=True)
    (top / "2031" / "remarks.md").write_text(REMARKS)
    (top / "page.html").write_text(PAGE.format(LONG))
    (top / "note.txt").write_text(LONG)
    (top / "picture.png").write_bytes(b"\x89PNG")
    (top / "empty.md").write_text("---\ntitle: x\n---\n\n")
    return top


def read(path: Path) -> tuple[dict[str, SourceText], dict[str, Skipped]]:
    found = list(read_files(path))
    texts = {text.stable_id: text for text in found if isinstance(text, SourceText)}
    return texts, {skipped.stable_id: skipped for skipped in found if isinstance(skipped, Skipped)}


def test_a_folder_gives_its_documents_under_their_paths(folder: Path) -> None:
    texts, skipped = read(folder)
    assert set(texts) == {"2031/remarks.md", "page.html", "note.txt"}
    assert set(skipped) == {"empty.md"}
    remarks = texts["2031/remarks.md"]
    assert remarks.text == "We lit lamps."
    assert (remarks.title, remarks.url) == ("Remarks by the Warden", "https://port.example/a")
    assert (remarks.precision, remarks.date_origin) == ("day", "date")
    assert remarks.body == REMARKS.encode()
    assert "forty new lamps" in texts["page.html"].text


def test_an_archive_gives_the_same_documents_as_its_folder(folder: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "papers.tgz", "w:gz") as archive:
        archive.add(folder, "port papers")
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as zipped:
        for file in folder.rglob("*.*"):
            zipped.write(file, Path("port papers") / file.relative_to(folder))
    whole = read(folder)
    assert read(tmp_path / "papers.tgz") == whole
    assert read(tmp_path / "papers.zip") == whole


def test_each_row_of_a_jsonl_file_is_a_document(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [
        {"id": "a", "title": "Statement of the Board", "text": "Lamps.", "published": "2031-05-04T10:00:00+02:00"},
        {"link": "https://port.example/b", "description": f"<p>{LONG}</p><p>{LONG}</p>"},
        {"id": "c", "text": " "},
    ]
    file.write_text("\n".join([*map(json.dumps, rows), "not json", "", "[1]"]))
    texts, skipped = read(file)
    assert set(texts) == {"a", "https://port.example/b"}
    assert texts["a"].offset == 120
    assert "<p>" not in texts["https://port.example/b"].text
    assert set(skipped) == {"c", "rows.jsonl:4", "rows.jsonl:6"}


@pytest.mark.parametrize("name", ["missing.tgz", "broken.tgz", "broken.zip", "table.xlsx"])
def test_a_path_that_cannot_be_read_says_so_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if not name.startswith("missing"):
        path.write_bytes(b"PK not really")
    with pytest.raises(UnreadableLibrary) as caught:
        list(read_files(path))
    assert str(caught.value).count("\n") == 0
    assert name in str(caught.value)


def test_an_archive_cut_short_gives_what_it_holds_and_then_says_so(folder: Path, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for number in range(200):
            body = f"{number} {LONG}".encode()
            member = tarfile.TarInfo(f"papers/{number}.txt")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    (tmp_path / "cut.tgz").write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
    texts = read_files(tmp_path / "cut.tgz")
    assert isinstance(next(texts), SourceText)
    with pytest.raises(UnreadableLibrary):
        list(texts)


def test_paths_that_climb_out_of_an_archive_are_only_names(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as zipped:
        zipped.writestr("top/../../outside.txt", LONG)
    texts, _skipped = read(tmp_path / "papers.zip")
    assert set(texts) == {"outside.txt"}
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize("kind", ["zip", "tgz"])
def test_an_archive_with_several_top_folders_keeps_their_names(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"papers.{kind}"
    names = ["2031/note.txt", "2032/note.txt"]
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as zipped:
            for name in names:
                zipped.writestr(name, f"{name} {LONG}")
    else:
        with tarfile.open(path, "w:gz") as archive:
            for name in names:
                member = tarfile.TarInfo(name)
                body = f"{name} {LONG}".encode()
                member.size = len(body)
                archive.addfile(member, io.BytesIO(body))
    texts, skipped = read(path)
    assert set(texts) == set(names)
    assert skipped == {}
