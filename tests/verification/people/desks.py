"""What tests of notices do again and again: seal the log, tell of it, and read what somebody was told."""

from django.contrib.auth.models import User

from claims.translation import tell
from verification.models import Notification
from verification.people.notices.making import notify
from verification.review.sealing import seal


def tell_all() -> int:
    """Seal the log and tell people of it, as the beat does; return how many events were read."""
    seal()
    return notify()


def told_to(person: User) -> list[str]:
    """Return the texts of a person's notices, the oldest first."""
    return [tell([notice.text])[0] for notice in Notification.objects.filter(person=person).order_by("pk")]
