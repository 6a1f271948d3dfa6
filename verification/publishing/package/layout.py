"""What a package's files are called, and the forms that writer and verifier share (docs/package.md). No Django."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

FORMAT: Final = "readout-verdict-package"
VERSION: Final = 1
MANIFEST, NOTE, STAMP = "manifest.json", "manifest.note", "manifest.tsr"
CLAIM, VERDICT, CLAIMREVIEW, CHECKS, CAPTURES = (
    *("claim.json", "verdict.json", "claimreview.json", "checks.json", "captures.json"),
)
LOG, SEALS, CHECKPOINT, KEYS = "log.jsonl", "seals.json", "checkpoint.note", "keys.json"
PAGE, README = "index.html", "readme.txt"
MOST_ENTRIES: Final = 2_000
"""Of evidence, appearances, checks, captures and the like: more of one kind are in no package."""
MOST_TEXT: Final = 128 << 20
"""Bytes of all the texts of a package."""
NOTE_FORMAT: Final = "readout-package-1"

# Why something is kept back.
CONFIDENTIAL, TOO_LARGE, INTERNAL, ERASED = "confidential", "too-large", "internal", "erased"


def sha256(data: bytes | memoryview) -> str:
    """Return the SHA-256 (hex) of bytes."""
    return hashlib.sha256(data).hexdigest()


def note_body(manifest: Mapping[str, Any], digest: str, stamp: bytes | memoryview | None) -> str:
    """Return the text that is signed: whose verdict it is, the hash (hex) of the manifest's bytes, and its time stamp.

    So nobody adds a stamp to what the desk signed, takes one away, or puts another in its place.
    """
    lines = (
        NOTE_FORMAT,
        manifest["case"]["public"],
        manifest["verdict"]["public"],
        f"version {manifest['verdict']['version']}",
        f"published {manifest['verdict']['published']}",
        f"sha256 {digest}",
        f"stamp {'none' if stamp is None else sha256(stamp)}",
    )
    return "".join(f"{line}\n" for line in lines)
