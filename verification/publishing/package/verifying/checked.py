"""Each quote check and figure check, run again on the same inputs."""

from collections.abc import Mapping
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.checking_again import FIGURES, QUOTE, VERSIONS, checked_again
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

MOST_READ: Final = 60_000_000
"""Bytes of text that checks are run on again, in all: it bounds the time that is spent on one package."""
NAMES: Final = {QUOTE: words("the quote check"), FIGURES: words("the figure check")}


def checks(package: Opened, report: Report) -> None:
    """Say of each check whether it gives today what the package says it gave."""
    evidence = {item["number"]: item for item in package.json(layout.VERDICT)["evidence"]}
    read = 0
    for check in package.json(layout.CHECKS):
        item = evidence[check["evidence"]]
        name = f"check of evidence {check['evidence']}"
        read += len(package.files.get(item["text"], b"")) if check["kind"] == QUOTE else len(item["exact"])
        if read > MOST_READ:
            report.untested(words("The rest of the checks was not run again: it would take too long."))
            return
        report.attempt(name, _check, package, check, item, report)


def _check(package: Opened, check: Mapping[str, Any], item: Mapping[str, Any], report: Report) -> None:
    kind = check["kind"]
    told = {"number": check["evidence"], "check": NAMES[kind]}
    if check["not_again"]:
        told["why"] = check["not_again"]
        report.untested(words("Evidence %(number)s: %(check)s is told as made (%(why)s).", **told))
        return
    if check["version"] != VERSIONS[kind]:
        told |= {"version": check["version"], "ours": VERSIONS[kind]}
        sentence = words(
            "Evidence %(number)s: %(check)s is of version %(version)s, and this verifier has version %(ours)s.", **told
        )
        report.untested(sentence)
        return
    if kind == QUOTE and item["text"] is None:
        report.bad(words("Evidence %(number)s: %(check)s has no text to be run on.", **told))
        return
    text = package.text(item["text"]) if kind == QUOTE else item["exact"]
    if kind == FIGURES and check["inputs"]["start"] != item["start"]:
        report.bad(words("Evidence %(number)s: %(check)s is of another passage.", **told))
        return
    report.told(
        checked_again(kind, check["inputs"], text) == check["result"],
        words("Evidence %(number)s: %(check)s, run again, gives the same.", **told),
        words("Evidence %(number)s: %(check)s, run again, gives something else.", **told),
    )
