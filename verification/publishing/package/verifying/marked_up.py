"""The ClaimReview, as published: it says what the verdict says, and nothing else."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report
from verification.publishing.plain_text import printable

POLICIES: Final = (
    *("publishingPrinciples", "verificationFactCheckingPolicy", "correctionsPolicy", "ethicsPolicy"),
    *("ownershipFundingInfo", "masthead", "actionableFeedbackPolicy"),
)
"""What leads to the desk's own pages about itself (`verification.publishing.newsroom`, which knows Django)."""
KEYS: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(
        {
            *("@context", "@type", "url", "claimReviewed", "headline", "inLanguage", "version", "datePublished"),
            *("dateModified", "author", "reviewRating", "itemReviewed", "correction", "image"),
        }
    ),
    "author": frozenset(("@type", "name", "url", *POLICIES)),
    "reviewRating": frozenset(("@type", "alternateName", "ratingValue", "worstRating", "bestRating")),
    "itemReviewed": frozenset(("@type", "author", "datePublished", "appearance", "firstAppearance")),
}
"""The keys that the desk's markup has, by the part of it ("": the whole)."""


def claimreview(package: Opened, report: Report) -> None:
    """Say whether rating, claim, words, address and day of the markup are the verdict's, and nothing else is there.

    Texts are compared as they can be shown: what counts as a sign that can has grown since the first packages.
    """
    if layout.CLAIMREVIEW not in package.files:
        report.untested(words("There is no ClaimReview in the package."))
        return
    review, verdict = package.json(layout.CLAIMREVIEW), package.json(layout.VERDICT)
    rating, given = verdict["rating"], review["reviewRating"]
    ends = (rating["worst"], rating["best"]) if rating["value"] is not None else (None, None)
    base = (package.manifest["desk"]["log"] or "").removesuffix("/checks/log/")
    page = f"{base}/checks/{verdict['case']['public']}/"
    picture = f"{page}v{verdict['version']}/card.png"
    pairs = {
        "@context": (review["@context"], "https://schema.org"),
        "@type": (review["@type"], "ClaimReview"),
        "claimReviewed": (printable(review["claimReviewed"]), printable(verdict["claim"])),
        "headline": (printable(review["headline"]), printable(verdict["headline"])),
        "version": (review["version"], verdict["version"]),
        "inLanguage": (review["inLanguage"], verdict["language"]),
        "alternateName": (printable(given["alternateName"]), printable(rating["label"])),
        "ratingValue": (given.get("ratingValue"), rating["value"]),
        "worstRating, bestRating": ((given.get("worstRating"), given.get("bestRating")), ends),
        "url": (review["url"], page),
        # Markup that was written before versions had pictures has none.
        "image": (review.get("image", picture), picture),
        "author": (printable(review["author"]["name"]), printable(package.manifest["desk"]["name"])),
        "policies": ([name for name in POLICIES if not _is_ours(review["author"].get(name), base)], []),
        "itemReviewed": (_name(review["itemReviewed"].get("author")), printable(verdict["claimant"] or "")),
        "datePublished": (_same_second(review["datePublished"], verdict["first_published"]), True),
    }
    astray = [*(name for name, (there, here) in pairs.items() if there != here), *_unknown(review)]
    report.told(
        not astray,
        words("The ClaimReview says what the verdict says."),
        words("The ClaimReview says something else than the verdict: %(names)s.", names=", ".join(astray)),
    )


def _unknown(review: Mapping[str, Any]) -> Iterable[str]:
    """Yield the keys that no markup of the desk's has: whoever reads it would take them for the desk's word."""
    for part, known in KEYS.items():
        yield from sorted((review[part] if part else review).keys() - known)


def _is_ours(address: Any, base: str) -> bool:
    return address is None or str(address).startswith(f"{base}/checks/")


def _name(author: Any) -> str:
    return printable(str(author["name"])) if author else ""


def _same_second(there: str, here: str) -> bool:
    return abs(datetime.fromisoformat(there) - datetime.fromisoformat(here)) < timedelta(seconds=1)
