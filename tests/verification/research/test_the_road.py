"""An article goes in; claims with tested passages come out. Library and article are our own words."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.capture.archive import FolderArchive
from claims.models import Claim, Work
from verification.models import Candidate, Document, ReviewEvent, SearchRun, State

pytestmark = pytest.mark.django_db(transaction=True)

REMARKS = """---
title: Remarks by Warden Quillfeather on the Northern Mole
date: '2031-05-04'
published_time: 2031-05-04 19:30:00-05:00
source_url: https://port.example/remarks/mole
---

Long Room

WARDEN QUILLFEATHER:  Good evening.  We bought forty lamps for the northern mole, and every
one of them will burn by midsummer.  (Applause.)

Q    Will captains pay for them?

WARDEN QUILLFEATHER:  No captain will pay a penny for these lamps unless the council
decides otherwise.
"""
READOUT = """---
title: Readout of the Harbour Board’s Call with Port Sample
date: '2031-05-03'
---

The harbour board spoke with the wardens of Port Sample today. The boards reviewed the price of lamp
oil and committed to share a pilot boat through the winter.
"""
ARTICLE = "\n\n".join(
    [
        "Lamps return to the northern mole",
        '"We bought forty lamps for the northern mole, and every one of them will burn by midsummer," harbour warden '
        "Ada Quillfeather told reporters on Sunday.",
        '"Every captain will pay a penny for these lamps unless the council decides otherwise," Quillfeather said.',
        '"The lamps are a waste of good whale oil and nobody asked for them," said trader Bram Oxley.',
        "The two boards talked for 25 minutes on Saturday.",
    ]
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "remarks.md").write_text(REMARKS)
    (folder / "readout.md").write_text(READOUT)
    for number in range(12):
        other = (
            f"---\ntitle: Harbour notice {number}\n---\n\nBoats of class {number} report to the pilot on the mole.\n"
        )
        (folder / f"notice-{number}.md").write_text(other)
    return folder


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def check(tmp_path: Path, text: str = ARTICLE) -> dict[str, Any]:
    article = tmp_path / "article.txt"
    article.write_text(text)
    found: dict[str, Any] = json.loads(run("check_article", str(article), "--json"))
    return found


def claim_with(found: dict[str, Any], words: str) -> dict[str, Any]:
    (claim,) = (claim for claim in found["claims"] if words in claim["text"])
    assert isinstance(claim, dict)
    return claim


def test_quotations_are_held_against_the_record_word_by_word(library: Path, tmp_path: Path) -> None:
    run("import_documents", str(library), "--source", "Port Example")
    found = check(tmp_path)

    true = claim_with(found, "forty lamps")
    assert true["speaker"] == "Ada Quillfeather"
    assert true["candidates"][0]["document"] == "remarks.md"
    assert true["candidates"][0]["quote_check"]["class"] == "exact"
    assert true["candidates"][0]["tier"] == "T0"

    bent = claim_with(found, "Every captain")
    assert bent["candidates"][0]["document"] == "remarks.md"
    assert bent["candidates"][0]["quote_check"]["class"] == "altered"
    assert bent["candidates"][0]["quote_check"]["flags"]
    changed = [part for part in bent["candidates"][0]["quote_check"]["diff"] if part["op"] != "equal"]
    assert any("No" in part["source"] and "Every" in part["quote"] for part in changed)

    unknown = claim_with(found, "waste of good whale oil")
    assert unknown["speaker"] == "Bram Oxley"
    assert all(candidate["quote_check"]["class"] == "not_found" for candidate in unknown["candidates"])

    assert claim_with(found, "25 minutes")["kind"] == "quantity"


def test_offsets_of_claims_and_candidates_point_at_their_words(library: Path, tmp_path: Path) -> None:
    run("import_documents", str(library), "--source", "Port Example")
    found = check(tmp_path)
    for claim in found["claims"]:
        assert found["article"]["text"][claim["start"] : claim["end"]] == claim["exact"]
        for candidate in claim["candidates"]:
            text = Document.objects.get(stable_id=candidate["document"]).text
            assert text[candidate["start"] : candidate["end"]] == candidate["text"]
            assert candidate["reasons"]


def test_a_weekday_without_a_date_is_no_date(library: Path, tmp_path: Path) -> None:
    found = check(tmp_path)
    assert found["article"]["published"] is None
    assert {(claim["said"], claim["said_precision"]) for claim in found["claims"]} == {(None, None)}


def test_an_empty_library_is_a_search_that_found_nothing(tmp_path: Path) -> None:
    found = check(tmp_path)
    assert found["claims"]
    assert all(claim["candidates"] == [] for claim in found["claims"])
    assert {run.outcome for run in SearchRun.objects.all()} == {"EMPTY"}


def test_the_same_article_again_keeps_its_claims_and_is_searched_anew(library: Path, tmp_path: Path) -> None:
    before = check(tmp_path)
    run("import_documents", str(library), "--source", "Port Example")
    after = check(tmp_path)
    assert [claim["id"] for claim in before["claims"]] == [claim["id"] for claim in after["claims"]]
    assert claim_with(after, "forty lamps")["candidates"]
    assert Claim.objects.count() == len(before["claims"])
    assert SearchRun.objects.count() == 2 * len(before["claims"])
    assert not Work.objects.filter(done_at__isnull=True).exists()


def test_each_claim_gets_one_case_in_triage_with_its_first_event(tmp_path: Path) -> None:
    check(tmp_path)
    for claim in Claim.objects.select_related("review"):
        assert claim.review.state == State.TRIAGE
    assert ReviewEvent.objects.filter(verb="opened").count() == Claim.objects.count()


def test_an_import_run_twice_adds_nothing_and_a_changed_file_supersedes_its_version(
    library: Path, tmp_path: Path, archive: Path
) -> None:
    assert run("import_documents", str(library), "--source", "Port Example").startswith("14 added, 0 changed")
    assert run("import_documents", str(library), "--source", "Port Example").startswith(
        "0 added, 0 changed, 14 already"
    )
    check(tmp_path)
    proposed = Candidate.objects.filter(document__stable_id="remarks.md").first()
    assert proposed is not None
    (library / "remarks.md").write_text(REMARKS.replace("forty lamps", "four lamps"))
    assert run("import_documents", str(library), "--source", "Port Example").startswith(
        "0 added, 1 changed, 13 already"
    )
    assert Document.objects.filter(stable_id="remarks.md").count() == 2
    assert claim_with(check(tmp_path), "forty lamps")["candidates"][0]["quote_check"]["class"] == "altered"
    # What was proposed before still stands on the bytes it was found in.
    proposed.refresh_from_db()
    assert proposed.document.text[proposed.start : proposed.end] == proposed.exact
    assert FolderArchive(archive).get(proposed.snapshot_sha256).decode() == REMARKS


def test_an_import_that_was_cut_short_is_finished_by_the_next(library: Path, tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": f"n{number}", "text": f"Notice {number} of the harbour board."}) for number in range(1200)
    ]
    whole = tmp_path / "rows.jsonl"
    whole.write_text("\n".join(rows[:700]))
    run("import_documents", str(whole), "--source", "Port Example")
    whole.write_text("\n".join(rows))
    assert run("import_documents", str(whole), "--source", "Port Example").startswith(
        "500 added, 0 changed, 700 already"
    )


def test_a_path_without_documents_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(CommandError) as caught:
            run("import_documents", str(path), "--source", "Port Example")
        assert "\n" not in str(caught.value)


def test_the_table_shows_the_class_the_difference_and_the_reasons(library: Path, tmp_path: Path) -> None:
    run("import_documents", str(library), "--source", "Port Example")
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    shown = run("check_article", str(article))
    assert "[exact" in shown
    assert "[-Every-]{+No+}" in shown
    assert "Ada Quillfeather" in shown
    assert "checked against 14 documents." in shown
