"""What goes into a package, as plain data: gathered from rows by `gathering`, written by `writing`. Knows no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file: where it goes, its bytes, its media type, and what it is, in a few words."""

    path: str
    data: bytes
    media_type: str
    what: str


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What is not shipped: its SHA-256 (hex) all the same, and why (`layout`). `size` is None where it is not told."""

    what: str
    sha256: str
    size: int | None
    media_type: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A published version with all it rests on.

    Mappings and lists are what `docs/package.md` calls by the same names. `claimreview` is the markup exactly as
    published, None for a desk that publishes none. `base` begins the desk's public addresses, empty where it has none.
    """

    desk: str
    base: str
    case: Told
    published: str
    claim: Told
    verdict: Told
    checks: Sequence[Told]
    captures: Sequence[Told]
    events: Sequence[Told]
    seals: Sequence[Told]
    checkpoint: str
    keys: Sequence[Told]
    tools: Told
    claimreview: str | None = None
    files: Sequence[File] = field(default=())
    kept_back: Sequence[KeptBack] = field(default=())
