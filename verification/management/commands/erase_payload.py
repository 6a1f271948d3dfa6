"""`erase_payload`: takes the words of one line of the log away, and leaves a tombstone that says so."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from verification.models import ReviewEvent
from verification.review.cases_by_name import case_named
from verification.review.log import erase_payload
from verification.review.transitions import Actor


class Command(BaseCommand):
    """For what the law asks to be erased. The chain holds only salted hashes, so it still verifies afterwards."""

    help = "Erase what one event of a case's log says; the chain and a tombstone with the reason stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the event, who erases it, and why."""
        parser.add_argument("case", help="R-12, 12, or the public id")
        parser.add_argument("seq", type=int, help="the event's number, as show_log prints it")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who erases it")
        parser.add_argument("--reason", required=True, help="why, in one sentence; it stays in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase it, and say what stays."""
        review = case_named(options["case"])
        if review is None:
            raise CommandError(gettext("There is no case %(name)s. Name it as in R-12.") % {"name": options["case"]})
        event = ReviewEvent.objects.filter(review=review, seq=options["seq"]).first()
        person = User.objects.filter(username=options["by"], is_active=True).first()
        if event is None:
            raise CommandError(gettext("This case has no event of that number: look with show_log."))
        if person is None:
            raise CommandError(gettext("Nobody active has the log-in %(name)s.") % {"name": options["by"]})
        if not options["reason"].strip():
            raise CommandError(gettext("Say why, in one sentence."))
        try:
            tombstone = erase_payload(event, actor=Actor(person).written, reason=options["reason"].strip())
        except ValueError as error:
            raise CommandError(
                gettext("There is nothing to erase: it was erased before, or is a tombstone.")
            ) from error
        told = {"seq": event.seq, "number": review.number, "tombstone": tombstone.seq}
        self.stdout.write(
            gettext("Event %(seq)d of %(number)s says nothing any more; event %(tombstone)d says why.") % told
        )
