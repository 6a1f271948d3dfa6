"""A version before it is published, as readers, feeds and search engines will have it, and what keeps it from that."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.models import Appearance
from verification.admin.case.appearances import MOST_PLACES, Places
from verification.admin.deciding.before_after import with_evidence
from verification.admin.deciding.feed_entry import FeedEntry, feed_entry
from verification.models import Publication, Review, Verdict, VerdictEvidence, VerdictSearch
from verification.publishing.addresses import Addresses
from verification.publishing.claimreview import claim_review
from verification.publishing.claimreview_rules import Checked, checked
from verification.publishing.edition import edition
from verification.publishing.history import PublishedVersion, published_version
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import as_published
from verification.publishing.rich_text import evidence_links, rich
from verification.publishing.searches import attached_searches, searches_until
from verification.review.appearances import appearances_of
from verification.review.gate import CITATION


@dataclass(frozen=True, slots=True)
class Preview:
    """A version as readers, feeds and search engines will have it.

    `claimreview` is its markup and `rules` what a validator says of it, both empty where none goes out (void).
    `standing` is the version it replaces, read by `before_after.with_evidence`.
    """

    verdict: PublishedVerdict
    prose: SafeString
    feed: FeedEntry
    claimreview: str
    rules: tuple[Checked, ...]
    standing: Verdict | None

    @property
    def faults(self) -> list[str]:
        """What keeps it from going out, each as a sentence."""
        return [rule.fault for rule in self.rules if rule.fault]

    @property
    def wanting(self) -> int:
        """How many rules find nothing of what is recommended."""
        return sum(bool(rule.advice) and not rule.fault for rule in self.rules)

    @property
    def holding(self) -> int:
        """How many rules hold."""
        return sum(rule.holds for rule in self.rules)

    @property
    def uncovered(self) -> list[int]:
        """The numbers that the explanation cites and no evidence has."""
        cited = {int(number) for number in CITATION.findall(self.verdict.explanation)}
        return sorted(cited - self.verdict.numbers)


def preview(
    request: HttpRequest,
    verdict: Verdict,
    pieces: Sequence[VerdictEvidence],
    records: Sequence[VerdictSearch],
    places: Places | None = None,
) -> Preview:
    """Return a version, stored or only drawn up, as it will be public (five queries at most).

    `verdict` has its review, with claim and publication, at hand, `pieces` their documents, sources and snapshots,
    `records` their runs with their sources. `places` are those that the head of the page has read already.
    """
    review = verdict.review
    now = timezone.now()
    out = max(review.embargo_until or now, now)
    first = review.publication.first_published_at if review.publication else out
    publication = Publication(published_at=out, first_published_at=first)
    shown = as_published(verdict, publication, pieces, _appearances(review, places), names=True)
    desk, addresses = edition().desk, Addresses.of(request)
    attached = attached_searches(records, {piece.document_id for piece in pieces})
    history = _history(verdict)
    shown = replace(
        shown,
        language=verdict.language or desk.language,
        current=True,
        versions=(_newest(shown), *(replace(published_version(row), current=False) for row in history)),
        attached=attached,
        searches=searches_until(review.public, verdict.approved_at if verdict.pk else now, attached),
    )
    markup = None if shown.void else claim_review(shown, desk, addresses)
    return Preview(
        verdict=shown,
        prose=rich(shown.explanation, evidence_links(shown.numbers)),
        feed=feed_entry(shown, desk, addresses),
        claimreview=json.dumps(markup, ensure_ascii=False, indent=2) if markup else "",
        rules=checked(markup, addresses.base) if markup else (),
        standing=next((row for row in history if row.publication.pk == review.publication_id), None),
    )


def _appearances(review: Review, places: Places | None) -> Sequence[Appearance]:
    """Return where the claim stands, as readers get it: the head of a page lists the first few, in another order."""
    if places is None or len(places.listed) >= MOST_PLACES:
        return appearances_of({review.pk}).get(review.pk, ())
    own = [place.appearance for place in places.listed if place.joined is None]
    joined = [place.appearance for place in places.listed if place.joined]
    return [*_by_day(own), *_by_day(joined)]


def _by_day(appearances: Iterable[Appearance]) -> list[Appearance]:
    undated = datetime.max.replace(tzinfo=UTC)
    return sorted(appearances, key=lambda each: each.article.published or undated)


def _history(verdict: Verdict) -> list[Verdict]:
    """Return the versions that were published, newest first, with what they cite (no query where there is none)."""
    if verdict.review.publication is None:
        return []
    published = Verdict.objects.filter(review=verdict.review, publication__isnull=False).order_by("-version")
    return list(with_evidence(published.select_related("publication", "review", "supersedes")))


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
