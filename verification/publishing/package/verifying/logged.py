"""The decision log of the case: its chain, its disclosed payloads, the table of states, and the seals over it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.opened import Opened, read_json
from verification.publishing.package.verifying.reporting import Report
from verification.review.heads import read_head
from verification.review.log_format import GENESIS, EventFields, event_hash, payload_hash, seal_hash, stamp
from verification.review.replay import Line, replay
from verification.review.signed_note import NoteFault, VerifierKey, read_verifier

Event = Mapping[str, Any]


def events_in(package: Opened) -> list[Event]:
    """Return the events of the case, as told. Raises KeyError and ValueError."""
    return list(package.lines(layout.LOG))


def said(event: Event) -> Mapping[str, Any] | None:
    """Return what an event says; None where that is withheld or erased."""
    payload = event["payload"]
    return None if payload is None else read_json(payload["body"].encode())


def erased(event: Event, events: Sequence[Event]) -> bool:
    """Tell whether what an event said was erased, and an event of the package says so."""
    gone = {each["erases"] for each in events if each["verb"] == "payload_erased"}
    return event["payload"] is None and event["withheld"] == layout.ERASED and event["public"] in gone


def log(package: Opened, report: Report) -> None:
    """Say whether the events are chained, and are steps of the table of states."""
    events = events_in(package)
    case, prev = package.manifest["case"]["public"], GENESIS
    broken = 0
    for seq, event in enumerate(events, 1):
        fields = EventFields(
            review=case,
            seq=event["seq"],
            at=datetime.fromisoformat(event["at"]),
            cycle=event["cycle"],
            actor=event["actor"],
            verb=event["verb"],
            from_state=event["from"],
            to_state=event["to"],
            payload_hash=bytes.fromhex(event["payload_hash"]),
            erases=event["erases"],
            prev_hash=prev,
        )
        as_hashed = stamp(fields.at) == event["at"] and event["seq"] == seq and event["prev"] == prev.hex()
        if not as_hashed or event_hash(fields).hex() != event["hash"]:
            broken = broken or seq
        prev = bytes.fromhex(event["hash"])
    report.told(
        bool(events) and not broken,
        words("The log of the case is one unbroken chain of %(count)s events.", count=len(events)),
        words("The log of the case is broken at event %(seq)s.", seq=broken),
    )
    _payloads(events, report)
    case_now = replay(
        Line(each["seq"], each["verb"], each["from"], each["to"], each["cycle"], each["actor"], said(each))
        for each in events
    )
    if case_now.astray:
        told = {"seq": case_now.astray.seq, "verb": case_now.astray.verb, "why": case_now.astray.why}
        report.bad(words("Event %(seq)s (%(verb)s) is no step that the rules allow: %(why)s.", **told))
    else:
        report.good(words("Every step of the case is one that the table of states allows."))


def _payloads(events: Sequence[Event], report: Report) -> None:
    shown, held, internal, gone = 0, 0, 0, 0
    tombs = {event["erases"] for event in events if event["verb"] == "payload_erased"}
    for event in events:
        payload = event["payload"]
        if payload is not None:
            shown += 1
            found = payload_hash(bytes.fromhex(payload["salt"]), payload["body"])
            held += found.hex() == event["payload_hash"]
        elif event["withheld"] == layout.ERASED and event["public"] in tombs:
            gone += 1
        else:
            internal += 1
    report.told(
        shown == held,
        words("What the log discloses has the hashes that the chain holds (%(count)s events).", count=shown),
        words("What the log discloses was changed (%(count)s events).", count=shown - held),
    )
    if internal:
        report.untested(words("What %(count)s events say is internal: the chain holds its hashes.", count=internal))
    if gone:
        report.untested(words("What %(count)s events said was erased, and the log says so.", count=gone))


def seals(package: Opened, report: Report) -> None:
    """Say whether every event is sealed, and the seals lead to heads that the desk signed."""
    keys = {str(each["key"]): each["compromised"] for each in package.keys}
    sealed: set[str] = set()
    stretches = package.entries(layout.SEALS)
    last: set[str] = set()
    for stretch in stretches:
        last = {value for seal in stretch["seals"] for value in seal["events"]}
        sealed |= last
        _stretch(stretch, keys, package.trusted, report)
    events = events_in(package)
    loose = [event["seq"] for event in events if event["hash"] not in sealed]
    report.told(
        not loose,
        words("Every event of the case is in a seal."),
        words("Events are in no seal: %(seqs)s.", seqs=", ".join(map(str, loose[:10]))),
    )
    head = stretches[-1]["checkpoint"] if stretches else ""
    report.told(
        bool(events) and events[-1]["hash"] in last and head == package.text(layout.CHECKPOINT),
        words("The publication is sealed below the head in checkpoint.note."),
        words("The publication is not sealed below the head in checkpoint.note."),
    )


def _stretch(
    stretch: Mapping[str, Any], keys: Mapping[str, str | None], trusted: VerifierKey | None, report: Report
) -> None:
    found = stretch["seals"]
    told: dict[str, object] = {"first": found[0]["number"], "last": found[-1]["number"]}
    prev, number = found[0]["prev"], found[0]["number"]
    for seal in found:
        hashes = [bytes.fromhex(value) for value in seal["events"]]
        made = seal_hash(seal["number"], datetime.fromisoformat(seal["at"]), bytes.fromhex(seal["prev"]), hashes)
        if seal["prev"] != prev or seal["number"] != number or made.hex() != seal["hash"]:
            report.bad(words("Seal %(number)s was changed, or does not follow the one before.", number=seal["number"]))
            return
        prev, number = seal["hash"], number + 1
    key = _signer(stretch["checkpoint"], keys)
    if key is None:
        report.bad(words("The head above seals %(first)s to %(last)s is signed by no key of the desk.", **told))
        return
    head = read_head(stretch["checkpoint"], key)
    since = keys[str(key)]
    told |= {"key": f"{key.name}+{key.key_id}"}
    if since is not None and found[-1]["at"] >= since:
        report.bad(words("The head above seals %(first)s to %(last)s is signed by a key that others had.", **told))
        return
    report.told(
        (head.number, head.hash.hex()) == (found[-1]["number"], prev),
        words("Seals %(first)s to %(last)s are one chain, up to a head signed by %(key)s.", **told),
        words("Seals %(first)s to %(last)s do not lead to the head signed by %(key)s.", **told),
    )
    if trusted and str(key) != str(trusted):
        sentence = words(
            "The head above seals %(first)s to %(last)s is signed by %(key)s, which is not the key that was given:"
            " compare it with the desk’s list of its keys.",
            **told,
        )
        report.untested(sentence)


def _signer(note: str, keys: Mapping[str, object]) -> VerifierKey | None:
    for written in keys:
        key = read_verifier(written)
        try:
            read_head(note, key)
        except NoteFault:
            continue
        return key
    return None
