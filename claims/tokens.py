"""Tokens of programs: a secret that acts for a person, for some purposes and a time.

It is shown once; what is stored is its SHA-256.
"""

import hashlib
import re
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Q

from claims.models import ApiToken, Scope
from claims.models.clock import ClockTimestamp

PREFIX = "rdo_"
NOTED_AGAIN_AFTER = timedelta(minutes=1)
_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def make_token(
    name: str,
    person: User,
    public: uuid.UUID,
    *,
    made_by: User | None = None,
    scopes: Sequence[str] = (Scope.SUBMIT,),
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Return a new token and its secret; the secret is "" where the token `public` was made before.

    `public` is chosen by whoever asks, so that the same request sent again makes no second token. `scopes` are of
    `Scope`; from `expires_at` on it opens nothing, None: it does not end. `made_by` is None where no person makes it.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    told = {
        "name": name,
        "person": person,
        "made_by": made_by,
        "digest": _digest(secret),
        "scopes": list(scopes),
        "expires_at": expires_at,
    }
    token, is_new = ApiToken.objects.get_or_create(public=public, defaults=told)
    return token, secret if is_new else ""


def token_of(secret: str) -> ApiToken | None:
    """Return the token of a secret, with its person, unless it was revoked or has run out; None for any other text.

    A guess costs one look into an index, and what has not the form of a secret not even that.
    """
    if not _SECRET.fullmatch(secret):
        return None
    lasts = Q(expires_at__isnull=True) | Q(expires_at__gt=ClockTimestamp())
    good = ApiToken.objects.select_related("person").filter(lasts, revoked_at__isnull=True)
    return good.filter(digest=_digest(secret)).first()


def note_use(token: ApiToken) -> None:
    """Note that a token was used, at most once a minute."""
    long_ago = Q(used_at__isnull=True) | Q(used_at__lt=ClockTimestamp() - NOTED_AGAIN_AFTER)
    ApiToken.objects.filter(long_ago, pk=token.pk).update(used_at=ClockTimestamp())


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests a token made in the minute that runs, this one included, and in how many seconds that ends."""

    requests: int
    seconds: int


_COUNT = """
UPDATE claims_apitoken SET
  counted = CASE WHEN counted_since > clock_timestamp() - interval '1 minute' THEN counted + 1 ELSE 1 END,
  counted_since = CASE WHEN counted_since > clock_timestamp() - interval '1 minute' THEN counted_since
                  ELSE clock_timestamp() END
WHERE id = %s
RETURNING counted, GREATEST(1, ceil(extract(epoch FROM counted_since + interval '1 minute' - clock_timestamp())))::int
"""


def count_request(token: ApiToken) -> Counted:
    """Count one request of a token: one statement, so that any number of processes count together."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [token.pk])
        requests, seconds = cursor.fetchone()
    return Counted(requests, seconds)


def revoke(token: ApiToken, by: User | None = None) -> bool:
    """Let a token open nothing any more; False where it was revoked before. `by` is None where no person does it."""
    still = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    return bool(still.update(revoked_at=ClockTimestamp(), revoked_by=by))


def purposes(token: ApiToken) -> str:
    """Return what a token may be used for, in words, in the reader's language."""
    return ", ".join(str(Scope(scope).label) for scope in Scope.values if scope in token.scopes)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
