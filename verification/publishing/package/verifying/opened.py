"""A package opened: its archive, its manifest, the hash of each file, and who signed it."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.canonical_zip import ZipFault, read_archive
from verification.publishing.package.layout import canonical, note_body, sha256
from verification.publishing.package.verifying.reporting import Report
from verification.review.signed_note import NoteFault, VerifierKey, body_of, read_verifier

MOST_JSON: Final = 64 << 20
"""Bytes of JSON that are read in one piece."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files by path, and the manifest, which cannot be believed before its signature."""

    files: Mapping[str, memoryview]
    manifest: Mapping[str, Any]

    def bytes(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError."""
        return bytes(self.files[path])

    def text(self, path: str) -> str:
        """Return a file's text. Raises KeyError and ValueError."""
        return self.bytes(path).decode("utf-8")

    def json(self, path: str) -> Any:
        """Return what a file of JSON holds. Raises KeyError and ValueError."""
        return _json(self.files[path])

    def withheld(self, digest: str) -> str | None:
        """Return why the bytes of this hash are not shipped; None where the manifest says nothing of it."""
        return next((str(each["reason"]) for each in self.manifest["withheld"] if each["sha256"] == digest), None)

    @property
    def keys(self) -> Sequence[Mapping[str, Any]]:
        """The desk's keys as the package tells them."""
        found: Sequence[Mapping[str, Any]] = self.json(layout.KEYS)
        return found


def opened(data: bytes, report: Report) -> Opened | None:
    """Open a package and say whether it is whole; None where nothing further can be read from it."""
    try:
        files = read_archive(data)
    except ZipFault as error:
        report.bad(words("The archive was changed, or is none: %(why)s", why=error.sentence))
        return None
    report.good(words("The archive is byte for byte as its writer writes it (%(count)s files).", count=len(files)))
    try:
        manifest = _json(files[layout.MANIFEST])
        version = (manifest["format"], manifest["version"])
        whole = canonical(manifest) == files[layout.MANIFEST]
    except (KeyError, TypeError, ValueError, RecursionError):
        report.bad(words("The manifest is missing, or cannot be read."))
        return None
    if version != (layout.FORMAT, layout.VERSION):
        report.bad(words("This verifier reads packages of version %(version)s alone.", version=layout.VERSION))
        return None
    if not whole:
        report.bad(words("The manifest is not written in its one form."))
        return None
    package = Opened(files, manifest)
    report.attempt(layout.MANIFEST, _files, package, report)
    return package


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
        if file is not None and (sha256(file), len(file)) != (entry["sha256"], entry["size"]):
            changed += 1
            report.bad(words("“%(path)s” is not what the manifest says: its hash differs.", path=path))
    if not changed and not astray:
        report.good(words("Every file has the hash that the manifest gives (%(count)s files).", count=len(listed)))
    for each in package.manifest["withheld"]:
        told = {"what": each["what"], "reason": each["reason"], "sha256": each["sha256"]}
        report.untested(words("Withheld: %(what)s (%(reason)s), sha256 %(sha256)s.", **told))


def signature(package: Opened, wanted: VerifierKey | None, report: Report) -> None:
    """Say whose signature the manifest has. `wanted` is the key that the reader trusts, if they named one."""
    note = package.text(layout.NOTE)
    body = note_body(package.manifest, sha256(package.files[layout.MANIFEST]))
    known = [read_verifier(str(each["key"])) for each in package.keys]
    signer = next((key for key in ([wanted] if wanted else known) if _signs(note, key)), None)
    if signer is None or not _alone(note, body):
        whose = words("the key that was given") if wanted else words("any key it names")
        report.bad(words("The manifest is not signed by %(whose)s, or was changed.", whose=whose))
        return
    if wanted:
        report.good(words("The manifest is signed by the key that was given: %(key)s", key=wanted))
        return
    where = package.manifest["desk"]["log"] or "/checks/log/"
    sentence = words(
        "The manifest is signed by %(key)s (compare this key with the one at %(where)s, or give it with --key)",
        key=signer,
        where=where,
    )
    report.good(sentence)


def _signs(note: str, key: VerifierKey) -> bool:
    try:
        body_of(note, key)
    except NoteFault:
        return False
    return True


def _alone(note: str, body: str) -> bool:
    """Tell whether the note is that text and one signature in its one form: a second line would be a changed byte."""
    begins = f"{body}\n— "
    if not note.startswith(begins) or not note.endswith("\n"):
        return False
    name, _blank, value = note[len(begins) : -1].partition(" ")
    raw = base64.b64decode(value, validate=True)
    return "\n" not in name + value and len(raw) == 68 and base64.b64encode(raw).decode() == value


def _json(data: memoryview) -> Any:
    if len(data) > MOST_JSON:
        raise ValueError("more JSON than is read")
    return json.loads(bytes(data).decode("utf-8"))
