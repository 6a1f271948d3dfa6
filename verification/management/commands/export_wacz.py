"""`export_wacz`: the captures of a case, or single ones, as a web archive that others can open and check."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from claims.capture.errors import ArchiveError
from claims.translation import say
from verification.research.exporting import Selected, export, of_captures, of_case
from verification.review.cases_by_name import case_named


class Command(BaseCommand):
    """The file appears whole or not at all."""

    help = "Write captures as a web archive (WACZ): everything a case rests on, or single captures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and what goes into it."""
        parser.add_argument("outfile", type=Path, help="the file to write, e.g. R-12.wacz")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--case", help="R-12, 12, or the public id of a case")
        what.add_argument("--snapshot", nargs="+", type=UUID, metavar="UUID", help="public ids of captures")
        parser.add_argument("--withheld", action="store_true", help="put in what is withheld from readers as well")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive and say what is in it."""
        selected, title = self._selected(options)
        outfile: Path = options["outfile"]
        draft = outfile.with_name(f".{outfile.name}.part")
        try:
            with draft.open("wb") as into:
                count = export(selected, into, title)
            if not count:
                raise CommandError(gettext("There is nothing to export."))
            draft.replace(outfile)
        except ArchiveError as error:
            raise CommandError(say(error.sentence)) from error
        except OSError as error:
            raise CommandError(f"{outfile}: {error.strerror}") from error
        finally:
            draft.unlink(missing_ok=True)
        message = ngettext("%(file)s: %(count)d capture.", "%(file)s: %(count)d captures.", count)
        self.stdout.write(message % {"file": outfile, "count": count})
        if selected.left_out:
            left = ngettext(
                "%(count)d capture is withheld from readers and left out (--withheld).",
                "%(count)d captures are withheld from readers and left out (--withheld).",
                selected.left_out,
            )
            self.stdout.write(left % {"count": selected.left_out})

    def _selected(self, options: dict[str, Any]) -> tuple[Selected, str]:
        if options["snapshot"]:
            names = [str(name) for name in options["snapshot"]]
            return of_captures(names, withheld=options["withheld"]), ", ".join(names)
        review = case_named(options["case"])
        if review is None:
            raise CommandError(gettext("There is no case %(name)s. Name it as in R-12.") % {"name": options["case"]})
        return of_case(review, withheld=options["withheld"]), f"{review.number}: {review.wording}"
