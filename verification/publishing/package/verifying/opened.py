"""A package opened: its archive, its manifest, and the hash of each file. Each file is read once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from claims.canonical_json import canonical
from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.canonical_zip import ZipFault, read_archive
from verification.publishing.package.layout import sha256
from verification.publishing.package.verifying.reporting import Report
from verification.review.signed_note import VerifierKey

MOST_JSON: Final = 16 << 20
"""Bytes of JSON that are read in one piece, the log's lines included."""
MOST_JSON_IN_ALL: Final = 2 * MOST_JSON
"""Bytes of JSON that are read in all, beside the manifest: read, it may take twenty-five times that."""
MOST_MANIFEST: Final = 4 << 20
MOST_EVENTS: Final = 20_000
MOST_KEYS: Final = 50
REASONS: Final = (layout.CONFIDENTIAL, layout.TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Opened:
    """The files by path, and the manifest, which cannot be believed before its signature.

    `trusted` is the key that the reader named, if they did.
    """

    files: Mapping[str, memoryview]
    manifest: Mapping[str, Any]
    trusted: VerifierKey | None
    kept_back: Mapping[str, str]
    _read: dict[str, Any] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    def bytes(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError."""
        return bytes(self.files[path])

    def text(self, path: str) -> str:
        """Return a file's text. Raises KeyError and ValueError."""
        if path not in self._texts:
            if len(self.files[path]) + sum(len(self.files[other]) for other in self._texts) > layout.MOST_TEXT:
                raise ValueError("more text than is read")
            self._texts[path] = self.bytes(path).decode("utf-8")
        return self._texts[path]

    def sha256(self, path: str) -> str:
        """Return the hash (hex) of a file. Raises KeyError."""
        if path not in self._hashes:
            self._hashes[path] = sha256(self.files[path])
        return self._hashes[path]

    def json(self, path: str) -> Any:
        """Return what a file of JSON holds. Raises KeyError and ValueError."""
        if path not in self._read:
            self._room_for(path)
            self._read[path] = read_json(self.files[path])
        return self._read[path]

    def _room_for(self, path: str) -> None:
        if len(self.files[path]) + sum(len(self.files[other]) for other in self._read) > MOST_JSON_IN_ALL:
            raise ValueError("more JSON than is read in all")

    def entries(self, path: str, *steps: str) -> Sequence[Mapping[str, Any]]:
        """Return a list in a file of JSON. Raises as `json` does, and ValueError for one longer than any package's."""
        found = self.json(path)
        for step in steps:
            found = found[step]
        if not isinstance(found, list) or len(found) > layout.MOST_ENTRIES:
            raise ValueError("no list, or too long a one")
        return found

    def lines(self, path: str) -> Sequence[Any]:
        """Return what the lines of a file hold, each of JSON in its one form. Raises KeyError and ValueError."""
        if path not in self._read:
            self._room_for(path)
            data = self.bytes(path)
            if len(data) > MOST_JSON or data.count(b"\n") > MOST_EVENTS or not data.endswith(b"\n"):
                raise ValueError("more lines than are read, or one that does not end")
            # At line feeds alone: in a text that JSON holds, other marks may end a line too.
            found = [(line + b"\n", read_json(line)) for line in data[:-1].split(b"\n")]
            if any(canonical(value) != line for line, value in found):
                raise ValueError("a line is not written in its one form")
            self._read[path] = [value for _line, value in found]
        lines: Sequence[Any] = self._read[path]
        return lines

    def withheld(self, digest: str) -> str | None:
        """Return why the bytes of this hash are not shipped; None where the manifest says nothing of it."""
        return self.kept_back.get(digest)

    @property
    def keys(self) -> Sequence[Mapping[str, Any]]:
        """The desk's keys as the package tells them. Raises ValueError for more than any desk has had."""
        found = self.entries(layout.KEYS)
        if len(found) > MOST_KEYS:
            raise ValueError("more keys than are tried")
        return found


def opened(data: bytes, trusted: VerifierKey | None, report: Report) -> Opened | None:
    """Open a package and say whether it is whole; None where nothing further can be read from it."""
    try:
        files = read_archive(data)
    except ZipFault as error:
        report.bad(words("The archive was changed, or is none: %(why)s", why=error.sentence))
        return None
    report.good(words("The archive is byte for byte as its writer writes it (%(count)s files).", count=len(files)))
    try:
        manifest = read_json(files[layout.MANIFEST], MOST_MANIFEST)
        version = (manifest["format"], manifest["version"])
        whole = canonical(manifest) == files[layout.MANIFEST]
        kept_back = {str(each["sha256"]): str(each["reason"]) for each in manifest["withheld"]}
    except (KeyError, TypeError, ValueError, RecursionError):
        report.bad(words("The manifest is missing, or cannot be read."))
        return None
    if version != (layout.FORMAT, layout.VERSION):
        report.bad(words("This verifier reads packages of version %(version)s alone.", version=layout.VERSION))
        return None
    if not whole:
        report.bad(words("The manifest is not written in its one form."))
        return None
    package = Opened(files, manifest, trusted, kept_back)
    report.attempt(layout.MANIFEST, _files, package, report)
    report.attempt(layout.MANIFEST, _withheld, package, report)
    report.attempt("the JSON", _forms, package, report)
    return package


def read_json(data: memoryview | bytes, most: int | None = None) -> Any:
    """Return what JSON holds. Raises ValueError where it is none, is too large, or says one thing twice."""
    if len(data) > (MOST_JSON if most is None else most):
        raise ValueError("more JSON than is read")
    return json.loads(bytes(data).decode("utf-8"), object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice")
    return found


def _files(package: Opened, report: Report) -> None:
    listed = {str(entry["path"]): entry for entry in package.manifest["files"]}
    apart = {layout.MANIFEST, layout.NOTE, layout.STAMP}
    astray = sorted((listed.keys() ^ package.files.keys()) - apart)
    astray += sorted(listed.keys() & apart)
    for path in astray:
        report.bad(words("“%(path)s” is missing, or not in the manifest.", path=path))
    changed = 0
    for path, entry in sorted(listed.items()):
        file = package.files.get(path)
        if file is not None and (package.sha256(path), len(file)) != (entry["sha256"], entry["size"]):
            changed += 1
            report.bad(words("“%(path)s” is not what the manifest says: its hash differs.", path=path))
    if not changed and not astray:
        report.good(words("Every file has the hash that the manifest gives (%(count)s files).", count=len(listed)))


def _withheld(package: Opened, report: Report) -> None:
    shipped = {package.sha256(path) for path in package.files}
    for each in package.manifest["withheld"]:
        told = {"what": each["what"], "reason": each["reason"], "sha256": each["sha256"]}
        if each["sha256"] in shipped:
            report.bad(words("%(what)s is told as withheld and is there: sha256 %(sha256)s.", **told))
        elif each["reason"] not in REASONS:
            report.bad(words("%(what)s is withheld for a reason that no package gives (%(reason)s).", **told))
        else:
            report.untested(words("Withheld: %(what)s (%(reason)s), sha256 %(sha256)s.", **told))


def _forms(package: Opened, report: Report) -> None:
    """Say which files of JSON could be read in two ways: keys told twice, blanks, another order."""
    for path in (layout.CLAIM, layout.VERDICT, layout.CHECKS, layout.CAPTURES, layout.SEALS, layout.KEYS):
        if path in package.files:
            report.attempt(path, _form, package, path, report)


def _form(package: Opened, path: str, report: Report) -> None:
    if canonical(package.json(path)) != package.files[path]:
        report.bad(words("“%(path)s” is not written in its one form.", path=path))
