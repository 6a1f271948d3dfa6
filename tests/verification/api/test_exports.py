"""Exports: all that is published as a table and as JSON Lines, streamed, with no cell that runs as a formula."""

import csv
import io
import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.verification.api.programs import API, problem
from tests.verification.publishing.rows import publish
from verification.api import export
from verification.models import Change
from verification.publishing.spreadsheets import FORMULA

pytestmark = pytest.mark.django_db
CSV, JSONL = f"{API}export/verdicts.csv", f"{API}export/verdicts.jsonl"


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(CSV + query).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def objects(client: Client, query: str = "") -> list[dict[str, object]]:
    return [json.loads(line) for line in client.get(JSONL + query).getvalue().decode().splitlines()]


def test_a_line_is_what_the_list_tells(client: Client) -> None:
    every = [publish() for _number in range(3)]
    listed = client.get(f"{API}verdicts/").json()["results"]
    assert objects(client) == listed
    assert [each["check"] for each in rows(client)] == [str(each.verdict.review.public) for each in reversed(every)]
    first = rows(client)[0]
    assert (first["rating"], first["version"], first["evidence"]) == ("False", "1", "1")


def test_the_heading_stays(client: Client) -> None:
    line = client.get(CSV).getvalue().decode("utf-8-sig")
    assert line == ",".join(export.HEAD) + "\r\n"


@pytest.mark.parametrize("begin", FORMULA)
def test_no_cell_runs_as_a_formula(client: Client, begin: str) -> None:
    publish(headline=f"{begin}1+1", claim_text=f"{begin}HYPERLINK(1)", claimant=f"{begin}cmd")
    (row,) = rows(client)
    for name in ("headline", "claim", "claimant"):
        assert row[name].startswith("'")
    (told,) = objects(client)
    assert told["claim"] == f"{begin}HYPERLINK(1)"


def test_every_version_is_exported_where_that_is_asked(client: Client) -> None:
    first = publish()
    publish(first.verdict.review, headline="Another", change=Change.VOID, change_note="Wrong.")
    assert [(each["version"], each["withdrawn"], each["rating"], each["headline"]) for each in rows(client)] == [
        ("2", "yes", "", "")
    ]
    both = rows(client, "?versions=all")
    assert [(each["version"], each["current"]) for each in both] == [("2", "yes"), ("1", "no")]
    assert [each["version"] for each in objects(client, "?versions=all")] == [2, 1]
    problem(client.get(f"{CSV}?versions=some"), 400)


def test_what_is_exported_is_chosen_as_everywhere(client: Client) -> None:
    good = publish(value=5)
    publish(value=1)
    query = f"?rating={good.verdict.rating_label}"
    assert len(rows(client, query)) == len(objects(client, f"{query}&versions=all")) == 1


def test_it_is_read_in_chunks(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    for _number in range(5):
        publish()
    answer = client.get(JSONL)
    with django_assert_max_num_queries(14):
        assert len(answer.getvalue().splitlines()) == 5


def test_a_reader_who_stops_leaves_no_cursor_open(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    monkeypatch.setattr(export, "AT_ONCE", 1)
    for _number in range(3):
        publish()
    answer = client.get(JSONL)
    stream = iter(answer.streaming_content)  # type: ignore[attr-defined]  # only a stream has it
    next(stream)
    count = "SELECT count(*) FROM pg_cursors WHERE name LIKE '_django_curs_%'"
    with connection.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone() == (1,)
    del stream
    answer._iterator.close()  # type: ignore[attr-defined]  # what a server closes when its reader is gone
    with connection.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone() == (0,)


def test_a_reader_who_has_it_is_told_so(client: Client) -> None:
    publish()
    for path in (CSV, JSONL):
        first = client.get(path)
        first.getvalue()
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert "attachment" in first["Content-Disposition"]
        other = client.get(path, headers={"Accept": "text/html"})
        assert other.status_code == 200
        other.getvalue()
