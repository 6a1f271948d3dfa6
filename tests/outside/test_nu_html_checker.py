"""Every page is HTML without an error, as the Nu HTML checker reads it; one start of it reads them all."""

import json
import logging
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.journeys.addresses import open_all, open_to_readers
from tests.journeys.furnished import furnish
from tests.outside.programs import NU_CHECKER, part, program, run

pytestmark = [pytest.mark.browser]

HEAD = '<!DOCTYPE html><html lang="en"><head><title>Lamps</title></head><body>'
FAULTY = f'{HEAD}<p id="lamp">One<p id="lamp">Another</b></body></html>'


def errors_in(folder: Path) -> list[str]:
    """Return what the checker says of the pages in a folder, a line for each error with the page's name."""
    java = program("java", "default-jre-headless")
    pages = [str(page) for page in sorted(folder.glob("*.html"))]
    answer = run(java, "-jar", part(NU_CHECKER), "--errors-only", "--format", "json", "--stdout", *pages)
    assert answer.stdout, answer.stderr
    return [
        f"{Path(told['url']).stem}, line {told.get('lastLine')}: {told['message']} {told.get('extract', '')!r}"
        for told in json.loads(answer.stdout)["messages"]
    ]


@pytest.mark.django_db(transaction=True)
def test_every_page_is_html_without_an_error(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")  # most people are refused somewhere
    open_to_readers(settings)
    count = 0
    for count, page in enumerate(open_all(furnish().people), 1):
        (tmp_path / f"{page.file_name}-{count}.html").write_bytes(page.body)
    missing = Client().get("/no-such-page/").content
    (tmp_path / "missing.html").write_bytes(missing)
    assert count > 150
    assert errors_in(tmp_path) == []


def test_a_faulty_page_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "faulty.html").write_text(FAULTY)
    told = "\n".join(errors_in(tmp_path))
    assert "faulty, line 1: Duplicate ID “lamp”." in told
    assert "Stray end tag “b”" in told or "“b”" in told
