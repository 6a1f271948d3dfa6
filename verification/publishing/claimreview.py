"""ClaimReview, the schema.org markup that search engines and other newsrooms read, and the rules it must hold to.

Required by Google's guide to fact check markup: `claimReviewed`, `reviewRating` with `alternateName`, and `url`. What
is unknown is left out: no claimant, no date and no address is made up.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from claims.extraction.names import BODIES
from verification.models import Change
from verification.publishing.addresses import Addresses
from verification.publishing.plain_text import printable, web_address
from verification.publishing.published import PublishedAppearance, PublishedDesk, PublishedRating, PublishedVerdict

_TYPES = {"person": "Person", "organisation": "Organization"}
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2})?")
# As json_script does it: no text can close the element that holds it, or open another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def claim_review(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> dict[str, object]:
    """Return the ClaimReview of a check's current version, which is not void."""
    review: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": addresses.check(verdict.check),
        "claimReviewed": printable(verdict.claim),
        "headline": printable(verdict.headline),
        "inLanguage": verdict.language,
        "version": verdict.version,
        "datePublished": verdict.first_published.iso,
        "author": {
            "@type": "Organization",
            "name": printable(desk.name),
            "url": desk.homepage or addresses.page("checks"),
        },
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
    if appearances := [_appearance(item) for item in verdict.appearances if item.url]:
        claim["appearance"] = appearances
    return claim


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
    found = []
    if "schema.org" not in str(review.get("@context")) or review.get("@type") != "ClaimReview":
        found.append(gettext("It is not marked as a ClaimReview of schema.org."))
    if not _filled(review.get("claimReviewed")):
        found.append(gettext("claimReviewed is empty: name the claim."))
    if not web_address(_text(review.get("url"))):
        found.append(gettext("url is not the address of a page (http or https)."))
    if not _dated(review.get("datePublished")):
        found.append(gettext("datePublished is not an ISO 8601 date."))
    found += _rating_faults(review.get("reviewRating"))
    found += _author_faults("author", review.get("author"), required=True)
    claim = review.get("itemReviewed")
    if not isinstance(claim, Mapping) or claim.get("@type") != "Claim":
        return [*found, gettext("itemReviewed is not a Claim.")]
    found += _author_faults("itemReviewed.author", claim.get("author"), required=False)
    if "datePublished" in claim and not _dated(claim["datePublished"]):
        found.append(gettext("itemReviewed.datePublished is not an ISO 8601 date."))
    works = claim.get("appearance", [])
    if not isinstance(works, list) or not all(
        isinstance(work, Mapping) and web_address(_text(work.get("url"))) for work in works
    ):
        found.append(gettext("itemReviewed.appearance names a work without an address."))
    return found


def _rating_faults(rating: object) -> list[str]:
    if not isinstance(rating, Mapping) or rating.get("@type") != "Rating":
        return [gettext("reviewRating is missing.")]
    found = []
    if not _filled(rating.get("alternateName")):
        found.append(gettext("reviewRating.alternateName is empty: give the rating in words."))
    numbers = [rating[name] for name in ("worstRating", "ratingValue", "bestRating") if name in rating]
    if not numbers:
        return found
    if len(numbers) < 3 or not all(isinstance(number, int) for number in numbers):
        found.append(gettext("reviewRating needs ratingValue, worstRating and bestRating as whole numbers, or none."))
    elif not numbers[0] <= numbers[1] <= numbers[2] or numbers[0] == numbers[2]:
        found.append(gettext("reviewRating.ratingValue is not between worstRating and bestRating."))
    return found


def _author_faults(name: str, author: object, *, required: bool) -> list[str]:
    if author is None and not required:
        return []
    kinds = ("Organization", "Person")
    if not isinstance(author, Mapping) or author.get("@type") not in kinds or not _filled(author.get("name")):
        return [gettext("%(property)s is not a person or an organisation with a name.") % {"property": name}]
    return []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _dated(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return bool(_PARTIAL_DATE.fullmatch(value)) or bool(
            date.fromisoformat(value) if len(value) == len("2026-11-16") else datetime.fromisoformat(value)
        )
    except ValueError:
        return False
