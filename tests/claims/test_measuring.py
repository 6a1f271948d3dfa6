"""The archive's room: counted, warned of at nine tenths, and a stop at the whole."""

import logging

import pytest
from pytest_django.fixtures import Settings

from claims.archiving import archive
from claims.capture.archive import WARC, FolderArchive
from claims.capture.errors import ArchiveUnwritable
from claims.measuring import alarms, full, measure
from claims.models import ArchiveMeasure

pytestmark = pytest.mark.django_db


class NearlyFullDisk(FolderArchive):
    """A folder on a disk that has little room left."""

    def free_share(self) -> float | None:
        return 0.031


def hold(gigabytes: float) -> None:
    said = {"bytes": round(gigabytes * 10**9), "files": 1}
    ArchiveMeasure.objects.update_or_create(pk=ArchiveMeasure.ONLY, defaults=said)


def test_pages_and_exchanges_are_counted_and_counted_anew(settings: Settings) -> None:
    settings.ARCHIVE_MAX_GB = 3
    archive().put_many([b"page", b"another page"])
    archive().put(b"exchange", suffix=WARC)
    first = measure(archive())
    assert (first.bytes, first.files, first.budget) == (24, 3, 3 * 10**9)
    archive().put(b"!")
    assert measure(archive()).bytes == 25
    assert ArchiveMeasure.objects.count() == 1


def test_nothing_is_said_before_the_first_count() -> None:
    assert alarms(archive()) == []
    assert full() is None


@pytest.mark.parametrize(
    ("held", "told", "stops"),
    [
        (8.9, None, False),
        (9.0, "The archive holds 9.0 of the 10 GB it may hold", False),
        (10.0, "The archive holds 10.0 GB and may hold 10: nothing more is fetched", True),
        (12.3, "The archive holds 12.3 GB and may hold 10: nothing more is fetched", True),
    ],
)
def test_the_alarm_comes_at_nine_tenths_and_the_stop_at_the_whole(
    settings: Settings, held: float, told: str | None, stops: bool
) -> None:
    settings.ARCHIVE_MAX_GB = 10
    hold(held)
    found = [str(sentence) for sentence in alarms(archive())]
    assert [sentence.startswith(told or "never") for sentence in found] == ([True] if told else [])
    assert (full() is not None) is stops


def test_raising_the_budget_ends_the_alarm_at_once(settings: Settings) -> None:
    settings.ARCHIVE_MAX_GB = 10
    hold(11)
    assert full()
    settings.ARCHIVE_MAX_GB = 20
    assert full() is None
    assert alarms(archive()) == []


def test_a_disk_that_runs_full_is_an_alarm_of_its_own(settings: Settings) -> None:
    (alarm,) = alarms(NearlyFullDisk(settings.ARCHIVE_DIR))
    assert str(alarm) == "Only 3.1 % of the archive’s disk is free: make room on it."


def test_counting_writes_the_alarm_into_the_programs_log(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "claims.measuring"):
        measure(NearlyFullDisk(settings.ARCHIVE_DIR))
    assert "Only 3.1 %" in caplog.text


def test_an_archive_that_cannot_be_counted_keeps_its_last_count(settings: Settings) -> None:
    hold(5)
    settings.ARCHIVE_DIR.write_text("a file where the folder should be")
    with pytest.raises(ArchiveUnwritable):
        measure(archive())
    assert ArchiveMeasure.objects.get().bytes == 5 * 10**9
