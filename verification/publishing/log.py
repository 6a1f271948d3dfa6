"""What anybody may keep of the decision log: its signed head, and the chain of seals from one head to the next.

A seal's line holds hashes only, and what they are made of holds random salts: it tells how much was decided when, and
nothing of what.
"""

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from verification.models import LogKey, Seal, SealEntry
from verification.publishing.addresses import Addresses
from verification.publishing.conditional import answer
from verification.publishing.edition import edition
from verification.publishing.pages import framed
from verification.review.checkpoints import newest_checkpoint
from verification.review.log_format import stamp
from verification.review.log_keys import verifier_of

# Seals in one answer. A reader asks again from the last one.
MOST_SEALS = 500


@require_safe
def log_page(request: HttpRequest) -> HttpResponseBase:
    """Show the newest checkpoint, the keys, and how a stranger checks them."""
    now = edition()

    def show() -> HttpResponse:
        keys = [(key, str(verifier_of(key))) for key in LogKey.objects.order_by("-pk")]
        context = {
            "checkpoint": newest_checkpoint(),
            "keys": keys,
            "in_use": next((written for key, written in keys if not key.retired_at and not key.compromised_at), ""),
            "base": Addresses.of(request).base,
            "current_page": "log",
        }
        description = gettext("The head of our decision log, signed, for anybody to keep.")
        return framed(request, now, "log", gettext("Our log"), description, context)

    return answer(request, now, show)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponseBase:
    """Return the newest checkpoint: a signed note (`verification.review.checkpoints`). 404 before there is one."""
    newest = newest_checkpoint()
    if newest is None:
        return _plain(gettext("Nothing of this log is signed yet.") + "\n", status=404)
    return _plain(newest.note)


@require_safe
def seals(request: HttpRequest) -> HttpResponseBase:
    """Return the seals that follow `?after=<number>`, at most 500, each a line of JSON.

    `number`, `at`, `prev` and `hash` (hex), and `events`, the hashes in order: what `log_format.seal_hash` hashes. None
    is given that no checkpoint covers yet.
    """
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 18):
        return HttpResponseBadRequest(gettext("Write ?after= and the number of a seal.") + "\n", "text/plain")
    newest = newest_checkpoint()
    signed = newest.seal.number if newest else 0
    found = Seal.objects.filter(number__gt=int(after), number__lte=signed).order_by("number")[:MOST_SEALS]
    response = StreamingHttpResponse(_lines(list(found)), content_type="application/jsonl; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    return response


def _lines(found: list[Seal]) -> Iterator[str]:
    for seal in found:
        entries = SealEntry.objects.filter(seal=seal).order_by("position").values_list("event_hash", flat=True)
        line = {
            "number": seal.number,
            "at": stamp(seal.at),
            "prev": bytes(seal.prev_hash).hex(),
            "hash": bytes(seal.hash).hex(),
            "events": [bytes(value).hex() for value in entries],
        }
        yield json.dumps(line) + "\n"


def _plain(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    return response
