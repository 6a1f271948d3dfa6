"""The desk's cases, for a token of scope `read`: what its person would see on the desk's pages, and no more."""

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Scope
from verification.api.answering import TokenView, person_of
from verification.api.described import PAGING, described, page_told, reads
from verification.api.examples import CASE, CASE_WHOLE, page
from verification.api.paging import page_of
from verification.api.seeing import case_of, cases_of, seen
from verification.api.told.cases import CaseTold, CaseWhole, case_told
from verification.models import Review, State
from verification.publishing.addresses import Addresses

NARROWING = (
    OpenApiParameter("state", str, description="Only those that stand there.", enum=State.values),
    OpenApiParameter("mine", str, description="Only those on this person's desk: `yes`.", enum=["yes"]),
)


class Cases(TokenView):
    """The cases that a person may open."""

    scope = Scope.READ.value

    @described(
        "cases",
        "List the cases",
        "The newest first.",
        [*NARROWING, *PAGING],
        reads(page_told("CasePage", CaseTold), page(CASE), public=False),
        public=False,
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of them."""
        person, query = person_of(request), request.query_params
        cases = cases_of(person)
        if state := query.get("state", ""):
            if state not in State.values:
                raise ValidationError({"state": _("A case never stands there.")})
            cases = cases.filter(state=state)
        if mine := query.get("mine", ""):
            if mine != "yes":
                raise ValidationError({"mine": _("Leave it out, or give “yes”.")})
            turns = person.duties.filter(turns__closed_at__isnull=True)
            cases = cases.filter(pk__in=turns.values("review"))
        page = page_of(request, cases, "pk")
        joined = ("claim__speaker__joined_to", "duplicate_of")
        found = Review.objects.filter(pk__in=page.ids).select_related(*joined).order_by("-pk")
        context = {"addresses": Addresses.of(request._request)}
        return page.answer(request, CaseTold(found, many=True, context=context).data)


class Case(TokenView):
    """One case."""

    scope = Scope.READ.value

    @described(
        "case",
        "Read a case",
        "With candidates, searches, judgments and the text as far as this person may see them, and what they may do.",
        [],
        reads(CaseWhole, CASE_WHOLE, 404, public=False),
        public=False,
    )
    def get(self, request: Request, case: UUID) -> Response:
        """Answer with it."""
        person = person_of(request)
        review = case_of(person, case)
        return Response(case_told(seen(review, person), {"addresses": Addresses.of(request._request)}))
