"""The ClaimReview, as published: it says what the verdict says."""

import re
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

_UNPRINTABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, and markup leaves out (`verification.publishing.plain_text`, which knows Django)."""


def claimreview(package: Opened, report: Report) -> None:
    """Say whether rating, claim, words and day of the markup are the verdict's."""
    if layout.CLAIMREVIEW not in package.files:
        report.untested(words("There is no ClaimReview in the package."))
        return
    review, verdict = package.json(layout.CLAIMREVIEW), package.json(layout.VERDICT)
    rating, given = verdict["rating"], review["reviewRating"]
    ends = (rating["worst"], rating["best"]) if rating["value"] is not None else (None, None)
    pairs = {
        "@type": (review["@type"], "ClaimReview"),
        "claimReviewed": (review["claimReviewed"], _printable(verdict["claim"])),
        "headline": (review["headline"], _printable(verdict["headline"])),
        "version": (review["version"], verdict["version"]),
        "inLanguage": (review["inLanguage"], verdict["language"]),
        "alternateName": (given["alternateName"], _printable(rating["label"])),
        "ratingValue": (given.get("ratingValue"), rating["value"]),
        "worstRating, bestRating": ((given.get("worstRating"), given.get("bestRating")), ends),
        "url": (verdict["case"]["public"] in review["url"], True),
        "author": (_name(review["itemReviewed"].get("author")), _printable(verdict["claimant"] or "")),
    }
    astray = [name for name, (there, here) in pairs.items() if there != here]
    report.told(
        not astray,
        words("The ClaimReview says what the verdict says."),
        words("The ClaimReview says something else than the verdict: %(names)s.", names=", ".join(astray)),
    )


def _name(author: Any) -> str:
    return str(author["name"]) if author else ""


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
