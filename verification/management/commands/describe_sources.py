"""`describe_sources`: the page on sources, made anew from the connectors and the catalogue."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from verification.connectors.issuers.catalogue import entries
from verification.connectors.issuers.describing import renewed
from verification.connectors.issuers.registry import CONNECTORS

PAGE = settings.BASE_DIR / "docs" / "sources.md"


class Command(BaseCommand):
    """A test holds the page to what this writes."""

    help = "Print docs/sources.md as it should be, or write it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether to write."""
        parser.add_argument("--write", action="store_true", help="write the page instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the page anew; what people wrote above the mark stays."""
        page = renewed(PAGE.read_text(encoding="utf-8"), CONNECTORS.values(), entries())
        if options["write"]:
            PAGE.write_text(page, encoding="utf-8")
            self.stdout.write(gettext("Written: %(path)s") % {"path": PAGE.relative_to(settings.BASE_DIR)})
        else:
            self.stdout.write(page)
