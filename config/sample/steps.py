"""The words in which the sample's cases are told: what each person did in a case, in order. Knows no Django.

People are named by their log-in (`config.sample.people`), times are hours from the moment the desk is loaded.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cite:
    """A candidate taken as evidence: the last part of its document's address, and how it bears on the claim."""

    document: str
    stance: str
    role: str = "tests_claim"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a checker puts into the form; `enough` says why one source suffices.

    Support or refutation that no `cites` holds was looked for in vain. Each difference that a quote check warns of was
    weighed and found to change the meaning. `searched` attaches the record of the newest search of the library, which
    is numbered after the cites.
    """

    rating: int | None
    reasoning: str
    cites: tuple[Cite, ...] = ()
    enough: str = ""
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """The intake person puts a claim into the queue, perhaps in other words, and says what it is about."""

    why: str
    hours: float
    wording: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SameAs:
    """The intake person sees that another case checks the same claim, told by that claim's opening words."""

    opens: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The editor sets priority, deadline and second check (None: decided when the judgment is in)."""

    priority: float
    hours: float
    second_check: bool | None


@dataclass(frozen=True, slots=True)
class Take:
    """A checker takes the case, or its second check (`take_second`)."""

    who: str
    verb: str = "take"


@dataclass(frozen=True, slots=True)
class Assign:
    """The editor gives the case to a checker, with a note."""

    to: str
    note: str


@dataclass(frozen=True, slots=True)
class Save:
    """A checker saves a judgment that is not finished."""

    who: str
    found: Found


@dataclass(frozen=True, slots=True)
class Submit:
    """A checker submits a judgment, the first or the blind second one."""

    who: str
    found: Found


@dataclass(frozen=True, slots=True)
class Write:
    """A checker writes what readers will read, and sends it to sign-off."""

    who: str
    headline: str
    explanation: str
    change_note: str = ""


@dataclass(frozen=True, slots=True)
class Approve:
    """The editor signs off, perhaps under an embargo."""

    embargo_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """The publisher puts the approved version out."""


@dataclass(frozen=True, slots=True)
class Correct:
    """The editor opens a correction."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A checker asks somebody for a reply, and the case awaits it."""

    who: str
    asked: str
    channel: str
    question: str
    hours: float


@dataclass(frozen=True, slots=True)
class Do:
    """Somebody does a step that needs no more than a reason."""

    who: str
    verb: str
    reason: str


Step = Accept | SameAs | Plan | Take | Assign | Save | Submit | Write | Approve | Publish | Correct | Ask | Do


@dataclass(frozen=True, slots=True)
class Case:
    """The case of the claim that begins with the words `opens`; `state` is where its steps leave it."""

    opens: str
    state: str
    steps: tuple[Step, ...]
