"""What the page of settings is made of: a section says what is set, what follows, where it is changed and tried."""

from collections.abc import Sequence
from dataclasses import dataclass

from verification.models import Rating


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is set, and its value in words; `so` says what follows from it."""

    label: str
    value: str
    so: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where something is changed or tried; `say` is what that shows."""

    label: str
    url: str
    say: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One subject of the page.

    `about` says in a sentence or two what it is for; `change` leads to where this person changes it; where there is
    none, `asks` says who can. `alarm` is what is wrong now. `part` names what the template shows in a way of its own:
    the steps of a scale, numbers, the form of the test mail, the lines of a program.
    """

    key: str
    title: str
    about: str
    facts: Sequence[Fact]
    change: Sequence[Link] = ()
    tries: Sequence[Link] = ()
    asks: str = ""
    alarm: str = ""
    part: str = ""
    ratings: Sequence[Rating] = ()
