"""The API's own description: OpenAPI 3.1, made from the views."""

from functools import cache
from typing import Any, Final

from django.http.response import HttpResponseBase
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api.answering import PublicView, unless_known
from verification.api.articles import article_paths, article_schemas
from verification.publishing.addresses import Addresses
from verification.publishing.edition import edition

ABOUT: Final = """Reads what this desk has published, without a key, and with a token works on its cases.

Lists come a page at a time: `next` is the address of the next one. What is published has an `ETag`: send it as
`If-None-Match`, and what has not changed is not sent again. Every refusal is a problem (RFC 9457) whose `detail` is one
sentence that says what to do. `RateLimit-Remaining` tells how many requests are left in a minute.

A token acts for a person of the desk: it sees what they see, and what they may not do it never does."""


class Document(PublicView):
    """The description itself, as JSON."""

    schema = None

    def get(self, request: Request) -> HttpResponseBase:
        """Answer with it."""
        addresses = Addresses.of(request._request)
        return unless_known(request, edition(), lambda: Response(_made() | {"servers": [{"url": addresses.base}]}))


@cache
def _made() -> dict[str, Any]:
    """Return the document, made once in a process."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    made["info"]["description"] = ABOUT
    made["paths"] |= article_paths()
    made["components"]["schemas"] |= article_schemas()
    return made
