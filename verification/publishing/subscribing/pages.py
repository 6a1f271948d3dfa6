"""“Corrections by mail”: a reader asks for it, confirms it, changes it, leaves. No account, no cookie, no script.

Nothing happens by opening an address: programs that look through mails open what they find there.
"""

from collections.abc import Callable
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

from verification.models import Subscriber
from verification.people.post import header_address
from verification.publishing.addresses import Addresses
from verification.publishing.edition import edition
from verification.publishing.pages import framed
from verification.publishing.reader_forms import (
    ReaderForm,
    comes_too_often,
    is_too_long,
    name_in,
    new_name,
)
from verification.publishing.subscribing.asking import TooManyAsk, ask_for, change, confirm, leave
from verification.publishing.subscribing.links import subscriber_of, takes_subscribers

PURPOSE: Final = "subscribe"
_WHICH: Final = gettext_lazy("Say which mails.")
_NO_ADDRESS: Final = gettext_lazy("This is no mail address: it looks like name@example.org.")


def _wants_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Which mails"),
        choices=[(each.value, capfirst(each.label)) for each in Subscriber.Wants],
        initial=Subscriber.Wants.CORRECTIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _WHICH, "invalid_choice": _WHICH},
    )


class SubscribeForm(ReaderForm):
    """An address, and what is to be sent there."""

    address = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        max_length=254,
        widget=forms.EmailInput({"class": "ro-input", "autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Give your mail address."),
            "invalid": _NO_ADDRESS,
            "max_length": _NO_ADDRESS,
        },
    )
    wants = _wants_field()
    contact = None  # type: ignore[assignment]  # Django's way to leave out a field: the address is how to answer
    field_order = ("address", "wants", "website")

    def clean_address(self) -> str:
        """Refuse what a browser may call an address and no letter can be sent to."""
        address: str = self.cleaned_data["address"]
        try:
            header_address(address)
        except ValueError as error:
            raise forms.ValidationError(_NO_ADDRESS) from error
        return address


class WantsForm(forms.Form):
    """What is to be sent."""

    wants = _wants_field()


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form, and have the question sent. The answer is the same whether an address is known here or not."""
    _open()
    if request.method != "POST":
        return _page(request, SubscribeForm())
    if is_too_long(request):
        return _page(request, SubscribeForm(), 413, _("That was too long: send your mail address alone."))
    form = SubscribeForm(request.POST)
    name = name_in(request, PURPOSE)
    if form.is_valid():
        if form.by_a_program:
            return redirect("public:subscribe_sent")
        if name is None:
            form.add_error(None, _("This page was open for long: send it once more."))
        elif comes_too_often(request, PURPOSE):
            form.add_error(None, _("A lot came from your network within an hour: try again later."))
            return _page(request, form, 429)
        else:
            return _asked(request, form)
    return _page(request, form, 422)


@require_safe
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, and what it asks."""
    _open()
    return framed(request, edition(), "subscribe_sent", _("Look into your mailbox"), "", {})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, on a page with a button, and confirm a subscription when it is pressed."""
    _open()
    subscriber = subscriber_of(token)
    if subscriber is None:
        page = framed(request, edition(), "subscribe_old", _("This link leads nowhere any more"), "", {})
        page.status_code = 410
        return page
    return _wanted(request, subscriber, confirm)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, subscriber: UUID) -> HttpResponse:
    """Show what somebody is sent, and change it."""
    who = Subscriber.objects.filter(public=subscriber, confirmed_at__isnull=False).first()
    if who is None:
        return _gone(request)
    return _wanted(request, who, change)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, subscriber: UUID) -> HttpResponse:
    """Ask once more, on a page with a button; whatever is posted ends the subscription (RFC 8058, section 3.1)."""
    who = Subscriber.objects.filter(public=subscriber).first()
    if who is not None and request.method != "POST":
        return framed(request, edition(), "subscribe_leave", _("End the mails"), "", {"subscriber": who})
    if who is not None:
        leave(who)
    return _gone(request)


def _wanted(request: HttpRequest, who: Subscriber, act: Callable[[Subscriber, str], None]) -> HttpResponse:
    """Show what can be wanted; do `act` with what was chosen."""
    if request.method != "POST":
        return _choice(request, who, WantsForm(initial={"wants": who.wants}))
    form = WantsForm(request.POST)
    if not form.is_valid():
        return _choice(request, who, form, status=422)
    act(who, form.cleaned_data["wants"])
    return redirect("public:subscription", who.public)


def _open() -> None:
    if not takes_subscribers():
        raise Http404


def _asked(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    try:
        ask_for(form.cleaned_data["address"], form.cleaned_data["wants"])
    except TooManyAsk:
        form.add_error(None, _("So many have asked that we send no more questions now: try again in a few days."))
        return _page(request, form, 503)
    return redirect("public:subscribe_sent")


def _page(request: HttpRequest, form: SubscribeForm, status: int = 200, why: str = "") -> HttpResponse:
    context: dict[str, Any] = {"form": form, "why": why, "signed": new_name(PURPOSE), "current_page": "subscribe"}
    told = _("Have corrections sent to you by mail.")
    page = framed(request, edition(), "subscribe", _("Corrections by mail"), told, context)
    page.status_code = status
    return page


def _choice(request: HttpRequest, subscriber: Subscriber, form: WantsForm, status: int = 200) -> HttpResponse:
    title = _("What you are sent") if subscriber.confirmed_at else _("Do you want these mails?")
    page = framed(request, edition(), "subscription", title, "", {"subscriber": subscriber, "form": form})
    page.status_code = status
    return page


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that nothing is sent: the same to whoever has just left, left before, or was never there."""
    context = {"canonical": Addresses.of(request).page("subscribe")}
    return framed(request, edition(), "subscribe_gone", _("Nothing is sent to you"), "", context)
