"""Handing in many on the desk and by command: who may, what each row is told, and nothing done twice."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from claims.models import Article, Submission, Work
from claims.submitting import FETCH
from tests.people import make_person
from tests.verification.admin.opening import as_person
from verification.admin.intake.many import MAX_ROWS

pytestmark = pytest.mark.django_db
MANY = reverse("admin:intake_many")
LAMPS = "https://news.example/lamps"
LIST = f"link;Text;Date\n{LAMPS};;\n;Forty lamps were bought in May, the board said.;soon\n;The mole is 900 m long.;\n"


@pytest.fixture
def browser() -> Client:
    return as_person(make_person("intake"))


def send(browser: Client, body: str | bytes, name: str = "list.csv") -> Any:
    return browser.post(
        MANY, {"list_file": SimpleUploadedFile(name, body if isinstance(body, bytes) else body.encode())}
    )


def shown(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_of_intake_offers_to_hand_in_many(browser: Client) -> None:
    answer = browser.get(reverse("admin:claims_submission_add"))
    assert f'action="{MANY}"' in answer.content.decode()


def test_each_row_of_a_list_is_told_and_the_same_list_does_nothing_again(browser: Client) -> None:
    first = shown(send(browser, LIST))
    assert "2 taken in, 0 here already, 1 refused." in first
    assert "Row 3" in first
    assert "“soon”" in first
    assert "0 taken in, 2 here already, 1 refused." in shown(send(browser, LIST))
    assert (Submission.objects.count(), Article.objects.count(), Work.objects.filter(kind=FETCH).count()) == (2, 1, 1)
    assert set(Submission.objects.values_list("way", flat=True)) == {"import"}


@pytest.mark.parametrize(
    "body", [b"", b"name\nx\n", b"url\n" + b"https://a.example/\n" * (MAX_ROWS + 1), b"[" * 100_000]
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(browser: Client, body: bytes) -> None:
    answer = send(browser, body)
    assert answer.status_code == 422
    assert "errorlist" in shown(answer)
    assert not Submission.objects.exists()


def test_a_list_larger_than_the_desk_takes_is_refused(browser: Client, settings: Settings) -> None:
    settings.INTAKE_MAX_BYTES = 20
    assert "is larger than" in shown(send(browser, LIST))


def test_no_file_is_told_and_what_a_name_holds_is_shown_as_text(browser: Client) -> None:
    assert "Choose a file." in shown(browser.post(MANY))
    assert "<script>x" not in shown(send(browser, LIST, name="<script>x.csv"))


def test_only_those_hand_in_many_whose_role_says_so() -> None:
    for role, status in {"checker": 200, "editor": 200, "publisher": 403, "auditor": 403}.items():
        assert as_person(make_person(role)).get(MANY).status_code == status


def ran(path: Path, **options: Any) -> str:
    out, errors = StringIO(), StringIO()
    call_command("import_articles", path, stdout=out, stderr=errors, **options)
    return out.getvalue() + errors.getvalue()


def test_the_command_takes_a_list_in_once(tmp_path: Path) -> None:
    person, path = make_person("checker"), tmp_path / "list.json"
    path.write_text(json.dumps([{"url": LAMPS}, {"text": 7}]))
    assert "1 would be taken in, 0 are here already, 1 are refused." in ran(path, dry_run=True)
    assert not Submission.objects.exists()
    first = ran(path)
    assert "row 2: “text” must be text" in first
    assert "1 taken in, 0 here already, 1 refused." in first
    assert "0 taken in, 1 here already, 1 refused." in ran(path, person=person.username)
    assert Submission.objects.get().person == person


def test_the_command_asks_who_hands_in_where_that_is_not_clear(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    make_person("intake")
    auditor, _second = make_person("auditor"), make_person("editor")
    for name, why in {None: "--person", "nobody": "nobody who may", auditor.username: "nobody who may"}.items():
        with pytest.raises(CommandError, match=why):
            ran(path, person=name)
    with pytest.raises(CommandError, match="No such file"):
        ran(tmp_path / "gone.csv", person=_second.username)
    assert not Submission.objects.exists()
