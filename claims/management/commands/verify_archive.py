"""`verify_archive`: reads the archive again and names each capture whose bytes are gone, changed or not well formed."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from claims.archiving import archive
from claims.capture.archive import WARC, Store
from claims.capture.errors import ArchiveError
from claims.capture.warc_check import faults_in
from claims.models import Snapshot
from claims.translation import say

_CHUNK = 500


class Command(BaseCommand):
    """Exit code 0 when everything is there and sound, 1 when something is not."""

    help = "Verify the archive: every capture's bytes against their hash, every WARC file by warcio's own check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many."""
        parser.add_argument("--sample", type=int, metavar="N", help="check so many captures, chosen at random")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault on a line of its own, and what was verified."""
        store, captures, files, faults = archive(), 0, 0, 0
        for row in _rows(options["sample"]):
            captures += 1
            for sha256, suffix in _held(row):
                files += 1
                for fault in _faults(store, sha256, suffix):
                    faults += 1
                    self.stdout.write(self.style.ERROR(f"{row.public} {row}: {fault}"))
        told = gettext("Read: %(captures)d captures, %(files)d files.")
        self.stdout.write(told % {"captures": captures, "files": files})
        if faults:
            raise CommandError(ngettext("%(count)d fault.", "%(count)d faults.", faults) % {"count": faults})
        self.stdout.write(gettext("The archive holds."))


def _rows(sample: int | None) -> Iterator[Snapshot]:
    rows = Snapshot.objects.select_related("revisits")
    return rows.order_by("pk").iterator(_CHUNK) if sample is None else iter(rows.order_by("?")[:sample])


def _held(row: Snapshot) -> Iterator[tuple[str, str]]:
    """Return the hash and suffix of each file of a row; bytes that came before are read with the row they came with."""
    if row.revisits is None or row.revisits.sha256 != row.sha256:
        yield row.sha256, ""
    if row.warc_sha256:
        yield row.warc_sha256, WARC


def _faults(store: Store, sha256: str, suffix: str) -> list[str]:
    try:
        data = store.get(sha256, suffix=suffix)
    except ArchiveError as error:
        return [say(error.sentence)]
    return faults_in(data) if suffix else []
