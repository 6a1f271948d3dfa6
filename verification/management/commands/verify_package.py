"""`verify_package`: says line by line what holds of a verdict package. Asks neither the database nor the network."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.translation import say
from verification.publishing.package.verifying.command import Unreadable, add_arguments, told, verified


class Command(BaseCommand):
    """Exit code 0 when the package holds, 1 when anything does not."""

    help = "Verify a verdict package: its bytes, its signature, its log, and each check run again."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the key."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found."""
        try:
            report = verified(options["file"], options["key"])
        except Unreadable as error:
            raise CommandError(say(error.sentence)) from error
        self.stdout.write(told(report, as_json=options["json"], say=say))
        if not report.holds:
            raise SystemExit(1)
