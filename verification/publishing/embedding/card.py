"""The card itself: a page for a frame, which always shows how the check stands now.

A correction reaches it wherever it stands, for nothing of it is copied there. It runs no script, sets no cookie and
loads its own stylesheet only. It is the one page of the desk that others may put into a frame.
"""

from typing import Final
from uuid import UUID

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from verification.models import Change
from verification.publishing.addresses import Addresses
from verification.publishing.conditional import answer
from verification.publishing.edition import edition_of
from verification.publishing.embedding.frame import title_of
from verification.publishing.reach.embeds import note_embed, origin_of
from verification.publishing.records import read_check

POLICY: Final = {
    "default-src": [NONE],
    "style-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
# What a browser says that it loads the card for (Fetch Metadata, `Sec-Fetch-Dest`).
FRAMES: Final = {"iframe", "frame", "embed", "object"}


@require_safe
@xframe_options_exempt
@csp(POLICY)  # type: ignore[arg-type]  # its types know no view that takes more than the request
def card(request: HttpRequest, check: UUID) -> HttpResponseBase:
    """Show a check's card, and note which site it stands on, also where that has it already (304)."""
    now = edition_of(check)
    if now is None:
        raise Http404
    addresses = Addresses.of(request)

    def show() -> HttpResponse:
        verdict = read_check(check)
        if verdict is None:
            raise Http404
        corrected = next((line for line in verdict.versions if line.change == Change.CORRECTION), None)
        context = {
            "verdict": verdict,
            "corrected": corrected,
            "desk": now.desk,
            "title": title_of(verdict),
            "address": addresses.check(check),
        }
        return render(request, "public/embed.html", context)

    response = answer(request, now, show)
    if request.method == "GET":
        note_embed(_site(request, addresses), now.newest_id)
    return response


def _site(request: HttpRequest, addresses: Addresses) -> str:
    """Return the origin of the page that the card is loaded into; empty where there is none, or it is our own."""
    if request.headers.get("Sec-Fetch-Dest", "iframe") not in FRAMES:
        return ""
    origin = origin_of(request.headers.get("Referer", ""))
    own = {_host(addresses.base), request.get_host()}
    return "" if _host(origin) in own else origin


def _host(origin: str) -> str:
    return origin.partition("://")[2]
