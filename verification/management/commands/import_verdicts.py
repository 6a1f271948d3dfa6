"""`import_verdicts`: earlier fact checks, so that precedents and matching do not start empty."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from claims.capture.errors import CaptureError
from claims.translation import say
from verification.connectors.contract import UnreadableLibrary
from verification.connectors.earlier.files import read_earlier
from verification.connectors.fields import UNPRINTABLE
from verification.index.collection import EARLIER
from verification.index.postgres import PostgresIndex
from verification.research.earlier import EarlierReport, import_earlier
from verification.research.readiness import NotSetUp, require_tables
from verification.research.table import encodable

SHOWN = 20
# EarlierCheck.publisher holds no more.
LONGEST_NAME = 200


class Command(BaseCommand):
    """Safe to run twice, and to run again after it was stopped."""

    help = "Import earlier fact checks (ClaimReview JSON-LD, DataFeed, web pages, CSV; file, folder or archive)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH, whose they are where they do not say, and whether to look only."""
        parser.add_argument("path", type=Path, help="a file, a folder, or a .tgz/.tar/.zip archive")
        parser.add_argument("--publisher", default="", help="who published those that do not say")
        parser.add_argument("--dry-run", action="store_true", help="read all and say what would happen; store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import with a progress bar on stderr, then say what happened and what could not be read."""
        publisher = _publisher(options["publisher"])
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
        try:
            require_tables()
            with Progress(*columns, console=Console(file=sys.stderr)) as bar:
                task = bar.add_task(gettext("Importing"), total=None)
                report = import_earlier(
                    read_earlier(options["path"]),
                    publisher=publisher,
                    dry_run=options["dry_run"],
                    progress=lambda count: bar.advance(task, count),
                )
                if report.added and not options["dry_run"]:
                    bar.update(task, description=gettext("Tidying the index"))
                    PostgresIndex(EARLIER).merge()
        except (UnreadableLibrary, CaptureError) as error:
            raise CommandError(say(error.sentence)) from error
        except NotSetUp as error:
            raise CommandError(str(error)) from error
        for skipped in report.skipped[:SHOWN]:
            self.stderr.write(f"{skipped.stable_id}: {say(skipped.reason)}")
        if len(report.skipped) > SHOWN:
            self.stderr.write(gettext("… and %(count)d more.") % {"count": len(report.skipped) - SHOWN})
        told = _told(report, dry_run=options["dry_run"])
        self.stdout.write(encodable(told, getattr(self.stdout, "encoding", None)))


def _told(report: EarlierReport, *, dry_run: bool) -> str:
    counts = {"added": report.added, "known": report.known, "skipped": len(report.skipped)}
    if dry_run:
        return gettext("%(added)d would be added, %(known)d known already, %(skipped)d cannot be read.") % counts
    return gettext("%(added)d added, %(known)d known already, %(skipped)d could not be read.") % counts


def _publisher(given: str) -> str:
    name = " ".join(given.split())
    if len(name) > LONGEST_NAME or UNPRINTABLE.search(name):
        raise CommandError(gettext("--publisher takes at most %(limit)d characters of text.") % {"limit": LONGEST_NAME})
    return name
