"""The parts of a compound claim as a version was approved with them: the rule, what it gave, and each part's rating."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.translation import tell
from verification.models import Rollup


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPart:
    """One part in the words of that day. `rating` is None where its check was withdrawn."""

    check: UUID
    claim: str
    rating: str | None
    tone: str
    step: int
    value: int | None
    worst: int
    best: int
    version: int

    @property
    def meter(self) -> str | None:
        """The icon of the five-step meter; None for a scale of other length, which it would misstate."""
        if self.value is None:
            return "r0"
        return f"r{self.step}" if (self.worst, self.best) == (1, 5) and 1 <= self.step <= 5 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedParts:
    """A compound claim's rule, what it gave (`value` None: no number) and how, and its parts in order."""

    rule: str
    value: int | None
    working: str
    parts: tuple[PublishedPart, ...]

    @classmethod
    def read(cls, frozen: Mapping[str, Any]) -> "PublishedParts":
        """Return what `verification.review.parts.parts_told` froze."""
        return cls(
            rule=str(Rollup(frozen["rule"]).label),
            value=frozen["proposal"]["value"],
            working=" ".join(tell(frozen["proposal"]["working"])),
            parts=tuple(_part(part) for part in frozen["parts"]),
        )


def _part(frozen: Mapping[str, Any]) -> PublishedPart:
    return PublishedPart(
        check=UUID(frozen["public"]),
        claim=frozen["wording"],
        rating=frozen["rating"],
        tone=frozen["tone"],
        step=frozen["step"],
        value=frozen["value"],
        worst=frozen["worst"],
        best=frozen["best"],
        version=frozen["version"],
    )
