"""What a sign-off puts its name to, as one hash: the words of a version, its rating, its claim and its evidence.

The hash stands in the payload of the event, and so in the chain of the log; whoever has the verdict computes it again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from claims.canonical_json import canonical

# What a version says: of these words a later one names the hash.
WORDS: Final = (
    *("public", "version", "claim", "claimant", "rating", "headline", "explanation", "language", "as_of", "parts"),
)
# What is signed of a piece of evidence: which bytes (their SHA-256), which passage, and what is said of it.
PIECE: Final = ("number", "role", "stance", "tier", "capture", "exact", "start", "end", "note")


def words_sha256(verdict: Mapping[str, Any]) -> str:
    """Return the hash (hex) of what a version says: of the canonical JSON of its `WORDS`."""
    return _sha256({name: verdict[name] for name in WORDS})


def signed_sha256(verdict: Mapping[str, Any], evidence: Iterable[Mapping[str, Any]]) -> str:
    """Return the hash (hex) of what is signed off: of the canonical JSON of `WORDS`, and of `PIECE` of each piece."""
    pieces = [{name: piece[name] for name in PIECE} for piece in evidence]
    return _sha256({name: verdict[name] for name in WORDS} | {"evidence": pieces})


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()
