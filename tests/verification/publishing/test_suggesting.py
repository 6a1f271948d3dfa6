"""“Ask us to check something”: off unless switched on, no cookie, kept once, nothing of a reader's network stored."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from claims import readers
from claims.models import Submission, Work
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from verification.publishing import reader_forms

pytestmark = pytest.mark.django_db
SUGGEST, THANKS, READERS = reverse("public:suggest"), reverse("public:suggest_thanks"), reverse("admin:readers")
LAMPS = "https://news.example/lamps"


@pytest.fixture(autouse=True)
def switched_on(settings: Settings) -> Iterator[None]:
    settings.READER_SUBMISSIONS = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def form_of(reader: Client) -> str:
    found = re.search(r'name="form" value="([^"]+)"', reader.get(SUGGEST).content.decode())
    assert found is not None
    return found[1]


def send(reader: Client, form: str = "", **fields: str) -> Any:
    return reader.post(SUGGEST, {"form": form or form_of(reader)} | fields)


def test_the_page_is_there_only_where_the_desk_wants_it(reader: Client, settings: Settings) -> None:
    checks = reverse("public:checks")
    shown = reader.get(checks)
    assert SUGGEST in shown.content.decode()
    settings.READER_SUBMISSIONS = False
    assert SUGGEST not in reader.get(checks, headers={"If-None-Match": shown["ETag"]}).content.decode()
    assert reader.get(checks, headers={"If-None-Match": shown["ETag"]}).status_code == 200
    assert reader.get(SUGGEST).status_code == reader.post(SUGGEST).status_code == reader.get(THANKS).status_code == 404


def test_what_a_reader_sends_waits_and_no_cookie_is_set(reader: Client) -> None:
    answer = send(reader, url=f"{LAMPS}#top", note="Are there\r\nforty?", contact="gull@port.example")
    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    assert reader.get(THANKS).status_code == 200
    assert not reader.cookies
    kept = Submission.objects.get()
    assert (kept.way, kept.url, kept.note) == ("reader", LAMPS, "Are there\nforty?")
    assert (kept.contact, kept.person) == ("gull@port.example", None)
    assert not Work.objects.exists()


def test_the_same_form_sent_twice_is_kept_once(reader: Client) -> None:
    form = form_of(reader)
    assert send(reader, form, url=LAMPS).status_code == send(reader, form, url=LAMPS).status_code == 302
    other = send(reader, form, note="And the ropes?")
    assert other.status_code == 409
    assert "And the ropes?" in other.content.decode()
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Give the address of a page"),
        ({"note": " \n"}, "Give the address of a page"),
        ({"url": "no address"}, "address"),
        ({"url": "ftp://a.example/"}, "http"),
        ({"url": "https://a.example/" + "a" * 2000}, "2000"),
        ({"note": "a" * 4001}, "4000"),
        ({"note": "nul \0"}, "Null"),
        ({"note": "a lamp", "contact": "a" * 201}, "200"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(reader: Client, fields: dict[str, str], why: str) -> None:
    answer = send(reader, **{"contact": "gull@port.example"} | fields)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    if "contact" not in fields:
        assert "gull@port.example" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_form_that_is_not_ours_or_too_old_is_asked_for_again(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    old = form_of(reader)
    for form in ("x", "\0", old + "x", old.replace(old[0], "z", 1)):
        assert "once more" in send(reader, form, url=LAMPS).content.decode()
    monkeypatch.setattr(reader_forms, "GOOD_FOR", timedelta(seconds=-1))
    assert "once more" in send(reader, old, url=LAMPS).content.decode()
    assert not Submission.objects.exists()


def test_a_program_that_fills_in_the_hidden_field_is_thanked_and_forgotten(reader: Client) -> None:
    assert send(reader, url=LAMPS, website="https://spam.example/").status_code == 302
    assert not Submission.objects.exists()


def test_a_body_that_is_too_long_is_not_read(reader: Client) -> None:
    assert send(reader, form="x", note="a" * 70_000).status_code == 413


def test_a_network_may_ask_so_often_and_another_still_may(reader: Client) -> None:
    for number in range(reader_forms.PER_HOUR):
        assert send(reader, url=f"{LAMPS}?{number}").status_code == 302
    refused = send(reader, url=LAMPS)
    assert refused.status_code == 429
    assert "from your network" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="8.8.4.4")
    assert send(elsewhere, url=LAMPS).status_code == 302
    behind_a_proxy = Client(headers={"X-Forwarded-For": "10.0.0.1, 2001:4860::1"})
    assert send(behind_a_proxy, url=LAMPS).status_code == 302
    kept = str(list(Submission.objects.values())) + str(getattr(cache, "_cache", ""))
    assert not [address for address in ("127.0.0.1", "8.8.4.4", "2001:4860") if address in kept]


def test_a_public_peer_cannot_choose_its_network() -> None:
    for number in range(reader_forms.PER_HOUR + 1):
        spoofing = Client(REMOTE_ADDR="8.8.4.4", headers={"X-Forwarded-For": f"1.1.1.{number}"})
        answer = send(spoofing, url=LAMPS)
    assert answer.status_code == 429


def test_nothing_more_is_taken_where_too_much_waits(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MOST_WAITING", 0)
    assert send(reader, url=LAMPS).status_code == 503


def test_the_desk_takes_a_line_in_or_sets_it_aside_once(reader: Client) -> None:
    for note in ("Are there forty?", "<b>Who paid?</b>"):
        send(reader, url=LAMPS, note=note, contact="gull@port.example")
    send(reader, note="Did Ada Quillfeather say so on 4 May 2031?")
    browser = as_person(make_person("intake"))
    page = browser.get(READERS)
    shown = page.content.decode()
    assert "2 readers" in shown
    assert "&lt;b&gt;Who paid?" in shown
    assert [(entry.label, entry.count) for entry in page.context["desk_menu"]][2] == ("From readers", 2)
    first, _second, words = Submission.objects.order_by("pk")
    taking = reverse("admin:reader_take", args=[first.public])
    answer = browser.post(taking)
    assert answer["Location"] == reverse("admin:claims_submission_change", args=[first.pk])
    assert "gull@port.example" in browser.get(answer["Location"]).content.decode()
    assert "taken in already" in told(browser.post(taking))
    aside = reverse("admin:reader_aside", args=[words.public])
    assert "erased" in told(browser.post(aside))
    assert "set aside already" in told(browser.post(aside))
    assert "set aside already" in told(browser.post(reverse("admin:reader_take", args=[words.public])))
    assert "Nothing waits." in browser.get(READERS).content.decode()
    assert Work.objects.count() == 1


def test_what_readers_ask_is_for_intake_and_editors(reader: Client) -> None:
    send(reader, url=LAMPS)
    asked = Submission.objects.get()
    for role, status in {"intake": 200, "editor": 200, "checker": 403, "auditor": 403, "publisher": 403}.items():
        browser = as_person(make_person(role))
        assert browser.get(READERS).status_code == status
        if status == 403:
            assert browser.post(reverse("admin:reader_take", args=[asked.public])).status_code == 403
    assert readers.waiting().count() == 1


def test_a_line_that_waits_is_told_so_on_its_own_page(reader: Client) -> None:
    send(reader, url=LAMPS, contact="gull@port.example")
    page = reverse("admin:claims_submission_change", args=[Submission.objects.get().pk])
    assert "before somebody takes it in" in as_person(make_person("editor")).get(page).content.decode()
    assert "gull@port.example" not in as_person(make_person("checker")).get(page).content.decode()


def test_how_to_answer_a_reader_is_not_found_out_by_filtering_the_list(reader: Client) -> None:
    send(reader, url=LAMPS, contact="gull@port.example")
    listing = reverse("admin:claims_submission_changelist")
    browser = as_person(make_person("checker"))
    assert browser.get(listing).status_code == 200
    assert browser.get(f"{listing}?contact__startswith=g").status_code == 400
