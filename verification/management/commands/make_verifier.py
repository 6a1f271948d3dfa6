"""`make_verifier`: writes the verifier as one file that a stranger runs with plain Python and one library."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from verification.publishing.package.verifier_file import verifier_file


class Command(BaseCommand):
    """The same installation writes the same file, byte for byte."""

    help = "Write the verifier of verdict packages as one file (a Python zip application)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to be written."""
        parser.add_argument("outfile", type=Path, help="e.g. verify_readout.pyz")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what it is."""
        data, outfile = verifier_file(), options["outfile"]
        try:
            outfile.write_bytes(data)
            outfile.chmod(0o755)
        except OSError as error:
            raise CommandError(f"{outfile}: {error.strerror}") from error
        told = {"file": outfile, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        self.stdout.write(gettext("%(file)s: %(size)d bytes, sha256 %(sha256)s.") % told)
