"""What readers will see of a version that is not published yet, and what still keeps it from going out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from verification.models import Publication, Verdict, VerdictEvidence, VerdictSearch
from verification.publishing.addresses import Addresses
from verification.publishing.claimreview import claim_review, faults
from verification.publishing.edition import edition
from verification.publishing.history import PublishedVersion, published_versions
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import as_published
from verification.publishing.rich_text import evidence_links, rich
from verification.publishing.searches import attached_searches, searches_until
from verification.review.appearances import appearances_of
from verification.review.gate import CITATION


@dataclass(frozen=True, slots=True)
class Preview:
    """A version as readers and search engines will have it. `claimreview` is empty where none goes out (void)."""

    verdict: PublishedVerdict
    prose: SafeString
    claimreview: str
    faults: tuple[str, ...]

    @property
    def uncovered(self) -> list[int]:
        """The numbers that the explanation cites and no evidence has."""
        cited = {int(number) for number in CITATION.findall(self.verdict.explanation)}
        return sorted(cited - self.verdict.numbers)


def preview(
    request: HttpRequest, verdict: Verdict, pieces: Sequence[VerdictEvidence], records: Sequence[VerdictSearch]
) -> Preview:
    """Return a version, stored or only drawn up, as it will be public (five queries at most).

    `verdict` has its review, with claim and publication, at hand, `pieces` their documents, sources and snapshots,
    `records` their runs with their sources.
    """
    review = verdict.review
    now = timezone.now()
    out = max(review.embargo_until or now, now)
    first = review.publication.first_published_at if review.publication else out
    publication = Publication(published_at=out, first_published_at=first)
    shown = as_published(verdict, publication, pieces, appearances_of({review.pk}).get(review.pk, ()), names=True)
    desk = edition(review.public).desk
    attached = attached_searches(records, {piece.document_id for piece in pieces})
    shown = replace(
        shown,
        language=verdict.language or desk.language,
        current=True,
        versions=(_newest(shown), *_history(verdict)),
        attached=attached,
        searches=searches_until(review.public, verdict.approved_at if verdict.pk else now, attached),
    )
    markup = None if shown.void else claim_review(shown, desk, Addresses.of(request))
    return Preview(
        verdict=shown,
        prose=rich(shown.explanation, evidence_links(shown.numbers)),
        claimreview=json.dumps(markup, ensure_ascii=False, indent=2) if markup else "",
        faults=tuple(faults(markup)) if markup else (),
    )


def _history(verdict: Verdict) -> tuple[PublishedVersion, ...]:
    if verdict.review.publication is None:
        return ()
    published = Verdict.objects.filter(review=verdict.review, publication__isnull=False).order_by("-version")
    return tuple(replace(version, current=False) for version in published_versions(published))


def _newest(shown: PublishedVerdict) -> PublishedVersion:
    return PublishedVersion(
        check=shown.check,
        version=shown.version,
        change=shown.change,
        note=shown.note,
        published=shown.published,
        claim=shown.claim,
        rating=shown.rating.label,
        rating_before=shown.rating_before,
        current=True,
    )
