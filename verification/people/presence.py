"""Who has a case open right now. It is told to colleagues and decides nothing."""

from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import connection

from claims.models.clock import read_clock
from verification.models import Presence, Review

HERE: Final = timedelta(seconds=45)
"""So long after their page last said so somebody counts as here: three of its beats."""
KEPT: Final = timedelta(days=1)

_SEEN = """
    INSERT INTO verification_presence (review_id, person_id, seen_at) VALUES (%s, %s, clock_timestamp())
    ON CONFLICT (review_id, person_id) DO UPDATE SET seen_at = excluded.seen_at
"""


def be_here(review: Review, person: User) -> list[User]:
    """Note that a person has a case open, and return who else has, the latest first (two statements)."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [review.pk, person.pk])
    others = Presence.objects.filter(review=review, seen_at__gte=read_clock() - HERE).exclude(person=person)
    return [each.person for each in others.select_related("person").order_by("-seen_at")]


def sweep_presence() -> int:
    """Forget who was where long ago; returns how many rows went."""
    gone, _by_model = Presence.objects.filter(seen_at__lt=read_clock() - KEPT).delete()
    return gone
