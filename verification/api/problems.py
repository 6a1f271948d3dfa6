"""Every refusal of the API as `application/problem+json` (RFC 9457), with one sentence that says how to meet it.

Beside the members of the RFC stand `guard`, what does not hold of a case (`verification.review.refusals`), and
`errors`, which values cannot be used and why.
"""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from math import ceil
from typing import Any, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from claims.capture.errors import CaptureError
from claims.intake import NotYet
from claims.translation import say
from verification.publishing.plain_text import printable
from verification.publishing.streams import NotNow
from verification.review.refusals import Moved, NotYours, Refused

MEDIA_TYPE: Final = "application/problem+json"
LONGEST: Final = 500
log = logging.getLogger(__name__)


class TooLarge(exceptions.APIException):
    """A body of more bytes than is read."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class LengthMissing(exceptions.APIException):
    """A body that does not say how long it is."""

    status_code = HTTPStatus.LENGTH_REQUIRED


def problem_of(error: Exception, context: dict[str, Any]) -> Response:
    """Return the answer to whatever a view raised. What nobody foresaw is logged, and told as a 500 without a word."""
    if isinstance(error, Refused):
        return _problem(_status_of(error), str(error), guard=error.refusal.guard)
    if isinstance(error, NotNow):
        return _problem(error.status, str(error), {"Retry-After": str(error.seconds)})
    if isinstance(error, CaptureError):
        wait = {"Retry-After": str(ceil(error.later.seconds))} if isinstance(error, NotYet) else None
        return _problem(422 if error.permanent else 503, printable(say(error.sentence)), wait)
    if isinstance(error, Http404):
        return _problem(404, _("There is nothing here, or nothing that you may see."))
    if isinstance(error, RequestDataTooBig):
        return _problem(413, _("The body is larger than this desk reads at all."))
    if isinstance(error, PermissionDenied):
        return _problem(403, _("You may not do this."))
    if isinstance(error, exceptions.ValidationError):
        told = _("Some of what was sent cannot be used: “errors” says what, and why.")
        return _problem(400, told, errors=list(_errors(error.detail)))
    if isinstance(error, exceptions.APIException):
        return _of_the_framework(error, context)
    request = context["request"]._request
    got_request_exception.send(sender=None, request=request)
    log.error("Could not answer %s %s", request.method, request.path, exc_info=error)
    return _problem(500, _("Something went wrong here. It is logged; try again later."))


def _of_the_framework(error: exceptions.APIException, context: dict[str, Any]) -> Response:
    told, headers = printable(str(error.detail)), {}
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        headers["WWW-Authenticate"] = getattr(error, "auth_header", "Bearer")
    if isinstance(error, exceptions.Throttled):
        told = _("Too many requests within a minute: wait, then go on.")
        headers["Retry-After"] = str(int(getattr(error, "wait", None) or 1))
    if isinstance(error, exceptions.MethodNotAllowed):
        allowed = ", ".join(context["view"].allowed_methods)
        headers["Allow"] = allowed
        told = _("This address takes %(method)s only.") % {"method": allowed}
    if isinstance(error, exceptions.NotAcceptable):
        told = _("Only JSON is answered here: “Accept: application/json”.")
    if isinstance(error, exceptions.UnsupportedMediaType):
        told = _("Send JSON in UTF-8, and say so: “Content-Type: application/json”.")
    return _problem(error.status_code, told, headers)


def _status_of(error: Refused) -> int:
    if isinstance(error, Moved):
        return 409
    return 403 if isinstance(error, NotYours) else 422


def _problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: object) -> Response:
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status)}
    told |= {"detail": detail[:LONGEST]} | more
    return Response(told, status=status, headers=headers, content_type=MEDIA_TYPE)


def _errors(detail: Any, place: str = "") -> Iterator[dict[str, str]]:
    """Yield each value that cannot be used: where it stands in the body, with dots between the names, and why."""
    if isinstance(detail, dict):
        for name, each in detail.items():
            own = "" if name == "non_field_errors" else printable(str(name))[:100]
            yield from _errors(each, ".".join(filter(None, (place, own))))
    elif isinstance(detail, list) and any(isinstance(each, dict) for each in detail):
        for number, each in enumerate(detail):
            yield from _errors(each, f"{place}.{number}") if each else ()
    else:
        for each in detail if isinstance(detail, list) else [detail]:
            yield {"field": place, "detail": printable(str(each))[:LONGEST]}
