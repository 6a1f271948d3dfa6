"""When somebody's daily digest is due. Knows no database."""

from datetime import datetime, time, tzinfo


def digest_moment(now: datetime, hour: int, zone: tzinfo) -> datetime:
    """Return when the digest of the desk's present day is due.

    An hour that the clocks skip begins when they go forward; of one that they repeat the first counts.
    """
    return datetime.combine(now.astimezone(zone).date(), time(hour), zone)


def is_due(now: datetime, hour: int, last: datetime | None, zone: tzinfo) -> bool:
    """Return whether a digest is due: its hour has come, and none was sent on this day of the desk."""
    if now < digest_moment(now, hour, zone):
        return False
    return last is None or last.astimezone(zone).date() < now.astimezone(zone).date()
