"""Whoever was not seen for long is forgotten: programs that follow a feed, sites that embed a card."""

from datetime import timedelta
from typing import Final

from claims.models.clock import ClockTimestamp
from verification.models import EmbedSite, FeedReader

UNSEEN_FOR: Final = timedelta(days=90)


def forget_unseen() -> None:
    """Delete the programs and the sites that have not asked for 90 days."""
    for seen in (FeedReader.objects.all(), EmbedSite.objects.all()):
        seen.filter(last_at__lt=ClockTimestamp() - UNSEEN_FOR).delete()
