"""Further evidence for a case, by token: a page fetched, sources searched. The verbs are those of the desk's pages.

A page is fetched while its asker waits, as on the desk, and what came of it is told at once. So long one of the few
threads of a web process is taken; therefore each process fetches one page at a time for programs.
"""

from threading import Lock
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.archiving import Handed
from claims.intake import fetch
from claims.models import Scope
from claims.wording import words
from verification.api.answering import TokenView, person_of
from verification.api.described import WITH_BODY, described, reads
from verification.api.examples import FOUND, SEARCH_DUE
from verification.api.once import PARAMETER, Outcome, once
from verification.api.seeing import case_of
from verification.api.steps.values import Strict, Words
from verification.api.told.fields import Link, Told
from verification.models import Candidate, Document, Review, Tier
from verification.publishing.addresses import Addresses
from verification.publishing.plain_text import one_line
from verification.publishing.streams import NotNow
from verification.research.adding import FETCH_SECONDS, file_away, lay_beside
from verification.research.live_search import search_now
from verification.research.own_words import LONGEST_WORDS, search_in_words
from verification.review.further_sources import ask_library_again, must_be_theirs
from verification.review.refusals import Refusal, Unmet

LONGEST_URL: Final = 2000
SOON: Final = 5
LIBRARY, LIVE = "library", "live"
_fetching: Final = Lock()


class NewSource(Strict):
    """A page that is to stand beside the claim."""

    url = Words("its address", LONGEST_URL)
    tier = serializers.ChoiceField(
        choices=Tier.values,
        required=False,
        default=Tier.T5.value,
        help_text="how near the source is to what it tells of: 0 for a verbatim record, 5 for a lead only",
    )


class NewSearch(Strict):
    """A search for the claim, which workers make; one of the library in words of one's own is made at once."""

    where = serializers.ChoiceField(
        choices=[LIBRARY, LIVE], required=False, default=LIBRARY, help_text="the desk's library, or live sources"
    )
    words = Words(
        "what to look for in the library; left out: the claim itself",
        LONGEST_WORDS,
        required=False,
        allow_blank=True,
        default="",
    )

    def validate(self, attrs: Any) -> Any:
        """Raise ValidationError where live sources would be asked in somebody's words."""
        if attrs["words"].strip() and attrs["where"] == LIVE:
            raise serializers.ValidationError(
                {"words": _("Live sources are asked for the claim itself: leave it out.")}
            )
        return attrs


class FoundTold(Told):
    """Where to look, and what was found."""

    case = Link(
        "of the case, whose `candidates` and `searches` tell of it",
        lambda addresses, found: addresses.base + reverse("api:case", args=[found["case"]]),
    )
    candidates = serializers.ListField(
        child=serializers.UUIDField(),
        read_only=True,
        help_text="ids by which what was found is picked as evidence; empty while workers search",
    )


class Sources(TokenView):
    """Pages that are brought in for a case."""

    scope = Scope.REVIEW.value

    @described(
        "sources",
        "Bring a page in for a case",
        "It is fetched, archived, and laid beside the claim as a candidate, as the desk does with an address. It may "
        "take twenty seconds. By whoever has the case, or an editor.",
        [PARAMETER],
        reads(FoundTold, FOUND, *WITH_BODY, 503, public=False, status=201),
        body=NewSource,
        example={"url": "https://port.example/ledger", "tier": 0},
        public=False,
    )
    def post(self, request: Request, case: UUID) -> Response:
        """Fetch it and lay it beside the claim."""
        person = person_of(request)
        review = case_of(person, case)
        said = _said(NewSource, request)

        def bring() -> Document:
            must_be_theirs(person, review)
            return file_away(_fetched(said["url"].strip()), tier=said["tier"])

        def store(document: Document) -> Outcome:
            return Outcome(201, lay_beside(review, person, document, tier=said["tier"]).public)

        return _answer(request, review, once(request, bring, store))


class Searches(TokenView):
    """Searches that are made for a case."""

    scope = Scope.REVIEW.value

    @described(
        "searches",
        "Search for a case",
        "Without `words` workers search anew for the claim (202): the case tells of it when they are done. With "
        "`words` the library is searched at once (201), as a checker does in words of their own. By whoever has the "
        "case, or an editor.",
        [PARAMETER],
        reads(FoundTold, SEARCH_DUE, *WITH_BODY, 503, public=False, status=202)
        | reads(FoundTold, FOUND, public=False, status=201),
        body=NewSearch,
        example={"where": LIBRARY},
        public=False,
    )
    def post(self, request: Request, case: UUID) -> Response:
        """Make the search, or have it made."""
        person = person_of(request)
        review = case_of(person, case)
        said = _said(NewSearch, request)
        text = one_line(said["words"], LONGEST_WORDS)

        def search(_got: None) -> Outcome:
            must_be_theirs(person, review)
            if said["where"] == LIVE:
                return _asked_live(review)
            if not text:
                ask_library_again(review)
                return Outcome(202)
            run = search_in_words(review.claim, text, person)
            if not run.answered:
                raise NotNow(
                    503, SOON, _("The library could not be asked for “%(words)s”: try again.") % {"words": text}
                )
            return Outcome(201, run.public)

        return _answer(request, review, once(request, lambda: None, search))


def _said(body: type[Strict], request: Request) -> dict[str, Any]:
    read = body(data=request.data)
    read.is_valid(raise_exception=True)
    said: dict[str, Any] = read.validated_data
    return said


def _fetched(url: str) -> Handed:
    """Return a page as it was fetched. Raises CaptureError, and NotNow (503) while another is being fetched."""
    if not _fetching.acquire(blocking=False):
        raise NotNow(503, SOON, _("Another page is being fetched for a program: try again in a few seconds."))
    try:
        return fetch(url, FETCH_SECONDS)
    finally:
        _fetching.release()


def _asked_live(review: Review) -> Outcome:
    if not search_now(review.claim):
        told = words("No source that is switched on could be asked anything about this claim.")
        raise Unmet(Refusal("sources", told))
    return Outcome(202)


def _answer(request: Request, review: Review, outcome: Outcome) -> Response:
    of_it = Q(public=outcome.made) | Q(search_run__public=outcome.made)
    found = Candidate.objects.filter(of_it, claim=review.claim_id).order_by("rank") if outcome.made else ()
    context = {"addresses": Addresses.of(request._request)}
    told = FoundTold({"case": review.public, "candidates": [each.public for each in found]}, context=context).data
    return Response(told, status=outcome.status, headers={"Location": told["case"]})
