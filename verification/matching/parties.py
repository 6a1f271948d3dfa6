"""Whether an issuer of documents belongs to somebody who took part, and whether two documents tell of one event.

Words are compared by their beginnings ("German" and "Germany", "Chancellor" and "Chancellery"), initials with what they
stand for; nothing is known of the world besides.
"""

from collections.abc import Sequence
from itertools import takewhile

from claims.extraction.wordset import wordset
from verification.matching.participants import Participant
from verification.matching.tokens import WORD

# Of two forms of one word this much is the same at least, and this much at most is not (letters).
LEAST_SAME, MOST_OTHER = 4, 3
_EMPTY = wordset("of the and for to a an in at s office government")
# Who heads what a portfolio names: the Secretary of State, the Department of State.
_HEADING = wordset("secretary minister deputy under assistant acting vice")
INSTITUTION, NAME, OFFICE_ALONE, OFFICE_TOO = 1.0, 1.5, 0.5, 1.0


def belonging(participant: Participant, issuer: str, speaks_for: str) -> float:
    """Return how much tells that an issuer is a participant's own, 0 for nothing, more where the office fits too.

    `issuer` is the source's name, `speaks_for` whose words it publishes. A participant whose institution is known
    belongs to no other, whatever the office; one without an institution is told by office or name only.
    """
    written = WORD.findall(f"{issuer} {speaks_for}")
    held = [_plain(word) for word in written]
    office = _office_fits(participant.office, held)
    if participant.surname in {_plain(word) for word in WORD.findall(speaks_for)}:
        return NAME + OFFICE_TOO * office
    if participant.institution:
        fits = _institution_fits(participant.institution, held, (issuer, speaks_for))
        return INSTITUTION + OFFICE_TOO * office if fits else 0.0
    return OFFICE_ALONE if office else 0.0


def in_common(told: Sequence[Participant], other: Sequence[Participant], lead: Participant) -> tuple[str, ...]:
    """Return the names that both documents give, if they make it one event; empty if they do not.

    The other document, the lead's own, must name, besides the lead, one of the first one's side or two of the rest.
    """
    held = {person.surname for person in other}
    shared = [person for person in told if person.surname in held]
    besides = [person for person in shared if person.surname != lead.surname]
    own = any(person.own for person in told)
    enough = any(person.own for person in besides) or len(besides) > 1 or (not own and bool(shared))
    return tuple(person.name for person in shared) if enough else ()


def alike(left: str, right: str) -> bool:
    """Tell whether two words, in lower case, are forms of one: "swedish", "sweden"; "minister", "ministry"."""
    if left == right:
        return True
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    return same >= LEAST_SAME and max(len(left), len(right)) - same <= MOST_OTHER


def _institution_fits(institution: str, held: list[str], names: tuple[str, ...]) -> bool:
    wanted = _telling(institution)
    if wanted and all(any(alike(word, other) for other in held) for word in wanted):
        return True
    initials = {_initials(name) for name in names}
    return _letters(institution) in initials or _initials(institution) in {word.upper() for word in held if word}


def _office_fits(office: str | None, held: list[str]) -> bool:
    words = _telling(office or "")
    wanted = [word for word in words if word not in _HEADING] if "of" in (office or "").split() else words
    return bool(wanted) and all(any(alike(word, other) for other in held) for word in wanted)


def _telling(text: str) -> list[str]:
    return [plain for word in WORD.findall(text) if (plain := _plain(word)) not in _EMPTY]


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s").replace(".", "")


def _letters(name: str) -> str:
    """Return a name that is initials without its points; something no initials are for any other."""
    bare = name.replace(".", "")
    return bare if bare.isupper() and 2 <= len(bare) <= 6 else "-"


def _initials(name: str) -> str:
    words = [word for word in WORD.findall(name) if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
