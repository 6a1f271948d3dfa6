"""Read what a benchmark is handed: documents in a folder, an archive of one or JSON lines; and rows about them."""

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document; `date` is the day it was published, None where the document does not say."""

    id: str
    title: str
    date: date | None
    text: str


def read_corpus(path: Path) -> Iterator[CorpusDocument]:
    """Yield the documents below `path`, in the archive's own order, a folder's by path.

    In a folder or a tar archive only `.md` files are documents, their id is the path below the top folder, and YAML
    front matter gives title and date and is no part of the text. A JSONL row holds `id` and `text`, and may hold
    `title` and `date`. Raises FileNotFoundError for a missing path, ValueError for a row that is not such an object,
    `yaml.YAMLError` for broken front matter, `tarfile.ReadError` for a file that is neither JSONL nor an archive.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*.md")):
            if file.is_file():
                yield _from_markdown(file.relative_to(path).as_posix(), file.read_bytes())
    elif path.suffix in {".jsonl", ".ndjson"}:
        yield from _from_json_lines(path)
    else:
        yield from _from_archive(path)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file of queries or labels; blank lines are passed over."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _from_archive(path: Path) -> Iterator[CorpusDocument]:
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            content = archive.extractfile(member) if member.isfile() and name.suffix == ".md" else None
            if content is None:
                continue
            parts = name.parts
            yield _from_markdown("/".join(parts[1:] or parts), content.read())


def _from_json_lines(path: Path) -> Iterator[CorpusDocument]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if not isinstance(row, dict) or "id" not in row or "text" not in row:
                raise ValueError(f"{path.name}, line {number}: a document is an object with `id` and `text`")
            yield CorpusDocument(str(row["id"]), str(row.get("title") or ""), _day(row.get("date")), str(row["text"]))


def _from_markdown(id_: str, content: bytes) -> CorpusDocument:
    text = content.decode("utf-8", errors="replace")
    matter = FRONT_MATTER.match(text)
    fields: dict[str, object] = {}
    if matter:
        text = text[matter.end() :]
        loaded = yaml.load(matter.group(1), yaml.CSafeLoader)
        fields = loaded if isinstance(loaded, dict) else {}
    title = " ".join(str(fields.get("title") or "").split())
    return CorpusDocument(id_, title, _day(fields.get("date") or fields.get("published_time")), text)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
