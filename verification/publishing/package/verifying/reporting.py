"""What the verifier says, line by line: what holds, what does not, and what nobody can tell from the package."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from claims.wording import Words, words


class Mark(StrEnum):
    """What was found of one thing."""

    HOLDS = "holds"
    FAILS = "fails"
    UNTESTED = "untested"


SIGNS: Final = {Mark.HOLDS: "✓", Mark.FAILS: "✗", Mark.UNTESTED: "–"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at, in one sentence."""

    mark: Mark
    what: Words


@dataclass(slots=True)
class Report:
    """The lines so far, in order, and whether the manifest's signature is that of a key which the reader named."""

    lines: list[Line] = field(default_factory=list)
    signer_checked: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return bool(self.lines) and all(line.mark is not Mark.FAILS for line in self.lines)

    def good(self, what: Words) -> None:
        """Say that something holds."""
        self.lines.append(Line(Mark.HOLDS, what))

    def bad(self, what: Words) -> None:
        """Say that something does not hold."""
        self.lines.append(Line(Mark.FAILS, what))

    def untested(self, what: Words) -> None:
        """Say what the package cannot show."""
        self.lines.append(Line(Mark.UNTESTED, what))

    def told(self, holds: bool, good: Words, bad: Words) -> None:
        """Say the one or the other."""
        self.good(good) if holds else self.bad(bad)

    def attempt(self, part: str, look: Callable[..., None], *given: object) -> None:
        """Look at one part; whatever it holds, one that cannot be read is a line and no traceback."""
        try:
            look(*given)
        except Exception as error:  # a liar may put anything anywhere
            self.bad(words("%(part)s cannot be read (%(why)s).", part=part, why=type(error).__name__))
