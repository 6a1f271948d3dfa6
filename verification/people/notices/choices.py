"""How somebody wants to be told of each kind: on the desk, by mail at once, in the digest, or not at all."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.wording import Words, store
from verification.models import Notification, NotificationChoice
from verification.people.notices.kinds import KINDS, NEVER, Kind
from verification.review.policy import roles_of


@dataclass(frozen=True, slots=True)
class Choice:
    """How one kind is told: as news on the desk, and by mail (`at_once`, `digest` or `never`)."""

    on_desk: bool
    mail: str


Choices = Mapping[tuple[int, str], Choice]


def chosen(people: Collection[int]) -> Choices:
    """Return what people chose, by (person, key of the kind); what they did not choose is left out (one query)."""
    stored = NotificationChoice.objects.filter(person__in=people).values_list("person", "kind", "on_desk", "mail")
    return {(person, kind): Choice(on_desk, mail) for person, kind, on_desk, mail in stored}


def choice_of(choices: Choices, person: int, kind: Kind) -> Choice:
    """Return how a person is told of a kind: as they chose, else as the kind says."""
    return choices.get((person, kind.key)) or Choice(True, kind.mail)


def notice_for(
    person: User, kind: Kind, text: Words, choices: Choices, about: Mapping[str, Any]
) -> Iterator[Notification]:
    """Yield the notice for a person, not stored yet; none where they want to be told of its kind in no way.

    `about` holds what it is of: `review` and maybe the `event` of its log, `webhook` or `token`.
    """
    choice = choice_of(choices, person.pk, kind)
    mail = "" if choice.mail == NEVER or not person.email else choice.mail
    if choice.on_desk or mail:
        yield Notification(
            person=person,
            kind=kind.key,
            text=store([text])[0],
            # Who does not want it on the desk finds it there as read: it is in their mail.
            read_at=None if choice.on_desk else timezone.now(),
            mail=mail,
            **about,
        )


def choices_of(person: User) -> list[tuple[Kind, Choice]]:
    """Return the kinds that somebody in this person's roles is told of, with how they are told."""
    known, roles = chosen([person.pk]), roles_of(person)
    return [(kind, choice_of(known, person.pk, kind)) for kind in KINDS if roles & set(kind.roles)]


@transaction.atomic
def choose(person: User, wishes: Iterable[tuple[Kind, Choice]]) -> None:
    """Store how a person wants to be told. What they were told already stays."""
    for kind, wish in wishes:
        NotificationChoice.objects.update_or_create(
            person=person, kind=kind.key, defaults={"on_desk": wish.on_desk, "mail": wish.mail}
        )
