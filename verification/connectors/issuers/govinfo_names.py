"""What packages of GovInfo are called, and how texts name them."""

import re
from collections.abc import Sequence

from verification.connectors.issuers.recognising import Reader, named_in
from verification.connectors.kinds import kind_of

COLLECTIONS = {
    "CPD": "Compilation of Presidential Documents",
    "CREC": "Congressional Record",
    "BILLS": "Congressional Bills",
    "FR": "Federal Register",
}
TIERS = {"CPD": 3, "CREC": 0, "BILLS": 0, "FR": 0}
_PACKAGE = re.compile(r"(?P<code>DCPD|WCPD|CREC|BILLS|FR)-[A-Za-z0-9-]+")
_SPOKEN = re.compile(
    r"(?:remarks|address|interview|exchange with|inaugural)\b|.*\bnews conference\b"
    r"|the president[’']s (?:weekly|radio)\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"(?:CREC|FR|WCPD)-")
_DAY = re.compile(r"[A-Z]+-(\d{4}-\d{2}-\d{2})")

_READERS: Sequence[Reader] = (
    (
        re.compile(
            r"govinfo\.gov/(?:app/details|content/pkg)/([A-Z]+-[A-Za-z0-9-]+)"
            r"(?:/(?:html|pdf|xml|text)(?=/))?(?:/([A-Z0-9][A-Za-z0-9-]+))?"
        ),
        lambda match: match[1] if match[2] in {None, match[1]} else f"{match[1]}/{match[2]}",
    ),
    (re.compile(r"\bDCPD-?(\d{9})\b"), lambda match: f"DCPD-{match[1]}"),
    (re.compile(r"\bDCPD-\d{4}(?:DIGEST|NOMINATIONS)\b"), lambda match: match[0]),
    (
        re.compile(r"\b(CREC-\d{4}-\d{2}-\d{2})(-pt\d+-Pg[A-Z]?\d+(?:-\d+)?)"),
        lambda match: f"{match[1]}/{match[0]}",
    ),
    (re.compile(r"\bBILLS-\d{2,3}[a-z]{1,8}\d{1,5}[a-z]{2,4}\b"), lambda match: match[0]),
)


def recognised(text: str) -> list[str]:
    """Return the packages, and parts of packages ("CREC-…/CREC-…-pt1-…"), that a text names."""
    return [each for each in named_in(text, _READERS) if collection_of(each.partition("/")[0])]


def collection_of(package: str) -> str | None:
    """Return the collection that a package is in, None for one that is not known here."""
    match = _PACKAGE.fullmatch(package)
    code = match["code"] if match else None
    return "CPD" if code in {"DCPD", "WCPD"} else code


def kind_in(collection: str | None, title: str | None) -> str | None:
    """Return what kind a document is by its collection and title; the compilation has what was said as it was said."""
    if collection == "CREC":
        return "transcript"
    if collection != "CPD":
        return None
    return "transcript" if title and _SPOKEN.match(title) else kind_of(title)


def day_of_issue(package: str) -> str | None:
    """Return the day (YYYY-MM-DD) that an issue has in its name."""
    match = _DAY.match(package)
    return match[1] if match else None


def is_issue(package: str) -> bool:
    """Say whether a package is an issue (of a day, or of a week until 2009), whose documents are its parts."""
    return _ISSUE.match(package) is not None
