"""Saving while somebody types: the answers that `readout/autosave.js` reads. Without a script the button saves."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format

from verification.review.refusals import Refused


def by_script(request: HttpRequest) -> bool:
    """Return whether a form was sent while somebody types: then the answer is JSON, and no message is left behind."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def saved(revision: int, shown: Mapping[str, str], case: int | None = None) -> JsonResponse:
    """Tell that a form is stored: the revision it is filled in on from now, and when that was, in the person's zone.

    `shown` is HTML by the id of the element whose content it is from now: what the text looks like. `case` is the
    revision of the case, where saving is a step of it.
    """
    at = date_format(timezone.localtime(), "H:i")
    return JsonResponse({"revision": revision, "case": case, "at": at, "shown": dict(shown)})


def not_saved(error: Refused) -> JsonResponse:
    """Tell why a form was not stored; nothing of what is stored was changed.

    It is an answer like the other one, with 200: a browser would write anything else into its console as a fault.
    """
    return JsonResponse({"why": str(error)})
