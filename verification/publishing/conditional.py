"""Answers that need not be sent twice: ETag, Last-Modified, and 304 for a reader who has it already."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from verification.publishing.addresses import Addresses
from verification.publishing.edition import Edition
from verification.publishing.subscribing.links import takes_subscribers

SETTLED = timedelta(minutes=1)
"""How old a change must be before a date names what stands: no transaction of ours is open for longer, and dates are
whole seconds (RFC 9110, 8.8.2.2). Until then there is no Last-Modified, and the ETag alone is asked about."""
_ROOM = Path(__file__).parent


def answer(request: HttpRequest, edition: Edition, render: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return 304 when the reader's copy is what stands, else what `render` makes, with its validators.

    A copy may be kept anywhere and is asked about each time: a correction is seen at the next look. Whether there is
    anything at this address at all is decided before this is called: what is not there is not unchanged (RFC 9110,
    13.2.1). Another answer than 200 and 304 names no copy, and has no validators.
    """
    validator = etag(request, edition)
    settled = edition.changed if edition.changed and edition.changed < timezone.now() - SETTLED else None
    modified = int(settled.timestamp()) if settled else None
    response = get_conditional_response(request, etag=validator, last_modified=modified) or render()
    # A shared cache takes headers from a 304, too: it says of itself what the answer said (RFC 9110, 15.4.5).
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = "public, no-cache"
    if response.status_code not in {200, 304}:
        return response
    response["ETag"] = validator
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    return response


def for_all(response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer that a page of any origin may read (Fetch standard): what programs read, refusals included."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def etag(request: HttpRequest, edition: Edition) -> str:
    """Return the validator of what this request is answered with: a weak one, since some are sent it compressed."""
    parts = [_format_version(), Addresses.of(request).base, get_language() or "", settings.TIME_ZONE, edition.digest]
    parts += ["suggest"] if settings.READER_SUBMISSIONS else []
    parts += ["subscribe"] if takes_subscribers() else []
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


@cache
def _format_version() -> str:
    """Return a digest of the code and the templates that write the pages: an upgrade changes what readers hold."""
    templates = Path(settings.BASE_DIR) / "templates"
    files = [
        *_ROOM.rglob("*.py"),
        *_ROOM.with_name("templatetags").glob("*.py"),
        *templates.glob("public/*.html"),
        *templates.glob("readout/*.html"),
    ]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
