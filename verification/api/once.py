"""A request that names an `Idempotency-Key` is done once (draft-ietf-httpapi-idempotency-key-header-07).

A key is a row of its token: put there before anything is done, with a lease, and settled in the transaction that does
what was asked. So a step and its key are stored both or neither, wherever a process dies; a key whose process died is
free again when its lease has run out. Nothing is locked while a page is fetched, and no connection is held for it.

Of an answer only the outcome is kept: its status, and what was made. The same request is answered with that status,
and with the case as it stands and as the token's person may see it *now*. An answer kept word for word would show a
day later what they may no longer see, as a colleague's judgment when the case went back and a blind check follows, and
would be a copy of what the log lets be erased. A refusal is not kept: nothing was done, so the same request is judged
anew, and its key is not used up.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

from claims.models import ApiToken
from verification.api.access import token_in
from verification.models import KeyedRequest
from verification.models.keyed_request import KEPT
from verification.publishing.streams import NotNow
from verification.review.refusals import Refused

HEADER: Final = "Idempotency-Key"
LEASE: Final = timedelta(seconds=60)
"""Longer than a step takes, or a page is waited for."""
SHAPE: Final = r'^("[\x20\x21\x23-\x5B\x5D-\x7E]{1,200}"|[A-Za-z0-9_.:~+/=*-]{1,200})$'
PARAMETER: Final = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": SHAPE},
    OpenApiParameter.HEADER,
    description="Names this request: sent again within 24 hours with the same key and body, it is done once.",
)
_SHAPE: Final = re.compile(SHAPE.removesuffix("$"))
Got = TypeVar("Got")


class KeyReused(APIException):
    """A key that stands for another request."""

    status_code = 422


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: the status of its answer, and the public id of what it made, if it made something."""

    status: int = 200
    made: uuid.UUID | None = None


def once(request: Request, get: Callable[[], Got], do: Callable[[Got], Outcome]) -> Outcome:
    """Do what a request asks, or return what came of it when it was sent before with the same key and body.

    `get` brings what is needed from elsewhere, outside any transaction; `do` stores it, in one with the key. Raises
    what these raise, ParseError (400) for a key that is none, KeyReused (422) for one that stands for another request,
    and NotNow (409) while the same request is under way.
    """
    key, token = _key_of(request), token_in(request)
    if not key:
        return do(get())
    lease, digest = uuid.uuid4(), _digest(request)
    if not _begin(token, key, digest, lease):
        return _before(token, key, digest)
    try:
        return _settled(lease, get(), do)
    except BaseException:
        KeyedRequest.objects.filter(lease=lease, status__isnull=True).delete()
        raise


def _settled(lease: uuid.UUID, got: Got, do: Callable[[Got], Outcome]) -> Outcome:
    """Do it and settle its key, in one transaction.

    A verb that refuses has stored what it means to keep (the draft of a judgment that cannot be submitted yet): that
    stays.
    """
    refused: Refused | NotNow | None = None
    outcome = Outcome()
    with transaction.atomic():
        try:
            outcome = do(got)
        except (Refused, NotNow) as error:
            refused = error
        else:
            mine = KeyedRequest.objects.filter(lease=lease, status__isnull=True)
            if not mine.update(status=outcome.status, made=outcome.made):
                raise _under_way()  # the lease ran out, and somebody else does it
    if refused:
        raise refused
    return outcome


_BEGIN: Final = """
INSERT INTO verification_keyedrequest AS known (token_id, key, digest, lease, begun_at)
VALUES (%(token)s, %(key)s, %(digest)s, %(lease)s, clock_timestamp())
ON CONFLICT (token_id, key) DO UPDATE
  SET digest = excluded.digest, lease = excluded.lease, begun_at = excluded.begun_at, status = NULL, made = NULL
  WHERE known.begun_at < clock_timestamp() - CASE WHEN known.status IS NULL THEN %(lasts)s ELSE %(kept)s END
RETURNING id
"""


def _begin(token: ApiToken, key: str, digest: str, lease: uuid.UUID) -> bool:
    """Take a key that nobody used within a day, or whose lease ran out; False where it is another's."""
    values: dict[str, Any] = {"token": token.pk, "key": key, "digest": digest, "lease": lease}
    values |= {"lasts": LEASE, "kept": KEPT}
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        return cursor.fetchone() is not None


def _before(token: ApiToken, key: str, digest: str) -> Outcome:
    known = KeyedRequest.objects.filter(token=token, key=key).first()
    if known and known.digest != digest:
        raise KeyReused(_("This Idempotency-Key was used for another request: give each request a key of its own."))
    if known is None or known.status is None:
        raise _under_way()
    return Outcome(known.status, known.made)


def _under_way() -> NotNow:
    return NotNow(409, 1, _("This very request is under way: ask again in a moment, with the same key."))


def _key_of(request: Request) -> str:
    """Return the key of a request, "" for none: a string of structured fields (RFC 9651), or the same bare."""
    given = request.headers.get(HEADER)
    if given is None:
        return ""
    if not _SHAPE.fullmatch(given):
        raise ParseError(_("An Idempotency-Key has 1 to 200 visible characters of ASCII between quotation marks."))
    return given.strip('"')


def _digest(request: Request) -> str:
    said = json.dumps([request.path, request.data], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
