"""`reindex`: brings the passage index up to date with the library; can be stopped and run again."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from verification.index.rebuilding import outdated, rebuild


class Command(BaseCommand):
    """Indexes what is missing or was indexed by older rules; nothing durable points at what it replaces."""

    help = "Index the documents that are not in the index, or are in it by older rules."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with a progress bar on stderr."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=sys.stderr, soft_wrap=True)) as bar:
            task = bar.add_task(gettext("Indexing"), total=outdated().count())
            done = rebuild(lambda count: bar.advance(task, count))
        self.stdout.write(gettext("%(count)d documents indexed anew.") % {"count": done})
