"""The steps of a case that a token may do: one address each, `cases/<id>/steps/<verb>/`, one list of them here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.urls import URLPattern, path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Scope
from verification.api import bodies, doing
from verification.api.access import token_in
from verification.api.answering import TokenView, person_of
from verification.api.described import WITH_BODY, described, reads
from verification.api.doing import Ask, Do
from verification.api.examples import CANDIDATE_ID, CASE_WHOLE, SEARCH_ID
from verification.api.seeing import case_of, seen
from verification.api.told.cases import CaseWhole, case_told
from verification.models import Review, ReviewEvent, State
from verification.publishing.addresses import Addresses
from verification.review.pressing import VERBS
from verification.review.refusals import Moved
from verification.review.states import REMARKS, TABLE
from verification.review.transitions import Actor

Body = type[serializers.Serializer[Any]]
WHY: Final = "The ledger has to be read first."
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


@dataclass(frozen=True, slots=True)
class Offered:
    """One step: its name, what it is for, what is sent with it, and what does it.

    A `repeatable` one that was sent twice, word for word, is answered the second time as the first, if nothing was done
    in between.
    """

    verb: str
    told: str
    body: Body
    do: Do
    example: Mapping[str, object] = field(default_factory=dict)
    repeatable: bool = False


def _pressed(verb: str) -> Offered:
    step = TABLE[verb]
    asks = " It asks for a reason." if step.reason else ""
    example = {"reason": WHY} if step.reason else {}
    return Offered(verb, f"{step.label}.{asks}", bodies.WithReason, doing.pressed(verb), example, repeatable=True)


_JUDGMENT: Final = {
    "judgment_revision": 0,
    "rating": "Misleading",
    "reasoning": "The ledger has forty lamps, for the southern mole [1].",
    "none_supports": True,
    "sourcing_reason": "The ledger is the board’s own record.",
    "evidence": [{"candidate": CANDIDATE_ID, "stance": "refutes", "role": "tests_claim"}],
    "searches": [SEARCH_ID],
}
_TEXT: Final = {
    "headline": "The ledger has forty lamps, for the southern mole",
    "explanation": "The board bought forty lamps, but for the southern mole [1].",
}
OFFERED: Final = (
    Offered("accept", "Put a claim into the queue.", bodies.Accept, doing.accept, {"why": "It names a figure."}),
    Offered(
        "decline", "Set a claim aside.", bodies.WithReason, doing.set_aside("decline"), {"reason": WHY}, repeatable=True
    ),
    Offered(
        "not_checkable",
        "Say that a claim cannot be checked.",
        bodies.WithReason,
        doing.set_aside("not_checkable"),
        {"reason": "It says what ought to be."},
        repeatable=True,
    ),
    Offered(
        "reword",
        "Change how the claim reads.",
        bodies.Reword,
        doing.reword,
        {"wording": "The board bought forty lamps for the northern mole."},
    ),
    Offered("assign", "Give a queued case to a checker.", bodies.Assign, doing.assign, {"person": "cato"}),
    Offered("take", "Take a queued case.", bodies.Step, doing.take("take"), repeatable=True),
    Offered("take_second", "Take the blind second check.", bodies.Step, doing.take("take_second"), repeatable=True),
    Offered(
        "save_judgment",
        "Save the draft of one's judgment: rating, reasoning, evidence with its stances, search records.",
        bodies.SaveJudgment,
        doing.save_judgment,
        _JUDGMENT,
    ),
    Offered(
        "submit_judgment",
        "Save one's judgment and submit it, as first or as second checker. What is missing is told; the draft is kept.",
        bodies.SaveJudgment,
        doing.submit_judgment,
        _JUDGMENT,
    ),
    Offered(
        "adjudicate",
        "Decide between two judgments that differ.",
        bodies.Adjudicate,
        doing.adjudicate,
        {"rating": "Misleading", "reasoning": "Both read the same ledger; the mole is the point."},
    ),
    Offered("write", "Save the text.", bodies.Write, doing.write, {"text_revision": 0, **_TEXT}),
    Offered("send_to_sign_off", "Request sign-off of the text.", bodies.Step, doing.send_to_sign_off, repeatable=True),
    Offered(
        "legal_read",
        "Say, as a legal reader, whether the text may go out.",
        bodies.LegalRead,
        doing.legal_read,
        {"text_revision": 1, "outcome": "cleared"},
    ),
    Offered("approve", "Sign the text off.", bodies.Approve, doing.approve, {"embargo_until": None}, repeatable=True),
    Offered("publish", "Put the approved version out.", bodies.Step, doing.publish, repeatable=True),
    Offered(
        "correct",
        "Begin another cycle of what is published.",
        bodies.Correct,
        doing.correct,
        {"change": "correction", "reason": "The ledger was misread."},
        repeatable=True,
    ),
    Offered(
        "minor_edit",
        "Put a slip of the pen right in what is published.",
        bodies.MinorEdit,
        doing.minor_edit,
        {**_TEXT, "reason": "A letter was missing."},
    ),
    Offered(
        "challenge",
        "Record a doubt about what is published.",
        bodies.RaiseChallenge,
        doing.challenge,
        {"origin": "reader", "reason": "The ledger has another page."},
    ),
    Offered(
        "comment", "Write a comment into the case's log.", bodies.Comment, doing.say, {"text": "@cato, see page two."}
    ),
    *map(_pressed, sorted(VERBS)),
)


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
        try:
            self.offered.do(ask)
        except Moved:
            if not (self.offered.repeatable and _was_done(ask, self.offered.verb)):
                raise
        review = case_of(person, case)
        if Scope.READ.value not in token_in(request).scopes:
            return Response({"id": str(review.public), "state": review.state, "revision": review.revision})
        return Response(case_told(seen(review, person), {"addresses": Addresses.of(request._request)}))


def _was_done(ask: Ask, verb: str) -> bool:
    """Return whether this very step was done by this person on the revision that was sent, and nothing since."""
    steps = ReviewEvent.objects.filter(review=ask.review).exclude(verb__in=REMARKS)
    last = steps.select_related("payload").order_by("-seq").first()
    revision = Review.objects.values_list("revision", flat=True).get(pk=ask.review.pk)
    if last is None or revision != ask.seen + 1 or (last.verb, last.actor) != (verb, Actor(ask.person).written):
        return False
    stored = getattr(last, "payload", None)
    told = json.loads(stored.body) if stored else {}
    return all(told.get(name, "") == str(ask.said[name]).strip() for name in ("reason", "change") if name in ask.said)


def _view_of(offered: Offered) -> type[StepView]:
    example = ({"revision": 7} if "revision" in offered.body().fields else {}) | dict(offered.example)

    @described(
        f"step_{offered.verb}",
        offered.told,
        "Answered with the case as it stands then; a token without the scope `read` is told `id`, `state` and "
        "`revision` alone. Where it has moved on since `revision`, nothing is done (409).",
        [],
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
