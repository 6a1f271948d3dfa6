"""“Report an error”: always open, kept once, seen by no reader, and nothing changes before it is taken up."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from tests.verification.publishing.reading import address, text_of
from tests.verification.publishing.rows import approve, make_case, publish
from tests.verification.publishing.samples import HOSTILE
from verification.models import Change, Publication, Report
from verification.publishing import reader_forms
from verification.publishing.reporting import LONGEST_TEXT
from verification.review import reports

pytestmark = pytest.mark.django_db
WRONG = "The lamps were counted on the southern mole."


@pytest.fixture(autouse=True)
def nobody_has_sent_anything() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def form_of(reader: Client, publication: Publication) -> str:
    found = re.search(r'name="form" value="([^"]+)"', reader.get(address(publication, "report/")).content.decode())
    assert found is not None
    return found[1]


def send(reader: Client, publication: Publication, form: str = "", **fields: str) -> Any:
    values = {"form": form or form_of(reader, publication), "origin": "reader", "text": WRONG}
    return reader.post(address(publication, "report/"), values | fields)


def test_every_check_and_every_version_leads_to_the_form(client: Client) -> None:
    first = publish()
    second = publish(first.review, 2)
    for rest in ("", "v1/"):
        assert address(second, "report/") in client.get(address(second, rest)).content.decode()


def test_what_is_sent_waits_no_cookie_is_set_and_the_reader_is_told_what_follows(reader: Client) -> None:
    publication = publish()
    answer = send(reader, publication, origin="subject", contact="warden@port.example")
    assert (answer.status_code, answer["Location"]) == (302, address(publication, "report/thanks/"))
    assert "An editor reads it" in text_of(reader, answer["Location"])
    assert not reader.cookies
    kept = Report.objects.get()
    assert (kept.publication, kept.origin, kept.text) == (publication, "subject", WRONG)
    assert (kept.contact, kept.settled_at, kept.challenge) == ("warden@port.example", None, None)


def test_nothing_that_readers_see_is_changed_by_a_report(reader: Client) -> None:
    publication = publish()
    before = {rest: reader.get(address(publication, rest)) for rest in ("", "claimreview.json")}
    feeds = {url: reader.get(url)["ETag"] for url in ("/checks/", "/checks/feed.atom", "/checks/feed.json")}
    send(reader, publication, text="Quite secret words", contact="warden@port.example")
    for rest, answer in before.items():
        again = reader.get(address(publication, rest))
        assert (again.content, again["ETag"]) == (answer.content, answer["ETag"])
    for url, etag in feeds.items():
        assert reader.get(url)["ETag"] == etag
    assert "warden@port.example" not in text_of(reader, address(publication, "report/"))


def test_the_same_form_sent_twice_is_kept_once(reader: Client) -> None:
    publication = publish()
    form = form_of(reader, publication)
    assert send(reader, publication, form).status_code == send(reader, publication, form).status_code == 302
    other = send(reader, publication, form, text="And the ropes?")
    assert other.status_code == 409
    assert "And the ropes?" in other.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": ""}, "Say what is wrong."),
        ({"text": " \x08 "}, "Say what is wrong."),
        ({"origin": ""}, "Say who you are."),
        ({"origin": "watch"}, "Say who you are."),
        ({"origin": "colleague"}, "Say who you are."),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "at most 4000 characters"),
        ({"form": "made up"}, "This page was open for long"),
    ],
)
def test_what_cannot_be_kept_is_told_in_a_sentence_and_what_was_typed_stays(
    reader: Client, fields: dict[str, str], why: str
) -> None:
    answer = send(reader, publish(), **{"contact": "Gull street 9"} | fields)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "Gull street 9" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(reader: Client) -> None:
    assert send(reader, publish(), website="https://buy.example").status_code == 302
    assert not Report.objects.exists()


def test_a_network_that_sends_a_lot_is_asked_to_come_later_and_may_still_ask_for_checks(reader: Client) -> None:
    publication = publish()
    for number in range(reader_forms.PER_HOUR):
        assert send(reader, publication, text=f"{number}").status_code == 302
    refused = send(reader, publication, text="And one more")
    assert refused.status_code == 429
    assert "And one more" in refused.content.decode()
    assert not any("127.0.0.1" in str(row) for row in Report.objects.values_list())


def test_so_many_of_one_check_and_of_all_are_taken(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    publication, other = publish(), publish()
    monkeypatch.setattr(reports, "MOST_OF_ONE_CHECK", 1)
    monkeypatch.setattr(reports, "MOST_WAITING", 2)
    assert send(reader, publication).status_code == 302
    full = send(reader, publication, text="More")
    assert full.status_code == 503
    assert "Many have reported this check already" in full.content.decode()
    assert send(reader, other).status_code == 302
    assert "So much waits to be read" in send(reader, publish(), text="More").content.decode()
    assert Report.objects.count() == 2


def test_a_body_that_is_too_long_is_not_read(reader: Client) -> None:
    answer = send(reader, publish(), text="x" * (reader_forms.LONGEST_BODY + 1))
    assert answer.status_code == 413
    assert "a few sentences are enough" in answer.content.decode()


def test_there_is_no_form_for_what_is_not_published_and_one_for_what_was_withdrawn(reader: Client) -> None:
    draft = make_case()
    approve(draft)
    for check in (draft.public, uuid4()):
        for rest in ("report/", "report/thanks/"):
            assert reader.get(f"/checks/{check}/{rest}").status_code == 404
        assert reader.post(f"/checks/{check}/report/", {"text": WRONG}).status_code == 404
    first = publish()
    withdrawn = publish(first.review, change=Change.VOID, change_note="It was another harbour.")
    assert send(reader, withdrawn).status_code == 302


def test_a_form_of_one_purpose_is_none_of_another(reader: Client) -> None:
    assert send(reader, publish(), reader_forms.new_name("suggest")).status_code == 422


def test_whatever_a_reader_types_is_text_on_the_page_that_shows_it_again(reader: Client) -> None:
    hostile = " ".join(map(str, HOSTILE.values()))[:190]
    answer = send(reader, publish(), form="no", text=hostile, contact=hostile)
    assert answer.status_code == 422
    assert b"<script>" not in answer.content.replace(b'<script type="application/ld+json">', b"")
