"""Taking decisions of triage back, merging two claims of an article, and setting aside all that is left."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from tests.cases import now
from tests.people import make_person
from tests.verification.admin.articles_with_claims import events, make_article_with, page_of, post, seen, undo
from tests.verification.admin.opening import as_person, told
from verification.admin.case.timeline import payload_of
from verification.models import Review, ReviewEvent, State
from verification.review import assignment, triage

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


@pytest.fixture
def browser(person: User) -> Client:
    return as_person(person)


def offered(answer: Any, browser: Client) -> str:
    """Return which cases the message behind a redirect offers to undo."""
    page = browser.get(answer["Location"]).content.decode()
    found = re.search(r'form="undo" name="case" value="([^"]+)" data-key="u"', page)
    return found[1] if found else ""


def test_a_decision_is_offered_to_be_undone_and_the_claim_comes_back_as_it_was(browser: Client) -> None:
    article, cases = make_article_with(2)
    answer = post(browser, article, cases[0], "accept", wording="A wording.", deadline="2099-07-01T18:30")
    accepted = now(cases[0])
    assert offered(answer, browser) == f"{accepted.pk}:{accepted.revision}"
    answer = undo(browser, article, accepted)
    assert answer["Location"] == page_of(article, claim=cases[0].claim.public)
    assert f"{cases[0].number} is back in triage." in told(answer)
    back = now(cases[0])
    assert (back.state, back.wording, back.deadline) == (State.TRIAGE, "A wording.", accepted.deadline)
    assert back.priority == accepted.priority
    assert undo(browser, article, accepted).status_code == 302
    assert events(back) == ["opened", "accept", "undo_accept"]


def test_a_claim_that_is_decided_says_why_its_keys_do_nothing(browser: Client, person: User) -> None:
    article, (review, other) = make_article_with(2)
    assert "Decided already" not in seen(browser, article, claim=review.claim.public)
    post(browser, article, review, "accept")
    page = seen(browser, article, claim=review.claim.public)
    assert "Decided already: undo it first to accept, reword or set it aside otherwise." in page
    assert "Decided already" not in seen(browser, article, claim=other.claim.public)
    assignment.take(review, make_person("checker"))
    page = seen(browser, article, claim=review.claim.public)
    assert "Decided already: from here on it is changed on the page of the case." in page


def test_what_somebody_handed_in_can_be_undone_too(browser: Client, person: User) -> None:
    article, (review,) = make_article_with(1)
    review.duties.create(cycle=1, person=person, hat="submitter")
    post(browser, article, review, "accept")
    undo(browser, article, now(review))
    assert now(review).state == State.TRIAGE


def test_a_case_that_somebody_has_begun_is_not_taken_from_them(browser: Client, person: User) -> None:
    article, (review,) = make_article_with(1)
    triage.accept(review, person, 0)
    accepted, checker = now(review), make_person("checker")
    assert f'value="{accepted.pk}:{accepted.revision}"' in seen(browser, article)
    assignment.take(accepted, checker, accepted.revision)
    assert 'name="case"' not in seen(browser, article)
    assert "Nothing was changed" in told(undo(browser, article, accepted))
    taken = now(review)
    assignment.give_back(taken, checker, taken.revision, "hand_back", "Not my field.")
    assert 'name="case"' not in seen(browser, article)
    assert "Somebody has worked on this case already" in told(undo(browser, article, now(review)))
    assert now(review).state == State.QUEUED


def test_an_acceptance_is_undone_on_the_cases_own_page_and_its_log_tells(person: User) -> None:
    _article, (review,) = make_article_with(1)
    triage.accept(review, person, 0)
    browser, accepted = as_person(person), now(review)
    page = reverse("admin:verification_review_change", args=[review.pk])
    assert "Undo: back to triage" in browser.get(page).content.decode()
    browser.post(reverse("admin:case_do", args=[review.pk, "undo_accept"]), {"revision": accepted.revision})
    assert now(review).state == State.TRIAGE
    assert "</b> undid the acceptance: it is in triage again" in browser.get(page).content.decode()


def test_a_claim_that_is_split_leads_back_to_its_article_where_its_parts_are_marked(browser: Client) -> None:
    article, (whole, other) = make_article_with(2)
    link = re.search(r'href="([^"]+)" data-key="p"', seen(browser, article, claim=whole.claim.public))
    assert link
    words = "bought lamp number 0"
    form = {"parts": f"{words}\nNo captain paid.", "rollup": "weakest", "revision": whole.revision}
    answer = browser.post(link[1], form)
    assert answer["Location"] == page_of(article, claim=whole.claim.public)
    page = browser.get(answer["Location"]).content.decode()
    parts = Review.objects.filter(part_of__whole=whole).order_by("pk")
    assert f"The parts of {whole.number} are set: {', '.join(part.number for part in parts)}." in page
    assert page.count(f"part of {whole.number}") == 1
    assert browser.post(link[1], form)["Location"] == page_of(article, claim=whole.claim.public)
    elsewhere, _cases = make_article_with(1)
    parts_page = reverse("admin:case_parts", args=[other.pk])
    for named in (elsewhere.public, "nowhere"):
        answer = browser.post(
            f"{parts_page}?article={named}", form | {"parts": "One.\nTwo.", "revision": now(other).revision}
        )
        assert answer["Location"] == reverse("admin:verification_review_change", args=[other.pk])


def test_the_strongest_that_were_accepted_together_are_undone_together(browser: Client) -> None:
    article, cases = make_article_with(3)
    Claim.objects.filter(pk__in=[cases[0].claim_id, cases[1].claim_id]).update(score=0.9)
    named = re.findall(r'name="case" value="([^"]+)"', seen(browser, article))
    answer = browser.post(page_of(article), {"do": "accept_strongest", "case": named})
    assert [now(review).state for review in cases] == [State.QUEUED, State.QUEUED, State.TRIAGE]
    answer = browser.post(page_of(article), {"do": "undo", "case": offered(answer, browser)})
    assert "2 claims are back in triage." in told(answer)
    assert [now(review).state for review in cases] == [State.TRIAGE] * 3


def test_what_is_left_is_set_aside_with_one_reason_and_comes_back_with_one_press(browser: Client) -> None:
    article, cases = make_article_with(4)
    assert "Not checkable: the other" not in seen(browser, article)
    post(browser, article, cases[0], "accept")
    page = seen(browser, article)
    assert "Not checkable: the other 3" in page
    given = {"do": "set_rest_aside", "case": re.findall(r'type="hidden" name="case" value="([^"]+)"', page)}
    answer = browser.post(page_of(article), given | {"reason": " "})
    assert answer.status_code == 422
    assert "Say why, in one sentence." in answer.content.decode()
    answer = browser.post(page_of(article), given | {"reason": "x" * 5001})
    assert f'value="{"x" * 5001}"' in answer.content.decode()
    answer = browser.post(page_of(article), given | {"reason": "Praise for a lamp."})
    assert "3 claims are set aside as not checkable." in told(answer)
    back = offered(answer, browser)
    assert [now(review).state for review in cases] == [State.QUEUED] + [State.NOT_CHECKABLE] * 3
    assert seen(browser, article).count("Praise for a lamp.") == 3
    browser.post(page_of(article), {"do": "undo", "case": back})
    assert [now(review).state for review in cases] == [State.QUEUED] + [State.TRIAGE] * 3


def test_two_claims_that_say_the_same_become_one_and_the_form_is_kept(browser: Client) -> None:
    article, cases = make_article_with(3)
    assert f'<option value="{cases[2].pk}:0">3 · The board' in seen(browser, article)
    for _click in range(2):
        answer = post(browser, article, cases[0], "merge", other=f"{cases[2].pk}:0", wording="Half written")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert f"{cases[2].number} is merged into {cases[0].number}" in page
        assert ">\nHalf written</textarea>" in page
    joined, stands = now(cases[2]), now(cases[0])
    assert (joined.state, joined.duplicate_of, stands.state) == (State.DUPLICATE, cases[0], State.TRIAGE)
    assert events(joined) == ["opened", "duplicate"]
    event = ReviewEvent.objects.select_related("payload").get(review=stands, verb="appearance_joined")
    assert payload_of(event) == {"case": str(joined.public)}
    undo(browser, article, joined)
    assert now(cases[2]).state == State.TRIAGE
    assert events(stands) == ["opened", "appearance_joined", "appearance_left"]


def test_a_claim_that_is_merged_with_a_decided_one_joins_that(browser: Client, person: User) -> None:
    article, cases = make_article_with(3)
    triage.accept(cases[2], person, 0)
    answer = post(browser, article, cases[0], "merge", other=f"{cases[2].pk}:{now(cases[2]).revision}")
    assert answer["Location"] == page_of(article, claim=cases[1].claim.public) + "#f2"
    assert (now(cases[0]).duplicate_of, now(cases[2]).state) == (cases[2], State.QUEUED)


@pytest.mark.parametrize("other", ["", "lamps", "1:x", "999999:0"])
def test_merging_with_no_claim_of_the_article_is_refused_in_one_sentence(browser: Client, other: str) -> None:
    article, cases = make_article_with(2)
    answer = post(browser, article, cases[0], "merge", other=other, wording="Kept.")
    assert answer.status_code == 422
    assert "Choose the claim that says the same." in answer.content.decode()
    assert "Kept." in answer.content.decode()


def test_nothing_is_merged_when_either_claim_has_changed_meanwhile(browser: Client) -> None:
    article, cases = make_article_with(2)
    triage.reword(cases[1], make_person("editor", name="Edda Quay"), 0, "Another wording.")
    answer = post(browser, article, cases[0], "merge", other=f"{cases[1].pk}:0")
    assert answer.status_code == 409
    assert "Edda Quay was here" in answer.content.decode()
    triage.reword(cases[0], make_person("editor"), 0, "Another wording too.")
    answer = post(browser, article, cases[0], "merge", other=f"{cases[1].pk}:1")
    assert answer.status_code == 409
    assert [now(review).state for review in cases] == [State.TRIAGE] * 2


def test_a_claim_of_another_article_is_not_undone_from_this_one(browser: Client, person: User) -> None:
    article, _cases = make_article_with(1)
    _other, (review,) = make_article_with(1)
    triage.accept(review, person, 0)
    undo(browser, article, now(review))
    assert now(review).state == State.QUEUED


def test_words_of_the_article_that_do_not_stand_alone_are_not_said_to(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    assert "Wording that stands alone" in seen(browser, article)
    Claim.objects.filter(pk=review.claim_id).update(standalone="The board of Port 0 bought a lamp in May 2031.")
    page = seen(browser, article)
    assert "Wording that stands alone" not in page
    assert "Wording of the case" in page
    assert "Wording that stands alone" in post(browser, article, review, "use_wording").content.decode()


def test_the_list_tells_how_many_are_decided_only_where_some_are(browser: Client) -> None:
    make_article_with(2)
    page = browser.get(reverse("admin:triage")).content.decode()
    assert "2 to decide" in page
    assert "of 2 decided" not in page
