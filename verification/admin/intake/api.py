"""`POST /api/articles`: a program hands in what its token's person could hand in by hand, and asks what became of it.

No log-in, no session, no cookie: the token is the only right there is. Every refusal is `application/problem+json`
(RFC 9457) with one sentence that says how to meet it. Described in `docs/intake.md`.
"""

import json
import re
import uuid
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.capture.given import FIELDS, Given, article_given
from claims.intake import EXTRACT
from claims.models import ApiToken, Scope, Snapshot, Submission
from claims.submitting import FETCH, HandedIn, KeyReused, Sender, hand_in_address, hand_in_article, handed_in_before
from claims.tokens import note_use, token_of
from claims.translation import say
from verification.admin.intake.answers import Problem, address_of, answer_of
from verification.admin.intake.bells import ring, ring_for_all
from verification.admin.intake.pace import seconds_to_wait
from verification.research.cancelling import take_up
from verification.review.policy import may_open

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
View = Callable[..., HttpResponse]


def program(*methods: str) -> Callable[[View], View]:
    """Let only a program with a good token reach a view, by these methods; what the view raises becomes its answer."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
            try:
                if request.method not in methods:
                    allowed = ", ".join(methods)
                    raise Problem(405, _("This address takes %(method)s only.") % {"method": allowed}, Allow=allowed)
                return view(request, _token(request), **kwargs)
            except Problem as problem:
                return problem.answer()
            except CaptureError as error:
                return Problem(422 if error.permanent else 503, say(error.sentence)).answer()

        return guarded

    return decorate


@program("POST")
def articles(request: HttpRequest, token: ApiToken) -> HttpResponse:
    """Take an article in: 202 for an address that is to be fetched, 201 for a text, 200 for what was here already."""
    body = _body(request)
    given = _given(body)
    sender = Sender(token.person, Submission.Way.API, token, _key(request), sha256(body).hexdigest())
    try:
        before = handed_in_before(sender)
        if before is not None:
            return _answer(request, HandedIn(before, False))
        if seconds := seconds_to_wait(token):
            limit = settings.INTAKE_API_PER_MINUTE
            told = _("This token handed in %(limit)d articles within a minute: wait, then go on.") % {"limit": limit}
            raise Problem(429, told, **{"Retry-After": str(seconds)})
        return _answer(request, _hand_in(sender, given))
    except KeyReused as error:
        told = _("This Idempotency-Key was used for another request: give each request a key of its own.")
        raise Problem(409, told) from error


@program("GET", "HEAD")
def article(request: HttpRequest, token: ApiToken, public: str) -> HttpResponse:
    """Tell what became of what was handed in for the token's person."""
    try:
        found = Submission.objects.filter(public=uuid.UUID(public), person=token.person)
    except ValueError:
        found = Submission.objects.none()
    submission = found.select_related("article__outlet").first()
    if submission is None:
        raise Problem(404, _("Nothing was handed in under this address for the person whose token this is."))
    return JsonResponse(answer_of(request, submission))


def _hand_in(sender: Sender, given: Given) -> HandedIn:
    if given.url is not None:
        handed_in = hand_in_address(sender, given.url)
    else:
        handed = Handed(given.body, Snapshot.Origin.IMPORTED, media_type=given.media_type, told=given.told)
        handed_in = hand_in_article(sender, handed)
    submission = handed_in.submission
    if handed_in.is_new and submission.article_id is not None:
        ring(EXTRACT, submission.article_id)
    elif handed_in.is_new:
        ring(FETCH, submission.pk)
    if take_up(submission):
        ring_for_all()
    return handed_in


def _answer(request: HttpRequest, handed_in: HandedIn) -> HttpResponse:
    submission = handed_in.submission
    status = 200
    if handed_in.is_new:
        status = 202 if submission.article_id is None else 201
    told = JsonResponse(answer_of(request, submission), status=status)
    if handed_in.is_new:
        told["Location"] = address_of(request, submission)
    return told


@sensitive_variables("secret", "given")
def _token(request: HttpRequest) -> ApiToken:
    """Return the token of a request, and note its use. Raises Problem (401, 403)."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    challenge = 'Bearer realm="articles"'
    if scheme.lower() != "bearer" or not secret.strip():
        told = _("Send a token in the header: “Authorization: Bearer rdo_…”. An administrator makes one.")
        raise Problem(401, told, **{"WWW-Authenticate": challenge})
    token = token_of(secret.strip())
    if token is None:
        told = _("This token is not known here, was revoked or has run out: ask an administrator for another.")
        raise Problem(401, told, **{"WWW-Authenticate": f'{challenge}, error="invalid_token"'})
    if Scope.SUBMIT not in token.scopes:
        told = _("This token is not made for handing in: ask an administrator for one with the scope “submit”.")
        raise Problem(403, told, **{"WWW-Authenticate": f'{challenge}, error="insufficient_scope", scope="submit"'})
    if not may_open(token.person, "intake"):
        raise Problem(403, _("Whoever this token acts for may not hand in any more: ask an administrator."))
    note_use(token)
    return token


def _body(request: HttpRequest) -> bytes:
    """Return the body of a request, read no further than is taken. Raises Problem (411, 413, 415)."""
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if request.content_type != "application/json" or charset.strip().lower() not in {"utf-8", "utf8"}:
        raise Problem(415, _("Send JSON in UTF-8, and say so: “Content-Type: application/json”."))
    if encoding != "identity":
        raise Problem(415, _("Send the JSON as it is, without a Content-Encoding."))
    if "Content-Length" not in request.headers and "Transfer-Encoding" in request.headers:
        raise Problem(411, _("Send the length of the body: “Content-Length”."))
    most = settings.INTAKE_MAX_BYTES
    length = request.headers.get("Content-Length", "") or "0"
    body = b"" if length.isdigit() and int(length) > most else request.read(most + 1)
    if len(body) > most or (length.isdigit() and int(length) > most):
        limit = f"{most / 1_000_000:.0f}"
        raise Problem(413, _("The body is larger than %(limit)s MB: send the article alone.") % {"limit": limit})
    return body


def _given(body: bytes) -> Given:
    """Return the article that a body tells of. Raises Problem (400, 422) and CaptureError."""
    try:
        said = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Problem(400, _("The body is not UTF-8.")) from error
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Problem(400, _("The body is no JSON: see its line %(line)d, column %(column)d.") % place) from error
    except (ValueError, RecursionError) as error:
        raise Problem(400, _("The JSON is nested too deep, or holds a number of too many digits.")) from error
    if not isinstance(said, dict):
        raise Problem(422, _("Send one JSON object, with “url”, “text” or “html” in it."))
    if unknown := sorted(set(said) - set(FIELDS)):
        told = _("“%(key)s” is no key that is known here; known are %(keys)s.")
        raise Problem(422, told % {"key": ascii(unknown[0])[1:-1][:60], "keys": ", ".join(FIELDS)})
    given = article_given(said)
    if given.url is not None and any(said.get(name) for name in FIELDS if name != "url"):
        raise Problem(422, _("A page says itself what it is: send its address alone, or its text with what you know."))
    return given


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return ""
    if not _KEY.fullmatch(key.strip()):
        raise Problem(400, _("An Idempotency-Key has 1 to 200 visible ASCII characters, and no blank."))
    return key.strip()
