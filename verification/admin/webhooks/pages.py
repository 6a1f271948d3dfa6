"""Webhooks as their readers and administrators find them: the list, one with its messages, a message with its attempts.

The list and the messages are read by editors and auditors as well. A secret is shown once, on the page that the form
which made it leads to, and on no page that a browser keeps.
"""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from verification.admin.pages import Route, desk_page, person_of, show
from verification.admin.webhooks import doing
from verification.admin.webhooks.form import WebhookForm
from verification.admin.webhooks.showing import new_secret_of, one_page, show_once
from verification.admin.webhooks.standing import attempt_told, message_chip, message_title, standings
from verification.models import Webhook, WebhookMessage
from verification.publishing.addresses import Addresses
from verification.publishing.webhooks import setting
from verification.review.policy import may_open
from verification.review.refusals import Unmet


@require_safe
@desk_page("webhooks")
def webhooks(request: HttpRequest) -> HttpResponse:
    """List the webhooks: how each stands, and what its receiver last answered."""
    context = {
        "title": _("Webhooks"),
        "standings": standings(Webhook.objects.all()),
        "may_change": may_open(person_of(request), setting.PAGE),
    }
    return show(request, "desk/webhooks.html", context)


@sensitive_variables("secret")
@desk_page("set_webhooks")
def new(request: HttpRequest) -> HttpResponse:
    """Show the form; make a webhook, whose page shows its secret, once."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, public = person_of(request), form.cleaned_data["public"] or uuid.uuid4()
        try:
            webhook, secret = setting.make(person, form.wanted, Addresses.of(request).base, public)
        except Unmet as error:
            form.refuse(error)
        else:
            if not secret:
                return doing.made_already(request, webhook)
            return show_once(request, webhook)
    return _form(request, form, _("New webhook"))


@desk_page("set_webhooks")
def edit(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Show the form of one webhook; store what it says."""
    webhook = get_object_or_404(Webhook, public=public)
    form = WebhookForm(request.POST or None, webhook)
    if request.method == "POST" and form.is_valid():
        try:
            setting.change(webhook, person_of(request), form.wanted)
        except Unmet as error:
            form.refuse(error)
        else:
            return redirect("admin:webhook", public)
    return _form(request, form, _("Change “%(name)s”") % {"name": webhook.name}, webhook)


@never_cache
@require_safe
@desk_page("webhooks")
def webhook(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Show one webhook with its messages, the newest first, and once a secret that was just made."""
    found = get_object_or_404(Webhook, public=public)
    return one_page(request, found, secret=new_secret_of(request, found))


@require_safe
@desk_page("webhooks")
def message(request: HttpRequest, public: uuid.UUID, told: uuid.UUID) -> HttpResponse:
    """Show one message: what it says, and every attempt to deliver it."""
    messages = WebhookMessage.objects.select_related("webhook", "publication__review", "publication__verdict")
    row = get_object_or_404(messages, webhook__public=public, public=told)
    page = Paginator(row.attempts_made.order_by("-pk"), 50).get_page(request.GET.get("p"))
    context: dict[str, Any] = {
        "title": message_title(row),
        "message": row,
        "webhook": row.webhook,
        "chip": message_chip(row),
        "page": page,
        "attempts": [(attempt, attempt_told(attempt, row.webhook)) for attempt in page],
        "made": page.paginator.count,
        "may_replay": bool(row.publication_id) and may_open(person_of(request), setting.PAGE),
    }
    return show(request, "desk/webhook_message.html", context)


def _form(request: HttpRequest, form: WebhookForm, title: str, webhook: Webhook | None = None) -> HttpResponse:
    context = {"title": title, "form": form, "webhook": webhook}
    return show(request, "desk/webhook_form.html", context, 400 if form.errors else 200)


ROUTES: list[Route] = [
    ("settings/webhooks/", webhooks, "webhooks"),
    ("settings/webhooks/new/", new, "webhook_new"),
    ("settings/webhooks/<uuid:public>/", webhook, "webhook"),
    ("settings/webhooks/<uuid:public>/edit/", edit, "webhook_edit"),
    ("settings/webhooks/<uuid:public>/messages/<uuid:told>/", message, "webhook_message"),
    *doing.ROUTES,
]
