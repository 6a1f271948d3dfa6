"""Importing earlier fact checks: stored once with their file, found by their words, told where they cannot be read."""

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cases import Walk
from verification.index.collection import EARLIER
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexQuery
from verification.index.rebuilding import outdated, rebuild
from verification.models import EarlierCheck, IndexedEarlier
from verification.research.earlier import remove

pytestmark = pytest.mark.django_db
TABLE = "claim,claimant,rating,url,date\n"


def run(path: Path, *arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_verdicts", str(path), *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def table(tmp_path: Path, *rows: str, name: str = "old.csv") -> Path:
    file = tmp_path / name
    file.write_text(TABLE + "\n".join(rows))
    return file


def found(text: str) -> set[str]:
    hits = PostgresIndex(EARLIER).search(IndexQuery(text)).hits
    return set(EarlierCheck.objects.filter(pk__in=[hit.document_id for hit in hits]).values_list("url", flat=True))


def test_checks_are_stored_with_their_file_and_found_by_their_words(tmp_path: Path, archive: Path) -> None:
    file = table(
        tmp_path,
        "Forty lamps burn on the mole.,Ada Mole,True,https://gull.example/1,2029-03-02",
        "The ferry sank in May.,,False,https://gull.example/2,",
    )
    out, err = run(file, "--publisher", "Gull Gazette")
    assert (out.strip(), err) == ("2 added, 0 known already, 0 could not be read.", "")
    assert found("lamps burning on a mole") == {"https://gull.example/1"}
    lamps, ferry = EarlierCheck.objects.order_by("url")
    assert (lamps.claimant, lamps.publisher, lamps.published_precision) == ("Ada Mole", "Gull Gazette", "day")
    assert (ferry.claimant, ferry.published, ferry.published_precision) == (None, None, None)
    assert lamps.snapshot == ferry.snapshot
    assert (archive / lamps.snapshot.sha256[:2]).exists() or any(archive.rglob(f"*{lamps.snapshot.sha256}*"))
    assert outdated(EARLIER).count() == 0


def test_the_same_file_again_adds_nothing_and_an_edited_one_only_what_is_new(tmp_path: Path) -> None:
    first = "Forty lamps burn on the mole.,Ada Mole,True,https://gull.example/1,"
    run(table(tmp_path, first))
    assert run(table(tmp_path, first))[0].startswith("0 added, 1 known already, 0 could")
    out, err = run(
        table(
            tmp_path,
            first,
            first,
            "Ninety lamps burn.,,False,https://gull.example/1,",
            "Dark.,,False,https://gull.example/3,",
        )
    )
    assert out.startswith("1 added, 2 known already, 1 could")
    assert "old.csv:4: Its address stands for another claim already: “Forty lamps burn on the mole.”." in err
    assert EarlierCheck.objects.count() == IndexedEarlier.objects.count() == 2


def test_an_archive_is_read_and_what_is_wrong_in_it_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "past.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("past/a.csv", TABLE + "Lit.,,True,https://gull.example/1,\nDark.,,,https://gull.example/2,\n")
        archive.writestr("past/b.json", "{")
        archive.writestr("past/notes.txt", "not one of ours")
    out, err = run(path)
    assert out.startswith("1 added, 0 known already, 2 could not")
    assert "a.csv:3: It has no rating in words." in err
    assert "b.json: It is no JSON" in err


def test_a_dry_run_tells_and_stores_nothing(tmp_path: Path) -> None:
    out, _err = run(table(tmp_path, "Lit.,,True,https://gull.example/1,"), "--dry-run")
    assert out.startswith("1 would be added, 0 known already, 0 cannot")
    assert not EarlierCheck.objects.exists()


@pytest.mark.parametrize("name", ["nowhere.csv", "notes.docx"])
def test_a_path_that_holds_none_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    if name.endswith("docx"):
        (tmp_path / name).write_text("x")
    with pytest.raises(CommandError, match=r"\.$"):
        run(tmp_path / name)


def test_what_this_desk_published_comes_back_from_its_own_addresses(tmp_path: Path, client: Client) -> None:
    walk = Walk()
    verdict = walk.to_publication().verdict
    for address, name in (("feed.json", "feed.json"), (f"{walk.review.public}/", "check.html")):
        (tmp_path / name).write_bytes(client.get(f"/checks/{address}").content)
    (tmp_path / "claimreview.json").write_bytes(client.get(f"/checks/{walk.review.public}/claimreview.json").content)
    out, err = run(tmp_path)
    assert (out.strip(), err) == ("1 added, 2 known already, 0 could not be read.", "")
    check = EarlierCheck.objects.get()
    assert (check.claim_text, check.title, check.rating_label) == (
        verdict.claim_text,
        verdict.headline,
        verdict.rating_label,
    )


def test_a_stored_check_is_never_changed_but_can_be_taken_out(tmp_path: Path) -> None:
    run(table(tmp_path, "Forty lamps burn.,,True,https://gull.example/1,"))
    check = EarlierCheck.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlierCheck.objects.update(rating_label="False")
    remove(check)
    assert found("forty lamps") == set()
    assert not EarlierCheck.objects.exists()


def test_earlier_checks_that_are_not_indexed_are_found_after_a_rebuilding(tmp_path: Path) -> None:
    run(table(tmp_path, "Forty lamps burn.,,True,https://gull.example/1,"))
    PostgresIndex(EARLIER).remove(EarlierCheck.objects.values_list("pk", flat=True))
    assert found("forty lamps") == set()
    assert rebuild(collection=EARLIER) == 1
    assert found("forty lamps") == {"https://gull.example/1"}


def test_thousands_of_checks_take_seconds(tmp_path: Path) -> None:
    rows = [
        {
            "@type": "ClaimReview",
            "claimReviewed": f"Berth {number} of Port Example took {number % 97} ships in week {number % 52}.",
            "url": f"https://gull.example/{number}",
            "reviewRating": {"alternateName": "False", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
            "datePublished": "2029-03-02",
        }
        for number in range(2000)
    ]
    path = tmp_path / "past.json"
    path.write_text(json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": row} for row in rows]}))
    started = time.monotonic()
    out, _err = run(path)
    assert out.startswith("2000 added")
    assert time.monotonic() - started < 15
