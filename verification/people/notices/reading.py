"""A person's notices on the desk: read, unread, counted."""

from django.contrib.auth.models import User
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models.clock import ClockTimestamp
from verification.models import Notification

# How many notices a person has not read, for a query of people.
_COUNTED = Notification.objects.filter(person=OuterRef("pk"), read_at__isnull=True).order_by().values("person")
UNREAD = Coalesce(Subquery(_COUNTED.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)


def notices_of(person: User) -> QuerySet[Notification]:
    """Return a person's notices with what they are of, the newest first."""
    return Notification.objects.filter(person=person).select_related("review", "webhook", "token").order_by("-pk")


def mark_read(person: User, notice: int) -> None:
    """Mark one of a person's notices as read."""
    Notification.objects.filter(person=person, pk=notice, read_at__isnull=True).update(read_at=ClockTimestamp())


def mark_all_read(person: User, upto: int) -> None:
    """Mark all of a person's notices as read, up to the newest they saw."""
    Notification.objects.filter(person=person, pk__lte=upto, read_at__isnull=True).update(read_at=ClockTimestamp())
