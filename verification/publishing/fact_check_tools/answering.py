"""The view behind `GET /v1alpha1/claims:search`, and its answers as Google's API words them.

Whoever asks needs no key; a network may ask so often in a minute. What is unknown is left out, as there: no claimant
and no date is made up.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from claims.models import Precision
from verification.models import Desk, Publication, Verdict
from verification.publishing.addresses import Addresses
from verification.publishing.fact_check_tools.asking import Wrong, read
from verification.publishing.fact_check_tools.fields import masked, read_mask
from verification.publishing.fact_check_tools.finding import find
from verification.publishing.networks import asked_of_network
from verification.publishing.plain_text import printable, web_address

MEDIA_TYPE: Final = "application/json; charset=UTF-8"
MINUTE: Final = 60
"""Seconds."""
_EXACT: Final = (Precision.DAY, Precision.MINUTE, Precision.SECOND)


@csrf_exempt
def claims_search(request: HttpRequest) -> HttpResponse:
    """Answer a search for checks. A page may be read by any origin, and is asked for anew each time."""
    if request.method == "OPTIONS":
        return _before_a_browser_asks()
    if request.method not in {"GET", "HEAD"}:
        refused = _refused(405, "METHOD_NOT_ALLOWED", "Only GET is answered here.")
        refused["Allow"] = "GET, HEAD, OPTIONS"
        return refused
    searches, left = asked_of_network(request, "claims-search", MINUTE)
    if searches > settings.CLAIMS_SEARCH_PER_MINUTE:
        return _too_many(left)
    try:
        asked = read(request.GET.dict().items())
        mask = read_mask(asked.fields) if asked.fields else {}
        desk, addresses = Desk.get(), Addresses.of(request)
        site = _host(web_address(desk.homepage) or addresses.base)
        page = find(asked, frozenset({site, _host(addresses.base)}), desk.language or "en")
    except Wrong as wrong:
        return _refused(400, "INVALID_ARGUMENT", str(wrong), *_fault(wrong))
    publisher = {"name": printable(desk.name), "site": site}
    told: dict[str, Any] = {}
    if page.publications:
        told["claims"] = [_claim(each, publisher, addresses) for each in page.publications]
    if page.more:
        told["nextPageToken"] = asked.token(asked.start + asked.size)
    return _answer(masked(told, mask), pretty=asked.pretty)


def _before_a_browser_asks() -> HttpResponse:
    """Answer what a browser asks before it sends a key or another header (Fetch standard, CORS-preflight)."""
    answer = HttpResponse(status=204)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = "GET, HEAD"
    answer["Access-Control-Allow-Headers"] = "*, Authorization"
    answer["Access-Control-Max-Age"] = "86400"
    return answer


def _claim(publication: Publication, publisher: Mapping[str, str], addresses: Addresses) -> dict[str, Any]:
    verdict = publication.verdict
    claim: dict[str, Any] = {"text": printable(verdict.claim_text)}
    if verdict.claimant:
        claim["claimant"] = printable(verdict.claimant)
    if verdict.said and verdict.said_precision in _EXACT:
        claim["claimDate"] = _moment(verdict.said)
    return claim | {"claimReview": [_review(verdict, publication, publisher, addresses)]}


def _review(
    verdict: Verdict, publication: Publication, publisher: Mapping[str, str], addresses: Addresses
) -> dict[str, Any]:
    return {
        "publisher": publisher,
        "url": addresses.check(publication.review.public),
        "title": printable(verdict.headline),
        "reviewDate": _moment(publication.first_published_at),
        "textualRating": printable(verdict.rating_label),
        "languageCode": verdict.language,
    }


def _moment(at: datetime) -> str:
    """Return a time as protobuf's JSON has it: RFC 3339, in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _answer(told: object, status: int = 200, *, pretty: bool = True) -> HttpResponse:
    text = json.dumps(told, ensure_ascii=False, indent=2 if pretty else None)
    answer = HttpResponse(text + "\n", status=status, content_type=MEDIA_TYPE)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, no-cache"
    return answer


def _fault(wrong: Wrong) -> tuple[Mapping[str, object], ...]:
    if not wrong.field:
        return ()
    violation = {"field": wrong.field, "description": str(wrong)}
    return ({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]},)


def _too_many(seconds: int) -> HttpResponse:
    """Refuse a network that asks too often, with how long it is to wait, in a header and as google.rpc.RetryInfo."""
    message = "Quota exceeded: so many searches a minute are answered to one network."
    waiting = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds}s"}
    refused = _refused(429, "RESOURCE_EXHAUSTED", message, waiting)
    refused["Retry-After"] = str(seconds)
    refused["Access-Control-Expose-Headers"] = "Retry-After"
    refused["Cache-Control"] = "no-store"
    return refused


def _refused(code: int, status: str, message: str, *details: Mapping[str, object]) -> HttpResponse:
    error: dict[str, Any] = {"code": code, "message": message, "status": status}
    if details:
        error["details"] = details
    return _answer({"error": error}, code)
