"""Texts and selectors: the exact words stand where they are said to, in the very text that is named by its hash."""

from collections.abc import Container, Mapping
from typing import Any

from claims.wording import Words, words
from verification.publishing.package import layout
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report


def anchors(package: Opened, report: Report) -> None:
    """Say of each appearance and each piece of evidence whether its words stand where it points."""
    captures = {capture["sha256"]: capture for capture in package.entries(layout.CAPTURES)}
    for number, item in enumerate(package.entries(layout.CLAIM, "appearances"), 1):
        _selector(package, item, words("Appearance %(number)s", number=number), captures, report)
    for item in package.entries(layout.VERDICT, "evidence"):
        name = words("Evidence %(number)s", number=item["number"])
        if (package.withheld(item["text_sha256"]) == layout.CONFIDENTIAL) != item["withheld"]:
            report.bad(words("%(name)s: verdict and manifest differ on whether it is withheld.", name=name))
        _of_capture(item, captures.get(item["capture"], {}), name, report)
        _selector(package, item, name, captures, report)


def _of_capture(item: Mapping[str, Any], capture: Mapping[str, Any], name: Words, report: Report) -> None:
    """Say where the text of a piece of evidence is another than was read from its capture."""
    digest, by = capture.get("text_sha256"), capture.get("text_normaliser")
    if digest is None or digest == item["text_sha256"]:
        return
    if by == item["text_normaliser"]:
        report.bad(words("%(name)s: its text is not the one that was read from its capture.", name=name))
    else:
        report.untested(words("%(name)s: its text was read from its capture by another version.", name=name))


def _selector(package: Opened, item: Mapping[str, Any], name: Words, hashes: Container[str], report: Report) -> None:
    start, end, exact = item["start"], item["end"], item["exact"]
    told = {"name": name, "start": start, "end": end}
    if item["capture"] not in hashes:
        report.bad(words("%(name)s points into bytes that the package does not know.", **told))
    if item["text"] is None:
        if package.withheld(item["text_sha256"]) is None:
            report.bad(words("%(name)s: its text is missing, and nothing says why.", **told))
        else:
            report.untested(words("%(name)s: its text is withheld, so its words cannot be found in it.", **told))
        return
    if package.sha256(item["text"]) != item["text_sha256"]:
        report.bad(words("%(name)s: its text does not have the hash it is bound to.", **told))
        return
    text = package.text(item["text"])
    held = (
        0 <= start < end <= len(text)
        and text[start:end] == exact
        and text.endswith(item["prefix"] or "", 0, start)
        and text.startswith(item["suffix"] or "", end)
    )
    mention = item.get("mention")
    if mention is not None:
        held = held and text[item["mention_start"] : item["mention_end"]] == mention
    report.told(
        held,
        words("%(name)s: the exact words stand at characters %(start)s to %(end)s of the text.", **told),
        words("%(name)s: the words do not stand at characters %(start)s to %(end)s of the text.", **told),
    )
