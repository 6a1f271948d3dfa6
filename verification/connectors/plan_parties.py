"""Which sources a claim concerns: those that speak for who said it, those it names, those of who took part."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verification.matching.offices import Person, plain_text
from verification.matching.participants import Participant
from verification.matching.parties import belonging

# A name that is shorter than this and no initials says too little to be looked for in a text (letters).
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Issuer:
    """A source as far as a plan needs to know it. `can` are its capabilities by name, `zone` an IANA name or empty.

    `names` are the identifiers of its documents that stand in the claim or beside it.
    """

    id: int
    name: str
    tier: int
    speaks_for: str = ""
    also_called: tuple[str, ...] = ()
    zone: str = ""
    can: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """All names of the source and of whom it speaks for."""
        return tuple(name for name in (self.name, self.speaks_for, *self.also_called) if name)


def speaks_for(issuer: Issuer, speaker: str | None) -> bool:
    """Tell whether a source publishes a speaker's own words: it is called by that name, or its person's surname is."""
    if not speaker:
        return False
    wanted = _plain(speaker)
    if any(_plain(name) == wanted for name in issuer.called):
        return True
    surname = Person(speaker, None, None).surname
    persons = (name for name in (issuer.speaks_for, *issuer.also_called) if name)
    return any(Person(name, None, None).surname == surname for name in persons)


def named_in(issuer: Issuer, text: str) -> str | None:
    """Return the name by which a text names a source or whom it speaks for; None where it does not."""
    plain = plain_text(text)
    return next((name for name in issuer.called if _stands_in(name, plain)), None)


def participant_of(issuer: Issuer, participants: Iterable[Participant]) -> Participant | None:
    """Return who took part and whom a source speaks for most plainly; None where it speaks for nobody of them."""
    spoken = " ".join([issuer.speaks_for, *issuer.also_called])
    fits = [(belonging(each, issuer.name, spoken), each) for each in participants]
    best = max(fits, key=lambda fit: fit[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def told(participant: Participant) -> str:
    """Return somebody who took part in words: office, name, institution."""
    office = participant.office if participant.office and participant.office not in participant.name else ""
    name = f"{office} {participant.name}".strip()
    institution = participant.institution or ""
    return f"{name}, {institution}" if institution and institution not in name else name


def surnames(people: Sequence[Participant], speaker: str | None) -> frozenset[str]:
    """Return the surnames of a speaker and of those who took part, casefolded."""
    found = {each.surname for each in people} | ({Person(speaker, None, None).surname} if speaker else set())
    return frozenset(found - {""})


def _stands_in(name: str, text: str) -> bool:
    initials = name.isupper() and len(name) > 1
    if len(name) < SHORTEST and not initials:
        return False
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, 0 if initials else re.IGNORECASE))


def _plain(name: str) -> str:
    return plain_text(name).casefold().removeprefix("the ")
