"""Why a verb refuses.

Refused                 one sentence that names the guard and how to meet it
├── NotYours            this person may not do it
├── Moved               the case was moved or changed since the person looked
└── Unmet               something must be done first
"""

from dataclasses import dataclass

from claims.translation import say
from claims.wording import Words


@dataclass(frozen=True, slots=True)
class Refusal:
    """A guard that does not hold: its name, and the sentence that says how to meet it."""

    guard: str
    sentence: Words

    def __str__(self) -> str:
        """Return the sentence in the active language."""
        return say(self.sentence)


class Refused(Exception):
    """A verb did nothing; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal."""
        self.refusal = refusal
        super().__init__(str(refusal))


class NotYours(Refused):
    """This person may not do this."""


class Moved(Refused):
    """Somebody changed the case after this person looked at it; nothing was overwritten."""


class Unmet(Refused):
    """Something has to be done first."""
