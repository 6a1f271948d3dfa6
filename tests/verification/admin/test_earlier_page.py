"""Earlier checks on the desk: listed and searched, handed in, cited in triage, shown as precedents."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.people import make_person
from tests.verification.admin.articles_with_claims import seen
from tests.verification.admin.opening import as_person, told
from tests.verification.review.test_precedents import AGAIN, DAY, ROSE, case_of, crowd, earlier
from verification.admin.file.precedents import breaks_told
from verification.models import EarlierCheck, Rating

pytestmark = pytest.mark.django_db
LIST, FILE = "/admin/verification/review/earlier/", "/admin/verification/review/earlier/file/"
ROWS = b"claim,rating,url\nForty lamps burn.,True,https://gull.example/1\nDark.,,https://gull.example/2\n"


def hand_in(browser: Client, body: bytes = ROWS, name: str = "old.csv", **fields: str) -> tuple[int, str]:
    answer = browser.post(FILE, {"file": SimpleUploadedFile(name, body), **fields})
    return answer.status_code, answer.content.decode()


def test_an_editor_hands_a_file_in_and_is_told_what_came_of_each_row() -> None:
    browser = as_person(make_person("editor"))
    status, page = hand_in(browser, publisher="Gull Gazette")
    assert status == 200
    assert "1 added, 0 known already, 1 could not be read." in page
    assert "old.csv:3</span>: It has no rating in words." in page
    assert EarlierCheck.objects.get().publisher == "Gull Gazette"
    assert "0 added, 1 known already, 1 could not be read." in hand_in(browser)[1]


@pytest.mark.parametrize("role", ["checker", "auditor"])
def test_who_does_not_run_the_desk_reads_only(role: str) -> None:
    browser = as_person(make_person(role))
    page = browser.get(LIST).content.decode()
    assert "Hand in a file" not in page
    assert hand_in(browser)[0] == 403
    check = earlier()
    assert browser.post(f"{LIST}{check.public}/out/").status_code == 403
    assert EarlierCheck.objects.exists()


def test_a_role_without_the_page_is_refused() -> None:
    assert as_person(make_person("publisher")).get(LIST).status_code == 403


def test_an_empty_form_and_a_hostile_file_are_told_and_keep_what_was_typed() -> None:
    browser = as_person(make_person("administrator"))
    answer = browser.post(FILE, {"publisher": "Gull Gazette"})
    assert answer.status_code == 400
    assert "Choose a file." in answer.content.decode()
    assert 'value="Gull Gazette"' in answer.content.decode()
    for body, name in ((b"", "x.json"), (b"\x00\xff" * 90, "x"), (b"[" * 90_000, "<b>.json")):
        status, page = hand_in(browser, body, name)
        assert status == 200
        assert "0 added" in page
        assert "<b>.json" not in page


def test_the_list_is_searched_by_all_words_and_pages(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(60):
        earlier(f"Lamp {number} of the mole is out.", claimant="Ada Mole" if number == 7 else None)
    browser = as_person(make_person("checker"))
    with django_assert_max_num_queries(12):
        page = browser.get(LIST).content.decode()
    assert "60 from before this desk" in page
    assert "page 1 of 2" in page
    assert page.count("is out.</p>") == 50
    found = browser.get(LIST, {"q": "ada LAMP"}).content.decode()
    assert re.findall(r"(Lamp \d+) of the mole is out.</p>", found) == ["Lamp 7"]
    assert "holds all these words" in browser.get(LIST, {"q": "ada \0 nothing"}).content.decode()


def test_what_was_imported_wrongly_is_taken_out_once() -> None:
    check = earlier()
    browser = as_person(make_person("editor"))
    page = browser.get(f"{LIST}{check.public}/").content.decode()
    assert "Take it out" in page
    assert "sha256" in page
    assert told(browser.post(f"{LIST}{check.public}/out/", follow=True)).startswith("Taken out:")
    assert told(browser.post(f"{LIST}{check.public}/out/", follow=True)) == "It was taken out already."


def test_an_address_that_would_run_is_no_link() -> None:
    earlier(url="javascript:alert(1)")
    page = as_person(make_person("editor")).get(LIST).content.decode()
    assert "javascript:" not in page


def test_triage_shows_it_beside_with_its_link_and_cites_it_as_a_reason() -> None:
    crowd()
    check = earlier(published=DAY, published_precision="day", title="No, it fell")
    review = case_of(AGAIN)
    article = review.claim.appearances.get().article
    browser = as_person(make_person("intake"))
    page = seen(browser, article)
    assert "Checked before this desk" in page
    assert f'href="{check.url}"' in page
    assert "held to be the same claim" in page
    assert "Join R-" not in page
    cited = browser.get(f"/admin/verification/review/triage/{article.public}/", {"cite": str(check.public)})
    reason = f"Checked before by Gull Gazette, 2 Jun 2019, “False”: {check.url}"
    assert f'name="reason" value="{reason}"' in cited.content.decode()
    assert 'name="reason" value' not in seen(browser, article)


def test_the_case_file_shows_precedents_and_says_when_there_are_none() -> None:
    crowd()
    browser = as_person(make_person("checker"))
    review = case_of(AGAIN, "Warden Quillfeather")
    page = browser.get(reverse("admin:case_file", args=[review.pk])).content.decode()
    assert "nor of what Warden Quillfeather claimed" in page
    check = earlier(ROSE, rating_value=1, rating_worst=1, rating_best=5)
    page = browser.get(reverse("admin:case_file", args=[review.pk])).content.decode()
    assert f'href="{check.url}"' in page
    assert 'class="ro-rating is-bad"' in page
    assert "the same claim, likeness" in page


def test_whoever_rates_otherwise_is_told_in_a_sentence() -> None:
    crowd()
    earlier(published=DAY, published_precision="day")
    review = case_of(AGAIN)
    assert breaks_told(review, Rating.objects.get(label="Accurate", scale__in_use=True)) == [
        "This rating breaks with Gull Gazette, before this desk (False, 2 Jun 2019)."
    ]
    assert breaks_told(review, None) == []
