"""A desk that signs a lie is told: each row of the table is one, in a package with a manifest that fits it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from claims.canonical_json import canonical
from claims.wording import words
from tests.verification.publishing.package.reading import Members, forged, members_of, replaced, says, untested, wrong
from verification.publishing.package.canonical_zip import write_archive
from verification.publishing.package.checking_again import checked_again
from verification.publishing.package.verifying import checked, opened
from verification.publishing.package.verifying.command import told
from verification.publishing.package.verifying.reporting import Report
from verification.publishing.package.verifying.verify import verify
from verification.review.signed_note import SignerKey, new_key
from verification.review.signed_words import words_sha256

Kept = tuple[bytes, SignerKey]


def _altered(value: Any, *path: Any, to: Any) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = to


def set_in(name: str, *path: Any, to: Any) -> Callable[[Members], object]:
    """Return the change of one place in a file of JSON."""
    return says(name, lambda value: _altered(value, *path, to=to))


def relogged(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Members], object]:
    """Return the change of the log's events."""

    def rewrite(files: Members) -> None:
        events = [json.loads(line) for line in files["log.jsonl"].split(b"\n")[:-1]]
        change(events)
        files["log.jsonl"] = b"".join(map(canonical, events))

    return rewrite


def retold(events: list[dict[str, Any]]) -> None:
    """Let the approval tell of other words."""
    event = next(each for each in events if each["verb"] == "approve")
    event["payload"]["body"] = event["payload"]["body"].replace("otherwise", "so")


def approved_by_the_checker(events: list[dict[str, Any]]) -> None:
    """Let who judged it sign it off too."""
    judged = next(each for each in events if each["verb"] == "propose")
    next(each for each in events if each["verb"] == "approve")["actor"] = judged["actor"]


def hidden(verb: str) -> Callable[[list[dict[str, Any]]], object]:
    """Return the change that calls internal what the last event of a verb says."""

    def hide(events: list[dict[str, Any]]) -> None:
        event = next(each for each in reversed(events) if each["verb"] == verb)
        event["payload"], event["withheld"] = None, "internal"

    return hide


def edited(name: str, old: bytes, new: bytes) -> Callable[[Members], object]:
    """Return the change of some bytes of a file, the first time they stand there."""
    return lambda files: files.update({name: files[name].replace(old, new, 1)})


def read_otherwise(captures: list[dict[str, Any]]) -> None:
    """Let the capture of the first evidence have brought another text."""
    capture = next(each for each in captures if each["what"] == "evidence 1")
    capture["text_sha256"] = "0" * 64


def kept_back_and_there(files: Members) -> None:
    """Tell the text of the first evidence as withheld, and ship it."""
    digest = json.loads(files["verdict.json"])["evidence"][0]["text_sha256"]
    entry = {"what": "a text", "sha256": digest, "size": None, "media_type": "", "reason": "confidential"}
    says("manifest.json", lambda manifest: manifest["withheld"].append(entry))(files)


def rated_everywhere(files: Members) -> None:
    """Give another rating in every file that tells it, and the hash that fits."""
    verdict = json.loads(files["verdict.json"])
    verdict["rating"]["label"] = "True"
    verdict["words_sha256"] = words_sha256(verdict)
    files["verdict.json"] = canonical(verdict)
    set_in("claimreview.json", "reviewRating", "alternateName", to="True")(files)


