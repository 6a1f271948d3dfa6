"""Deciding in triage: each decision once, none over another's, and nothing typed is lost."""

import re
import threading

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.cases import now
from tests.people import make_person
from tests.verification.admin.articles_with_claims import events, make_article_with, page_of, post, seen, undo
from tests.verification.admin.opening import as_person, told
from verification.admin.triage.lines import STRONG
from verification.models import Desk, State
from verification.review import triage

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


@pytest.fixture
def browser(person: User) -> Client:
    return as_person(person)


def test_accepting_stores_wording_reason_and_deadline_and_goes_to_the_next_claim(
    browser: Client, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    article, cases = make_article_with(2)
    answer = post(
        browser, article, cases[0], "accept", wording="The board bought\r\n a lamp.", reason="A record of it exists.",
        deadline="2099-07-01T18:30",
    )  # fmt: skip
    assert answer["Location"] == page_of(article, claim=cases[1].claim.public) + "#f2"
    assert told(answer) == f"{cases[0].number} is accepted and waits in the queue."
    review = now(cases[0])
    assert (review.state, review.wording) == (State.QUEUED, "The board bought a lamp.")
    assert review.selection_reason == "A record of it exists."
    assert review.deadline is not None
    assert review.deadline.isoformat() == "2099-07-01T16:30:00+00:00"
    page = browser.get(answer["Location"]).content.decode()
    assert "Queued" in page
    assert f"{cases[0].number} is accepted" in page
    assert reverse("admin:verification_review_change", args=[review.pk]) in page


def test_what_is_seldom_set_lies_folded_below_the_buttons_and_stays_open_where_it_is_filled_or_wrong(
    browser: Client,
) -> None:
    article, (review,) = make_article_with(1)
    page = browser.get(page_of(article)).content.decode()
    folded = '<details class="ro-further ro-planned">'
    assert (
        page.index('value="accept"') < page.index('name="reason"') < page.index(folded) < page.index('name="deadline"')
    )
    answer = post(browser, article, review, "decline", deadline="2099-07-01T18:30")
    assert (answer.status_code, folded in answer.content.decode()) == (422, False)
    answer = post(browser, article, review, "accept", not_before="nonsense")
    assert '<details class="ro-further ro-planned" open>' in answer.content.decode()


def test_the_last_decision_says_that_all_are_decided(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    answer = post(browser, article, review, "accept")
    assert "All claims of this article are decided." in told(answer)
    assert answer["Location"] == page_of(article)
    assert "1 decided" in seen(browser, article)


@pytest.mark.parametrize(("verb", "state"), [("not_checkable", State.NOT_CHECKABLE), ("decline", State.DECLINED)])
def test_setting_aside_wants_a_reason_and_shows_it(browser: Client, verb: str, state: str) -> None:
    article, cases = make_article_with(2)
    answer = post(browser, article, cases[0], verb, wording="Typed and kept.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say why, in one sentence." in page
    assert "Typed and kept." in page
    assert now(cases[0]).state == State.TRIAGE
    post(browser, article, cases[0], verb, reason="A judgment, no measure named.")
    assert now(cases[0]).state == state
    assert "A judgment, no measure named." in seen(browser, article)


def test_a_duplicate_is_named_by_number_or_picked_from_what_is_alike(browser: Client) -> None:
    article, cases = make_article_with(3)
    assert f'value="duplicate:{cases[1].pk}"' in seen(browser, article)
    post(browser, article, cases[0], f"duplicate:{cases[1].pk}")
    assert now(cases[0]).duplicate_of == cases[1]
    post(browser, article, cases[2], "duplicate", original=f" r-{cases[1].pk} ")
    assert now(cases[2]).duplicate_of == cases[1]
    page = seen(browser, article)
    assert page.count("duplicate of <a") == 2


@pytest.mark.parametrize("original", ["", "R-", "lamps", "-1", "99999999", "9" * 40, "٣"])
def test_a_duplicate_of_no_case_is_refused_in_one_sentence(browser: Client, original: str) -> None:
    article, (review,) = make_article_with(1)
    answer = post(browser, article, review, "duplicate", original=original)
    assert answer.status_code == 422
    assert "Name the case that checks the same claim" in answer.content.decode()


def test_a_case_is_no_duplicate_of_itself(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    assert post(browser, article, review, f"duplicate:{review.pk}").status_code == 422
    assert now(review).state == State.TRIAGE


def test_what_was_set_aside_comes_back(browser: Client, person: User) -> None:
    article, (review,) = make_article_with(1)
    triage.set_aside(review, person, 0, "decline", "Too small.")
    review = now(review)
    assert ">Undo<" in seen(browser, article)
    answer = undo(browser, article, review)
    assert now(review).state == State.TRIAGE
    assert "is back in triage" in told(answer)
    assert ">Undo<" not in seen(browser, article)
    again = undo(browser, article, review)
    assert again.status_code == 302
    assert events(review) == ["opened", "decline", "reconsider"]


def test_a_wording_is_saved_and_the_claim_stays_in_triage(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    answer = post(browser, article, review, "reword", wording="The board bought a lamp.")
    assert str(review.claim.public) in answer["Location"]
    assert (now(review).state, now(review).wording) == (State.TRIAGE, "The board bought a lamp.")


@pytest.mark.parametrize("verb", ["accept", "reword"])
def test_an_empty_wording_is_refused(browser: Client, verb: str) -> None:
    article, (review,) = make_article_with(1)
    answer = post(browser, article, review, verb, wording=" \r\n", reason="Kept.")
    assert answer.status_code == 422
    assert "stands alone" in answer.content.decode()
    assert 'value="Kept."' in answer.content.decode()


@pytest.mark.parametrize("deadline", ["tomorrow", "2020-01-01T10:00", "2099-13-40T99:99"])
def test_a_deadline_that_cannot_be_met_is_refused_and_nothing_typed_is_lost(browser: Client, deadline: str) -> None:
    article, (review,) = make_article_with(1)
    answer = post(browser, article, review, "accept", wording="Typed and kept.", deadline=deadline)
    assert answer.status_code == 422
    assert "Typed and kept." in answer.content.decode()
    assert now(review).state == State.TRIAGE


def test_a_second_click_does_nothing_twice_and_is_not_told_as_an_error(browser: Client) -> None:
    article, cases = make_article_with(2)
    for verb, fields in (("accept", {}), ("not_checkable", {"reason": "A judgment."})):
        review = cases.pop()
        answers = [post(browser, article, review, verb, **fields) for _click in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert events(review) == ["opened", verb]


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_decides(person: User) -> None:
    article, (review,) = make_article_with(1)
    ready, statuses = threading.Barrier(2), []

    def click() -> None:
        try:
            browser = as_person(person)
            ready.wait()
            statuses.append(post(browser, article, review, "accept").status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302, 302]
    assert events(review) == ["opened", "accept"]


def test_going_back_and_deciding_otherwise_is_told(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    post(browser, article, review, "accept")
    answer = post(browser, article, review, "accept", wording="Another wording.")
    assert answer.status_code == 409
    assert "Another wording." in answer.content.decode()
    assert now(review).wording == review.wording


def test_a_case_that_moved_meanwhile_shows_both_versions_and_keeps_what_was_typed(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    triage.reword(review, make_person("editor", name="Edda Quay"), 0, "What the editor wrote.")
    answer = post(browser, article, review, "accept", wording="What I wrote.", reason="Kept too.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Edda Quay was here" in page
    assert "What the editor wrote." in re.sub(r"</?del>|</?ins>", "", page)
    assert re.search(r"<textarea[^>]*>\s*What I wrote\.</textarea>", page)
    assert 'value="Kept too."' in page
    assert now(review).state == State.TRIAGE
    # Who then sends it knows what they replace.
    assert f'name="revision" value="{now(review).revision}"' in page
    post(browser, article, now(review), "accept", wording="What I wrote.")
    assert (now(review).state, now(review).wording) == (State.QUEUED, "What I wrote.")


def test_a_case_that_was_decided_meanwhile_gives_back_what_was_typed(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    triage.accept(review, make_person("editor", name="Edda Quay"), 0)
    answer = post(browser, article, review, "decline", wording="What I wrote.", reason="My reason.")
    page = re.sub(r"</?del>|</?ins>", "", answer.content.decode())
    assert answer.status_code == 409
    assert "What I wrote." in page
    assert "My reason." in page
    assert "Edda Quay was here" in page
    assert now(review).state == State.QUEUED


def test_the_strongest_are_accepted_together_as_many_as_the_button_said(browser: Client) -> None:
    article, cases = make_article_with(4)
    for review, score in zip(cases, (0.9, STRONG, 0.69, 0.8), strict=True):
        review.claim.score = score
        review.claim.save()
    page = seen(browser, article)
    assert "Accept the 3 strongest" in page
    named = re.findall(r'name="case" value="([^"]+)"', page)
    assert len(named) == 3
    triage.reword(cases[3], make_person("editor", name="Edda Quay"), 0, "Something else.")
    answer = browser.post(page_of(article), {"do": "accept_strongest", "case": [*named, "lamps", "1:x", "999999:0"]})
    assert [now(review).state for review in cases] == [State.QUEUED, State.QUEUED, State.TRIAGE, State.TRIAGE]
    assert "2 claims are accepted" in told(answer)
    assert f"{cases[3].number} was left as it is" in told(answer)
    again = browser.post(page_of(article), {"do": "accept_strongest", "case": named[:2]})
    assert "2 claims are accepted" in told(again)
    assert events(cases[0]) == ["opened", "accept"]


def test_the_strongest_of_another_article_are_not_taken_along(browser: Client) -> None:
    article, _cases = make_article_with(1)
    _other, (review,) = make_article_with(1)
    browser.post(page_of(article), {"do": "accept_strongest", "case": f"{review.pk}:0"})
    assert now(review).state == State.TRIAGE


def test_the_desks_rule_on_second_checks_is_kept(browser: Client) -> None:
    Desk.objects.create(pk=Desk.ONLY, second_check=True)
    article, (review,) = make_article_with(1)
    post(browser, article, review, "accept")
    assert now(review).second_check


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "publish"},
        {"do": ""},
        {"claim": "lamps"},
        {"claim": ""},
        {"claim": "00000000-0000-4000-8000-000000000000"},
    ],
)
def test_a_form_of_nobodys_making_is_not_found(browser: Client, fields: dict[str, str]) -> None:
    article, (review,) = make_article_with(1)
    answer = post(browser, article, review, **({"do": "accept"} | fields))
    assert answer.status_code == 404
    assert now(review).state == State.TRIAGE


def test_a_claim_of_another_article_is_not_decided_here(browser: Client) -> None:
    article, _cases = make_article_with(1)
    _other, (review,) = make_article_with(1)
    assert post(browser, article, review, "accept").status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_form_without_its_revision_changes_nothing(browser: Client, revision: str) -> None:
    article, (review,) = make_article_with(1)
    assert post(browser, article, review, "accept", revision=revision).status_code == 409
    assert now(review).state == State.TRIAGE
