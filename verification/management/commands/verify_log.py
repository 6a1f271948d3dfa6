"""`verify_log`: reads the decision log again and names the first broken link of each chain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from verification.review.checkpoints import checkpoint_faults
from verification.review.proof import faults, newest_seal, read_log


class Command(BaseCommand):
    """Exit code 0 when every chain holds, 1 when one is broken."""

    help = "Verify the decision log: each case's chain, the payloads, and the seals over all of them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault on a line of its own, or what was verified."""
        cases, events, seals = read_log()
        found = 0
        for fault in faults():
            found += 1
            self.stdout.write(self.style.ERROR(f"{fault.chain}, {fault.link}: {fault.fault}."))
        for checkpoint, why in checkpoint_faults():
            found += 1
            self.stdout.write(self.style.ERROR(f"{gettext('checkpoint')} {checkpoint.pk}: {why}."))
        if found:
            message = ngettext("%(count)d broken link.", "%(count)d broken links.", found)
            raise CommandError(message % {"count": found})
        self.stdout.write(
            gettext("The log holds: %(events)d events of %(cases)d cases, %(seals)d seals.")
            % {"events": events, "cases": cases, "seals": seals}
        )
        if newest := newest_seal():
            head = gettext("Newest seal: %(number)d, %(hash)s.")
            self.stdout.write(head % {"number": newest.number, "hash": bytes(newest.hash).hex()})
