"""Putting a case on hold, with a day or without one; and a claim about the future, accepted for its day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.cases import Walk, now
from tests.verification.admin.opening import as_person, page_of, send, text_of, told
from verification.models import ReviewEvent, State
from verification.review import holding

pytestmark = pytest.mark.django_db

WHY = "The board meets first."


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted()


def in_days(days: int) -> str:
    """Return a day as a browser's picker sends it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_an_editor_holds_a_case_until_a_day_that_begins_in_the_desks_zone(walk: Walk, settings: Settings) -> None:
    settings.TIME_ZONE = "America/New_York"
    timezone.deactivate()
    answer = send(walk.editor, walk.review, "case_hold", reason=WHY, until="2099-01-15")
    assert answer.status_code == 302
    review = now(walk.review)
    assert review.state == State.ON_HOLD
    assert review.held_until is not None
    assert review.held_until.isoformat() == "2099-01-15T05:00:00+00:00"
    page = text_of(walk, "verification_review_change", walk.editor)
    assert WHY in page
    assert "Until 15 Jan 2099, 00:00" in page


def test_without_a_day_it_is_held_until_somebody_takes_it_off(walk: Walk) -> None:
    send(walk.editor, walk.review, "case_hold", reason=WHY, until="")
    assert now(walk.review).held_until is None
    assert "Until taken off" in text_of(walk, "verification_review_change", walk.editor)


@pytest.mark.parametrize(
    ("until", "why"),
    [("2001-01-01", "has passed"), ("someday", "Write it as a day"), ("9999-12-31", "within a hundred years")],
)
def test_a_day_that_cannot_be_is_told_beside_its_field_and_the_reason_is_kept(walk: Walk, until: str, why: str) -> None:
    answer = send(walk.editor, walk.review, "case_hold", reason=WHY, until=until)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert why in html
    assert WHY in html
    assert f'value="{until}"' in html
    assert now(walk.review).state == State.QUEUED


def test_a_hold_without_a_reason_is_refused_with_what_it_needs(walk: Walk) -> None:
    answer = send(walk.editor, walk.review, "case_hold", reason=" ", until=in_days(3))
    assert answer.status_code == 409
    assert "Say why, in one sentence." in answer.content.decode()


def test_the_same_form_twice_holds_once(walk: Walk) -> None:
    form = {"reason": WHY, "until": in_days(3), "revision": walk.review.revision}
    send(walk.editor, walk.review, "case_hold", **form)
    assert "nothing was done twice" in told(send(walk.editor, walk.review, "case_hold", **form))
    assert ReviewEvent.objects.filter(review=walk.review, verb="hold").count() == 1


def test_a_case_that_moved_meanwhile_is_told_and_what_was_typed_is_kept(walk: Walk) -> None:
    seen = walk.review.revision
    holding.hold(walk.review, walk.editor, seen, "Something else.")
    answer = send(walk.editor, walk.review, "case_hold", reason=WHY, until=in_days(3), revision=seen)
    assert answer.status_code == 409
    assert WHY in answer.content.decode()
    opened = as_person(walk.editor).get(page_of(walk.review, "case_hold"))
    assert opened.status_code == 302


def test_whoever_is_no_editor_holds_nothing(walk: Walk) -> None:
    assert send(walk.checker, walk.review, "case_hold", reason=WHY, until="").status_code == 403


def decide(walk: Walk, **fields: object) -> object:
    """Accept the claim on the triage page."""
    article = walk.review.claim.appearances.get().article
    values = {"claim": walk.review.claim.public, "wording": walk.review.wording, "do": "accept", "revision": 0}
    return as_person(walk.intake).post(reverse("admin:triage_article", args=[article.public]), values | fields)


def test_a_claim_about_the_future_is_accepted_for_its_day_once() -> None:
    walk = Walk()
    for _click in range(2):
        answer = decide(walk, reason="A promise.", not_before=in_days(30))
        assert "accepted and waits on hold for its day" in told(answer)
    review = now(walk.review)
    assert (review.state, review.held_from) == (State.ON_HOLD, State.QUEUED)
    assert list(ReviewEvent.objects.filter(review=review).order_by("seq").values_list("verb", flat=True)) == [
        "opened",
        "accept",
        "hold",
    ]


def test_a_day_that_has_passed_accepts_nothing_and_stays_in_the_form() -> None:
    walk = Walk()
    answer = decide(walk, not_before="2001-01-01")
    html = getattr(answer, "content", b"").decode()
    assert "That has passed already" in html
    assert 'value="2001-01-01"' in html
    assert now(walk.review).state == State.TRIAGE
