"""`check_article`: an article goes in; claims, candidate passages and quote checks come out."""

import io
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from claims.capture.errors import CaptureError
from claims.extraction.engines import load_engines
from claims.intake import DuplicateArticle, Handed, fetch, register_article
from claims.models import Article, Snapshot
from claims.translation import say
from verification.models import Document
from verification.research.direct import WorkFailed, extract_now, research_now
from verification.research.report import report
from verification.research.table import print_report

# Columns of the table where it goes to a file or a pipe.
PLAIN_WIDTH = 160


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
        notes = Console(file=sys.stderr, soft_wrap=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=notes, transient=True) as progress:
            step = progress.add_task(gettext("Reading the article"), total=None)
            article = self._register(options["article"], notes)
            if options["queue"]:
                self.stdout.write(gettext("Queued as article %(id)s.") % {"id": article.public})
                return
            progress.update(step, description=gettext("Lifting out the claims"))
            try:
                claims = extract_now(article, load_engines(settings.EXTRACTION_ENGINES))
                progress.update(step, description=gettext("Looking for sources"), total=len(claims), completed=0)
                for claim in claims:
                    research_now(claim)
                    progress.advance(step)
            except WorkFailed as error:
                raise CommandError(str(error)) from error
        found = report(article)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        terminal = self.stdout.isatty()
        text = io.StringIO()
        table = Console(file=text, force_terminal=terminal, width=None if terminal else PLAIN_WIDTH)
        print_report(found, table)
        self.stdout.write(text.getvalue())
        count = len(claims)
        documents = Document.objects.filter(superseded_at__isnull=True).count()
        self.stdout.write("")
        self.stdout.write(
            ngettext("%(count)d claim", "%(count)d claims", count) % {"count": count}
            + ngettext(", checked against %(n)d document.", ", checked against %(n)d documents.", documents)
            % {"n": documents}
        )
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
    if path.is_dir():
        raise CommandError(
            gettext("%(path)s is a folder: name one article, e.g. a .html or .txt file.") % {"path": path}
        )
    try:
        with path.open("rb") as file:
            body = file.read(settings.INTAKE_MAX_BYTES + 1)
    except FileNotFoundError as error:
        sentence = gettext("There is no file %(path)s; an address starts with https://.")
        raise CommandError(sentence % {"path": path}) from error
    except OSError as error:
        raise CommandError(
            gettext("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from error
    return Handed(body, Snapshot.Origin.UPLOADED, filename=path.name)
