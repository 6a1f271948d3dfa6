"""What a package holds of cases of every kind."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone, translation
from warcio.archiveiterator import ArchiveIterator

from claims.archiving import archive
from claims.archiving import part as part_of
from claims.capture.warc_check import faults_in
from tests.cases import Walk, make_document, make_run, now
from tests.verification.admin.opening import second_version
from tests.verification.publishing.package.cases import (
    RECORD,
    SAID,
    Case,
    fetched,
    found_in,
    packed,
)
from tests.verification.publishing.package.reading import members_of, told, wrong
from tests.verification.review.test_parts import checked, divide
from verification.models import Change, Rating, Seal, Stance
from verification.publishing.package import gathering_log
from verification.publishing.package.building import due
from verification.publishing.package.gathering import gathered
from verification.publishing.package.gathering_log import NotSealed
from verification.publishing.package.writing import draw_up, signed
from verification.review import judgments, minor_edits
from verification.review.checkpoints import make_checkpoint
from verification.review.judgments import Finding
from verification.review.log_keys import signing_key
from verification.review.programs import acting_by
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db


def test_a_package_holds_the_claim_its_evidence_and_each_check(good: bytes) -> None:
    assert wrong(good) == []
    verdict = told(good, "verdict.json")
    first = verdict["evidence"][0]
    assert (first["exact"], first["stance"]) == (SAID, Stance.REFUTES)
    assert members_of(good)[first["text"]].decode() == RECORD
    assert verdict["rating"] | {"tone": ""} == {"label": "False", "tone": "", "value": 1, "worst": 1, "best": 5}
    assert [(each["evidence"], each["kind"]) for each in told(good, "checks.json")][:2] == [
        (1, "quote"),
        (1, "figures"),
    ]
    assert told(good, "claim.json")["appearances"][0]["mention"] == "Ada Quillfeather"
    assert told(good, "claimreview.json")["url"].startswith("https://desk.example/checks/")
    page = members_of(good)["index.html"].decode()
    assert SAID in page
    assert "<script" not in page


def test_a_check_that_programs_published_for_their_people_is_told_so_and_holds() -> None:
    case, token = Case(), uuid4()
    for person in (case.checker, case.editor, case.publisher):
        acting_by(token, person)
    data = packed(case.out())
    assert wrong(data) == []
    events = [json.loads(line) for line in members_of(data)["log.jsonl"].splitlines()]
    bodies = {event["verb"]: json.loads(event["payload"]["body"]) for event in events if event["payload"]}
    assert bodies["approve"]["token"] == bodies["publish"]["token"] == str(token)


def test_a_text_with_other_ends_of_line_is_packed_and_holds() -> None:
    case = Case()
    case.accepted().taken().proposed().drafted(
        explanation="It differs [1].\u2028So it\u0085does."
    ).approved().published()
    data = packed(case.signed())
    assert "\u2028" in told(data, "verdict.json")["explanation"]
    assert wrong(data) == []


def test_markup_that_cannot_show_a_sign_as_it_was_typed_still_says_what_the_verdict_says() -> None:
    case = Case()
    case.accepted().taken().proposed().drafted(headline="No: the record\x92s \x93lamps\x94 are\x7f others").approved()
    case.published()
    data = packed(case.signed())
    assert told(data, "claimreview.json")["headline"] == "No: the record’s “lamps” are others"
    assert wrong(data) == []


def test_what_it_holds_are_sound_web_archives(good: bytes) -> None:
    files = {name: data for name, data in members_of(good).items() if name.endswith(".warc.gz")}
    assert len(files) == 2
    for data in files.values():
        assert faults_in(data) == []
        kinds = [each.rec_type for each in ArchiveIterator(BytesIO(data), check_digests="raise")]
        assert kinds == ["warcinfo", "request", "response"]


def test_built_twice_it_is_the_same_whatever_the_zone_and_the_language_around() -> None:
    verdict = Case(letter=True).out()
    first = packed(verdict)
    with timezone.override("Pacific/Chatham"), translation.override("de"):
        assert packed(verdict) == first
    translation.activate("en-gb")


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    verdict = Case().out()
    secret, key = signing_key()
    material, _head = gathered(verdict, key, archive())
    (tmp_path / "material").write_text(repr((asdict(material), asdict(secret))), encoding="utf-8")
    program = (
        "import ast, sys, pathlib\n"
        "from verification.publishing.package.material import File, KeptBack, Material\n"
        "from verification.publishing.package.writing import draw_up, signed\n"
        "from verification.review.signed_note import SignerKey\n"
        "told, key = ast.literal_eval(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))\n"
        "told['files'] = [File(**each) for each in told['files']]\n"
        "told['kept_back'] = [KeptBack(**each) for each in told['kept_back']]\n"
        "sys.stdout.buffer.write(signed(draw_up(Material(**told)), SignerKey(**key)))\n"
    )
    written = set()
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("77", "America/Lima", "C.UTF-8")):
        around = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        run = [sys.executable, "-c", program, str(tmp_path / "material")]
        written.add(subprocess.run(run, env=around, capture_output=True, check=True).stdout)
    assert written == {packed(verdict), signed(draw_up(material), secret)}
    assert len(written) == 1


def test_an_upload_goes_in_as_its_bytes() -> None:
    data = packed(Case(upload=True).out())
    assert wrong(data) == []
    capture = next(each for each in told(data, "captures.json") if each["what"] == "evidence 1")
    assert members_of(data)[capture["bytes"]].decode() == RECORD


def test_a_part_of_a_larger_exchange_comes_with_the_whole() -> None:
    case = Case()
    feed = fetched("https://port.example/feed", f"<item>{RECORD}</item>".encode())
    item = part_of(feed, RECORD.encode(), "text/plain", "https://port.example/item")
    found_in(case.review.claim, make_document(RECORD, snapshot=item), SAID)
    data = packed(case.out())
    assert wrong(data) == []
    capture = next(each for each in told(data, "captures.json") if each["what"] == "evidence 2")
    assert (capture["part_of"], capture["page_in"]) == (feed.sha256, None)
    assert capture["warc"] in members_of(data)


def test_a_page_that_came_again_is_shown_by_the_exchange_that_brought_it_first() -> None:
    case = Case()
    again = fetched("https://port.example/remarks", RECORD.encode())
    assert again.revisits is not None
    found_in(case.review.claim, make_document(RECORD, snapshot=again), SAID)
    assert wrong(packed(case.out())) == []


def test_a_record_of_not_finding_is_packed_without_evidence() -> None:
    case = Case(record=False)
    run = make_run(case.review.claim, outcome="EMPTY", documents=9)
    rating = Rating.objects.get(scale__in_use=True, value=0)
    found = Finding(rating, "We looked [1].", none_supports=True, none_refutes=True, searches=[run])
    case.accepted().taken()
    seen = case.judgment().revision
    judgments.submit(case.review, case.checker, found, seen=seen, case_seen=case.review.revision)
    case.review = now(case.review)
    case.drafted(explanation="We looked [1].").approved().published()
    data = packed(case.signed())
    assert wrong(data) == []
    verdict = told(data, "verdict.json")
    assert (verdict["evidence"], verdict["rating"]["value"]) == ([], None)
    assert [(each["number"], each["outcome"]) for each in verdict["searches"]] == [(1, "EMPTY")]
    assert "beside the scale" in members_of(data)["index.html"].decode()


def test_a_correction_names_the_words_it_replaces_and_an_old_version_keeps_its_own() -> None:
    case = Case()
    first = case.out()
    before = packed(first)
    second_version(case).approved().published()
    data = packed(case.signed())
    assert wrong(data) == []
    change = told(data, "verdict.json")["change"]
    assert (change["kind"], change["note"]) == (Change.CORRECTION, "Version 1 had the wrong hour.")
    assert change["supersedes"] == {"version": 1, "words_sha256": told(before, "verdict.json")["words_sha256"]}
    assert told(data, "claimreview.json")["correction"][0]["text"] == "Version 1 had the wrong hour."
    assert packed(first) == before


def test_a_minor_edit_is_packed_with_who_signed_it() -> None:
    case = Case()
    case.out()
    words = ("No: the record says otherwise", "The transcript differs here [1].", "A word was missing.")
    minor_edits.minor_edit(case.review, case.editor, case.review.revision, *words, meaning_stays=True)
    data = packed(case.signed())
    assert wrong(data) == []
    assert told(data, "verdict.json")["change"]["kind"] == Change.MINOR


def test_a_compound_claim_is_packed_with_its_parts_as_they_stood() -> None:
    case = Case()
    case.accepted()
    for part in divide(case.review, case.editor, "Forty lamps were bought.", "Every captain will pay."):
        checked(case, part, 1)
    case.review = now(case.review)
    case.taken()
    case.proposed(value=1).drafted().approved().published()
    data = packed(case.signed())
    assert wrong(data) == []
    parts = told(data, "verdict.json")["parts"]
    assert [each["wording"] for each in parts["parts"]] == ["Forty lamps were bought.", "Every captain will pay."]


def test_before_the_log_is_signed_there_is_nothing_to_pack() -> None:
    case = Case()
    verdict = case.to_publication().verdict
    signing_key(make=True)
    with pytest.raises(NotSealed):
        packed(verdict)
    assert due() == []
    assert case.signed().pk in due()


def test_of_a_long_log_each_seal_leads_to_the_next_signed_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering_log, "WHOLE_CHAIN", 0)
    case = Case()
    seal()
    make_checkpoint()
    for _other in range(3):
        Walk().accepted()
        seal()
    data = packed(case.out())
    assert wrong(data) == []
    stretches = told(data, "seals.json")
    assert len(stretches) == 2
    assert sum(len(each["seals"]) for each in stretches) < Seal.objects.count()
