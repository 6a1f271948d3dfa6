"""Handing in many: a list of articles (CSV, JSON, JSON Lines) from the desk, each row told of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.capture.errors import CaptureError
from claims.capture.listing import read_list
from claims.importing import RowTold, import_articles
from claims.translation import say
from verification.admin.intake.bells import ring_for_all
from verification.admin.pages import Route, desk_page, person_of, show
from verification.publishing.plain_text import printable

MAX_ROWS = 500
"""What a browser waits for; longer lists are the command's."""


class ListForm(forms.Form):
    """A file that lists articles."""

    list_file = forms.FileField(
        label=gettext_lazy("List of articles (CSV, JSON or JSON Lines)"),
        allow_empty_file=True,  # told in the words of the import
        widget=forms.FileInput({"class": "ro-file", "accept": ".csv,.tsv,.txt,.json,.jsonl,.ndjson"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


@dataclass(frozen=True, slots=True)
class ListTold:
    """What came of a list: its name, and of each row what became of it."""

    name: str
    rows: Sequence[RowTold]

    def count(self, kind: str) -> int:
        """Return how many rows ended so."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def taken(self) -> int:
        """How many were taken in."""
        return self.count("taken")

    @property
    def known(self) -> int:
        """How many were here already."""
        return self.count("known")

    @property
    def refused(self) -> int:
        """How many were refused."""
        return self.count("refused")

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last submission (by id) of what was taken in, None where nothing was."""
        ids = [row.submission.pk for row in self.rows if row.kind == "taken" and row.submission]
        return (min(ids), max(ids)) if ids else None

    @property
    def lines(self) -> list[tuple[RowTold, str]]:
        """Each row with its sentence, those that were refused first."""
        rows = sorted(self.rows, key=lambda row: (row.kind != "refused", row.row))
        return [(row, say(row.told)) for row in rows]


@desk_page("intake")
def many(request: HttpRequest) -> HttpResponse:
    """Show the form, and take a list in. A page that is sent again does nothing again."""
    if request.method != "POST":
        return _page(request, ListForm())
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    file: UploadedFile[bytes] = form.cleaned_data["list_file"]
    name = printable(file.name or "") or _("list")
    most = settings.INTAKE_MAX_BYTES
    try:
        listed = read_list(name, file.read(most + 1), max_bytes=most, max_rows=MAX_ROWS)
    except CaptureError as error:
        form.add_error("list_file", say(error.sentence))
        return _page(request, form, status=422)
    told = ListTold(name, list(import_articles(person_of(request), listed)))
    if told.taken:
        ring_for_all()
    return _page(request, ListForm(), told)


def _page(request: HttpRequest, form: ListForm, told: ListTold | None = None, status: int = 200) -> HttpResponse:
    context = {"title": _("Hand in many"), "list_form": form, "told": told, "most": MAX_ROWS}
    return show(request, "desk/intake_many.html", context, status)


ROUTES: list[Route] = [("add/many/", many, "intake_many")]
