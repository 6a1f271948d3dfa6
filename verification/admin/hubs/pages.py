"""Hubs as editors and auditors read them, and administrators add, try and switch them."""

import uuid
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from verification.admin.pages import Route, desk_page, person_of, posted, show, tell_refusal
from verification.admin.webhooks.standing import Chip
from verification.models import Hub, SealEntry
from verification.publishing.webhooks.making import PUBLISH
from verification.publishing.websub import setting
from verification.review.policy import may_open
from verification.review.refusals import Unmet


class HubForm(forms.Form):
    """The address of a hub."""

    url = forms.CharField(
        label=gettext_lazy("Address of a hub"),
        max_length=setting.LONGEST_URL,
        error_messages={"required": gettext_lazy("Enter the address of the hub.")},
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Begins with https:// and is on the public internet. Whoever runs the hub must take publishers that are"
            " not their own."
        ),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A hub, how it stands, and how many publications it has not been told of."""

    hub: Hub
    chip: Chip
    waiting: int


def standing(hub: Hub) -> Standing:
    """Return how a hub stands."""
    waiting = SealEntry.objects.filter(pk__gt=hub.told_up_to, event__verb=PUBLISH).count()
    if hub.off_at:
        return Standing(hub, Chip(_("off"), "quiet"), waiting)
    if hub.error:
        return Standing(hub, Chip(_("failing"), "caution"), waiting)
    return Standing(hub, Chip(_("on"), "good"), waiting)


@require_safe
@desk_page("hubs")
def hubs(request: HttpRequest) -> HttpResponse:
    """List the hubs, with a form for another."""
    return _listed(request, HubForm())


@posted
@desk_page("set_hubs")
def adding(request: HttpRequest) -> HttpResponse:
    """Add a hub by its address; what was typed stays where it is refused."""
    form = HubForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, 400)
    try:
        hub, is_new = setting.add(person_of(request), form.cleaned_data["url"])
    except Unmet as error:
        form.add_error("url", str(error))
        return _listed(request, form, 400)
    if is_new:
        messages.success(request, _("%(url)s is told of what is published from now on.") % {"url": hub.url})
    else:
        messages.info(request, _("%(url)s is listed already.") % {"url": hub.url})
    return redirect("admin:hubs")


@posted
@desk_page("set_hubs")
def doing(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Tell a hub now, or switch it off or on, as the button says."""
    hub, person = get_object_or_404(Hub, public=public), person_of(request)
    verb, named = request.POST.get("do"), {"url": hub.url}
    if verb == "tell":
        _tell_now(request, hub)
    elif verb == "off" and setting.stop(hub, person):
        messages.success(request, _("%(url)s is off: feeds name it no more, and it is told nothing.") % named)
    elif verb == "on" and setting.start(hub, person):
        messages.success(request, _("%(url)s is on, and told of what it has missed.") % named)
    elif verb in {"off", "on"}:
        messages.info(request, _("Nothing was changed: that was done already."))
    else:
        raise Http404
    return redirect("admin:hubs")


def _tell_now(request: HttpRequest, hub: Hub) -> None:
    try:
        error = setting.tell_now(hub, person_of(request))
    except Unmet as refused:
        tell_refusal(request, refused)
        return
    if error:
        messages.error(request, _("%(url)s did not take it. %(why)s") % {"url": hub.url, "why": error})
    else:
        messages.success(request, _("%(url)s took it.") % {"url": hub.url})


def _listed(request: HttpRequest, form: HubForm, status: int = 200) -> HttpResponse:
    if not settings.PUBLIC_URL:
        form.fields["url"].widget.attrs["disabled"] = True  # not the field: what was sent is shown beside the refusal
    context = {
        "title": _("Hubs"),
        "standings": [standing(hub) for hub in Hub.objects.select_related("made_by").order_by("pk")],
        "form": form,
        "may_change": may_open(person_of(request), setting.PAGE),
        "public_url": settings.PUBLIC_URL,
    }
    return show(request, "desk/hubs.html", context, status)


ROUTES: list[Route] = [
    ("settings/hubs/", hubs, "hubs"),
    ("settings/hubs/add/", adding, "hub_add"),
    ("settings/hubs/<uuid:public>/do/", doing, "hub_do"),
]
