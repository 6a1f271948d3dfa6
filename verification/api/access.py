"""Who asks: a token in the header, its scope, and how fast it or a network may go on asking."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.models import ApiToken
from claims.tokens import count_request, note_use, token_of
from verification.publishing.networks import asked_of_network
from verification.review.programs import acting_by

REALM: Final = 'Bearer realm="readout"'
MINUTE: Final = 60


class ByToken(BaseAuthentication):
    """A token in `Authorization: Bearer rdo_…` (RFC 6750); it acts for its person. There is no other way."""

    @sensitive_variables("secret")
    def authenticate(self, request: Request) -> tuple[object, ApiToken]:
        """Return the person and the token, and note its use. Raises AuthenticationFailed (401)."""
        scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            told = _("Send a token in the header: “Authorization: Bearer rdo_…”. An administrator makes one.")
            raise AuthenticationFailed(told)
        token = token_of(secret.strip())
        if token is None:
            told = _("This token is not known here, was revoked or has run out: ask an administrator for another.")
            raise AuthenticationFailed(told)
        if not token.person.is_active:
            raise AuthenticationFailed(_("Whoever this token acts for has left the desk: ask an administrator."))
        note_use(token)
        return acting_by(token.public, token.person), token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return REALM


def token_in(request: Request) -> ApiToken:
    """Return the token of a request. Raises PermissionDenied where there is none."""
    token: object = request.auth
    if not isinstance(token, ApiToken):
        raise PermissionDenied
    return token


class HasScope(BasePermission):
    """The token has the scope that the view names."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raise PermissionDenied (403) with the scope that is missing."""
        scope = getattr(view, "scope")  # noqa: B009 (each view of a token says which; the framework's type has none)
        if scope not in token_in(request).scopes:
            told = _("This token has not the scope “%(scope)s”: ask an administrator for one that has it.")
            raise PermissionDenied(told % {"scope": scope})
        return True


@dataclass(frozen=True, slots=True)
class Pace:
    """How many requests are let through in a minute, how many were made, and in how many seconds that ends."""

    limit: int
    made: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """What is told of it with every answer (draft-ietf-httpapi-ratelimit-headers-07, section 5)."""
        left = max(0, self.limit - self.made)
        told = {"Limit": self.limit, "Remaining": left, "Reset": self.seconds}
        return {f"RateLimit-{name}": str(value) for name, value in told.items()}


def pace_of_token(request: Request) -> Pace:
    """Count a request of a token, in the database: however many processes answer, they count together."""
    counted = count_request(token_in(request))
    return Pace(settings.API_PER_MINUTE, counted.requests, counted.seconds)


def pace_of_network(request: Request) -> Pace:
    """Count a request of whoever has no token, by network, in this process's memory: no address is stored."""
    made, seconds = asked_of_network(request._request, "api", MINUTE)
    return Pace(settings.API_PUBLIC_PER_MINUTE, made, seconds)
