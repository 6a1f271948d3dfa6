"""Fact checks from before this desk: looked through and searched; editors and administrators hand in files of them."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claims.capture.errors import CaptureError
from claims.models import Snapshot
from claims.translation import say
from verification.admin.pages import Route, desk_page, person_of, posted, show
from verification.connectors.earlier.files import read_body
from verification.connectors.fields import UNPRINTABLE
from verification.models import EarlierCheck
from verification.publishing.plain_text import printable
from verification.research.earlier import EarlierReport, import_earlier, remove
from verification.review.policy import roles_of
from verification.review.states import ADMINISTRATOR, EDITOR

PER_PAGE = 50
# More refusals than these say nothing new; the count is told.
MOST_TOLD = 50
LONGEST_SEARCH = 200
MAY_HAND_IN = {EDITOR, ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a file: how many checks, and why some were not stored (place and sentence), cut to `MOST_TOLD`."""

    name: str
    report: EarlierReport

    @property
    def refused(self) -> list[tuple[str, str]]:
        """The first of those that were not stored."""
        return [(each.stable_id, say(each.reason)) for each in self.report.skipped[:MOST_TOLD]]

    @property
    def further(self) -> int:
        """How many more were not stored."""
        return max(0, len(self.report.skipped) - MOST_TOLD)


class FileForm(forms.Form):
    """A file of earlier checks, and whose they are where it does not say."""

    file = forms.FileField(
        label=gettext_lazy("File (ClaimReview as JSON or a web page, DataFeed, CSV)"),
        allow_empty_file=True,  # told in the words of the import
        widget=forms.FileInput(
            attrs={"class": "ro-file", "accept": ".json,.jsonld,.jsonl,.ndjson,.csv,.tsv,.html,.htm"}
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher, for checks that do not name theirs"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "ro-input", "autocomplete": "organization"}),
    )

    def clean_publisher(self) -> str:
        """Put it on one line."""
        return " ".join(UNPRINTABLE.sub(" ", self.cleaned_data["publisher"]).split())

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is larger than the desk takes in."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.INTAKE_MAX_BYTES:
            most = settings.INTAKE_MAX_BYTES // 2**20
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB: have it imported by the command `import_verdicts`."),
                params={"most": most},
            )
        return file


@require_GET
@desk_page("earlier")
def earlier(request: HttpRequest) -> HttpResponse:
    """List them, newest first, or those that hold the words looked for."""
    return _page(request, FileForm())


@posted
@desk_page("earlier")
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take a file in and say what came of it: how many were new, known already, and which could not be read."""
    if not _may_hand_in(request):
        raise PermissionDenied(_("Earlier checks are handed in by an editor or an administrator."))
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    name = printable(file.name or "") or _("file")
    try:
        read = read_body(name, file.read())
        report = import_earlier([read], publisher=form.cleaned_data["publisher"], origin=Snapshot.Origin.UPLOADED)
    except CaptureError as error:  # the archive has no room
        form.add_error("file", say(error.sentence))
        return _page(request, form, status=503)
    return _page(request, FileForm(initial={"publisher": form.cleaned_data["publisher"]}), Told(name, report))


@posted
@desk_page("earlier")
def take_out(request: HttpRequest, check: UUID) -> HttpResponse:
    """Take out a check that was imported wrongly; it can be imported anew."""
    if not _may_hand_in(request):
        raise PermissionDenied(_("Earlier checks are taken out by an editor or an administrator."))
    found = EarlierCheck.objects.filter(public=check).first()
    if found is None:
        messages.info(request, _("It was taken out already."))
    else:
        remove(found)
        messages.success(request, _("Taken out: “%(claim)s”.") % {"claim": found.claim_text[:80]})
    return redirect("admin:earlier")


@require_GET
@desk_page("earlier")
def confirm(request: HttpRequest, check: UUID) -> HttpResponse:
    """Show one check with all that is known of it, and ask before it is taken out."""
    found = get_object_or_404(EarlierCheck.objects.select_related("snapshot"), public=check)
    context = {"title": _("Earlier check"), "check": found, "may_hand_in": _may_hand_in(request)}
    return show(request, "desk/earlier_one.html", context)


def _page(request: HttpRequest, form: FileForm, told: Told | None = None, status: int = 200) -> HttpResponse:
    wanted = " ".join(printable(request.GET.get("q", "")).replace("\0", "").split())[:LONGEST_SEARCH]
    page = Paginator(_listed(wanted), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Earlier checks"),
        "page": page,
        "wanted": wanted,
        "form": form,
        "told": told,
        "may_hand_in": _may_hand_in(request),
    }
    return show(request, "desk/earlier.html", context, status=status)


def _listed(wanted: str) -> QuerySet[EarlierCheck]:
    """Return the checks that hold all the words looked for, in claim, claimant, title, rating or publisher."""
    checks = EarlierCheck.objects.order_by(F("published").desc(nulls_last=True), "-pk")
    for word in wanted.split()[:10]:
        held = Q()
        for column in ("claim_text", "claimant", "title", "rating_label", "publisher", "url"):
            held |= Q(**{f"{column}__icontains": word})
        checks = checks.filter(held)
    return checks


def _may_hand_in(request: HttpRequest) -> bool:
    return bool(roles_of(person_of(request)) & MAY_HAND_IN)


ROUTES: list[Route] = [
    ("earlier/", earlier, "earlier"),
    ("earlier/file/", hand_in, "earlier_file"),
    ("earlier/<uuid:check>/", confirm, "earlier_check"),
    ("earlier/<uuid:check>/out/", take_out, "earlier_out"),
]
