"""“Ask us to check something”: what a reader sends is kept for a person of the desk; nothing is fetched.

No cookie, no script. In the place of a session the form carries a signed name and the time it was made: sent twice it
is kept once. A field that no person sees catches simple programs. How often one network asks is counted in this
process's memory, under a hash whose salt is forgotten when the process or the day ends: no reader's address is stored.
"""

import hashlib
import secrets
import uuid
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
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
from verification.publishing.plain_text import one_line, printable

LONGEST_BODY = 64 * 1024
LONGEST_ADDRESS = 2000
LONGEST_NOTE = 4000
LONGEST_CONTACT = 200
PER_HOUR = 10
GOOD_FOR = timedelta(hours=12)
_SIGNER = TimestampSigner(salt="readout.suggest")


class SuggestForm(forms.Form):
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
    contact = forms.CharField(
        label=gettext_lazy("How we can answer you"),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

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

    def clean_contact(self) -> str:
        """Put it on one line."""
        return one_line(self.cleaned_data["contact"], LONGEST_CONTACT)

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
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > LONGEST_BODY:
        return _page(request, SuggestForm(), 413, _("That was too long: send the address, or a few sentences."))
    request.encoding = "utf-8"  # whatever the sender names: some codecs decode no text, some halves of characters
    form = SuggestForm(request.POST)
    public = _signed(request.POST.get("form", ""))
    if form.is_valid():
        said = form.cleaned_data
        if said["website"]:
            return redirect("public:suggest_thanks")
        if public is None:
            form.add_error(None, _("This page was open for long: send it once more."))
        elif _asks_too_often(request):
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
    context = {"form": form, "why": why, "signed": _SIGNER.sign(uuid.uuid4().hex), "current_page": "suggest"}
    title, told = _("Ask us to check something"), _("Tell the desk what you want checked.")
    page = framed(request, edition(), "suggest", title, told, context)
    page.status_code = status
    return page


def _signed(text: str) -> uuid.UUID | None:
    """Return the name a form of ours was given; None where it is not ours, or too old."""
    try:
        return uuid.UUID(_SIGNER.unsign(text, max_age=GOOD_FOR))
    except (BadSignature, ValueError):
        return None


def _asks_too_often(request: HttpRequest) -> bool:
    """Count a question of a network, and say whether it asked too many within the hour."""
    now = timezone.now()
    salt = cache.get_or_set(f"suggest-salt-{now:%Y%m%d}", lambda: secrets.token_hex(32), 24 * 3600)
    who = hashlib.sha256(f"{salt} {_network(request)}".encode()).hexdigest()
    key = f"suggest-{now:%Y%m%d%H}-{who}"
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) > PER_HOUR
    except ValueError:  # the hour ended in between
        return False


def _network(request: HttpRequest) -> str:
    """Return whose network asks: the peer's, or what a proxy on a private address says of it; of IPv6 the /64."""
    peer = _address(request.META.get("REMOTE_ADDR", ""))
    if (peer is None or not peer.is_global) and (told := request.headers.get("X-Forwarded-For")):
        peer = _address(told.rpartition(",")[2]) or peer
    return str(ip_network((peer, 64), strict=False)) if isinstance(peer, IPv6Address) else str(peer)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
