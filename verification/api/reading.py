"""What is published, for everybody: checks, their versions, their claims and evidence."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api.answering import PublicView, unless_known
from verification.api.described import CHOICE, PAGING, described, page_told, reads
from verification.api.examples import CITED, CLAIM, VERDICT, VERDICT_WHOLE, page
from verification.api.paging import page_of
from verification.api.told.published import CitedTold, ClaimTold, VerdictTold, VerdictWhole, cited
from verification.models import Verdict
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, chosen, unread_days
from verification.publishing.edition import Edition, edition, edition_of
from verification.publishing.fact_check_tools.finding import likest
from verification.publishing.history import NEWEST_FIRST
from verification.publishing.listing import LOOKED_THROUGH, words_of
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read, read_check

KEY = ("publication__published_at", "publication__pk")
Write = Callable[[Sequence[PublishedVerdict], Addresses], Any]


def asked_for(request: Request, now: Edition) -> QuerySet[Verdict]:
    """Return the current versions that an address asks for: the words of `Choice`, and `q`.

    Raises ValidationError (400) for a day that is none: a program would take what comes for what it asked for.
    """
    query = request._request.GET
    if unread := unread_days(query):
        raise ValidationError(dict.fromkeys(unread, _("Give a day of our age, such as 2031-05-04.")))
    verdicts = chosen(choice := Choice.of(query))
    if not (words := words_of(query)):
        return verdicts
    return verdicts.filter(publication__in=list(likest(words, choice.language or now.desk.language, LOOKED_THROUGH)))


def _listed(request: Request, write: Write) -> HttpResponseBase:
    now = edition()

    def make() -> HttpResponse:
        page = page_of(request, asked_for(request, now), *KEY)
        found = read(Verdict.objects.filter(pk__in=page.ids).order_by(*NEWEST_FIRST), names=now.names_public)
        return page.answer(request, write(found, Addresses.of(request._request)))

    return unless_known(request, now, make)


class Verdicts(PublicView):
    """The checks that stand."""

    @described(
        "verdicts",
        "List the checks that stand",
        "The current version of each, newest first. A correction comes to the front again.",
        [*CHOICE, *PAGING],
        reads(page_told("VerdictPage", VerdictTold), page(VERDICT), 304),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Answer with a page of them."""
        return _listed(
            request, lambda found, addresses: VerdictTold(found, many=True, context={"addresses": addresses}).data
        )


class Claims(PublicView):
    """The claims that were checked."""

    @described(
        "claims",
        "List the claims that were checked",
        "In the order of their checks, with where each stands.",
        [*CHOICE, *PAGING],
        reads(page_told("ClaimPage", ClaimTold), page(CLAIM), 304),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Answer with a page of them."""
        return _listed(
            request, lambda found, addresses: ClaimTold(found, many=True, context={"addresses": addresses}).data
        )


class EvidenceList(PublicView):
    """The passages that checks rest on."""

    @described(
        "evidence",
        "List the evidence of the checks that stand",
        "A page holds all evidence of as many checks as `limit` says, in the order of the checks.",
        [*CHOICE, *PAGING],
        reads(page_told("EvidencePage", CitedTold), page(CITED), 304),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Answer with a page of them."""
        return _listed(request, lambda found, addresses: [each for one in found for each in cited(one, addresses)])


class VerdictOne(PublicView):
    """One check."""

    @described(
        "verdict",
        "Read a check as it stands",
        "With its evidence, where the claim stands, all its versions, and where its package and ClaimReview are.",
        [],
        reads(VerdictWhole, VERDICT_WHOLE, 304, 404),
    )
    def get(self, request: Request, check: UUID) -> HttpResponseBase:
        """Answer with it."""
        return _one(request, check, None)


class VerdictVersion(PublicView):
    """One version of one check."""

    @described(
        "verdict_version",
        "Read a version of a check as it was published",
        "A version that was replaced stays readable, also where the check was withdrawn since.",
        [],
        reads(VerdictWhole, VERDICT_WHOLE, 304, 404),
    )
    def get(self, request: Request, check: UUID, version: int) -> HttpResponseBase:
        """Answer with it."""
        return _one(request, check, version)


def _one(request: Request, check: UUID, version: int | None) -> HttpResponseBase:
    now = edition_of(check, version)
    if now is None:
        raise Http404
    names = now.names_public

    def make() -> HttpResponse:
        verdict = read_check(check, version, names=names)
        if verdict is None:
            raise Http404
        return Response(VerdictWhole(verdict, context={"addresses": Addresses.of(request._request)}).data)

    return unless_known(request, now, make)
