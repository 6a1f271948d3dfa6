"""Conflicts of interest: whose claims somebody does not judge, and why. Ended, never removed."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from claims.models import Outlet, Speaker
from claims.models.clock import ClockTimestamp
from claims.speakers import named
from claims.wording import words
from verification.models import Conflict
from verification.people.rights import must_be_theirs
from verification.review.refusals import Refusal, Unmet

MOST_FOUND = 20
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Party:
    """A speaker or an outlet; `key` names it in a form."""

    key: str
    name: str
    label: str | Promise


KINDS: dict[str, tuple[type[Speaker] | type[Outlet], str | Promise]] = {
    "speaker": (Speaker, gettext_lazy("speaker")),
    "outlet": (Outlet, gettext_lazy("outlet")),
}


def parties(name: str) -> list[Party]:
    """Return the speakers and outlets in whose name the words occur, at most twenty of each; none for no words.

    A speaker is offered once, as the row that stands for it, whichever of its names was typed.
    """
    wanted = " ".join(name.split())
    if not wanted:
        return []
    found = {
        "speaker": named(wanted).filter(joined_to=None).values_list("pk", "name"),
        "outlet": Outlet.objects.filter(name__icontains=wanted).values_list("pk", "name"),
    }
    return [
        Party(f"{kind}:{pk}", called, KINDS[kind][1])
        for kind, rows in found.items()
        for pk, called in rows.order_by("name")[:MOST_FOUND]
    ]


def party_of(key: str) -> Speaker | Outlet | None:
    """Return the speaker or outlet that a `Party.key` names; None when it names none."""
    kind, _colon, pk = key.partition(":")
    if kind not in KINDS or not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    found: Model | None = KINDS[kind][0]._default_manager.filter(pk=int(pk)).first()
    return found if isinstance(found, Speaker | Outlet) else None


@transaction.atomic
def declare(by: User, person: User, party: Speaker | Outlet | None, reason: str) -> Conflict:
    """Say that a person does not judge claims of a speaker, or in an outlet, and why.

    One that holds already is returned as it stands. Raises Unmet without a party or a reason.
    """
    must_be_theirs(by, person)
    why = " ".join(reason.split())
    if party is None:
        raise Unmet(Refusal("party", words("Choose the speaker or the outlet.")))
    if not why:
        raise Unmet(Refusal("reason", words("Say why, in one sentence.")))
    if len(why) > LONGEST_REASON:
        raise Unmet(Refusal("length", words("Say it in %(length)s characters.", length=LONGEST_REASON)))
    # Locked, so that a form that was sent twice declares once.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    with_whom = {"speaker": party} if isinstance(party, Speaker) else {"outlet": party}
    known = Conflict.objects.filter(person=person, ended_at__isnull=True, **with_whom).first()
    return known or Conflict.objects.create(person=person, reason=why, **with_whom)


def end_conflict(by: User, conflict: Conflict) -> None:
    """Say that a conflict holds no more; it stays on record with the day it ended."""
    must_be_theirs(by, conflict.person)
    Conflict.objects.filter(pk=conflict.pk, ended_at__isnull=True).update(ended_at=ClockTimestamp())
