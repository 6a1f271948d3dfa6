"""A step as the API offers it: what is sent with it, and which verb of `verification.review` does it.

It is the verb that the desk's own page calls. The verb looks for itself whether this person may, whether the case has
moved on and what is missing, and raises Refused; nothing is decided here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import HttpRequest
from rest_framework import serializers

from verification.models import Review
from verification.review.standing import standing_of
from verification.review.transitions import Actor, Move, must_be_allowed

WHY: Final = "The ledger has to be read first."
Said = Mapping[str, Any]
Body = type[serializers.Serializer[Any]]


@dataclass(frozen=True, slots=True)
class Ask:
    """A case, who asks for a step of it, and what was sent."""

    request: HttpRequest
    review: Review
    person: User
    said: Said

    @property
    def seen(self) -> int:
        """The revision of the case that was seen."""
        return int(self.said["revision"])


Do = Callable[[Ask], object]


def must_stand_as_seen(ask: Ask, verb: str) -> None:
    """Lock the case until the transaction ends; raise Moved where it has moved on since the revision that was sent.

    For what is saved beside a case, whose verbs look at the revision of the text or the judgment alone: a new cycle
    begins these anew, and what was sent in an earlier one would fit.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=ask.review.pk)
    if review.revision != ask.seen:
        must_be_allowed(standing_of(review), Move(verb, Actor(ask.person), ask.seen))


@dataclass(frozen=True, slots=True)
class Offered:
    """One step: its name, what it is for, what is sent with it, and what does it.

    A `repeatable` one that was sent twice, word for word, is answered the second time as the first, if nothing was done
    in between.
    """

    verb: str
    told: str
    body: Body
    do: Do
    example: Mapping[str, object] = field(default_factory=dict)
    repeatable: bool = False
