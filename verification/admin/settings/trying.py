"""The pages on which settings are tried: each shows what would happen, by the code that does it, and stores nothing."""

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.translation import say
from verification.admin.pages import Route, desk_page, person_of, posted, show
from verification.admin.settings.desk import RULE, DeskForm
from verification.admin.settings.feeds_tried import try_feeds
from verification.admin.settings.mail_tried import MailFailed, send_test
from verification.admin.settings.roles_shown import role_shown, roles
from verification.admin.settings.rule_tried import LOOKED_AT, try_rule
from verification.admin.settings.scale_tried import try_scale
from verification.models import Desk, RatingScale
from verification.people.post import is_set_up
from verification.publishing.addresses import Addresses
from verification.review.checkpoints import astray, newest_checkpoint
from verification.review.heads import read_head
from verification.review.log_keys import verifier_of
from verification.review.signed_note import NoteFault
from verification.review.states import CHECKER

if TYPE_CHECKING:
    RuleFormBase = forms.ModelForm[Desk]
else:  # generic for the type checker only
    RuleFormBase = forms.ModelForm

SENT = "settings_test_mail"


class RuleForm(RuleFormBase):
    """The rule on second checks, to be tried and not saved."""

    class Meta(DeskForm.Meta):
        fields = list(RULE)
        widgets = {
            "second_check": forms.Select({"class": "ro-select"}),
            "second_check_rule": forms.Select({"class": "ro-select"}),
            "risk_from": forms.NumberInput({"class": "ro-input", "step": "0.01", "min": "0", "max": "1"}),
            "sample_percent": forms.NumberInput({"class": "ro-input", "min": "0", "max": "100"}),
        }


@require_safe
@desk_page("settings")
def rule(request: HttpRequest) -> HttpResponse:
    """Show the rule that is in force, or the one typed, with what it would do to the cases accepted last."""
    typed = request.GET if "second_check_rule" in request.GET else None
    form = RuleForm(typed, instance=Desk.get())
    valid = not form.is_bound or form.is_valid()
    context = {
        "title": _("Try a rule on second checks"),
        "form": form,
        "tried": try_rule(form.instance) if valid else None,
        "looked_at": LOOKED_AT,
        "is_typed": form.is_bound and form.has_changed(),
        "may_change": person_of(request).has_perm("verification.change_desk"),
    }
    return show(request, "desk/settings_rule.html", context, 200 if valid else 422)


@require_safe
@desk_page("settings")
def scale(request: HttpRequest) -> HttpResponse:
    """Show how a verdict with each rating of a scale looks; `scale` and `rating` (its key) choose."""
    scales = RatingScale.objects.prefetch_related("ratings").order_by("-in_use", "name")
    wanted, key = request.GET.get("scale", ""), request.GET.get("rating", "")
    chosen = get_object_or_404(scales, pk=_number(wanted)) if wanted else scales.filter(in_use=True).first()
    context = {
        "title": _("Try a rating scale"),
        "scales": scales,
        "scale": chosen,
        "tried": try_scale(request, chosen, _number(key) if key else None) if chosen else None,
    }
    return show(request, "desk/settings_scale.html", context)


@require_safe
@desk_page("settings")
def feeds(request: HttpRequest) -> HttpResponse:
    """Ask the desk's own feeds, and say what a program gets."""
    return show(request, "desk/settings_feeds.html", {"title": _("Try the feeds"), "feeds": list(try_feeds(request))})


@require_safe
@desk_page("settings")
def people(request: HttpRequest) -> HttpResponse:
    """Show what somebody with a role, and no other, finds on the desk."""
    try:
        shown = role_shown(request.GET.get("role", CHECKER))
    except KeyError as error:
        raise Http404 from error
    return show(request, "desk/settings_roles.html", {"title": _("What a role sees"), "roles": roles(), "shown": shown})


@require_safe
@desk_page("settings")
def log(request: HttpRequest) -> HttpResponse:
    """Hold the newest signed head against the log, as a witness would."""
    newest, fault = newest_checkpoint(), ""
    if newest:
        try:
            fault = astray(read_head(newest.note, verifier_of(newest.key)))
        except NoteFault as error:
            fault = say(error.sentence)
    context = {
        "title": _("Try the log"),
        "newest": newest,
        "fault": fault,
        "key": newest and verifier_of(newest.key),
        "log_address": Addresses.of(request).page("log"),
    }
    return show(request, "desk/settings_log.html", context)


@posted
@desk_page("settings")
def mail(request: HttpRequest) -> HttpResponse:
    """Send a test mail to whoever asks; the same form sent twice sends one."""
    person, back = person_of(request), redirect(reverse("admin:settings") + "#mail")
    once = _once(request)
    if not is_set_up():
        messages.error(request, _("No mail server is named: the operator sets EMAIL_URL, and restarts the desk."))
    elif not person.email:
        messages.error(request, _("The desk has no address of yours: an administrator enters it at your log-in."))
    elif once is None or once == request.session.get(SENT):
        messages.info(request, _("That test was made already: press the button again for another."))
    else:
        request.session[SENT] = once
        try:
            send_test(person.email)
        except MailFailed as error:
            told = _("%(why)s The server’s words: %(said)s") % {"why": error.sentence, "said": error.said}
            messages.error(request, told)
        else:
            told = _("The mail server took a mail to %(address)s. Look whether it arrives.") % {"address": person.email}
            messages.success(request, told)
    return back


def _once(request: HttpRequest) -> str | None:
    """Return the name of the form that was sent, None for a form that has none."""
    try:
        return str(UUID(request.POST.get("once", "")))
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return a number of an address; raises Http404 for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    return int(text)


ROUTES: list[Route] = [
    ("settings/second-checks/", rule, "try_rule"),
    ("settings/scale/", scale, "try_scale"),
    ("settings/feeds/", feeds, "try_feeds"),
    ("settings/roles/", people, "try_roles"),
    ("settings/log/", log, "try_log"),
    ("settings/mail/", mail, "try_mail"),
]
