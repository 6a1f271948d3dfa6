"""`log_key`: the key that signs checkpoints of the log. What to do when, is written in `docs/log.md`."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from verification.models import LogKey
from verification.review.checkpoints import make_checkpoint
from verification.review.log_keys import KeyMissing, replace, signing_key, verifier_of


class Command(BaseCommand):
    """`show` the keys, `make` the first one, or `replace` the one in use."""

    help = "Show, make or replace the key that signs the log's checkpoints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and why a key is replaced."""
        parser.add_argument("what", choices=["show", "make", "replace"])
        parser.add_argument("--lost", action="store_true", help="the secret file is gone: the new key comes unsigned")
        parser.add_argument(
            "--compromised-since", metavar="TIME", help="somebody else may sign since then, e.g. 2026-11-25T14:00"
        )
        parser.add_argument("--note", default="", help="for readers: why, in one sentence")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and print each public key with its standing."""
        try:
            if options["what"] == "make":
                signing_key(make=True)
            elif options["what"] == "replace":
                since = _time(options["compromised_since"])
                replace(lost=options["lost"], compromised_since=since, note=options["note"])
                make_checkpoint()  # the new key vouches for all that is sealed, at once
        except KeyMissing as error:
            raise CommandError(str(error)) from error
        keys = list(LogKey.objects.order_by("-pk"))
        if not keys:
            self.stdout.write(gettext("There is no key yet: the first checkpoint makes one."))
        for key in keys:
            self.stdout.write(f"{_standing(key)}: {verifier_of(key)}")


def _standing(key: LogKey) -> str:
    if key.compromised_at:
        return gettext("compromised since %(time)s") % {"time": timezone.localtime(key.compromised_at).isoformat()}
    if key.retired_at:
        return gettext("retired %(time)s") % {"time": timezone.localtime(key.retired_at).isoformat()}
    return gettext("in use")


def _time(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(gettext("Write the time as in 2026-11-25T14:00 (%(text)s was given).") % {"text": text})
    aware = found if timezone.is_aware(found) else timezone.make_aware(found)
    if aware > timezone.now():
        raise CommandError(gettext("That time has not come yet."))
    return aware
