"""Answers that are kept ready in this process, plain and compressed, for as long as nothing public changes."""

import gzip
import hashlib
import re
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from verification.publishing.conditional import etag
from verification.publishing.edition import Edition

LEVEL = 6
"""Of gzip, as Django's own middleware has it: above it a feed is hardly smaller."""
AN_HOUR = 3600.0
HEADERS = ("Content-Type", "Link")
"""Of an answer that are kept with it."""
# Named, and not with a weight of 0 (RFC 9110, 12.5.3).
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


def kept(
    request: HttpRequest,
    now: Edition,
    query: str,
    render: Callable[[], HttpResponse],
    seconds: float = AN_HOUR,
) -> HttpResponse:
    """Return what `render` makes; the next time, for the same path and `query` in the same edition, what it made.

    `query` is what was understood of the request's own: nothing that a stranger adds to it makes another copy.
    A reader who takes gzip is given what was compressed once; the compressing middleware leaves it as it is. Kept are
    the last hundred (`CACHES["public"]`), each for so many seconds; answers other than 200 are not.
    """
    key = hashlib.sha256(f"{etag(request, now)} {request.path}{query}".encode()).hexdigest()
    store = caches["public"]
    found: tuple[dict[str, str], bytes, bytes] | None = store.get(key)
    if found is None:
        response = render()
        if response.status_code != 200:
            return response
        headers = {name: response[name] for name in HEADERS if response.has_header(name)}
        found = (headers, response.content, gzip.compress(response.content, LEVEL, mtime=0))
        store.set(key, found, seconds)
    headers, plain, compressed = found
    if not _GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(plain, headers=headers)
    response = HttpResponse(compressed, headers=headers | {"Content-Encoding": "gzip"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
