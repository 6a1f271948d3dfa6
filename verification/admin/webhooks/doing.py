"""The buttons of a webhook's pages: rotate its secret, switch it off and on, try it, send again."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from verification.admin.pages import Route, desk_page, person_of, posted, revision, tell_refusal
from verification.admin.webhooks.showing import show_once
from verification.models import Webhook, WebhookMessage, WebhookOutcome
from verification.publishing.webhooks import setting
from verification.review.refusals import Unmet


def made_already(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """Say that the form was sent before."""
    told = _("“%(name)s” was made already, and its secret shown then. If that is lost, make a new one.")
    messages.info(request, told % {"name": webhook.name})
    return redirect("admin:webhook", webhook.public)


@sensitive_variables("secret")
@posted
@desk_page("set_webhooks")
def rotating(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Make a new secret; the page of the webhook shows it, once."""
    webhook = get_object_or_404(Webhook, public=public)
    secret = setting.rotate(webhook, person_of(request), revision(request, "rotations"))
    if secret:
        return show_once(request, webhook)
    messages.info(request, _("A new secret was made already, and shown then. If that is lost, make another."))
    return redirect("admin:webhook", public)


@posted
@desk_page("set_webhooks")
def switching(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Switch a webhook off or on, or send again what was given up, as the button says."""
    webhook, person = get_object_or_404(Webhook, public=public), person_of(request)
    name, verb = {"name": webhook.name}, request.POST.get("do")
    if verb == "off":
        done = setting.stop(webhook, person)
        told = _("“%(name)s” is off. What is published meanwhile is kept, and sent when it is switched on.") % name
    elif verb == "on":
        done = setting.start(webhook, person)
        told = _("“%(name)s” is on. What it has not got is on its way.") % name
    elif verb == "again":
        count = setting.send_failed_again(webhook, person)
        counted = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
        done, told = bool(count), counted % {"count": count}
    else:
        raise Http404
    if done:
        messages.success(request, told)
    else:
        messages.info(request, _("Nothing was changed: that was done already."))
    return redirect("admin:webhook", public)


@posted
@desk_page("set_webhooks")
def trying(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Send a test now, and show what the receiver answered."""
    webhook = get_object_or_404(Webhook, public=public)
    try:
        once = uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        raise Http404 from None
    attempt = setting.try_it(webhook, person_of(request), once)
    if attempt is None:
        messages.info(request, _("That test was sent already: press the button again for another."))
        return redirect("admin:webhook", public)
    if attempt.outcome == WebhookOutcome.DELIVERED:
        messages.success(request, _("The receiver took the test."))
    else:
        messages.error(request, _("The receiver did not take the test; what came back is below."))
    return redirect("admin:webhook_message", public, once)


@posted
@desk_page("set_webhooks")
def replaying(request: HttpRequest, public: uuid.UUID, told: uuid.UUID) -> HttpResponse:
    """Send one message again, under its id."""
    message = get_object_or_404(WebhookMessage.objects.select_related("webhook"), webhook__public=public, public=told)
    try:
        done = setting.replay(message, person_of(request), revision(request, "made"))
    except Unmet as error:
        tell_refusal(request, error)
    else:
        if not done:
            messages.info(request, _("Nothing was changed: it was tried since this page was opened."))
        elif message.webhook.off_at:
            messages.warning(request, _("It is sent again, under the same id, once the webhook is switched on."))
        else:
            messages.success(request, _("It is sent again within a few seconds, under the same id."))
    return redirect("admin:webhook_message", public, told)


ROUTES: list[Route] = [
    ("settings/webhooks/<uuid:public>/secret/", rotating, "webhook_rotate"),
    ("settings/webhooks/<uuid:public>/do/", switching, "webhook_do"),
    ("settings/webhooks/<uuid:public>/try/", trying, "webhook_try"),
    ("settings/webhooks/<uuid:public>/messages/<uuid:told>/again/", replaying, "webhook_replay"),
]
