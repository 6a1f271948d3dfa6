"""How fast a token hands in: so many articles a minute, counted in the database."""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db.models import Count, Min

from claims.models import ApiToken, Submission
from claims.models.clock import ClockTimestamp, read_clock

SPAN = timedelta(minutes=1)


def seconds_to_wait(token: ApiToken) -> int:
    """Return how long a token has to wait before it may hand in again; 0 when it need not.

    Requests that run side by side are not seen by one another: a few more than the limit may pass.
    """
    lately = Submission.objects.filter(token=token, submitted_at__gt=ClockTimestamp() - SPAN)
    counted = lately.aggregate(count=Count("pk"), first=Min("submitted_at"))
    first: datetime | None = counted["first"]
    if first is None or counted["count"] < settings.INTAKE_API_PER_MINUTE:
        return 0
    return max(1, ceil((first + SPAN - read_clock()).total_seconds()))
