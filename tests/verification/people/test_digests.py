"""The daily digest is due once on each day of the desk, whatever its clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from verification.people.notices.digests import digest_moment, is_due

ZONES = ("UTC", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana")
# Days on which clocks change in one of these zones, and the days around them.
SPANS = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 6), (3, 27), (4, 3), (4, 22), (10, 2), (10, 23))]
SPANS += [datetime(2026, 10, 28, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC)]
# One zone changes its clocks by half an hour.
STEP = timedelta(minutes=30)


@pytest.mark.parametrize("zone", ZONES)
def test_a_digest_is_due_once_on_each_day_however_the_clocks_change(zone: str) -> None:
    here = ZoneInfo(zone)
    for hour, start in product(range(24), SPANS):
        last, sent = None, []
        for step in range(2 * 24 * 5):
            now = start + STEP * step
            if is_due(now, hour, last, here):
                last = now
                sent.append(now.astimezone(here).date())
                assert now - digest_moment(now, hour, here) < STEP or step == 0
        days = [(start.astimezone(here) + timedelta(days=day)).date() for day in range(1, 5)]
        assert len(sent) == len(set(sent)), (hour, start)
        assert set(days) <= set(sent), (hour, start)
