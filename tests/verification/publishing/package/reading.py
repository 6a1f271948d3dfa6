"""Packages as tests read and forge them."""

import json
from collections.abc import Callable
from typing import Any

from claims.canonical_json import canonical
from verification.publishing.package import layout
from verification.publishing.package.canonical_zip import read_archive, write_archive
from verification.publishing.package.layout import note_body, sha256
from verification.publishing.package.verifying.reporting import Mark
from verification.publishing.package.verifying.verify import verify
from verification.review.signed_note import SignerKey, sign

Members = dict[str, bytes]


def members_of(data: bytes) -> Members:
    """Return the files of a package."""
    return {name: bytes(view) for name, view in read_archive(data).items()}


def told(data: bytes, name: str) -> Any:
    """Return what a file of JSON says."""
    return json.loads(members_of(data)[name])


def lines(data: bytes, mark: Mark) -> list[str]:
    """Return the verifier's lines of one mark."""
    return [str(line.what) for line in verify(data).lines if line.mark is mark]


def wrong(data: bytes) -> list[str]:
    """Return what the verifier says does not hold."""
    return lines(data, Mark.FAILS)


def untested(data: bytes) -> list[str]:
    """Return what the verifier says nobody can tell."""
    return lines(data, Mark.UNTESTED)


def forged(data: bytes, key: SignerKey, change: Callable[[Members], object]) -> bytes:
    """Return a package of changed files with a manifest that fits them, signed: what a desk that lies would make."""
    files = members_of(data)
    change(files)
    manifest = json.loads(files[layout.MANIFEST])
    for entry in manifest["files"]:
        if entry["path"] in files:
            entry["sha256"], entry["size"] = sha256(files[entry["path"]]), len(files[entry["path"]])
    manifest["files"] = [entry for entry in manifest["files"] if entry["path"] in files]
    files[layout.MANIFEST] = canonical(manifest)
    files[layout.NOTE] = sign(
        note_body(manifest, sha256(files[layout.MANIFEST]), files.get(layout.STAMP)), key
    ).encode()
    return write_archive(files)


def says(name: str, change: Callable[[Any], object]) -> Callable[[Members], object]:
    """Return the change of what one file of JSON says."""

    def rewrite(files: Members) -> None:
        value = json.loads(files[name])
        change(value)
        files[name] = canonical(value)

    return rewrite


def replaced(name: str, data: bytes) -> Callable[[Members], object]:
    """Return the change of a whole file."""
    return lambda files: files.update({name: data})
