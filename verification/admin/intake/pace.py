"""How fast a token hands in: so many articles a minute, counted in the database."""

from datetime import timedelta
from math import ceil

from django.conf import settings

from claims.models import ApiToken, Submission
from claims.models.clock import read_clock

SPAN = timedelta(minutes=1)


def seconds_to_wait(token: ApiToken) -> int:
    """Return how long a token has to wait before it may hand in again; 0 when it need not.

    No more rows are read than it may hand in. Requests that run side by side are not seen by one another: a few more
    than the limit may pass.
    """
    most = settings.INTAKE_API_PER_MINUTE
    newest = Submission.objects.filter(token=token).order_by("-pk").values_list("submitted_at", flat=True)[:most]
    since = read_clock() - SPAN
    lately = [submitted_at for submitted_at in newest if submitted_at > since]
    return max(1, ceil((min(lately) - since).total_seconds())) if len(lately) >= most else 0
