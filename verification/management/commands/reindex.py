"""`reindex`: brings the indexes up to date with the library and the desk; can be stopped and run again."""

import sys
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from verification.index.collection import CASES, DOCUMENTS, EARLIER, PUBLIC, Collection
from verification.index.rebuilding import outdated, rebuild


class Command(BaseCommand):
    """Indexes what is missing or was indexed by older rules; nothing durable points at what it replaces."""

    help = "Index whatever is not in the indexes of documents, cases and checks, or is in them by older rules."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with a progress bar on stderr for each collection."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=sys.stderr, soft_wrap=True)) as bar:
            tasks: list[tuple[Collection, TaskID]] = [
                (collection, bar.add_task(told, total=outdated(collection).count()))
                for collection, told in (
                    (DOCUMENTS, gettext("Documents")),
                    (CASES, gettext("Cases")),
                    (EARLIER, gettext("Earlier checks")),
                    (PUBLIC, gettext("Published checks")),
                )
            ]
            documents, cases, earlier, public = (
                rebuild(partial(bar.advance, task), collection) for collection, task in tasks
            )
        done = {"documents": documents, "cases": cases, "earlier": earlier, "public": public}
        self.stdout.write(
            gettext(
                "%(documents)d documents, %(earlier)d earlier checks, %(cases)d cases and %(public)d published checks "
                "indexed anew."
            )
            % done
        )
