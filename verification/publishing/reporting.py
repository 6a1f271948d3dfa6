"""“Report an error”: what a reader, or whoever was checked, says is wrong with a check waits for an editor.

It is open on every desk: whoever publishes takes corrections. It changes nothing that readers see.
"""

import uuid
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.capture.text import normalise
from verification.models import Publication, Report
from verification.publishing.addresses import Addresses
from verification.publishing.edition import edition
from verification.publishing.pages import framed
from verification.publishing.plain_text import printable
from verification.publishing.reader_forms import (
    ReaderForm,
    comes_too_often,
    is_too_long,
    name_in,
    new_name,
)
from verification.review.reports import ReportedOtherwise, TooManyWait, report

PURPOSE: Final = "report"
LONGEST_TEXT: Final = 4000


class ReportForm(ReaderForm):
    """Who says so, what is wrong, and how to answer, if one likes."""

    origin = forms.ChoiceField(
        label=gettext_lazy("Who you are"),
        choices=[(each.value, capfirst(each.label)) for each in Report.From],
        initial=Report.From.READER,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Say who you are.")),
    )
    text = forms.CharField(
        label=gettext_lazy("What is wrong, and how you know"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"class": "ro-text", "rows": 8}),
        error_messages={"required": gettext_lazy("Say what is wrong.")},
    )
    field_order = ("origin", "text", "contact", "website")

    def clean_text(self) -> str:
        """Leave out what could not be stored."""
        text = normalise(printable(self.cleaned_data["text"])).strip()
        if not text:
            raise forms.ValidationError(_("Say what is wrong."))
        return text


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, check: UUID) -> HttpResponse:
    """Show the form, and keep what somebody reports. What was typed survives a refusal."""
    publication = _standing(check)
    if request.method != "POST":
        return _page(request, publication, ReportForm())
    if is_too_long(request):
        told = _("That was too long: a few sentences are enough, with the address of what you rely on.")
        return _page(request, publication, ReportForm(), 413, told)
    form = ReportForm(request.POST)
    name = name_in(request, PURPOSE)
    if form.is_valid():
        if form.by_a_program:
            return redirect("public:report_thanks", check)
        if name is None:
            form.add_error(None, _("This page was open for long: send it once more."))
        elif comes_too_often(request, PURPOSE):
            form.add_error(None, _("A lot came from your network within an hour: try again later."))
            return _page(request, publication, form, 429)
        else:
            return _kept(request, publication, form, name)
    return _page(request, publication, form, 422)


@require_safe
@never_cache
def report_thanks(request: HttpRequest, check: UUID) -> HttpResponse:
    """Say that it has come, and what happens now."""
    context = {"check": _standing(check).review.public, "canonical": Addresses.of(request).check(check)}
    return framed(request, edition(), "report_thanks", _("Thank you"), "", context)


def _standing(check: UUID) -> Publication:
    """Return the publication of a check that stands. Raises Http404."""
    standing = Publication.objects.filter(current_of__public=check).select_related("verdict", "review").first()
    if standing is None:
        raise Http404
    return standing


def _kept(request: HttpRequest, publication: Publication, form: ReportForm, name: uuid.UUID) -> HttpResponse:
    said = form.cleaned_data
    try:
        report(name, publication, said["origin"], said["text"], said["contact"])
    except TooManyWait as error:
        told = _("So much waits to be read that we take no more now: try again in a few days.")
        if error.of_this_check:
            told = _(
                "Many have reported this check already, and an editor reads what they say: try again in a few days."
            )
        form.add_error(None, told)
        return _page(request, publication, form, 503)
    except ReportedOtherwise:
        form.add_error(None, _("This form was sent before with other words: send it once more to add these."))
        return _page(request, publication, form, 409)
    return redirect("public:report_thanks", publication.review.public)


def _page(
    request: HttpRequest, publication: Publication, form: ReportForm, status: int = 200, why: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "why": why,
        "signed": new_name(PURPOSE),
        "verdict": publication.verdict,
        "check": publication.review.public,
    }
    title, told = _("Report an error"), _("Tell the desk what is wrong with this check.")
    page = framed(request, edition(), "report", title, told, context)
    page.status_code = status
    return page
