"""Who decided, as the log has it, and whether what went out is what was signed off."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.logged import Event, events_in, said
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

FIRST, SECOND, BETWEEN, APPROVES = "propose", ("agree", "differ"), "adjudicate", ("approve", "minor_edit")


def decisions(package: Opened, report: Report) -> None:
    """Say whether different people judged and approved, and whether they did so of these very words."""
    verdict, events = package.json(layout.VERDICT), events_in(package)
    _itself(package, verdict, report)
    _published(verdict, events, report)
    _signed_off(verdict, events, report)
    _four_eyes(verdict, events, report)


def _itself(package: Opened, verdict: Mapping[str, Any], report: Report) -> None:
    manifest, claim = package.manifest, package.json(layout.CLAIM)
    told = (manifest["verdict"]["public"], manifest["verdict"]["version"], manifest["case"], manifest["verdict"])
    here = (verdict["public"], verdict["version"], verdict["case"])
    same = told[:3] == here and claim["wording"] == verdict["claim"] and verdict["published"] == told[3]["published"]
    report.told(
        same and layout.words_sha256(verdict) == verdict["words_sha256"],
        words("Manifest, claim and verdict are of one and the same version (%(version)s).", version=verdict["version"]),
        words("Manifest, claim and verdict are not of the same version."),
    )


def _published(verdict: Mapping[str, Any], events: Sequence[Event], report: Report) -> None:
    event = events[-1]
    payload = said(event)
    if event["verb"] not in ("publish", "minor_edit"):
        report.bad(words("The log does not end with a publication."))
    elif payload is None:
        report.untested(words("The log ends with a publication; of which version was erased."))
    else:
        report.told(
            (payload.get("verdict"), payload.get("version")) == (verdict["public"], verdict["version"]),
            words("The log ends with the publication of this version (event %(seq)s).", seq=event["seq"]),
            words("The log ends with the publication of another version."),
        )


def _signed_off(verdict: Mapping[str, Any], events: Sequence[Event], report: Report) -> None:
    event = next((each for each in reversed(events) if each["verb"] in APPROVES), None)
    if event is None:
        report.bad(words("Nobody signed anything off."))
        return
    payload = said(event)
    if payload is None:
        report.untested(words("Event %(seq)s is a sign-off; of which words is not told.", seq=event["seq"]))
        return
    text = payload["after"] if event["verb"] == "minor_edit" else payload
    report.told(
        (text["headline"], text["explanation"]) == (verdict["headline"], verdict["explanation"]),
        words("The words that were signed off (event %(seq)s) are those that went out.", seq=event["seq"]),
        words("The words that were signed off (event %(seq)s) are not those that went out.", seq=event["seq"]),
    )


def _four_eyes(verdict: Mapping[str, Any], events: Sequence[Event], report: Report) -> None:
    cycle = [event for event in events if event["cycle"] == verdict["cycle"] or event is events[-1]]
    parts = {
        "first": {event["actor"] for event in cycle if event["verb"] == FIRST},
        "second": {event["actor"] for event in cycle if event["verb"] in SECOND},
        "between": {event["actor"] for event in cycle if event["verb"] == BETWEEN},
        "approver": {event["actor"] for event in cycle if event["verb"] in APPROVES},
    }
    told = {"first": len(parts["first"]), "second": len(parts["second"])}
    if not parts["first"] or not parts["approver"] or verdict["signed"]["second_check"] != bool(parts["second"]):
        report.bad(words("The log does not show who judged and who approved."))
        return
    everyone = [actor for people in parts.values() for actor in people]
    if len(everyone) == len(set(everyone)):
        report.good(words("Whoever judged (%(first)s first, %(second)s second) and approved are different.", **told))
    elif any(event["verb"] == "waive_four_eyes" for event in cycle):
        report.untested(words("One person did two parts: an editor allowed that, and the log and the page say so."))
    else:
        report.bad(words("One person did two parts, and nothing in the log allows that."))
