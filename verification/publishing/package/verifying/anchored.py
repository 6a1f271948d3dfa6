"""Texts and selectors: the exact words stand where they are said to, in the very text that is named by its hash."""

from collections.abc import Mapping
from typing import Any

from claims.wording import Words, words
from verification.publishing.package import layout
from verification.publishing.package.layout import sha256
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report


def anchors(package: Opened, report: Report) -> None:
    """Say of each appearance and each piece of evidence whether its words stand where it points."""
    hashes = {capture["sha256"] for capture in package.json(layout.CAPTURES)}
    for number, item in enumerate(package.json(layout.CLAIM)["appearances"], 1):
        _selector(package, item, words("Appearance %(number)s", number=number), hashes, report)
    for item in package.json(layout.VERDICT)["evidence"]:
        _selector(package, item, words("Evidence %(number)s", number=item["number"]), hashes, report)


def _selector(package: Opened, item: Mapping[str, Any], name: Words, hashes: set[str], report: Report) -> None:
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
    if sha256(package.files[item["text"]]) != item["text_sha256"]:
        report.bad(words("%(name)s: its text does not have the hash it is bound to.", **told))
        return
    text = package.text(item["text"])
    held = (
        0 <= start < end <= len(text)
        and text[start:end] == exact
        and text[:start].endswith(item["prefix"] or "")
        and text[end:].startswith(item["suffix"] or "")
    )
    mention = item.get("mention")
    if mention is not None:
        held = held and text[item["mention_start"] : item["mention_end"]] == mention
    report.told(
        held,
        words("%(name)s: the exact words stand at characters %(start)s to %(end)s of the text.", **told),
        words("%(name)s: the words do not stand at characters %(start)s to %(end)s of the text.", **told),
    )
