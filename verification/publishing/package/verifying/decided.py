"""Who decided, as the log has it, and whether what went out is what was signed off."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.logged import Event, erased, events_in, said
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report
from verification.review.signed_words import signed_sha256, words_sha256

FIRST, SECOND, BETWEEN, APPROVES = "propose", ("agree", "differ"), "adjudicate", ("approve", "minor_edit")
NEAR: Final = timedelta(minutes=1)
"""So far the clock of a row may be from that of the event that made it: they are of one transaction."""


def decisions(package: Opened, report: Report) -> None:
    """Say whether different people judged and approved, and whether they did so of these very words."""
    verdict, events = package.json(layout.VERDICT), events_in(package)
    _itself(package, verdict, report)
    _claim(package, verdict, report)
    whole = signed_sha256(verdict, package.entries(layout.VERDICT, "evidence"))
    _published(verdict, whole, events, report)
    _signed_off(verdict, whole, events, report)
    _dates(verdict, events, report)
    _four_eyes(verdict, events, report)


def _itself(package: Opened, verdict: Mapping[str, Any], report: Report) -> None:
    manifest = package.manifest
    told = (manifest["verdict"]["public"], manifest["verdict"]["version"], manifest["case"], manifest["verdict"])
    same = told[:3] == (verdict["public"], verdict["version"], verdict["case"])
    report.told(
        same and verdict["published"] == told[3]["published"] and words_sha256(verdict) == verdict["words_sha256"],
        words("Manifest and verdict are of one and the same version (%(version)s).", version=verdict["version"]),
        words("Manifest and verdict are not of the same version."),
    )


def _claim(package: Opened, verdict: Mapping[str, Any], report: Report) -> None:
    claim = package.json(layout.CLAIM)
    pairs = (("wording", "claim"), ("claimant", "claimant"), ("said", "said"), ("kind", "kind"))
    astray = [name for name, other in pairs if claim[name] != verdict[other]]
    report.told(
        not astray,
        words("Claim and verdict say the same of what was said, by whom and when."),
        words("Claim and verdict do not say the same: %(names)s.", names=", ".join(astray)),
    )
    found = {" ".join(item["exact"].split()) for item in package.entries(layout.CLAIM, "appearances") if item["exact"]}
    if " ".join(claim["as_found"].split()) not in found:
        report.untested(words("The claim as it was found stands in no appearance in just these words."))


def _published(verdict: Mapping[str, Any], whole: str, events: Sequence[Event], report: Report) -> None:
    event = events[-1]
    payload = said(event)
    if event["verb"] not in ("publish", "minor_edit"):
        report.bad(words("The log does not end with a publication."))
    elif payload is not None:
        report.told(
            (payload.get("verdict"), payload.get("version")) == (verdict["public"], verdict["version"]),
            words("The log ends with the publication of this version (event %(seq)s).", seq=event["seq"]),
            words("The log ends with the publication of another version."),
        )
        _whole(payload, whole, event, report)
    else:
        report.bad(words("The log ends with a publication, and does not tell of which version."))


def _signed_off(verdict: Mapping[str, Any], whole: str, events: Sequence[Event], report: Report) -> None:
    event = _last(events, *APPROVES)
    if event is None:
        report.bad(words("Nobody signed anything off."))
        return
    payload, told = said(event), {"seq": event["seq"]}
    if payload is None and erased(event, events):
        report.untested(words("Event %(seq)s is a sign-off; of which words was erased, and the log says so.", **told))
        return
    if payload is None:
        report.bad(words("Event %(seq)s is a sign-off, and does not tell of which words.", **told))
        return
    minor = event["verb"] == "minor_edit"
    text = payload["after"] if minor else payload
    same = (text["headline"], text["explanation"]) == (verdict["headline"], verdict["explanation"])
    report.told(
        same and (minor or text.get("change_note", "") == verdict["change"]["note"]),
        words("The words that were signed off (event %(seq)s) are those that went out.", **told),
        words("The words that were signed off (event %(seq)s) are not those that went out.", **told),
    )
    _whole(payload, whole, event, report)


def _whole(payload: Mapping[str, Any], whole: str, event: Event, report: Report) -> None:
    """Say whether the log holds the hash of all that was signed off or put out."""
    told = {"seq": event["seq"]}
    if "signed_sha256" not in payload:
        report.untested(words("Of rating, claim and evidence the log (event %(seq)s) holds no hash.", **told))
        return
    report.told(
        payload["signed_sha256"] == whole,
        words("Rating, claim, evidence and words are those whose hash the log holds (event %(seq)s).", **told),
        words("Rating, claim, evidence or words are not those whose hash the log holds (event %(seq)s).", **told),
    )


def _dates(verdict: Mapping[str, Any], events: Sequence[Event], report: Report) -> None:
    first = next((event for event in events if event["verb"] == "publish"), None)
    pairs = {"first_published": first, "published": events[-1], "approved": _last(events, *APPROVES)}
    astray = [name for name, event in pairs.items() if event is None or not _near(verdict[name], event["at"])]
    report.told(
        not astray,
        words("It was approved and published when the log says so."),
        words("It was not approved and published when the log says so: %(names)s.", names=", ".join(astray)),
    )


def _near(told: str, logged: str) -> bool:
    return abs(datetime.fromisoformat(told) - datetime.fromisoformat(logged)) <= NEAR


def _last(events: Sequence[Event], *verbs: str) -> Event | None:
    return next((event for event in reversed(events) if event["verb"] in verbs), None)


def _four_eyes(verdict: Mapping[str, Any], events: Sequence[Event], report: Report) -> None:
    out, approval = _last(events, "publish"), _last(events, *APPROVES)
    if out is None or out["cycle"] != verdict["cycle"]:
        report.bad(words("The verdict is of another cycle of the case than its publication."))
        return
    cycle = [event for event in events if event["cycle"] == verdict["cycle"] or event is events[-1]]
    parts = {
        "first": {event["actor"] for event in cycle if event["verb"] == FIRST},
        "second": {event["actor"] for event in cycle if event["verb"] in SECOND},
        "between": {event["actor"] for event in cycle if event["verb"] == BETWEEN},
        # One who approved an earlier text of this cycle, which was then returned, signed none of what went out.
        "approver": {approval["actor"]} if approval in cycle and approval else set(),
    }
    told = {"first": len(parts["first"]), "second": len(parts["second"])}
    if not parts["first"] or not parts["approver"] or verdict["signed"]["second_check"] != bool(parts["second"]):
        report.bad(words("The log does not show who judged and who approved."))
        return
    everyone = [actor for people in parts.values() for actor in people]
    waivers = [event for event in cycle if event["verb"] == "waive_four_eyes"]
    if len(everyone) == len(set(everyone)):
        report.good(words("Whoever judged (%(first)s first, %(second)s second) and approved are different.", **told))
    elif not any(event["payload"] or erased(event, events) for event in waivers):
        report.bad(words("One person did two parts, and nothing in the log allows that."))
    elif not verdict["signed"]["exceptions"]:
        report.bad(words("One person did two parts: the log allows that, and the verdict does not tell readers of it."))
    else:
        report.untested(words("One person did two parts: an editor allowed that, and the log and the page say so."))
