"""Handing an article in: by its address, as a file or as pasted text; then what becomes of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.readonly import ReadOnlyAdmin
from claims.archiving import Handed
from claims.capture.errors import BadUrl, CaptureError
from claims.capture.told import Told
from claims.capture.urls import parse_url
from claims.intake import EXTRACT
from claims.models import Snapshot, Submission
from claims.models.clock import read_clock
from claims.submitting import FETCH, submit_address, submit_article
from claims.translation import say
from verification.admin.intake import cancelling, many, many_progress, readers, tokens
from verification.admin.intake.bells import ring, ring_for_all
from verification.admin.intake.progress import progress_of
from verification.admin.pages import desk_page, person_of, show
from verification.publishing.plain_text import printable
from verification.research.cancelling import may_cancel, take_up
from verification.review.policy import may_open

LATELY = 5


class IntakeForm(forms.Form):
    """One form, three ways: exactly one is filled in. The rest is what a person knows of a file or a text."""

    url = forms.CharField(
        label=_("Address"),
        required=False,
        widget=forms.TextInput(
            {"class": "ro-input", "inputmode": "url", "autocomplete": "off", "placeholder": "https://"}
        ),
    )
    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput({"class": "ro-file"})
    )
    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea({"class": "ro-text", "rows": 8})
    )
    title = forms.CharField(label=_("Title"), required=False, widget=forms.TextInput({"class": "ro-input"}))
    outlet = forms.CharField(
        label=_("Outlet"), required=False, max_length=200, widget=forms.TextInput({"class": "ro-input"})
    )
    published = forms.DateField(
        label=_("Day it was published"),
        required=False,
        widget=forms.DateInput({"class": "ro-input", "type": "date"}, format="%Y-%m-%d"),
    )
    found_at = forms.CharField(
        label=_("Address it was published at"),
        required=False,
        widget=forms.TextInput({"class": "ro-input", "inputmode": "url", "autocomplete": "off"}),
    )

    def clean_url(self) -> str:
        """Refuse what is no address."""
        return _address(self.cleaned_data["url"])

    def clean_found_at(self) -> str:
        """Refuse what is no address."""
        return _address(self.cleaned_data["found_at"])

    def clean_text(self) -> str:
        """Count blanks as nothing."""
        text: str = self.cleaned_data["text"]
        return text if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one way, and for nothing beside an address, which speaks for itself."""
        said = self.cleaned_data
        ways = sum(bool(self[name].data) and bool(str(self[name].data).strip()) for name in ("url", "file", "text"))
        if not ways:
            raise forms.ValidationError(_("Give an address, choose a file or paste the text: one of the three."))
        if ways > 1:
            raise forms.ValidationError(
                _("Hand in one thing at a time: an address, a file or a text. Clear what does not belong.")
            )
        if said.get("url") and any(said.get(name) for name in ("title", "outlet", "found_at", "published")):
            raise forms.ValidationError(
                _("A page says itself what it is: clear what you know of it, or paste its text instead.")
            )
        return said

    def handed(self) -> Handed:
        """Return the bytes of the file or the text, and what was told of them.

        One byte more than is read at most, so that what is too large is seen to be. A browser's label of a file is a
        guess from its name, which the reader makes itself.
        """
        said = self.cleaned_data
        told = Told(
            title=said["title"] or None,
            outlet=said["outlet"] or None,
            url=said["found_at"] or None,
            published=said["published"],
        )
        file: File[bytes] | None = said["file"]
        if file is None:
            return Handed(said["text"].encode(), Snapshot.Origin.PASTED, told=told)
        body = file.read(settings.INTAKE_MAX_BYTES + 1)
        return Handed(body, Snapshot.Origin.UPLOADED, filename=file.name, told=told)


def _address(text: str) -> str:
    text = printable(text).strip()
    try:
        return parse_url(text).href if text else ""
    except BadUrl as error:
        raise forms.ValidationError(say(error.sentence)) from error


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Who handed in what. Adding is the page of intake; looking at one shows what became of it."""

    list_display = ["__str__", "way", "person", "submitted_at", "article", "error"]
    list_select_related = ["person", "article"]
    list_filter = ["way", ("article", admin.EmptyFieldListFilter)]
    search_fields = ["url", "article__title"]

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of lists, cancelling, readers and tokens before the stock ones."""
        routes = [*many.ROUTES, *many_progress.ROUTES, *cancelling.ROUTES, *readers.ROUTES, *tokens.ROUTES]
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, view, name in routes]
        return [*own, *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Let no filter find out how a reader may be answered: most who see the list do not see that."""
        return lookup.partition("__")[0] != "contact" and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those hand in whose role says so."""
        return may_open(person_of(request), "intake")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the form of intake, and take what is handed in."""
        return desk_page("intake")(hand_in)(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what became of one submission."""
        if not self.has_view_permission(request):
            raise PermissionDenied(gettext("Your role does not include this page."))
        wanted = Submission.objects.select_related("person", "article__outlet", "article__snapshot")
        number = unquote(object_id)
        known = number.isascii() and number.isdigit() and len(number) < 18
        submission = wanted.filter(pk=int(number)).first() if known else None
        if submission is None:
            raise Http404
        context = {
            "title": gettext("Handed in"),
            "progress": progress_of(submission),
            "submission": submission,
            "words": len(submission.article.text.split()) if submission.article else 0,
            "may_triage": may_open(person_of(request), "triage"),
            "may_hand_in": self.has_add_permission(request),
            "may_cancel": may_cancel(person_of(request), submission),
            "may_answer": may_open(person_of(request), "readers"),
        }
        return show(request, "desk/submission.html", context)


def hand_in(request: HttpRequest) -> HttpResponse:
    """Take an article: read a file or a text at once, leave an address to a worker. What was typed is never lost."""
    person, given = person_of(request), request.method == "POST"
    form = IntakeForm(request.POST, request.FILES) if given else IntakeForm()
    if form.is_valid():
        try:
            if form.cleaned_data["url"]:
                submission = submit_address(person, form.cleaned_data["url"])
                ring(FETCH, submission.pk)
            else:
                began = read_clock()
                submission = submit_article(person, form.handed())
                if submission.submitted_at < began:
                    messages.info(request, gettext("You handed in this very article before."))
                elif submission.article_id is not None:
                    ring(EXTRACT, submission.article_id)
            if take_up(submission):
                ring_for_all()
                messages.success(request, gettext("It had been cancelled, and goes on now."))
            return redirect("admin:claims_submission_change", submission.pk)
        except CaptureError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", say(error.sentence))
    lately = Submission.objects.filter(person=person).select_related("article").defer("article__text")
    context = {
        "title": gettext("Hand in an article"),
        "form": form,
        "file_is_lost": bool(request.FILES),
        "lately": lately.order_by("-pk")[:LATELY],
        "list_form": many.ListForm(),
        "most": many.MAX_ROWS,
    }
    return show(request, "desk/intake.html", context, status=422 if given else 200)
