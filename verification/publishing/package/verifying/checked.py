"""Each quote check and figure check, run again on the same inputs."""

from collections.abc import Mapping
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.checking_again import (
    FIGURES,
    QUOTE,
    UNKNOWN_INPUTS,
    VERSIONS,
    WITHHELD,
    checked_again,
)
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

MOST_READ: Final = 60_000_000
"""Bytes of text that checks are run on again, in all: it bounds the time that is spent on one package."""
# What a check costs beyond reading its text once, measured: a long quotation, and figures, each against each.
_QUOTE_COST: Final = 500
_FIGURES_COST: Final = 4
NAMES: Final = {QUOTE: words("the quote check"), FIGURES: words("the figure check")}


def checks(package: Opened, report: Report) -> None:
    """Say of each check whether it gives today what the package says it gave."""
    evidence = {item["number"]: item for item in package.entries(layout.VERDICT, "evidence")}
    _listed(package, report)
    claim = package.json(layout.CLAIM)
    of_claim = {claim["wording"], claim["as_found"], *claim["quotations"]}
    read = 0.0
    for check in package.entries(layout.CHECKS):
        item = evidence[check["evidence"]]
        name = f"check of evidence {check['evidence']}"
        asked = str(check["inputs"]["quote" if check["kind"] == QUOTE else "claim"])
        if asked not in of_claim:
            told = {"number": check["evidence"], "asked": asked}
            report.untested(words("Evidence %(number)s: a check of words that are not the claim’s: %(asked)s", **told))
        text = package.files.get(item["text"] or "", b"")
        read += len(text) * (1 + len(asked) / _QUOTE_COST) if check["kind"] == QUOTE else _cost(asked, item["exact"])
        if read > MOST_READ:
            report.untested(words("The rest of the checks was not run again: it would take too long."))
            return
        report.attempt(name, _check, package, check, item, report)


def _cost(claim: str, passage: str) -> int:
    return _FIGURES_COST * len(claim) * len(passage)


def _listed(package: Opened, report: Report) -> None:
    there = sorted((check["evidence"], check["kind"]) for check in package.entries(layout.CHECKS))
    evidence = package.entries(layout.VERDICT, "evidence")
    report.told(
        there == sorted((item["number"], kind) for item in evidence for kind in item["checks"]),
        words("Every check that the evidence lists is there (%(count)s checks).", count=len(there)),
        words("The checks are not those that the evidence lists (%(count)s checks).", count=len(there)),
    )


def _check(package: Opened, check: Mapping[str, Any], item: Mapping[str, Any], report: Report) -> None:
    kind = check["kind"]
    told = {"number": check["evidence"], "check": NAMES[kind]}
    if check["not_again"]:
        told["why"] = check["not_again"]
        if check["not_again"] not in (UNKNOWN_INPUTS, *((WITHHELD,) if item["withheld"] else ())):
            sentence = words(
                "Evidence %(number)s: %(check)s is not to be run for a reason that no package gives (%(why)s).", **told
            )
            report.bad(sentence)
            return
        report.untested(words("Evidence %(number)s: %(check)s is told as made (%(why)s).", **told))
        return
    if check["version"] != VERSIONS[kind]:
        told |= {"version": check["version"], "ours": VERSIONS[kind]}
        sentence = words(
            "Evidence %(number)s: %(check)s is of version %(version)s, and this verifier has version %(ours)s.", **told
        )
        report.untested(sentence)
        return
    if kind == QUOTE and item["text"] is None and package.withheld(item["text_sha256"]):
        report.untested(words("Evidence %(number)s: %(check)s cannot be run again: its text is withheld.", **told))
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
