"""Long lists a page at a time, by the key of the last row: what comes in meanwhile moves nothing and hides nothing."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from verification.publishing.addresses import Addresses

LIMIT: Final = 25
MOST: Final = 100
_LONGEST: Final = 200
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, by id in their order, and where the next one begins ("" for nowhere)."""

    ids: Sequence[int]
    next: str

    def answer(self, request: Request, results: Any) -> Response:
        """Return the page with its results, the address of the next one in it and in a `Link` (RFC 8288)."""
        following = _following(request, self.next) if self.next else None
        headers = {"Link": f'<{following}>; rel="next"'} if following else None
        return Response({"results": results, "next": following}, headers=headers)


def page_of(request: Request, rows: QuerySet[Any], *key: str) -> Page:
    """Return the page that a request asks for, of rows in the descending order of `key`, whose last name is unique.

    All names but the last are of times. Raises ValidationError (400) for a limit or a cursor that is none.
    """
    limit = _limit(request.query_params.get("limit", ""))
    if after := request.query_params.get("cursor", ""):
        values = _read(after, len(key))
        # The first condition says nothing new: it lets an index on the key begin at the place.
        rows = rows.filter(**{f"{key[0]}__lte": values[0]}).filter(_beyond(key, values))
    ordered = rows.order_by(*(f"-{name}" for name in key))
    found = list(ordered.values_list("pk", *key)[: limit + 1])
    more = len(found) > limit
    return Page([pk for pk, *_key in found[:limit]], _written(found[limit - 1][1:]) if more else "")


def _limit(text: str) -> int:
    if not text:
        return LIMIT
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 0 < int(text) <= MOST):
        raise ValidationError({"limit": _("Give a number from 1 to %(most)d.") % {"most": MOST}})
    return int(text)


def _beyond(key: Sequence[str], values: Sequence[object]) -> Q:
    """Return what comes after a row: less by the first name, or equal and less by the next."""
    first, rest = key[0], key[1:]
    less = Q(**{f"{first}__lt": values[0]})
    return less | (Q(**{first: values[0]}) & _beyond(rest, values[1:])) if rest else less


def _written(values: Sequence[Any]) -> str:
    told = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(text: str, length: int) -> list[object]:
    """Return what a cursor of ours holds: times, and at last a number."""
    try:
        if len(text) > _LONGEST:
            raise ValueError
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        *times, number = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if len(times) + 1 != length or type(number) is not int or not 0 <= number <= _LARGEST:
            raise ValueError
        moments: list[object] = [_moment(each) for each in times]
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise ValidationError({"cursor": _("Take the address of the next page as it was given.")}) from error
    return [*moments, number]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not 1000 < moment.year < 9000:
        raise ValueError
    return moment.astimezone(UTC)


def _following(request: Request, cursor: str) -> str:
    query = request._request.GET.copy()
    query["cursor"] = cursor
    return f"{Addresses.of(request._request).base}{request.path}?{query.urlencode()}"
