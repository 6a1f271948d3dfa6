"""The captured bytes: each capture's hash against what is shipped of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.layout import sha256
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report
from verification.publishing.package.verifying.warc import MOST_UNPACKED, page_in

MOST_IN_ALL: Final = 4 << 30
"""Bytes that all of them may unpack to: it bounds the time that is spent on a package of bombs."""


def captures(package: Opened, report: Report) -> None:
    """Say of each capture whether the bytes that were shipped have its hash."""
    exchanges = Exchanges(package)
    for capture in package.entries(layout.CAPTURES):
        report.attempt(f"capture {str(capture['sha256'])[:12]}", _capture, package, exchanges, capture, report)


@dataclass(slots=True)
class Exchanges:
    """The WARC files of a package: each is read once, and all together unpack to no more than `left` bytes."""

    package: Opened
    left: int = MOST_IN_ALL
    pages: dict[str, str | None] = field(default_factory=dict)

    def page_sha256(self, path: str) -> str | None:
        """Return the hash of the page that a file brought, None for a revisit; every record of it is checked."""
        if path not in self.pages:
            self.pages[path], before = None, self.left
            self.left -= MOST_UNPACKED  # what a file that cannot be read to its end may have cost
            page, unpacked = page_in(self.package.files[path], before)
            self.left = before - unpacked
            self.pages[path] = None if page is None else sha256(page)
        return self.pages[path]


def _capture(package: Opened, exchanges: Exchanges, capture: Mapping[str, Any], report: Report) -> None:
    digest = capture["sha256"]
    told = {"sha256": digest, "what": capture["what"], "at": capture["taken_at"][:16].replace("T", " ")}
    if capture["bytes"] is None and capture["page_in"] is None:
        if package.withheld(digest) is None:
            report.bad(words("The bytes of %(what)s are missing, and nothing says why.", **told))
        return  # the list of what is withheld says it
    if capture["warc"] is not None:
        exchanges.page_sha256(capture["warc"])
    where = capture["bytes"] or capture["page_in"]
    found = package.sha256(where) if capture["bytes"] else exchanges.page_sha256(where)
    report.told(
        found == digest,
        words("The captured bytes of %(what)s (%(at)s UTC) have the hash %(sha256)s.", **told),
        words("The captured bytes of %(what)s (%(at)s UTC) do not have the hash %(sha256)s.", **told),
    )
