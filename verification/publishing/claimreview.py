"""ClaimReview, the schema.org markup that search engines and other newsrooms read, and what they would refuse in it.

What is unknown is left out: no claimant, no date and no address is made up. The rules: `claimreview_rules`.
"""

import json
from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString, mark_safe

from claims.extraction.names import BODIES
from verification.models import Change
from verification.publishing.addresses import Addresses
from verification.publishing.claimreview_rules import checked
from verification.publishing.moments import Moment
from verification.publishing.newsroom import newsroom
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedAppearance, PublishedDesk, PublishedRating, PublishedVerdict

CONTEXT = "https://schema.org"
_TYPES = {"person": "Person", "organisation": "Organization"}
# As json_script does it: no text can close the element that holds it, or open another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def claim_review(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> dict[str, object]:
    """Return the ClaimReview of a check's current version, which is not void, as a document of its own."""
    return {"@context": CONTEXT, **claim_review_part(verdict, desk, addresses)}


def claim_review_part(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> dict[str, object]:
    """Return the same as a part of another document, which says itself whose words these are."""
    review: dict[str, object] = {
        "@type": "ClaimReview",
        "url": addresses.check(verdict.check),
        "claimReviewed": printable(verdict.claim),
        "headline": printable(verdict.headline),
        "image": addresses.picture(verdict.check, verdict.version),
        "inLanguage": verdict.language,
        "version": verdict.version,
        "datePublished": verdict.first_published.iso,
        "author": newsroom(desk, addresses),
        "reviewRating": _rating(verdict.rating),
        "itemReviewed": _claim(verdict),
    }
    if verdict.superseding:
        review["dateModified"] = verdict.published.iso
    corrections = [version for version in verdict.versions if version.change == Change.CORRECTION]
    if corrections:
        review["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": printable(version.note),
                "datePublished": version.published.iso,
                "url": addresses.version(verdict.check, version.version),
            }
            for version in corrections
        ]
    return review


def script_json(review: Mapping[str, object]) -> SafeString:
    """Return JSON that may stand in a `<script type="application/ld+json">` element whatever its texts hold."""
    return mark_safe(json.dumps(review, ensure_ascii=False).translate(_ESCAPES))  # nosec B308, B703


def _rating(rating: PublishedRating) -> dict[str, object]:
    told: dict[str, object] = {"@type": "Rating", "alternateName": printable(rating.label)}
    if rating.value is not None:
        told |= {"ratingValue": rating.value, "worstRating": rating.worst, "bestRating": rating.best}
    return told


def _claim(verdict: PublishedVerdict) -> dict[str, object]:
    claim: dict[str, object] = {"@type": "Claim"}
    if verdict.claimant:
        # The markup must say whether it is a person or a body, also where a name is all that is known.
        words = {word.strip(".,’'").casefold() for word in verdict.claimant.split()}
        kind = _TYPES.get(verdict.claimant_kind) or ("Organization" if words & BODIES else "Person")
        author: dict[str, object] = {"@type": kind, "name": printable(verdict.claimant)}
        if verdict.claimant_same_as:
            author["sameAs"] = list(verdict.claimant_same_as)
        claim["author"] = author
    if verdict.said:
        claim["datePublished"] = verdict.said.iso
    placed = [item for item in verdict.appearances if item.url]
    first = _first(placed)
    if first:
        claim["firstAppearance"] = _appearance(first)
    if others := [_appearance(item) for item in placed if item is not first]:
        claim["appearance"] = others
    return claim


def _first(placed: Sequence[PublishedAppearance]) -> PublishedAppearance | None:
    """Return where the claim stood before it stood anywhere else that is known; None where nobody can say.

    Where a page does not say when it was published, or two are of the same day, none is called the first: a wrong first
    appearance accuses the wrong paper.
    """
    return next((item for item in placed if item.published and _is_first(item, item.published, placed)), None)


def _is_first(item: PublishedAppearance, at: Moment, placed: Sequence[PublishedAppearance]) -> bool:
    return all(other.published and _earlier(at, other.published) for other in placed if other is not item)


def _earlier(one: Moment, other: Moment) -> bool:
    """Say whether one is earlier, as exactly as both are known: to the minute, the day, the month or the year."""
    known = min(len(one.iso), len(other.iso))
    if known > len("2026-11-16"):
        return one.at.replace(second=0, microsecond=0) < other.at.replace(second=0, microsecond=0)
    return one.iso[:known] < other.iso[:known]


def _appearance(item: PublishedAppearance) -> dict[str, object]:
    work: dict[str, object] = {"@type": "CreativeWork", "url": item.url}
    if item.title:
        work["headline"] = printable(item.title)
    if item.outlet:
        work["publisher"] = {"@type": "Organization", "name": printable(item.outlet)}
    if item.published:
        work["datePublished"] = item.published.iso
    return work


def faults(review: Mapping[str, object]) -> list[str]:
    """Return what search engines would refuse in a ClaimReview, each as a sentence; empty when it holds."""
    return [rule.fault for rule in checked(review) if rule.fault]
