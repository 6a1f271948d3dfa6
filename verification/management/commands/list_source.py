"""`list_source`: what a source published between two days is listed and fetched for the library, by the workers."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from verification.models import Source
from verification.research.listing import list_back
from verification.research.readiness import NotSetUp, require_tables
from verification.review.refusals import Refused


class Command(BaseCommand):
    """Asked again for the same days it goes on where it was broken off."""

    help = "List what a source published between two days, and fetch it for the library. The workers do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """NAME and the days."""
        parser.add_argument("name", help="the source, as the desk calls it")
        parser.add_argument("--since", type=_day, help="the first day, e.g. 2031-05-01 (default: no limit)")
        parser.add_argument("--until", type=_day, help="the last day (default: no limit)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it due, and say where its progress is seen."""
        try:
            require_tables()
            source = Source.objects.filter(name=options["name"]).first()
            if source is None:
                raise CommandError(gettext("There is no source called “%(name)s”.") % {"name": options["name"]})
            list_back(source, options["since"], options["until"])
        except (Refused, NotSetUp) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(gettext("The workers list it now: its page in the desk shows how far they are."))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ArgumentTypeError(gettext("write a day as 2031-05-01")) from error
