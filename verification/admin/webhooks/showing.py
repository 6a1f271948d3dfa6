"""One webhook's page, also as the answer that shows a secret once."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from verification.admin.pages import person_of, show
from verification.admin.webhooks.standing import message_chip, standings
from verification.models import Webhook
from verification.publishing.webhooks import setting
from verification.review.policy import may_open

PER_PAGE = 50


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
        "once": uuid.uuid4(),
    }
    return show(request, "desk/webhook.html", context)