OLD = "1999-01-01T00:00:00.000000Z"
LIES: dict[str, tuple[Callable[[Members], object], str]] = {
    "other words in the evidence": (set_in("verdict.json", "evidence", 0, "exact", to="No."), "Evidence 1: the words"),
    "a moved selector": (set_in("verdict.json", "evidence", 0, "start", to=3), "Evidence 1: the words do not stand"),
    "another prefix": (set_in("verdict.json", "evidence", 0, "prefix", to="zz"), "Evidence 1: the words do not"),
    "another speaker's mention": (set_in("claim.json", "appearances", 0, "mention", to="B"), "Appearance 1: the words"),
    "a text that is another": (set_in("verdict.json", "evidence", 0, "text_sha256", to="0" * 64), "does not have"),
    "bytes of nowhere": (set_in("verdict.json", "evidence", 0, "capture", to="0" * 64), "does not know"),
    "a capture's other hash": (set_in("captures.json", 0, "sha256", to="0" * 64), "do not have the hash"),
    "a nicer check": (set_in("checks.json", 0, "result", "class", to="exact"), "the quote check, run again, gives"),
    "a figure that agrees": (set_in("checks.json", 1, "result", -1, "outcome", to="agrees"), "the figure check, run"),
    "another quotation": (set_in("checks.json", 0, "inputs", "quote", to="Good evening"), "the quote check, run again"),
    "a better rating": (set_in("verdict.json", "rating", "label", to="True"), "The ClaimReview says something else"),
    "a better rating everywhere": (rated_everywhere, "are not those whose hash the log holds"),
    "a stance that was turned": (set_in("verdict.json", "evidence", 0, "stance", to="supports"), "whose hash the log"),
    "a role that was changed": (set_in("verdict.json", "evidence", 0, "role", to="context"), "whose hash the log"),
    "a tier of its own": (set_in("verdict.json", "evidence", 0, "tier", to=5), "whose hash the log"),
    "a day it holds for": (set_in("verdict.json", "as_of", to="2031-01-01"), "whose hash the log"),
    "other markup": (set_in("claimreview.json", "claimReviewed", to="Lamps."), "ClaimReview says something else"),
    "an explanation nobody signed": (set_in("verdict.json", "explanation", to="So [1]."), "are not those that went"),
    "a payload retold": (relogged(retold), "What the log discloses was changed"),
    "a step left out": (relogged(lambda events: events.pop(2)), "broken at event 3"),
    "an end cut off": (relogged(lambda events: events.pop()), "does not end with a publication"),
    "another actor": (relogged(lambda events: _altered(events, -2, "actor", to="user:1")), "broken at event"),
    "a checker who approved": (relogged(approved_by_the_checker), "One person did two parts"),
    "a seal left out": (set_in("seals.json", 0, "seals", 0, "events", to=[]), "was changed, or does not follow"),
    "another version": (set_in("verdict.json", "version", to=2), "not of the same version"),
    "keys told twice": (edited("verdict.json", b"{", b'{"headline":"All",'), "verdict.json cannot be read"),
    "markup said twice": (edited("claimreview.json", b"{", b'{"headline":"All",'), "claimreview.json cannot be"),
    "blanks in JSON": (edited("checks.json", b":", b": "), "“checks.json” is not written in its one form"),
    "blanks in the log": (edited("log.jsonl", b":", b": "), "log.jsonl cannot be read"),
    "another cycle": (set_in("verdict.json", "cycle", to=2), "of another cycle of the case than its publication"),
    "a sign-off that is hidden": (relogged(hidden("approve")), "is a sign-off, and does not tell of which words"),
    "a publication that is hidden": (relogged(hidden("publish")), "does not tell of which version"),
    "another day of approval": (set_in("verdict.json", "approved", to=OLD), "says so: approved"),
    "another first day": (set_in("verdict.json", "first_published", to=OLD), "first_published"),
    "checks left out": (replaced("checks.json", b"[]\n"), "The checks are not those that the evidence lists"),
    "a text of other bytes": (says("captures.json", read_otherwise), "not the one that was read"),
    "a reason of its own": (set_in("manifest.json", "withheld", 0, "reason", to="because"), "that no package gives"),
    "a letter that is no letter": (set_in("verdict.json", "evidence", 1, "withheld", to=False), "differ on whether"),
    "withheld and there": (kept_back_and_there, "is told as withheld and is there"),
    "markup of another address": (edited("claimreview.json", b"//desk.", b"//evil."), "than the verdict: url"),
    "a picture of another": (edited("claimreview.json", b"/card.png", b"/x.png"), "than the verdict: image"),
    "a picture that is a list": (set_in("claimreview.json", "image", to=[]), "than the verdict: image"),
    "markup of another desk": (set_in("claimreview.json", "author", "name", to="Evil"), "than the verdict: author"),
    "policies of another": (edited("claimreview.json", b"desk.example/checks/how", b"evil.example/how"), "policies"),
    "markup that says more": (set_in("claimreview.json", "reviewBody", to="True."), "than the verdict: reviewBody"),
    "markup of another day": (set_in("claimreview.json", "datePublished", to=OLD), "datePublished"),
    "another claimant": (set_in("claim.json", "claimant", to="Bram"), "do not say the same: claimant"),
    "a claim of another kind": (set_in("claim.json", "kind", to="x"), "do not say the same: kind"),
    "a page that says else": (replaced("index.html", b"<h1>True</h1>"), "index.html and readme.txt do not say what"),
    "other instructions": (replaced("readme.txt", b"Ask evil.example."), "index.html and readme.txt do not say what"),
    "a list without end": (says("captures.json", lambda each: each.extend([each[0]] * 2000)), "captures.json cannot"),
    "keys without end": (says("keys.json", lambda keys: keys.extend([keys[0]] * 50)), "seals.json cannot be read"),
    "a check excused": (set_in("checks.json", 0, "not_again", to="because"), "for a reason that no package gives"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_desk_that_signs_a_lie_is_told(kept: Kept, lie: str) -> None:
    change, telling = LIES[lie]
    found = wrong(forged(*kept, change))
    assert any(telling in line for line in found), found


def test_a_check_of_words_that_are_not_the_claims_is_named(kept: Kept) -> None:
    def of_other_words(files: Members) -> None:
        text = files[json.loads(files["verdict.json"])["evidence"][0]["text"]].decode()
        checks = json.loads(files["checks.json"])
        checks[0]["inputs"]["quote"] = "Good evening"
        checks[0]["result"] = checked_again("quote", checks[0]["inputs"], text)
        files["checks.json"] = canonical(checks)

    data = forged(*kept, of_other_words)
    assert wrong(data) == []
    assert "Evidence 1: a check of words that are not the claim’s: Good evening" in untested(data)


def test_a_claim_found_in_other_words_is_named(kept: Kept) -> None:
    data = forged(*kept, set_in("claim.json", "as_found", to="Nobody said so."))
    assert any(line.startswith("The claim as it was found stands in no appearance") for line in untested(data))


def test_a_head_by_another_key_than_the_readers_is_named(kept: Kept) -> None:
    newer = new_key("desk.example/log")
    more = {"key": str(newer.verifier), "retired": None, "compromised": None}
    data = forged(kept[0], newer, says("keys.json", lambda keys: keys.append(more)))
    report = verify(data, newer.verifier)
    assert report.holds
    assert any("is not the key that was given" in str(line.what) for line in report.lines)
    assert not any(
        "is not the key that was given" in str(line.what) for line in verify(kept[0], kept[1].verifier).lines
    )


@pytest.mark.parametrize("stamp", [None, b"another stamp"], ids=["removed", "swapped"])
def test_a_time_stamp_is_bound_to_what_was_signed(kept: Kept, stamp: bytes | None) -> None:
    stamped = members_of(forged(*kept, lambda files: files.update({"manifest.tsr": b"a stamp"})))
    assert "The manifest is not signed by any key it names, or was changed." not in wrong(write_archive(stamped))
    del stamped["manifest.tsr"]
    data = write_archive(stamped | ({} if stamp is None else {"manifest.tsr": stamp}))
    assert "The manifest is not signed by any key it names, or was changed." in wrong(data)


def test_a_time_stamp_cannot_be_added_to_what_was_signed_without_one(kept: Kept) -> None:
    data = write_archive(members_of(kept[0]) | {"manifest.tsr": b"a stamp"})
    assert "The manifest is not signed by any key it names, or was changed." in wrong(data)


@pytest.mark.parametrize(("limit", "most"), [("MOST_EVENTS", 3), ("MOST_JSON", 5000), ("MOST_JSON_IN_ALL", 5000)])
def test_a_log_that_is_longer_than_any_is_not_read(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(opened, limit, most)
    assert "log.jsonl cannot be read (ValueError)." in wrong(kept[0])


def test_checks_that_would_take_too_long_are_not_run(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "MOST_READ", 10_000)
    assert "The rest of the checks was not run again: it would take too long." in untested(kept[0])


def test_what_a_package_says_is_printed_as_signs_that_do_nothing() -> None:
    report = Report()
    report.good(words("%(what)s", what="a\n✓ b\x1b[2K\r\u202ec\u2028d\ud800"))
    for as_json in (False, True):
        printed = told(report, as_json=as_json)
        assert "a\ufffd✓ b\ufffd[2K\ufffd\ufffdc\ufffdd\ufffd" in printed
    assert told(report, as_json=False).count("\n") == 1
