"""`import_documents`: a folder, an archive or a file of primary documents goes into the library."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from claims.capture.errors import CaptureError
from claims.translation import say
from verification.connectors.contract import UnreadableLibrary
from verification.connectors.fields import UNPRINTABLE
from verification.connectors.files import count_files, read_files
from verification.index.postgres import PostgresIndex
from verification.models import Source, Tier
from verification.research.importing import import_texts
from verification.research.readiness import NotSetUp, require_tables
from verification.research.table import encodable

SHOWN = 20
# Source.name and Source.speaks_for hold no more.
LONGEST_NAME = 200


class Command(BaseCommand):
    """Safe to run twice, and to run again after it was stopped."""

    help = (
        "Put primary documents (Markdown with front matter, HTML, text, PDF, tables, transcripts, e-mail, JSONL; "
        "file, folder or archive) in the library."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH and the source they come from."""
        parser.add_argument("path", type=Path, help="a folder, a .tgz/.tar/.zip archive, or one file")
        parser.add_argument("--source", required=True, help='who issued them, e.g. --source "White House"')
        parser.add_argument("--speaks-for", help="the person or body whose own words they are")
        parser.add_argument("--tier", type=int, choices=Tier.values, help="how near the source stands (default 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import with a progress bar on stderr, then say what happened and what was passed over."""
        path: Path = options["path"]
        name = _name("--source", options["source"])
        if not name:
            raise CommandError(gettext('Name the source, e.g. --source "White House".'))
        speaks_for = _name("--speaks-for", options["speaks_for"] or "")
        tier: int | None = options["tier"]
        try:
            require_tables()
            total = count_files(path)
            defaults = {"tier": Tier.T1 if tier is None else tier, "speaks_for": speaks_for or name}
            texts = read_files(path)
            first = next(texts, None)
            if first is None:
                raise CommandError(gettext("%(path)s holds no document that can be read.") % {"path": path})
            source, made = Source.objects.get_or_create(name=name, defaults=defaults)
            if not made and (tier not in {None, source.tier} or speaks_for not in {"", source.speaks_for}):
                self.stderr.write(
                    gettext("%(source)s is here already and keeps its tier and whom it speaks for.") % {"source": name}
                )
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            with Progress(*columns, console=Console(file=sys.stderr)) as bar:
                task = bar.add_task(gettext("Importing"), total=total)

                def with_first() -> Any:
                    yield first
                    yield from texts

                report = import_texts(with_first(), source, progress=lambda count: bar.advance(task, count))
                bar.update(task, description=gettext("Tidying the index"), total=bar.tasks[0].completed)
                PostgresIndex().merge()
        except (UnreadableLibrary, CaptureError) as error:
            raise CommandError(say(error.sentence)) from error
        except NotSetUp as error:
            raise CommandError(str(error)) from error
        for skipped in report.skipped[:SHOWN]:
            self.stderr.write(f"{skipped.stable_id}: {say(skipped.reason)}")
        if len(report.skipped) > SHOWN:
            self.stderr.write(gettext("… and %(count)d more.") % {"count": len(report.skipped) - SHOWN})
        told = gettext("%(added)d added, %(changed)d changed, %(unchanged)d already here, %(skipped)d passed over.") % {
            "added": report.added,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "skipped": len(report.skipped),
        }
        self.stdout.write(encodable(told, getattr(self.stdout, "encoding", None)))


def _name(option: str, given: str) -> str:
    """Return a name as it is stored. Raises CommandError with one sentence when it cannot be."""
    name = " ".join(given.split())
    if len(name) > LONGEST_NAME:
        raise CommandError(
            gettext("%(option)s takes at most %(limit)d characters.") % {"option": option, "limit": LONGEST_NAME}
        )
    if UNPRINTABLE.search(name):
        raise CommandError(gettext("%(option)s holds characters that are no text.") % {"option": option})
    return name
