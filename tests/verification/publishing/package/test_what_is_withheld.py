"""What a package keeps back and how it says so: it holds nothing that readers do not see."""

import gzip
import json

import pytest
from django.contrib.auth.models import Group, User
from pytest_django.fixtures import Settings

from claims.models import Appearance
from tests.cases import make_document, now
from tests.factories import make_article
from tests.verification.admin.opening import second_version
from tests.verification.publishing.package.cases import (
    ARTICLE,
    LETTER,
    SAID,
    SECRET,
    Case,
    found_in,
    packed,
    uploaded,
)
from tests.verification.publishing.package.reading import forged, members_of, says, told, untested, wrong
from tests.verification.publishing.rows import set_desk
from verification.models import Hat, ReviewEvent
from verification.publishing.package.building import due
from verification.review.log import erase_payload
from verification.review.log_keys import signing_key
from verification.review.waiving import waive

pytestmark = pytest.mark.django_db


def test_nothing_of_what_is_withheld_or_internal_stands_in_any_file(good: bytes) -> None:
    files = members_of(good)
    everything = b"\n".join(gzip.decompress(data) if name.endswith(".gz") else data for name, data in files.items())
    names = ("Cato", "Sela", "Edda", "Piet", "Ines")
    for hidden in (SECRET, LETTER[:20], "pence", *names, "It names a figure", "The record says otherwise [1]"):
        assert hidden.encode() not in everything, hidden
    letter = told(good, "verdict.json")["evidence"][1]
    assert (letter["exact"], letter["text"], letter["prefix"]) == ("Burn this letter", None, None)
    reasons = {each["sha256"]: each["reason"] for each in told(good, "manifest.json")["withheld"]}
    assert reasons[letter["capture"]] == reasons[letter["text_sha256"]] == "confidential"
    assert "Evidence 2: its text is withheld, so its words cannot be found in it." in untested(good)


def test_of_a_readers_question_the_claim_alone_goes_in() -> None:
    case = Case(asked=True)
    asked = "Is it so that Bram Oakum, of 7 Net Lane, paid for the lamps of the mole?"
    heard = make_article(asked, snapshot=uploaded(asked.encode()), title="A reader’s question")
    joined = {"snapshot": heard.snapshot, "snapshot_sha256": heard.snapshot.sha256, "start": 0, "end": len(asked)}
    Appearance.objects.create(claim=case.review.claim, article=heard, exact=asked, **joined)
    data = packed(case.out())
    assert wrong(data) == []
    files = members_of(data)
    everything = b"\n".join(gzip.decompress(data) if name.endswith(".gz") else data for name, data in files.items())
    for hidden in ("Nobody else spoke", "harbour warden", "Lamps return", "Net Lane"):
        assert hidden.encode() not in everything, hidden
    place = next(each for each in told(data, "claim.json")["appearances"] if each["exact"])
    assert place["exact"] in ARTICLE
    assert [place[name] for name in ("text", "prefix", "suffix", "start", "end", "mention")] == [None] * 6
    withheld = {each["sha256"]: (each["reason"], each["size"]) for each in told(data, "manifest.json")["withheld"]}
    assert withheld[place["text_sha256"]] == withheld[place["capture"]] == ("confidential", None)


def test_words_of_a_letter_beside_the_cited_passage_are_in_no_check_of_it() -> None:
    case = Case(record=False)
    text = f"{SAID.replace('forty', 'seventy')} Burn this letter, Bram."
    letter = make_document(text, snapshot=uploaded(text.encode()), withheld=True, title=None)
    found_in(case.review.claim, letter, "Burn this letter")
    data = packed(case.out())
    assert wrong(data) == []
    assert [each["kind"] for each in told(data, "checks.json")] == ["quote"]
    assert not [name for name, file in members_of(data).items() if b"seventy" in file]


def test_names_go_in_where_readers_learn_them() -> None:
    set_desk(names_public=True)
    assert told(packed(Case().out()), "verdict.json")["signed"]["checked_by"] == "Cato Lamp"


@pytest.mark.parametrize("most", [700, 10])
def test_what_is_too_large_is_kept_back_by_its_hash(settings: Settings, most: int) -> None:
    settings.PACKAGE_MAX_BYTES = most
    data = packed(Case().out())
    assert wrong(data) == []
    assert {each["reason"] for each in told(data, "manifest.json")["withheld"]} == {"too-large"}
    assert any(line.startswith("Withheld: captured bytes of") for line in untested(data))


def test_a_withdrawn_check_has_no_package_and_its_text_is_in_none() -> None:
    case = Case()
    case.out()
    second_version(case, "void").approved().published()
    void = case.signed()
    assert due() == [void.supersedes_id]
    second_version(case).approved().published()
    data = packed(case.signed())
    assert wrong(data) == []
    shown = [event for event in map(json.loads, members_of(data)["log.jsonl"].splitlines()) if event["payload"]]
    assert [event["verb"] for event in shown] == ["approve", "publish", "publish", "approve", "publish"]


def test_an_exception_in_a_cycle_that_readers_were_not_told_of_stays_internal() -> None:
    case = Case()
    case.out()
    case.checker.groups.add(Group.objects.get(name="editor"))
    both, editor = User.objects.get(pk=case.checker.pk), case.editor
    second_version(case, "void")
    waive(case.review, editor, both, Hat.APPROVER, case.review.revision, "Everybody is at sea.")
    case.review, case.editor = now(case.review), both
    case.approved().published()
    case.signed()
    case.editor = editor
    second_version(case).approved().published()
    data = packed(case.signed())
    assert wrong(data) == []
    assert b"at sea" not in members_of(data)["log.jsonl"]


def test_an_exception_from_four_eyes_is_told_and_so_is_what_was_erased() -> None:
    case = Case()
    case.accepted().taken().proposed().drafted()
    case.checker.groups.add(Group.objects.get(name="editor"))
    both = User.objects.get(pk=case.checker.pk)
    waive(case.review, case.editor, both, Hat.APPROVER, case.review.revision, "All at sea.")
    case.review, case.editor = now(case.review), both
    case.approved().published()
    verdict = case.signed()
    data = packed(verdict)
    assert wrong(data) == []
    assert told(data, "verdict.json")["signed"]["exceptions"] == [{"person": "", "reason": "All at sea."}]
    assert any("One person did two parts" in line for line in untested(data))
    untold = forged(data, signing_key()[0], says("verdict.json", lambda told: told["signed"].update(exceptions=[])))
    assert "One person did two parts: the log allows that, and the verdict does not tell readers of it." in wrong(
        untold
    )
    event = ReviewEvent.objects.get(review=case.review, verb="waive_four_eyes")
    erase_payload(event, actor="service:erasure", reason="It named somebody.")
    without = packed(verdict)
    assert b"at sea" not in without
    assert json.loads(members_of(without)["log.jsonl"].splitlines()[event.seq - 1])["withheld"] == "erased"
