"""Cases that are taken up again: reopened after they were withdrawn; days that say for when, and when again."""

from datetime import date, timedelta

import pytest

from claims.models.clock import read_clock
from tests.cases import Walk, now
from tests.verification.admin.opening import second_version
from verification.models import Change, Desk, Review, State, Verdict
from verification.review import afterwards, assignment, challenges, minor_edits
from verification.review.proof import faults
from verification.review.refusals import NotYours, Unmet

pytestmark = pytest.mark.django_db

DAY = date(2031, 5, 12)


def ended(walk: Walk) -> Walk:
    assignment.end(walk.review, walk.editor, walk.review.revision, "withdraw", "The article was taken down.")
    walk.review = now(walk.review)
    return walk


def reopened(walk: Walk) -> Walk:
    afterwards.reopen(walk.review, walk.editor, walk.review.revision, "It is printed again.")
    walk.review = now(walk.review)
    return walk


def dated(walk: Walk, as_of: date | None = DAY, days: int | None = 30) -> None:
    review_on = read_clock() + timedelta(days=days) if days is not None else None
    afterwards.set_dates(walk.review, walk.editor, walk.review.revision, as_of, review_on)
    walk.review = now(walk.review)


def test_a_withdrawn_case_is_reopened_in_a_cycle_of_its_own() -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"second_check": True})
    walk = reopened(ended(Walk().accepted().taken()))
    review = walk.review
    assert (review.state, review.cycle, review.change) == (State.QUEUED, 2, Change.INITIAL)
    assert (review.second_check, review.embargo_until, review.legal_read) == (True, None, "")
    assert list(faults()) == []


def test_only_an_editor_reopens_and_says_why() -> None:
    walk = ended(Walk().accepted())
    with pytest.raises(NotYours):
        afterwards.reopen(walk.review, walk.checker, walk.review.revision, "I want it.")
    with pytest.raises(Unmet, match="Say why"):
        afterwards.reopen(walk.review, walk.editor, walk.review.revision, "")


def test_what_was_approved_and_withdrawn_keeps_its_number_and_stays_unpublished() -> None:
    walk = reopened(ended(Walk().accepted().taken().proposed().drafted().approved()))
    publication = walk.taken().proposed().drafted(headline="No, said again").approved().published()
    assert (publication.verdict.version, publication.verdict.supersedes) == (2, None)
    assert list(Verdict.objects.filter(publication__isnull=True).values_list("version", flat=True)) == [1]
    assert second_version(walk).approved().published().verdict.version == 3
    assert list(faults()) == []


def test_the_as_of_day_is_frozen_into_the_version() -> None:
    walk = Walk().accepted().taken()
    dated(walk)
    assert walk.proposed().drafted().approved().published().verdict.as_of == DAY
    text = "No, the record says otherwise", "The transcript differs [1].", "A comma."
    edited = minor_edits.minor_edit(walk.review, walk.editor, walk.review.revision, *text)
    assert edited.verdict.as_of == DAY


def test_the_as_of_day_stands_from_sign_off_on_and_the_review_date_does_not() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    with pytest.raises(Unmet, match="Return the text"):
        dated(walk)
    dated(walk, as_of=None)
    assert walk.review.review_on is not None
    walk.approved().published()
    dated(walk, as_of=None, days=None)
    assert walk.review.review_on is None


def test_a_review_date_lies_ahead() -> None:
    walk = Walk().accepted().taken()
    with pytest.raises(Unmet, match="This day has passed"):
        dated(walk, days=-1)
    assert (walk.review.as_of, walk.review.review_on) == (None, None)
    with pytest.raises(NotYours):
        afterwards.set_dates(walk.review, walk.second, walk.review.revision, DAY, None)


@pytest.mark.parametrize(("days", "kept"), [(30, True), (-1, False)])
def test_another_cycle_takes_off_a_date_that_has_come(days: int, kept: bool) -> None:
    walk = Walk()
    walk.to_publication()
    Review.objects.filter(pk=walk.review.pk).update(review_on=read_clock() + timedelta(days=days))
    walk.review = now(walk.review)
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "update", "There is more.")
    walk.review = now(walk.review)
    assert (walk.review.review_on is not None) is kept
    challenges.abandon(walk.review, walk.editor, walk.review.revision, "There is not.")
    assert now(walk.review).state == State.PUBLISHED


def test_what_goes_out_after_its_date_has_just_been_looked_at() -> None:
    walk = second_version(_published()).approved()
    Review.objects.filter(pk=walk.review.pk).update(review_on=read_clock() - timedelta(days=1))
    walk.published()
    assert walk.review.review_on is None


def _published() -> Walk:
    walk = Walk()
    walk.to_publication()
    return walk
