"""The verifier: reads a package's bytes and says line by line what holds. Asks no database and no network."""

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.anchored import anchors
from verification.publishing.package.verifying.captured import captures
from verification.publishing.package.verifying.checked import checks
from verification.publishing.package.verifying.decided import decisions
from verification.publishing.package.verifying.logged import log, seals
from verification.publishing.package.verifying.marked_up import claimreview
from verification.publishing.package.verifying.opened import opened
from verification.publishing.package.verifying.page import readable_page
from verification.publishing.package.verifying.reporting import Report
from verification.publishing.package.verifying.signing import signature
from verification.publishing.package.verifying.stamped import stamped
from verification.review.signed_note import VerifierKey

PARTS = (
    ("captures.json", captures),
    ("the texts", anchors),
    ("checks.json", checks),
    ("claimreview.json", claimreview),
    ("log.jsonl", log),
    ("seals.json", seals),
    ("verdict.json", decisions),
    ("index.html", readable_page),
)


def verify(data: bytes, key: VerifierKey | None = None) -> Report:
    """Return what holds of a package and what does not. `key` is the desk's, where the reader has it already.

    Whatever the bytes are, this returns: nothing is raised, and memory and time are bounded.
    """
    report = Report()
    package = opened(data, key, report)
    if package is None:
        report.untested(words("Nothing else was looked at."))
        return report
    report.attempt(layout.NOTE, signature, package, report)
    report.attempt(layout.STAMP, stamped, package, report)
    for name, look in PARTS:
        report.attempt(name, look, package, report)
    return report
