"""One address for each step, `cases/<id>/steps/<verb>/`."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Scope
from verification.api.access import token_in
from verification.api.answering import TokenView, person_of
from verification.api.described import WITH_BODY, described, reads
from verification.api.examples import CASE_WHOLE
from verification.api.once import PARAMETER, Outcome, once
from verification.api.seeing import case_of, seen
from verification.api.steps.every import OFFERED
from verification.api.steps.offered import Ask, Offered
from verification.api.told.cases import CaseWhole, case_told
from verification.models import Review, ReviewEvent, State
from verification.publishing.addresses import Addresses
from verification.review.refusals import Moved
from verification.review.states import REMARKS
from verification.review.transitions import Actor

ANSWERED: Final = {
    "anyOf": [
        {"$ref": f"#/components/schemas/{CaseWhole.__name__}"},
        {
            "type": "object",
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "state": {"type": "string", "enum": State.values},
                "revision": {"type": "integer"},
            },
            "required": ["id", "state", "revision"],
            "additionalProperties": False,
        },
    ]
}
"""What a step is answered with, as OpenAPI has it: the case, or where it stands."""


class StepView(TokenView):
    """A step of a case; each kind is made by `_view_of`."""

    scope = Scope.REVIEW.value
    offered: Offered

    def done(self, request: Request, case: UUID) -> Response:
        """Do the step, and answer with the case as it stands then, as far as the token may read."""
        person = person_of(request)
        review = case_of(person, case)
        body = self.offered.body(data=request.data)
        body.is_valid(raise_exception=True)
        ask = Ask(request._request, review, person, body.validated_data)
        outcome = once(request, lambda: ask, self.do)
        review = case_of(person, case)
        if Scope.READ.value not in token_in(request).scopes:
            told = {"id": str(review.public), "state": review.state, "revision": review.revision}
        else:
            told = case_told(seen(review, person), {"addresses": Addresses.of(request._request)})
        return Response(told, status=outcome.status)

    def do(self, ask: Ask) -> Outcome:
        """Do the step, unless it is one that was done already and may be sent twice."""
        try:
            self.offered.do(ask)
        except Moved:
            if not (self.offered.repeatable and _was_done(ask, self.offered.verb)):
                raise
        return Outcome()


def _was_done(ask: Ask, verb: str) -> bool:
    """Return whether this very step was done by this person on the revision that was sent, and nothing since."""
    steps = ReviewEvent.objects.filter(review=ask.review).exclude(verb__in=REMARKS)
    last = steps.select_related("payload").order_by("-seq").first()
    revision = Review.objects.values_list("revision", flat=True).get(pk=ask.review.pk)
    if last is None or revision != ask.seen + 1 or (last.verb, last.actor) != (verb, Actor(ask.person).written):
        return False
    stored = getattr(last, "payload", None)
    told = json.loads(stored.body) if stored else {}
    return all(_is_logged(told, name, value) for name, value in ask.said.items() if name != "revision")


def _is_logged(told: Mapping[str, Any], name: str, value: object) -> bool:
    """Return whether a value that was sent is the one that the log tells of."""
    logged = told.get(name)
    if isinstance(value, datetime):
        return logged is not None and datetime.fromisoformat(logged) == value
    return (logged or "") == ("" if value is None else str(value).strip())


def _view_of(offered: Offered) -> type[StepView]:
    example = ({"revision": 7} if "revision" in offered.body().fields else {}) | dict(offered.example)

    @described(
        f"step_{offered.verb}",
        offered.told,
        "Answered with the case as it stands then; a token without the scope `read` is told `id`, `state` and "
        "`revision` alone. Where it has moved on since `revision`, nothing is done (409).",
        [PARAMETER],
        reads(ANSWERED, CASE_WHOLE, *WITH_BODY, public=False),
        body=offered.body,
        example=example,
        public=False,
    )
    def post(self: StepView, request: Request, case: UUID) -> Response:
        return self.done(request, case)

    name = "".join(part.capitalize() for part in offered.verb.split("_"))
    return type(name, (StepView,), {"offered": offered, "post": post, "__doc__": offered.told})


def step_addresses() -> list[URLPattern]:
    """Return the address of each step."""
    return [
        path(f"cases/<uuid:case>/steps/{each.verb}/", _view_of(each).as_view(), name=f"step_{each.verb}")
        for each in OFFERED
    ]
