"""Programs that act for people: a step that one does is logged with the public id of its token.

Verbs are handed the person a program acts for, the same whom they are handed by the desk's pages. The mark is on that
one object, as it was read for the request; whoever reads the person anew has somebody who acts by hand.
"""

from uuid import UUID

from django.contrib.auth.models import User


def acting_by(token: UUID, person: User) -> User:
    """Return the person, marked: what they do in this request is done by a program with this token."""
    person._readout_token = str(token)  # type: ignore[attr-defined]  # read by token_behind
    return person


def token_behind(person: User | None) -> str:
    """Return the public id of the token by which a program acts for this person, "" where they act themselves."""
    return getattr(person, "_readout_token", "")
