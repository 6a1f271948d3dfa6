"""One webhook's page, also as the answer that shows a secret once."""

import uuid

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_variables

from verification.admin.pages import person_of, show
from verification.admin.webhooks.standing import message_chip, standings
from verification.models import Webhook
from verification.publishing.webhooks import setting
from verification.publishing.webhooks.keeping import opened
from verification.review.policy import may_open

PER_PAGE = 50
SHOW_ONCE = "webhook_secret"
"""What the session names until its page was shown: the webhook whose secret was just made, never the secret."""


def show_once(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """Go to the page of a webhook that shows its new secret this once; to load that page again sends no form."""
    request.session[SHOW_ONCE] = str(webhook.public)
    return redirect("admin:webhook", webhook.public)


@sensitive_variables("secret")
def new_secret_of(request: HttpRequest, webhook: Webhook) -> str:
    """Return the secret that was just made, the first time this is asked; else nothing."""
    is_new = request.session.pop(SHOW_ONCE, None) == str(webhook.public)
    return opened(webhook.secret) if is_new and may_open(person_of(request), setting.PAGE) else ""


@sensitive_variables("secret")
def one_page(request: HttpRequest, webhook: Webhook, *, secret: str = "") -> HttpResponse:
    """Show a webhook with its messages, and a secret that was just made."""
    (standing,) = standings(Webhook.objects.filter(pk=webhook.pk))
    told = webhook.messages.select_related("publication__review", "publication__verdict").order_by("-pk")
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": standing.webhook.name,
        "webhook": standing.webhook,
        "standing": standing,
        "page": page,
        "lines": [(message, message_chip(message)) for message in page],
        "may_change": may_open(person_of(request), setting.PAGE),
        "secret": secret,
        "keep_days": settings.WEBHOOK_KEEP_DAYS,
        "once": uuid.uuid4(),
    }
    return show(request, "desk/webhook.html", context)
