"""`import_articles`: a list of articles (CSV, JSON, JSON Lines) is handed in, each row told of."""

from argparse import ArgumentParser
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext

from claims.capture.errors import CaptureError
from claims.capture.listing import read_list
from claims.importing import import_articles
from claims.translation import say
from verification.research.readiness import NotSetUp, require_tables
from verification.research.table import encodable
from verification.review.policy import PAGES, may_open


class Command(BaseCommand):
    """Safe to run twice, and to run again after it was stopped."""

    help = "Hand in a list of articles: CSV, JSON or JSON Lines, an address or a text each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, who hands it in, and whether to look only."""
        parser.add_argument("file", type=Path, help="the list")
        parser.add_argument("--person", metavar="USERNAME", help="who hands it in; only one may: then that one")
        parser.add_argument("--dry-run", action="store_true", help="read all and say what would happen; store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the rows in, say of each what became of it, and ring for the work."""
        path: Path = options["file"]
        try:
            require_tables()
            person = _person(options["person"])
            with path.open("rb") as file:
                body = file.read(settings.INTAKE_MAX_BYTES + 1)
            listed = read_list(path.name, body, max_bytes=settings.INTAKE_MAX_BYTES)
        except NotSetUp as error:
            raise CommandError(str(error)) from error
        except CaptureError as error:
            raise CommandError(say(error.sentence)) from error
        except (OSError, ValueError) as error:
            why = (isinstance(error, OSError) and error.strerror) or error
            raise CommandError(gettext("The list cannot be read: %(why)s.") % {"why": why}) from error
        counted: Counter[str] = Counter()
        for told in import_articles(person, listed, dry_run=options["dry_run"]):
            counted[told.kind] += 1
            line = gettext("row %(row)d: %(what)s") % {"row": told.row, "what": say(told.told)}
            (self.stderr if told.kind == "refused" else self.stdout).write(encodable(line, self._encoding))
        if counted["taken"] and not options["dry_run"]:
            transaction.on_commit(partial(current_app.send_task, "claims.sweep", retry=False), robust=True)
        self.stdout.write(encodable(_told(counted, dry_run=options["dry_run"]), self._encoding))

    @property
    def _encoding(self) -> str | None:
        return getattr(self.stdout, "encoding", None)


def _told(counted: Counter[str], *, dry_run: bool) -> str:
    counts = {kind: counted[kind] for kind in ("taken", "known", "refused")}
    if dry_run:
        return gettext("%(taken)d would be taken in, %(known)d are here already, %(refused)d are refused.") % counts
    return gettext("%(taken)d taken in, %(known)d here already, %(refused)d refused.") % counts


def _person(username: str | None) -> User:
    """Return who hands in. Raises CommandError where nobody is named and several could, or who is named may not."""
    if username is None:
        able = User.objects.filter(is_active=True, groups__name__in=PAGES["intake"]).distinct()[:2]
        if len(able) != 1:
            raise CommandError(gettext("Say who hands it in: --person USERNAME."))
        return able[0]
    person = User.objects.filter(username=username).first()
    if person is None or not may_open(person, "intake"):
        raise CommandError(
            gettext("%(name)s is nobody who may hand in: name an active person who does intake, checks or edits.")
            % {"name": username}
        )
    return person
