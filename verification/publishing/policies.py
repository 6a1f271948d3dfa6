"""What the desk tells readers of itself, and what it told them before: each wording is kept with its day.

A text is in the marks of explanations (`rich_text`). One that was taken back (saved empty) is shown no more, and
neither is what stood before that: so a desk can withdraw what it should not have said, and a text that only changes
keeps all its wordings. Of the team only the newest is shown: people who left are no reader's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.text import capfirst

from claims.wording import words
from verification.models import DeskText
from verification.publishing.moments import Moment
from verification.publishing.plain_text import printable
from verification.publishing.searches import desk_zone
from verification.review.policy import may_open
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import name_of

PAGE: Final = "desk_texts"
LONGEST: Final = 40_000
_SAVE_LOCK: Final = 0x44535458  # "DSTX"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it was told from a time on; `number` counts all savings of its kind from 1."""

    number: int
    text: str
    since: Moment


@dataclass(frozen=True, slots=True)
class Policy:
    """One text of the desk: what stands, and what stood before it, newest first."""

    kind: str
    stands: Wording
    earlier: Sequence[Wording]

    @property
    def title(self) -> str:
        """What it is about."""
        return title_of(self.kind)

    @property
    def earlier_is_shown(self) -> bool:
        """Whether readers may read what stood before."""
        return self.kind != DeskText.Kind.TEAM

    def wording(self, number: int) -> Wording | None:
        """Return the wording of this number, None where it is none that readers may read."""
        readable = [self.stands, *(self.earlier if self.earlier_is_shown else ())]
        return next((each for each in readable if each.number == number), None)


def title_of(kind: str) -> str:
    """Return what a kind of text is about, as a heading."""
    return str(capfirst(DeskText.Kind(kind).label))


def policy_of(kind: str) -> Policy | None:
    """Return a text with its history; None for one that is not filled in, or of no kind (one query)."""
    if kind not in DeskText.Kind.values:
        return None
    told = _told(list(DeskText.objects.filter(kind=kind).order_by("pk").values_list("text", "made_at")))
    return Policy(kind, told[-1], tuple(reversed(told[:-1]))) if told else None


def policies() -> list[Policy]:
    """Return the texts that are filled in, in the order of their kinds (one query)."""
    saved: dict[str, list[tuple[str, datetime]]] = {}
    for kind, text, at in DeskText.objects.order_by("pk").values_list("kind", "text", "made_at"):
        saved.setdefault(kind, []).append((text, at))
    wordings = {kind: _told(saved[kind]) for kind in DeskText.Kind.values if kind in saved}
    return [Policy(kind, told[-1], tuple(reversed(told[:-1]))) for kind, told in wordings.items() if told]


def newest_text(kind: str) -> DeskText | None:
    """Return a text as it was saved last, empty or not."""
    return DeskText.objects.filter(kind=kind).select_related("by").order_by("-pk").first()


def newest_texts() -> dict[str, DeskText]:
    """Return each kind's text as it was saved last (one query)."""
    rows = DeskText.objects.select_related("by").order_by("kind", "-pk").distinct("kind")
    return {row.kind: row for row in rows}


def save_text(person: User, kind: str, text: str, seen: int) -> DeskText | None:
    """Store what readers are told from now on; None where they are told the same already.

    `seen` is the row (0: none) on which the person wrote. Raises NotYours, Unmet, and Moved when somebody else saved
    meanwhile. An empty text takes back what was told.
    """
    if not may_open(person, PAGE):
        raise NotYours(Refusal("role", words("Your role does not include this page.")))
    text = clean(text)
    if len(text) > LONGEST:
        raise Unmet(Refusal("text", words("Shorten it: a text has %(most)s characters at most.", most=LONGEST)))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SAVE_LOCK])
        newest = newest_text(kind)
        if text == (newest.text if newest else ""):
            return None
        if newest and newest.pk != seen:
            raise Moved(Refusal("text", words("%(name)s saved another wording meanwhile.", name=name_of(newest.by))))
        return DeskText.objects.create(kind=kind, text=text, by=person)


def clean(text: str) -> str:
    """Return a text as it is stored: without what cannot be shown, and without empty lines around it."""
    return printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _told(saved: Sequence[tuple[str, datetime]]) -> list[Wording]:
    """Return what was told since it was last taken back, oldest first; nothing where it is taken back now."""
    zone = desk_zone()
    found: list[Wording] = []
    for number, (text, at) in enumerate(saved, 1):
        found = [*found, Wording(number, text, Moment(at, zone=zone))] if text else []
    return found
