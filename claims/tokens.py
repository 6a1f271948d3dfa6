"""Tokens of programs: a secret that acts for a person. It is shown once; what is stored is its SHA-256."""

import hashlib
import re
import secrets
import uuid
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q

from claims.models import ApiToken
from claims.models.clock import ClockTimestamp

PREFIX = "rdo_"
NOTED_AGAIN_AFTER = timedelta(minutes=1)
_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def make_token(name: str, person: User, public: uuid.UUID) -> tuple[ApiToken, str]:
    """Return a new token and its secret; the secret is "" where the token `public` was made before.

    `public` is chosen by whoever asks, so that the same request sent again makes no second token.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    token, is_new = ApiToken.objects.get_or_create(
        public=public, defaults={"name": name, "person": person, "digest": _digest(secret)}
    )
    return token, secret if is_new else ""


def token_of(secret: str) -> ApiToken | None:
    """Return the token of a secret, with its person, unless it was revoked; None for any other text.

    A guess costs one look into an index, and what has not the form of a secret not even that.
    """
    if not _SECRET.fullmatch(secret):
        return None
    good = ApiToken.objects.select_related("person").filter(revoked_at__isnull=True)
    return good.filter(digest=_digest(secret)).first()


def note_use(token: ApiToken) -> None:
    """Note that a token was used, at most once a minute."""
    long_ago = Q(used_at__isnull=True) | Q(used_at__lt=ClockTimestamp() - NOTED_AGAIN_AFTER)
    ApiToken.objects.filter(long_ago, pk=token.pk).update(used_at=ClockTimestamp())


def revoke(token: ApiToken) -> bool:
    """Let a token open nothing any more; False where it was revoked before."""
    return bool(ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=ClockTimestamp()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
