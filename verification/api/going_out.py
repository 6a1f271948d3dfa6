"""What keeps a version from readers beside the rules of the desk: what search engines would refuse in its ClaimReview.

The pages of sign-off and publication ask the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from claims.wording import words
from verification.models import Publication, Review, Verdict, VerdictEvidence
from verification.publishing.addresses import Addresses
from verification.publishing.claimreview import claim_review
from verification.publishing.claimreview_rules import checked
from verification.publishing.edition import edition
from verification.publishing.records import as_published
from verification.review import verdicts
from verification.review.appearances import appearances_of
from verification.review.drafting import draft_of
from verification.review.policy import refusal
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import standing_of
from verification.review.states import TABLE


def must_be_fit_to_approve(request: HttpRequest, review: Review, person: User) -> None:
    """Raise Unmet with what search engines would refuse in the version that approving would make.

    Raises what the verb would, where this person may not approve now at all.
    """
    _must_be_allowed(person, "approve", review)
    verdict, pieces = verdicts.draw_up(review, draft_of(review, person))
    _must_hold(request, verdict, pieces)


def must_be_fit_to_publish(request: HttpRequest, review: Review, person: User) -> None:
    """Raise Unmet with what search engines would refuse in the newest version that was approved, if there is one.

    Raises what the verb would, where this person may not publish now at all.
    """
    _must_be_allowed(person, "publish", review)
    verdict = Verdict.objects.filter(review=review).select_related("supersedes").order_by("-version").first()
    if verdict is not None:
        verdict.review = review
        pieces = verdict.evidence.select_related("document__source", "snapshot").defer("document__text")
        _must_hold(request, verdict, list(pieces))


def _must_be_allowed(person: User, verb: str, review: Review) -> None:
    if why := refusal(person, TABLE[verb], standing_of(review)):
        raise (Moved if why.guard == "state" else NotYours)(why)


def _must_hold(request: HttpRequest, verdict: Verdict, pieces: Sequence[VerdictEvidence]) -> None:
    review, now = verdict.review, timezone.now()
    first = review.publication.first_published_at if review.publication else now
    publication = Publication(published_at=now, first_published_at=first)
    shown = as_published(verdict, publication, pieces, appearances_of({review.pk}).get(review.pk, ()))
    if shown.void:
        return
    desk, addresses = edition().desk, Addresses.of(request)
    shown = replace(shown, language=verdict.language or desk.language, current=True)
    if faults := [rule.fault for rule in checked(claim_review(shown, desk, addresses), addresses.base) if rule.fault]:
        raise Unmet(Refusal("claimreview", words("%(faults)s", faults=" ".join(faults))))
