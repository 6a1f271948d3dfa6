"""One source of the shipped catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.wording import Words


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A source that a desk can add as it stands. `key` names it for good (a slug, at most 60 characters).

    `tier` is that of what it publishes of its own, `speaks_for` whose own words these are, `also_called` other names of
    those: people, offices, bodies. `zone` is an IANA name, `language` the one it mostly writes. Unknown is "" or empty.
    """

    key: str
    name: str
    connector: str
    configuration: Mapping[str, Any] = field(default_factory=dict)
    tier: int = 1
    speaks_for: str = ""
    also_called: Sequence[str] = ()
    zone: str = ""
    language: str = ""
    licence: str = ""
    every_minutes: int = 60
    notes: Words | None = None
