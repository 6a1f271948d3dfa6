"""The queue's columns, chosen by each person; and the list as a table for spreadsheets, which has the same ones."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cases import now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.queue_pages import QUEUE, row_of
from verification.admin.queue import export
from verification.admin.queue.columns import COLUMNS, USUAL
from verification.models import Absence, Profile, Review, Topic
from verification.review import assignment

pytestmark = pytest.mark.django_db


def table(client: Client, person: User, **query: str) -> list[list[str]]:
    """Return the table that somebody downloads, its heading first."""
    client.force_login(person)
    answer = client.get(reverse("admin:queue_csv"), query)
    assert answer.status_code == 200
    text = answer.getvalue().decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:])))


def choose(client: Client, person: User, *columns: str, **fields: str) -> str:
    """Send the form of the columns; return where it leads."""
    client.force_login(person)
    answer = client.post(reverse("admin:queue_columns"), {"column": columns, "query": "?q=lamps&columns=due", **fields})
    return answer["Location"]


def columns(client: Client, person: User, query: str = "") -> list[str]:
    """Return the columns somebody is shown."""
    client.force_login(person)
    found: list[str] = client.get(QUEUE + query).context["cl"].columns
    return found


def test_everybody_chooses_their_own_columns_and_the_search_stays(client: Client) -> None:
    desk = FullDesk()
    assert columns(client, desk.checker) == list(USUAL)
    assert choose(client, desk.checker, "legal", "topic", "nonsense") == f"{QUEUE}?q=lamps"
    assert columns(client, desk.checker) == ["topic", "legal"]
    assert columns(client, desk.other) == list(USUAL)
    assert columns(client, desk.checker, "?columns=claim,cycle") == ["cycle"]
    choose(client, desk.checker)
    assert columns(client, desk.checker) == []
    choose(client, desk.checker, usual="1")
    assert columns(client, desk.checker) == list(USUAL)
    assert Profile.objects.count() == 1


def test_every_column_says_what_it_is_called_for(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk().review
    review.topics.add(Topic.objects.create(name="Harbour lights"))
    line = row_of(client, desk.editor, review, columns=",".join(COLUMNS))
    for words in ("Researching", "Cato Lamp", "Harbour lights", "today", "not asked for", "no deadline"):
        assert words in line
    assert "Harbour lights" not in row_of(client, desk.editor, review)


def test_the_table_holds_all_cases_of_the_search_in_its_order_with_the_columns_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = FullDesk()
    for number in range(52):
        desk.queued(f"Lamp {number} was lit", priority=number / 100)
    desk.queued("Dues fell")
    monkeypatch.setattr(export, "AT_ONCE", 20)
    head, *rows = table(client, desk.auditor, q="lamp", p="2", columns="claim,priority,cycle")
    assert head == ["number", "claim", "speaker", "outlet", "priority", "why", "cycle"]
    assert [row[1] for row in rows] == [f"Lamp {number} was lit" for number in reversed(range(52))]
    assert rows[0][4] == "51"


def test_a_table_of_many_cases_asks_no_more_per_case(client: Client) -> None:
    desk, numbers = FullDesk(), set()
    place, every = reverse("admin:queue_csv"), {"columns": ",".join(COLUMNS)}
    client.force_login(desk.auditor)
    for _time in range(2):
        for _case in range(4):
            desk.walk()
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(place, every).getvalue()) > 400
        numbers.add(len(asked))
    assert len(numbers) == 1


def test_no_cell_is_run_as_a_formula(client: Client) -> None:
    desk = FullDesk()
    for wording in ("=1+1 lamps", "+lamps", "-lamps", "@lamps", "\tlamps", "\rlamps", "plain = lamps"):
        review = desk.queued(wording)
        Review.objects.filter(pk=review.pk).update(wording=wording)
    cells = {row[1] for row in table(client, desk.auditor)[1:]}
    assert cells == {"'=1+1 lamps", "'+lamps", "'-lamps", "'@lamps", "'\tlamps", "'\rlamps", "plain = lamps"}


def test_the_table_is_as_blind_as_the_list(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk(second_check=True).proposed().review
    assignment.take(review, desk.other, review.revision, "take_second")
    text = str(table(client, desk.other, columns=",".join(COLUMNS)))
    assert review.number in text
    assert "Cato" not in text
    rating = review.judgments.get(person=desk.checker).rating
    assert rating
    assert rating.label not in text


def test_whoever_may_not_see_the_queue_gets_no_table_and_no_form(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(reverse("admin:queue_csv")).status_code == 403
    assert client.post(reverse("admin:queue_columns"), {"column": "due"}).status_code == 403
    assert client.get(reverse("admin:queue_keep")).status_code == 403


def test_loads_stand_beside_the_choice_of_a_checker(client: Client) -> None:
    desk = FullDesk()
    desk.walk()
    Profile.objects.create(person=desk.checker, capacity=3)
    today = timezone.localdate()
    Absence.objects.create(person=desk.other, since=today, until=today + timedelta(days=2))
    client.force_login(desk.editor)
    html = client.get(QUEUE).content.decode()
    assert "Cato Lamp, 1 of 3 open" in html
    assert 'data-name="Cato Lamp" data-has="1" data-most="3"' in html
    assert "Sela Rope, 0 open, away until" in html
    assert html.index("Cato Lamp, 1 of 3") < html.index("Sela Rope, 0 open")


def test_a_case_that_was_given_is_told_with_what_it_made(client: Client) -> None:
    desk = FullDesk()
    Profile.objects.create(person=desk.checker, capacity=1)
    cases = [desk.queued(), desk.queued()]
    client.force_login(desk.editor)
    fields = {
        "action": "assign_to",
        "index": "0",
        "to": desk.checker.pk,
        "_selected_action": [case.pk for case in cases],
    }
    html = client.post(QUEUE, fields, follow=True).content.decode()
    assert "2 cases are with Cato Lamp now." in html
    assert "Cato Lamp has 2 open, and takes on 1." in html
    assert {now(case).state for case in cases} == {"researching"}
