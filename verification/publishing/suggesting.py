"""“Ask us to check something”: what a reader sends is kept for a person of the desk; nothing is fetched."""

import uuid
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.capture.errors import BadUrl
from claims.capture.text import normalise
from claims.capture.urls import parse_url
from claims.readers import AskedOtherwise, TooManyWait, ask
from claims.translation import say
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

PURPOSE: Final = "suggest"
LONGEST_ADDRESS: Final = 2000
LONGEST_NOTE: Final = 4000


class SuggestForm(ReaderForm):
    """An address, words, or both; and how to answer, if one likes."""

    url = forms.CharField(
        label=gettext_lazy("Address of the page"),
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput({"class": "ro-input", "inputmode": "url", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What we should check"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"class": "ro-text", "rows": 6}),
    )
    field_order = ("url", "note", "contact", "website")

    def clean_url(self) -> str:
        """Refuse what is no address of a page."""
        text = printable(self.cleaned_data["url"]).strip()
        try:
            return parse_url(text).href if text else ""
        except BadUrl as error:
            raise forms.ValidationError(say(error.sentence)) from error

    def clean_note(self) -> str:
        """Leave out what could not be stored."""
        return normalise(printable(self.cleaned_data["note"]))

    def clean(self) -> dict[str, Any]:
        """Ask for an address or words."""
        said = self.cleaned_data
        if not self.errors and not said.get("url") and not said.get("note"):
            raise forms.ValidationError(_("Give the address of a page, or write what we should check."))
        return said


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the form, and keep what a reader asks. What was typed survives a refusal."""
    _open()
    if request.method != "POST":
        return _page(request, SuggestForm())
    if is_too_long(request):
        return _page(request, SuggestForm(), 413, _("That was too long: send the address, or a few sentences."))
    form = SuggestForm(request.POST)
    public = name_in(request, PURPOSE)
    if form.is_valid():
        if form.by_a_program:
            return redirect("public:suggest_thanks")
        if public is None:
            form.add_error(None, _("This page was open for long: send it once more."))
        elif comes_too_often(request, PURPOSE):
            form.add_error(None, _("A lot came from your network within an hour: try again later."))
            return _page(request, form, 429)
        else:
            return _kept(request, form, public)
    return _page(request, form, 422)


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that it has come, and what happens now."""
    _open()
    return framed(request, edition(), "suggest_thanks", _("Thank you"), "", {"current_page": "suggest"})


def _open() -> None:
    if not settings.READER_SUBMISSIONS:
        raise Http404


def _kept(request: HttpRequest, form: SuggestForm, public: uuid.UUID) -> HttpResponse:
    said = form.cleaned_data
    try:
        ask(public, said["url"] or None, said["note"], said["contact"])
    except TooManyWait:
        form.add_error(None, _("So much waits to be read that we take no more now: try again in a few days."))
        return _page(request, form, 503)
    except AskedOtherwise:
        form.add_error(None, _("This form was sent before with other words: send it once more to ask this as well."))
        return _page(request, form, 409)
    return redirect("public:suggest_thanks")


def _page(request: HttpRequest, form: SuggestForm, status: int = 200, why: str = "") -> HttpResponse:
    context = {"form": form, "why": why, "signed": new_name(PURPOSE), "current_page": "suggest"}
    title, told = _("Ask us to check something"), _("Tell the desk what you want checked.")
    page = framed(request, edition(), "suggest", title, told, context)
    page.status_code = status
    return page
