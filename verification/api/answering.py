"""What all views of the API share: who may read an answer, who may keep it, and how fast one may go on asking."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed, NotFound, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from verification.api.access import ByToken, HasScope, Pace, pace_of_network, pace_of_token
from verification.api.asking import must_be_read
from verification.api.described import parameters_of
from verification.publishing import conditional
from verification.publishing.edition import Edition
from verification.publishing.plain_text import printable

EXPOSED: Final = "ETag, Last-Modified, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"


class JsonView(APIView):
    """A view of the API. It answers no `OPTIONS`: nothing here needs to be asked beforehand."""

    http_method_names = ["get", "head", "post"]
    pace: Pace | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the request before anything is asked of it: what is refused counts too.

        Whoever shows no good token counts as their network, whatever they asked for.
        """
        try:
            self.perform_authentication(request)
        except AuthenticationFailed:
            self._must_be_in_time(pace_of_network(request))
            raise
        self._must_be_in_time(self.count(request))
        super().initial(request, *args, **kwargs)
        must_be_read(request)
        self._must_be_known(request)

    def count(self, request: Request) -> Pace:
        """Count a request, and return what the minute of whoever asks holds, this one included."""
        return pace_of_network(request)

    def _must_be_in_time(self, pace: Pace) -> None:
        self.pace = pace
        if pace.made > pace.limit:
            raise Throttled(pace.seconds)

    def _must_be_known(self, request: Request) -> None:
        """Raise ValidationError for a parameter that the operation does not know: it would be answered with more."""
        known = parameters_of(getattr(self, str(request.method).lower(), None))
        unknown = sorted(set(request.query_params) - known) if known is not None else []
        if unknown:
            raise ValidationError({printable(unknown[0]): _("This is no parameter that is known here.")})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add what is told with every answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if not self.allowed_methods:
            del response["Allow"]
        if self.pace:
            for name, value in self.pace.headers.items():
                response[name] = value
        return response


class PublicView(JsonView):
    """What everybody may read, from any page of any site; whoever keeps a copy asks each time whether it stands."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let any origin read the answer, and nobody keep a refusal."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class TokenView(JsonView):
    """What a program may do with a token that has the `scope`. No answer is kept anywhere."""

    authentication_classes = [ByToken]
    permission_classes = [HasScope]
    scope = ""

    def count(self, request: Request) -> Pace:
        """Count a request of the token."""
        return pace_of_token(request)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep copies from being made."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Authorization"])
        return response


class NothingHere(PublicView):
    """Whatever else lies below the API's address."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say where the list of addresses is, whatever the method."""
        super().initial(request, *args, **kwargs)
        raise NotFound(_("There is no such address; each ends with a slash. See “/api/v1/openapi.json”."))


def person_of(request: Request) -> User:
    """Return whose token it is."""
    person = request.user
    if not isinstance(person, User):
        raise Http404
    return person


def unless_known(request: Request, now: Edition, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return 304 where the reader's copy is what stands (`verification.publishing.conditional`), else what is made."""
    return conditional.answer(request._request, replace(now, digest=f"{now.digest} {_written_by()}"), make)


@cache
def _written_by() -> str:
    """Return a digest of the code that writes the answers: an upgrade changes what readers hold."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
