"""Where a case's claim stands: the articles of the cases that joined it, and the button by which one leaves again."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.models import Outlet
from tests.cases import Walk, case, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, told
from verification.models import Review, State
from verification.review import triage
from verification.review.joining import Shown

pytestmark = pytest.mark.django_db
CASE = "verification_review_change"
BUTTON = "Not the same claim: back to triage"


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted()


def joined(walk: Walk, outlet: str = "Gull Gazette", **article: object) -> Review:
    """Let one more case join, its claim printed in another newspaper."""
    review = case()
    paper, _made = Outlet.objects.get_or_create(name=outlet)
    printed = review.claim.appearances.get().article
    for name, value in {"outlet": paper, "url": "https://gull.example/again", **article}.items():
        setattr(printed, name, value)
    printed.save()
    triage.mark_duplicate(review, walk.intake, 0, walk.review, shown=Shown(0.93, "strong"))
    return now(review)


def test_the_case_page_lists_where_else_the_claim_stands(walk: Walk) -> None:
    assert "Also appears in" not in as_person(walk.checker).get(page_of(walk.review, CASE)).content.decode()
    review = joined(walk, published="2031-05-04T00:00Z", published_precision="day")
    html = as_person(walk.checker).get(page_of(walk.review, CASE)).content.decode()
    assert "Also appears in" in html
    assert "Gull Gazette" in html
    assert "4 May 2031" in html
    assert 'href="https://gull.example/again"' in html
    assert page_of(review, CASE) in html
    assert BUTTON not in html


def test_the_timelines_of_both_say_who_confirmed_it_and_how_alike_they_were(walk: Walk) -> None:
    review = joined(walk)
    html = as_person(walk.editor).get(page_of(walk.review, CASE)).content.decode()
    assert f"<b>Ines Mole</b> confirmed that {review.number} is the same claim" in html
    assert "Held to be the same, likeness 0.93" in html
    assert f"a duplicate of {walk.review.number}" in as_person(walk.editor).get(page_of(review, CASE)).content.decode()


def test_an_editor_takes_one_out_again_and_stays_on_the_case(walk: Walk) -> None:
    review = joined(walk)
    assert BUTTON in as_person(walk.editor).get(page_of(walk.review, CASE)).content.decode()
    answer = send(walk.editor, walk.review, "case_part", review.pk, revision=review.revision)
    assert answer["Location"] == page_of(walk.review, CASE)
    assert told(answer) == f"{review.number} left {walk.review.number} and is back in triage."
    assert now(review).state == State.TRIAGE
    html = as_person(walk.editor).get(page_of(walk.review, CASE)).content.decode()
    assert "Also appears in" not in html
    assert f"said that {review.number} is another claim" in html


def test_taking_it_out_twice_does_nothing_twice_and_meeting_another_is_told(walk: Walk) -> None:
    review = joined(walk)
    part = {"revision": review.revision}
    send(walk.editor, walk.review, "case_part", review.pk, **part)
    assert "done already" in told(send(walk.editor, walk.review, "case_part", review.pk, **part))
    other = make_person("editor")
    assert "Edda Quay was here" in told(send(other, walk.review, "case_part", review.pk, **part))


def test_only_who_triages_takes_one_out_and_only_from_the_case_it_joined(walk: Walk) -> None:
    review, other = joined(walk), Walk()
    assert send(walk.checker, walk.review, "case_part", review.pk, revision=review.revision).status_code == 403
    assert send(walk.editor, other.review, "case_part", review.pk, revision=review.revision).status_code == 404
    assert now(review).state == State.DUPLICATE
    assert as_person(walk.editor).get(page_of(walk.review, "case_part", review.pk)).status_code == 302


def test_the_page_asks_the_database_as_often_for_twenty_appearances_as_for_one(
    walk: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        joined(walk, f"Gazette {number}")
    browser = as_person(walk.editor)
    with django_assert_max_num_queries(20):
        html = browser.get(page_of(walk.review, CASE)).content.decode()
    assert html.count(BUTTON) == 20
    for number in range(12):
        joined(walk, f"Tidings {number}")
    html = browser.get(page_of(walk.review, CASE)).content.decode()
    assert "32 more places" in html
    assert "and 3 more that joined" in html


def test_the_queue_says_how_many_joined(walk: Walk) -> None:
    joined(walk)
    joined(walk)
    html = as_person(walk.editor).get("/admin/verification/review/").content.decode()
    assert "+2 appearances" in html
