"""Sources that are no page: a letter or an e-mail, which is filed and withheld, and a recording by its transcript."""

from abc import abstractmethod
from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.archiving import Handed
from claims.capture.errors import BadUrl, CaptureError
from claims.capture.urls import parse_url
from claims.models import Snapshot
from claims.translation import say
from verification.admin.case.adding import open_to
from verification.admin.case.head import head
from verification.admin.pages import Route, desk_page, person_of, show, to_case
from verification.connectors.contract import Skipped, SourceText, UnreadableFile
from verification.connectors.dates import read_date
from verification.connectors.letters import mail, typed
from verification.connectors.transcripts import recording
from verification.models import Review, Tier
from verification.publishing.plain_text import printable
from verification.research.adding import add_to_case

LONGEST_TEXT = 500_000
Read = tuple[SourceText | Skipped, Handed]


class SourceForm(forms.Form):
    """What any source has that is typed in: what readers are told it is, its day, its words, how near it stands."""

    title = forms.CharField(
        label=gettext_lazy("What readers are told it is"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "ro-input"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(attrs={"class": "ro-input", "type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the date as 2031-05-04, or leave it empty.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"class": "ro-text", "rows": 12}),
    )
    file = forms.FileField(required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"class": "ro-file"}))
    tier = forms.TypedChoiceField(
        label=gettext_lazy("How near it stands to what happened"),
        choices=Tier.choices,
        coerce=int,
        initial=Tier.T1,
        widget=forms.Select(attrs={"class": "ro-select"}),
    )

    def clean_title(self) -> str:
        """Put it on one line."""
        return " ".join(printable(self.cleaned_data["title"]).split())

    def clean_text(self) -> str:
        """Leave out what could not be stored."""
        return printable(self.cleaned_data["text"].replace("\r\n", "\n")).strip()

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what is larger than the desk takes in."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > settings.INTAKE_MAX_BYTES:
            most = settings.INTAKE_MAX_BYTES // 2**20
            raise forms.ValidationError(_("This file is larger than %(most)s MB."), params={"most": most})
        return file

    def clean(self) -> dict[str, object]:
        """Ask for one of text and file."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("text")) == bool(cleaned.get("file")):
            raise forms.ValidationError(_("Paste its text, or choose a file: one of the two."))
        return cleaned

    @property
    def given_day(self) -> str:
        """The day as it was told, empty where it was not."""
        day: date | None = self.cleaned_data["day"]
        return day.isoformat() if day else ""

    @abstractmethod
    def read(self) -> Read:
        """Return what was handed in, read, and its bytes. Raises UnreadableFile."""


class LetterForm(SourceForm):
    """A letter or an e-mail: from whom, to whom, when, what it says; or the saved message."""

    sender = forms.CharField(
        label=gettext_lazy("From whom"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "ro-input"}),
    )
    recipient = forms.CharField(
        label=gettext_lazy("To whom"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "ro-input"}),
    )
    order = ("title", "sender", "recipient", "day", "text", "file", "tier")
    file_label = gettext_lazy("Or the saved e-mail (.eml); its own date and names count")

    def clean(self) -> dict[str, object]:
        """Ask who wrote a letter that is typed in."""
        cleaned = super().clean()
        if cleaned.get("text") and not str(cleaned.get("sender") or "").strip():
            self.add_error("sender", _("Say who wrote it."))
        return cleaned

    def read(self) -> Read:
        """Return the letter, and the bytes that are kept: the message, or what was typed with its head."""
        told = self.cleaned_data
        if file := told["file"]:
            found: SourceText | Skipped = mail(body := file.read(), told["title"])
            return found, Handed(body, Snapshot.Origin.UPLOADED, "message/rfc822", filename=file.name)
        found = typed(
            told["text"],
            title=told["title"],
            sender=printable(told["sender"]),
            recipient=printable(told["recipient"]),
            day=self.given_day,
        )
        body = found.body if isinstance(found, SourceText) else b""
        return found, Handed(body, Snapshot.Origin.PASTED, "message/rfc822")


class RecordingForm(SourceForm):
    """A recording: where it can be heard, and what is said in it with its times."""

    url = forms.CharField(
        label=gettext_lazy("Address of the recording"),
        max_length=2000,
        widget=forms.URLInput(attrs={"class": "ro-input", "placeholder": "https://"}),
    )
    order = ("title", "url", "day", "text", "file", "tier")
    file_label = gettext_lazy("Or a file with times (WebVTT, SRT, JSON)")

    def clean_url(self) -> str:
        """Take an address that a browser can be sent to, in its normal form."""
        try:
            return parse_url(self.cleaned_data["url"].strip()).href
        except BadUrl as error:
            raise forms.ValidationError(say(error.sentence)) from error

    def read(self) -> Read:
        """Return the transcript, and its bytes as they were pasted or uploaded."""
        told = self.cleaned_data
        file = told["file"]
        body: bytes = file.read() if file else told["text"].encode()
        found = recording(body, title=told["title"], url=told["url"], day=read_date(self.given_day))
        origin = Snapshot.Origin.UPLOADED if file else Snapshot.Origin.PASTED
        return found, Handed(body, origin, "text/vtt", filename=file.name if file else None)


@desk_page("case")
def file_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """File a letter or an e-mail beside the claim: readers see the passage that is cited, never the whole."""
    return _filed(request, open_to(request, pk), LetterForm, _("File a letter or an e-mail"))


@desk_page("case")
def add_recording(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a recording beside the claim, by its transcript."""
    return _filed(request, open_to(request, pk), RecordingForm, _("Add a recording by its transcript"))


def _filed(request: HttpRequest, review: Review, kind: type[SourceForm], crumb: str) -> HttpResponse:
    form, status = kind(), 200
    if request.method == "POST":
        form, status = kind(request.POST, request.FILES), 400
        if form.is_valid():
            try:
                text, handed = form.read()
                candidate = add_to_case(review, person_of(request), handed, tier=form.cleaned_data["tier"], text=text)
            except (UnreadableFile, CaptureError) as error:
                form.add_error("file" if form.cleaned_data["file"] else "text", say(error.sentence))
            else:
                title = candidate.document.title or candidate.document.stable_id
                told = _("“%(title)s” is archived and stands first among the sources.") % {"title": title}
                messages.success(request, told)
                return to_case(review)
    shown = head(request, review)
    context = {
        **shown,
        "title": f"{crumb}, {shown['title']}",
        "crumb": crumb,
        "form": form,
        "is_letter": kind is LetterForm,
    }
    return show(request, "desk/file_source.html", context, status)


ROUTES: list[Route] = [
    ("<int:pk>/sources/letter/", file_letter, "case_file_letter"),
    ("<int:pk>/sources/recording/", add_recording, "case_add_recording"),
]
