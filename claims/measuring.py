"""How much the archive holds, and when that is too much: an alarm at nine tenths of the budget, a stop at the whole.

The archive is counted once an hour, since counting millions of files takes a while; others read the last count.
Full by budget, workers fetch nothing more; what people hand in is still kept, as long as the disk takes it.
"""

import logging

from django.conf import settings
from django.db.models import Value

from claims.capture.archive import Store
from claims.capture.errors import ArchiveError
from claims.models import ArchiveMeasure
from claims.models.clock import ClockTimestamp
from claims.wording import Words, words

ALARM_SHARE = 0.9
LEAST_FREE = 0.05
COUNTING_SECONDS = 20.0
_GB = 10**9

logger = logging.getLogger(__name__)


def budget() -> int:
    """Return how many bytes the archive may hold."""
    return settings.ARCHIVE_MAX_GB * _GB


def measure(store: Store, seconds: float = COUNTING_SECONDS) -> ArchiveMeasure:
    """Count what the archive holds, note it, and write a line into the program's log for each alarm.

    Raises `ArchiveUnwritable`; the last count then stands.
    """
    held = store.holdings(seconds)
    noted = {
        "bytes": Value(held.bytes),
        "files": Value(held.files),
        "budget": Value(budget()),
        "measured_at": ClockTimestamp(),
    }
    row, _ = ArchiveMeasure.objects.update_or_create(pk=ArchiveMeasure.ONLY, defaults=noted)
    row.refresh_from_db()
    for alarm in alarms(store):
        logger.warning("%s", alarm)
    return row


def alarms(store: Store) -> list[Words]:
    """Return what is wrong with the room of the archive, a sentence each; none where there is enough, or no count."""
    held = _held()
    found = [told] if (told := _full(held) or _nearly_full(held)) else []
    try:
        free = store.free_share()
    except ArchiveError as error:
        return [*found, error.sentence]
    if free is not None and free < LEAST_FREE:
        found.append(
            words("Only %(share)s %% of the archive’s disk is free: make room on it.", share=f"{100 * free:.1f}")
        )
    return found


def full() -> Words | None:
    """Return why workers may fetch nothing more; None where they may."""
    return _full(_held())


def _full(held: int | None) -> Words | None:
    if held is None or held < budget():
        return None
    return words(
        "The archive holds %(held)s GB and may hold %(most)s: nothing more is fetched until ARCHIVE_MAX_GB is raised.",
        held=_in_gb(held),
        most=settings.ARCHIVE_MAX_GB,
    )


def _nearly_full(held: int | None) -> Words | None:
    if held is None or held < ALARM_SHARE * budget():
        return None
    return words(
        "The archive holds %(held)s of the %(most)s GB it may hold: raise ARCHIVE_MAX_GB before it is full.",
        held=_in_gb(held),
        most=settings.ARCHIVE_MAX_GB,
    )


def _held() -> int | None:
    """Return how many bytes were counted last."""
    return ArchiveMeasure.objects.filter(pk=ArchiveMeasure.ONLY).values_list("bytes", flat=True).first()


def _in_gb(size: int) -> str:
    return f"{size / _GB:.1f}"
