"""`check_article`: an article goes in; claims, candidate passages and quote checks come out."""

import io
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.extraction.engines import load_engines
from claims.intake import DuplicateArticle, fetch, register_article
from claims.models import Article, Snapshot
from claims.models.clock import read_clock
from claims.translation import say
from verification.models import Document
from verification.research.direct import WorkFailed, extract_now, research_now
from verification.research.readiness import NotSetUp, require_tables
from verification.research.report import as_json, report
from verification.research.table import encodable, print_report

# Columns of the table where it goes to a file or a pipe.
PLAIN_WIDTH = 160
# Characters of the argument that an error repeats.
SHOWN = 120


class Command(BaseCommand):
    """The main job without a browser. Progress goes to stderr, the result to stdout."""

    help = "Check one article: lift out its claims and find the primary sources that test them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what to check, and how to show it."""
        parser.add_argument(
            "article", metavar="URL|FILE|-", help="an address, a file (HTML, text, PDF), or - for stdin"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
        parser.add_argument("--queue", action="store_true", help="leave the work to the running workers, and return")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register, extract, research, show."""
        try:
            require_tables()
        except NotSetUp as error:
            raise CommandError(str(error)) from error
        notes = Console(file=sys.stderr, soft_wrap=True)
        encoding = getattr(self.stdout, "encoding", None)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=notes, transient=True) as progress:
            step = progress.add_task(gettext("Reading the article"), total=None)
            article = self._register(options["article"], notes)
            if options["queue"]:
                if options["json"]:
                    self.stdout.write(as_json({"queued": str(article.public)}, encoding, indent=None))
                else:
                    self.stdout.write(
                        encodable(gettext("Queued as article %(id)s.") % {"id": article.public}, encoding)
                    )
                return
            progress.update(step, description=gettext("Lifting out the claims"))
            try:
                asked_at = read_clock()
                claims = extract_now(article, load_engines(settings.EXTRACTION_ENGINES))
                progress.update(step, description=gettext("Looking for sources"), total=len(claims), completed=0)
                for claim in claims:
                    research_now(claim, asked_at)
                    progress.advance(step)
            except WorkFailed as error:
                raise CommandError(str(error)) from error
        found = report(article)
        if options["json"]:
            self.stdout.write(as_json(found, encoding))
            return
        terminal = self.stdout.isatty()
        text = io.StringIO()
        table = Console(file=text, force_terminal=terminal, width=None if terminal else PLAIN_WIDTH)
        print_report(found, table)
        self.stdout.write(encodable(text.getvalue(), encoding))
        count = len(claims)
        documents = Document.objects.filter(superseded_at__isnull=True).count()
        self.stdout.write("")
        told = ngettext("%(count)d claim", "%(count)d claims", count) % {"count": count}
        told += ngettext(", checked against %(n)d document.", ", checked against %(n)d documents.", documents) % {
            "n": documents
        }
        self.stdout.write(encodable(told, encoding))
        if not documents:
            notes.print(gettext("The library is empty: put documents in with `manage.py import_documents`."))

    def _register(self, given: str, notes: Console) -> Article:
        try:
            return register_article(_handed(given))
        except DuplicateArticle as duplicate:
            notes.print(f"{duplicate} {gettext('Its claims are looked up again.')}")
            return duplicate.article
        except CaptureError as error:
            raise CommandError(say(error.sentence)) from error


def _handed(given: str) -> Handed:
    """Return the bytes that an argument names. Raises CommandError with one sentence when there are none."""
    if given == "-":
        # One byte more than is read at most, so that what is too large is seen to be.
        return Handed(sys.stdin.buffer.read(settings.INTAKE_MAX_BYTES + 1), Snapshot.Origin.PASTED)
    if "://" in given:
        return fetch(given)
    path = Path(given)
    # Somebody may have pasted the whole article here.
    shown = " ".join(given.split())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
    try:
        if path.is_dir():
            raise CommandError(
                gettext("%(path)s is a folder: name one article, e.g. a .html or .txt file.") % {"path": shown}
            )
        with path.open("rb") as file:
            body = file.read(settings.INTAKE_MAX_BYTES + 1)
    except FileNotFoundError as error:
        sentence = gettext("There is no file %(path)s; an address starts with https://.")
        raise CommandError(sentence % {"path": shown}) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CommandError(
            gettext("%(path)s cannot be read: %(reason)s. Text itself is handed in on stdin, with - for the file.")
            % {"path": shown, "reason": reason}
        ) from error
    return Handed(body, Snapshot.Origin.UPLOADED, filename=path.name)
