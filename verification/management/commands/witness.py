"""`witness`: keeps the signed heads of another desk's log, and says so if that log was cut off or rewritten."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from claims.capture.door import Door
from claims.capture.errors import DoorError
from claims.capture.introducing import introduced
from claims.capture.policy import DoorPolicy
from claims.translation import say
from verification.review.signed_note import NoteFault, VerifierKey, read_verifier
from verification.review.witnessing import Astray, Kept, go_on, keep, kept_in


class Command(BaseCommand):
    """Asks for the newest head, follows the chain from the one kept last, and keeps the new one."""

    help = "Check that another desk's log goes on from the head seen last, and keep the new head."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the log's address, where heads are kept, and the key."""
        parser.add_argument("url", help="e.g. https://checks.example/checks/log/")
        parser.add_argument("--state", required=True, type=Path, help="the file in which heads are kept")
        parser.add_argument("--key", help="the desk's public key (name+id+base64); needed the first time only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0 when the log goes on, 1 when it does not or could not be asked."""
        base = str(options["url"]).rstrip("/") + "/"
        try:
            before = kept_in(options["state"])
            key = read_verifier(options["key"]) if options["key"] else _known(before)
            note = _ask(base + "checkpoint")
            now = go_on(before, note, key, lambda after: _ask(f"{base}seals?after={after}"))
            keep(options["state"], now)
        except NoteFault as error:
            raise CommandError(say(error.sentence)) from error
        except Astray as error:
            told = {"why": say(error.sentence)}
            raise CommandError(gettext("This log does not go on from what was seen: %(why)s.") % told) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['state']}: {error}") from error
        counts = {"number": now.head.number, "events": now.head.events}
        self.stdout.write(gettext("It holds: seal %(number)d, %(events)d events. Kept.") % counts)


def _known(before: Kept | None) -> VerifierKey:
    if before is None:
        raise CommandError(gettext("Nothing is kept yet: name the desk's key with --key. It stands on its log page."))
    return before.key


def _ask(url: str) -> str:
    # A witness may run where there is no desk, and no database.
    agent = settings.FETCH_USER_AGENT or introduced(settings.PUBLIC_URL, "")
    policy = DoorPolicy(user_agent=agent, private_targets=settings.FETCH_PRIVATE_TARGETS)
    try:
        with Door(policy) as door:
            capture = door.fetch(url)
    except DoorError as error:
        raise CommandError(f"{url}: {error}") from error
    if capture.status != 200:
        raise CommandError(gettext("%(url)s answered %(status)d.") % {"url": url, "status": capture.status})
    return capture.body.decode("utf-8", "replace")
