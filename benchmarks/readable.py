"""`readable`: is the text taken from a page the article, and no more?

`--data readable.jsonl` (or the archive that holds it): rows `{"id","url","html","with":[…],"without":[…]}`, `html` a
path beside the file. Counted as trafilatura's own evaluation does: a string of `with` that is found is a true positive,
one that is missing a false negative, a string of `without` that is found a false positive; blanks count as one. A page
that cannot be read has no text. Ours, trafilatura alone and the whole page's text are measured in the same run.

`pasted_…`: the same pages, copied as plain text from top to bottom as with a browser's "select all", and read by the
rule for pasted text. Its peer is all of that text.
"""

import argparse
import json
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trafilatura import extract, load_html

from benchmarks.result import Result
from claims.capture.errors import Unreadable
from claims.capture.pasted import read_plain
from claims.capture.readable import read
from claims.capture.text import decode, normalise

ROWS = "readable.jsonl"

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p"}
    | {"pre", "section", "table", "td", "th", "tr", "ul"}
)
UNSEEN = frozenset({"head", "iframe", "noscript", "script", "select", "style", "svg", "template"})


@dataclass(frozen=True, slots=True)
class Page:
    """One row: the page's bytes, and strings that belong to its article or do not."""

    url: str
    body: bytes
    belongs: tuple[str, ...]
    foreign: tuple[str, ...]


def run(argv: list[str]) -> Result:
    """Measure the task and return it; `--data` is required."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks readable")
    parser.add_argument("--data", type=Path, required=True, help="readable.jsonl, or the archive that holds it")
    arguments = parser.parse_args(argv)
    pages = list(load(arguments.data))
    started = time.perf_counter()
    ours = score(pages, lambda page: read(page.body, "text/html", url=page.url).text)
    pasted = score(pages, lambda page: read_plain(copied(page)).text)
    seconds = time.perf_counter() - started
    peers = {
        "trafilatura": score(pages, lambda page: extract(page.body) or ""),
        "trafilatura without comments": score(pages, lambda page: extract(page.body, include_comments=False) or ""),
        "whole page": score(pages, copied),
    }
    metrics = {**ours, **{f"pasted_{name}": value for name, value in pasted.items()}}
    return Result("readable", len(pages), metrics, seconds, peers)


def load(data: Path) -> Iterator[Page]:
    """Yield the rows of `data` with their pages, from a folder or from an archive."""
    if data.suffix == ".jsonl":
        for row in map(json.loads, data.read_text(encoding="utf-8").splitlines()):
            yield page(row, (data.parent / row["html"]).read_bytes())
        return
    with tarfile.open(data) as archive:
        files = {name.removeprefix("./"): content for name, content in members(archive)}
    top = next(name.removesuffix(ROWS) for name in files if name.endswith(ROWS))
    for row in map(json.loads, files[top + ROWS].decode().splitlines()):
        yield page(row, files[top + row["html"]])


def members(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file in `archive`."""
    for member in archive:
        content = archive.extractfile(member)
        if content is not None:
            yield member.name, content.read()


def page(row: Mapping[str, Any], body: bytes) -> Page:
    """Return one row with the page it names."""
    return Page(row["url"], body, tuple(row["with"]), tuple(row["without"]))


def score(pages: Iterable[Page], reader: Callable[[Page], str]) -> dict[str, float]:
    """Return precision, recall and F1 of the strings found in what `reader` makes of each page."""
    found = missing = wrong = 0
    for one in pages:
        try:
            text = bare(reader(one))
        except Unreadable:
            text = ""
        hits = sum(bare(part) in text for part in one.belongs)
        found += hits
        missing += len(one.belongs) - hits
        wrong += sum(bare(part) in text for part in one.foreign)
    return {
        "precision": found / (found + wrong) if found + wrong else 0.0,
        "recall": found / (found + missing) if found + missing else 0.0,
        "f1": 2 * found / (2 * found + wrong + missing) if found else 0.0,
    }


def bare(text: str) -> str:
    """Return `text` with single blanks and without invisible characters."""
    return " ".join(normalise(text).split())


def copied(one: Page) -> str:
    """Return the page's text as copying all of it would give: each block on lines of its own, scripts left out."""
    tree = load_html(decode(one.body, markup=True).text)
    lines: list[str] = []

    def walk(element: Any) -> None:
        hidden = "display:none" in (element.get("style") or "").replace(" ", "")
        if not isinstance(element.tag, str) or element.tag in UNSEEN or hidden:
            return
        edge = "\n\n" if element.tag == "p" else "\n" if element.tag in BLOCKS else ""
        lines.append(edge)
        lines.append(" ".join((element.text or "").split()) + " " if element.text else "")
        for child in element:
            walk(child)
            lines.append(" ".join((child.tail or "").split()) + " " if child.tail else "")
        lines.append(edge)

    if tree is not None:
        walk(tree)
    return normalise("".join(lines))
