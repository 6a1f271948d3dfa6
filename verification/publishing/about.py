"""Pages about the desk, in its own words: an overview, each text with its day, and what it said before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verification.publishing.addresses import Addresses
from verification.publishing.conditional import answer
from verification.publishing.edition import edition
from verification.publishing.pages import framed
from verification.publishing.plain_text import one_line
from verification.publishing.policies import policies, policy_of
from verification.publishing.rich_text import plain, rich


@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    """Show what the desk says of itself, and what can be read of how it works."""
    now = edition()

    def show() -> HttpResponse:
        told = [(each, one_line(plain(each.stands.text), 160)) for each in policies()]
        title = _("About us")
        description = _("Who we are, how we work, who pays for it, and how to complain.")
        return framed(request, now, "about", title, description, {"policies": told, "current_page": "about"})

    return answer(request, now, show)


@require_safe
def policy(request: HttpRequest, kind: str, number: int | None = None) -> HttpResponseBase:
    """Show one text as it stands, or as it stood; 404 for one that is not filled in."""
    now, found = edition(), policy_of(kind)
    shown = (found.stands if number is None else found.wording(number)) if found else None
    if found is None or shown is None:
        raise Http404

    def show() -> HttpResponse:
        context = {
            "policy": found,
            "shown": shown,
            "text": rich(shown.text, {}),
            "canonical": Addresses.of(request).about(kind),
            "current_page": "about",
        }
        return framed(request, now, "policy", found.title, one_line(plain(shown.text), 300), context)

    return answer(request, now, show)
