"""“What readers are told”: looked at before it is saved, and nothing that anybody typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.publishing.samples import HOSTILE
from verification.models import DeskText
from verification.publishing.policies import save_text

pytestmark = pytest.mark.django_db
PAGE, FORM = reverse("admin:desk_texts"), reverse("admin:desk_text", args=["ethics"])


@pytest.fixture
def browser() -> Client:
    return as_person(make_person("editor", name="Edda Quay"))


def test_the_list_says_what_is_filled_in_and_what_each_answers(browser: Client) -> None:
    page = browser.get(PAGE).content.decode()
    assert "8 texts are not filled in" in page
    assert "answers: Fair, and of no party" in page
    browser.post(FORM, {"do": "save", "revision": "0", "text": "Of no party."})
    page = browser.get(PAGE).content.decode()
    assert "7 texts are not filled in" in page
    assert "Edda Quay" in page
    assert "1 of 8" in browser.get(reverse("admin:settings")).content.decode()


def test_trying_shows_what_readers_would_see_and_saves_nothing(browser: Client) -> None:
    answer = browser.post(FORM, {"do": "look", "revision": "0", "text": "Of **no** party."})
    assert answer.status_code == 200
    assert "Of <strong>no</strong> party." in answer.content.decode()
    assert "Of **no** party." in answer.content.decode()
    assert not DeskText.objects.exists()


def test_saving_says_what_follows_and_the_same_again_is_nothing(browser: Client, client: Client) -> None:
    fields = {"do": "save", "revision": "0", "text": "Of no party."}
    assert "Readers have it now" in told(browser.post(FORM, fields))
    assert "Readers are told this already" in told(browser.post(FORM, fields))
    assert client.get("/checks/about/ethics/").status_code == 200
    row = DeskText.objects.get()
    assert "Taken back" in told(browser.post(FORM, {"do": "save", "revision": str(row.pk), "text": " "}))
    assert client.get("/checks/about/ethics/").status_code == 404


def test_what_somebody_else_saved_meanwhile_is_shown_beside_what_was_typed(browser: Client) -> None:
    save_text(make_person("administrator", name="Adda Key"), "ethics", "Theirs.", 0)
    answer = browser.post(FORM, {"do": "save", "revision": "0", "text": "Mine."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Adda Key saved another wording meanwhile" in page
    assert "Theirs." in page
    assert "Mine." in page
    assert DeskText.objects.count() == 1
    seen = DeskText.objects.get().pk
    assert f'name="revision" value="{seen}"' in page
    browser.post(FORM, {"do": "save", "revision": str(seen), "text": "Mine."})
    assert [row.text for row in DeskText.objects.order_by("pk")] == ["Theirs.", "Mine."]


def test_a_text_that_is_too_long_stays_in_the_form(browser: Client) -> None:
    answer = browser.post(FORM, {"do": "save", "revision": "0", "text": "word " * 9000})
    assert answer.status_code == 422
    assert "characters at most" in answer.content.decode()
    assert "word word" in answer.content.decode()


def test_whatever_is_typed_is_text(browser: Client) -> None:
    page = browser.post(
        FORM, {"do": "look", "revision": "x", "text": " ".join(map(str, HOSTILE.values()))}
    ).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("role", ["checker", "publisher", "intake", "auditor"])
def test_only_editors_and_administrators_open_it(role: str) -> None:
    browser = as_person(make_person(role))
    assert browser.get(PAGE).status_code == browser.get(FORM).status_code == 403
    assert as_person(make_person("administrator")).get(FORM).status_code == 200


def test_there_is_no_form_for_another_kind(browser: Client) -> None:
    assert browser.get(reverse("admin:desk_text", args=["prices"])).status_code == 404
