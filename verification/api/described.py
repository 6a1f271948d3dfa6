"""How the operations of the API are described in its OpenAPI document: parameters, answers, refusals."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from verification.api.problems import MEDIA_TYPE

View = TypeVar("View", bound=Callable[..., Any])
Answers = dict[tuple[int, str], OpenApiResponse]
JSON: Final = "application/json"
_KNOWN: Final = "known_parameters"


class WrongValue(serializers.Serializer[Any]):
    """A value that cannot be used."""

    field = serializers.CharField(allow_blank=True, help_text="where it stands, with dots between the names")
    detail = serializers.CharField(help_text="why")


class Problem(serializers.Serializer[Any]):
    """Why nothing was done (RFC 9457)."""

    type = serializers.CharField(help_text="about:blank")
    title = serializers.CharField(help_text="the status in words")
    status = serializers.IntegerField(help_text="the status")
    detail = serializers.CharField(help_text="one sentence that says how to meet it")
    guard = serializers.CharField(required=False, help_text="of a step: what does not hold")
    errors = WrongValue(  # type: ignore[assignment]  # the name is what is told
        many=True, required=False, help_text="of a 400: which values cannot be used"
    )


def _text(name: str, told: str, **schema: Any) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=told, **schema)


CHOICE: Final = (
    _text("q", "Words to look for; of what they find the likest thousand checks count."),
    _text("speaker", "Public id of who made the claim."),
    _text("outlet", "Public id of an outlet that carried it."),
    _text("topic", "Name of a topic."),
    _text("rating", "Words of a rating."),
    _text("language", "Language of the check, BCP 47."),
    OpenApiParameter("since", date, description="Published on this day or later, in the desk's zone: 2031-05-04."),
    OpenApiParameter("until", date, description="Published on this day or earlier."),
)
PAGING: Final = (
    OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 100}, description="How many; 25 by itself."),
    _text("cursor", "Where a page begins: as `next` gives it."),
)
REFUSALS: Final[Mapping[int, str]] = {
    400: "Something in the request cannot be used.",
    401: "No token, or none that is good.",
    403: "The token has not the scope, or its person may not do this.",
    404: "There is nothing here, or nothing that may be seen.",
    406: "Something other than JSON was asked for.",
    409: "The case has moved on since the revision that was sent, or this very request is under way.",
    411: "The body does not say how long it is.",
    413: "The body is too large.",
    415: "The body is no JSON.",
    422: "Something has to be done first, or the key stands for another request.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    503: "What this takes is not to be had now; `Retry-After` may say how many seconds to wait.",
}
PROBLEM: Final = OpenApiExample(
    "Problem",
    {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is nothing here."},
    media_type=MEDIA_TYPE,
)
EVERYBODY: Final = (400, 406, 429)
WITH_TOKEN: Final = (400, 401, 403, 406, 429)
WITH_BODY: Final = (404, 409, 411, 413, 415, 422)


def page_told(name: str, told: type[serializers.Serializer[Any]]) -> Any:
    """Return the description of a page of such things."""
    following = serializers.URLField(allow_null=True, help_text="address of the next page; null for the last")
    return inline_serializer(name, {"results": told(many=True), "next": following})


def reads(told: Any, example: object, *also: int, public: bool = True, status: int = 200) -> Answers:
    """Return what an operation answers: the thing itself with an example, and how it may refuse."""
    shown = OpenApiExample("As it is answered", example, media_type=JSON, status_codes=[str(status)])
    answers: Answers = {(status, JSON): OpenApiResponse(told, description="Done.", examples=[shown])}
    for refused in sorted({*(EVERYBODY if public else WITH_TOKEN), *also} - {304}):
        answers[refused, MEDIA_TYPE] = OpenApiResponse(Problem, description=REFUSALS[refused], examples=[PROBLEM])
    if 304 in also:
        answers[304, JSON] = OpenApiResponse(description="The copy that `If-None-Match` names is what stands.")
    return answers


def described(
    name: str,
    summary: str,
    told: str,
    parameters: Sequence[OpenApiParameter],
    answers: Answers,
    *,
    body: Any = None,
    example: object = None,
    public: bool = True,
) -> Callable[[View], View]:
    """Describe an operation. `name` is unique, `body` what is sent with it, with an example."""
    sent = [OpenApiExample("As it is sent", example, media_type=JSON, request_only=True)] if body else []
    describe: Callable[[View], View] = extend_schema(
        operation_id=name,
        summary=summary,
        description=told,
        parameters=list(parameters),
        request={JSON: body} if body else None,
        responses=answers,
        examples=sent,
        auth=[] if public else [{"token": []}],  # type: ignore[list-item]  # as OpenAPI has it
        tags=["published" if public else "desk"],
    )
    known = frozenset(each.name for each in parameters if each.location == OpenApiParameter.QUERY)

    def decorate(view: View) -> View:
        setattr(view, _KNOWN, known)
        return describe(view)

    return decorate


def parameters_of(view: object) -> frozenset[str] | None:
    """Return the names of the parameters that an operation takes in its address; None for one that is not described."""
    known: frozenset[str] | None = getattr(view, _KNOWN, None)
    return known
