"""What an import does when it is run again, run twice at once, or told something that does not fit."""

import io
import json
import tarfile
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from verification.connectors.files import read_files
from verification.models import Document, Source
from verification.research.importing import ImportReport, import_texts

pytestmark = pytest.mark.django_db(transaction=True)


def run(path: Path, *arguments: str, source: str = "Port Example") -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_documents", str(path), "--source", source, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def rows(tmp_path: Path, ids: list[str]) -> Path:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps({"id": name, "text": f"Notice {n}."}) for n, name in enumerate(ids)))
    return file


def test_an_id_that_stands_twice_counts_once_and_the_next_run_changes_nothing(tmp_path: Path) -> None:
    file = rows(tmp_path, ["a", "a", *(f"n{number}" for number in range(600)), "a"])
    out, err = run(file)
    assert out.startswith("601 added, 0 changed, 0 already here, 2 passed over")
    assert "stands twice" in err
    assert run(file)[0].startswith("0 added, 0 changed, 601 already here, 2 passed over")
    assert Document.objects.get(stable_id="a").text == "Notice 0."


def test_two_imports_of_one_source_at_once_store_each_document_once(tmp_path: Path) -> None:
    file = rows(tmp_path, ["a", "b"])
    source = Source.objects.create(name="Port Example")
    reports: list[ImportReport] = []

    def put_in() -> None:
        try:
            reports.append(import_texts(read_files(file), source))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=put_in) for _ in range(2)]
    with transaction.atomic():
        Source.objects.select_for_update().get(pk=source.pk)
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 20
        waiting = 0
        while waiting < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                    "AND datname = current_database()"
                )
                (waiting,) = cursor.fetchone() or (0,)
        assert waiting == 2
    for thread in threads:
        thread.join()
    assert sorted((report.added, report.changed, report.unchanged) for report in reports) == [(0, 0, 2), (2, 0, 0)]


def test_what_an_archive_held_before_it_was_damaged_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour board met in the long room.")
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for number in range(3):
            archive.add(tmp_path / "a.txt", f"top/{number}.txt")
    (tmp_path / "cut.tar").write_bytes(whole.getvalue()[:2580])
    with pytest.raises(CommandError):
        run(tmp_path / "cut.tar")
    assert Document.objects.count() == 2


def test_a_tier_given_for_a_source_that_is_here_is_said_to_be_ignored(tmp_path: Path) -> None:
    file = rows(tmp_path, ["a"])
    assert "keeps" not in run(file, "--tier", "2", "--speaks-for", "The Warden")[1]
    assert "keeps" not in run(file)[1]
    assert "keeps" not in run(file, "--tier", "2")[1]
    assert "keeps" in run(file, "--tier", "0")[1]
    assert "keeps" in run(file, "--speaks-for", "The Board")[1]
    assert (Source.objects.get().tier, Source.objects.get().speaks_for) == (2, "The Warden")


@pytest.mark.parametrize("name", ["x" * 201, "caf\udce9", "a\0b", " "])
def test_a_source_name_that_cannot_be_stored_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError) as caught:
        run(rows(tmp_path, ["a"]), source=name)
    assert "\n" not in str(caught.value)
    assert not Source.objects.exists()


def test_text_pasted_for_a_path_is_one_sentence() -> None:
    with pytest.raises(CommandError) as caught:
        run(Path("lamps " * 1000))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_rows_that_no_column_could_hold_are_stored_or_passed_over(tmp_path: Path) -> None:
    bad = {"text": "Lamps.", "language": "x" * 40, "title": "L\0\ud800", "url": "https://port.example/\0"}
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps({"id": f"{n}\0\ud800", **bad}) for n in range(3)))
    (tmp_path / "caf\udce9.txt").write_text("The harbour board met.")
    assert run(tmp_path)[0].startswith("4 added")
