"""People are told of what comes back to a case: holds, replies, review dates, legal reads, waivers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.people.desks import tell_all, told_to
from verification.models import Hat, Notification, ReplyRequest, Review
from verification.people.notices.kinds import BY_VERB, KINDS
from verification.review import assignment, drafting, holding, leaving, replies, returning, waiving
from verification.review.states import REMARKS, TABLE

pytestmark = pytest.mark.django_db


def taken() -> Walk:
    """Return a case on somebody's desk whose past nobody is told of any more."""
    walk = Walk().accepted().taken()
    tell_all()
    Notification.objects.all().delete()
    return walk


def texts(walk: Walk, person: User) -> list[str]:
    tell_all()
    return [text.replace(walk.review.number, "R") for text in told_to(person)]


def test_every_verb_that_is_told_is_one_of_the_table_and_every_kind_has_its_own_key() -> None:
    assert set(BY_VERB) <= {*TABLE, *REMARKS}
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    assert all(kind.roles for kind in KINDS)


def test_a_hold_and_its_end_are_told_to_whoever_has_the_case() -> None:
    walk = taken()
    until = timezone.now() + timedelta(days=1)
    holding.hold(walk.review, walk.editor, walk.review.revision, "The board meets first.", until)
    assert texts(walk, walk.checker) == ["R was put on hold."]
    Review.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    returning.sweep()
    assert texts(walk, walk.checker)[1:] == ["R came back on its day: it is on hold no more."]
    assert texts(walk, walk.editor) == []


def test_a_hold_that_ends_while_nobody_has_the_case_is_told_to_editors() -> None:
    walk = taken()
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    until = timezone.now() + timedelta(days=1)
    holding.hold(now(walk.review), walk.editor, now(walk.review).revision, "The board meets first.", until)
    Review.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    returning.sweep()
    assert texts(walk, walk.editor) == ["R came back on its day: it is on hold no more."]
    assert texts(walk, walk.checker) == []


def test_a_reply_and_silence_are_told_to_whoever_has_the_case_and_who_asked() -> None:
    walk = taken()
    due = timezone.now() + timedelta(days=1)
    for asked in ("The harbour board", "The warden"):
        review = now(walk.review)
        replies.ask_reply(review, walk.editor, review.revision, asked, "letter", "How many lamps?", due)
    first, second = ReplyRequest.objects.order_by("pk")
    review = now(walk.review)
    replies.record_reply(review, walk.checker, review.revision, first, "answered", "Forty.")
    ReplyRequest.objects.filter(pk=second.pk).update(deadline=timezone.now() - timedelta(seconds=1))
    returning.sweep()
    assert texts(walk, walk.checker) == ["A reply to a question on R is overdue."]
    assert texts(walk, walk.editor) == [
        "A reply to a question on R was filed.",
        "A reply to a question on R is overdue.",
    ]
    assert "Forty" not in str(list(Notification.objects.values()))


def test_a_review_date_is_told_to_editors_and_to_whoever_made_the_version() -> None:
    walk = taken()
    walk.proposed().drafted().approved().published()
    tell_all()
    Review.objects.update(review_on=timezone.now() - timedelta(seconds=1))
    returning.sweep()
    text = "R came due: its review date is here, and it is queued again."
    assert texts(walk, walk.editor)[-1] == text
    assert texts(walk, walk.checker)[-1] == text


def test_a_legal_read_is_told_to_legal_readers_and_done_to_the_writer() -> None:
    walk, lawyer = taken(), make_person("legal", name="Lova Law")
    walk.proposed()
    draft = drafting.draft_of(walk.review, walk.checker)
    text = {"headline": "No: the record says otherwise", "explanation": "The transcript differs [1]."}
    draft = drafting.write(walk.review, walk.checker, draft.revision, **text)
    drafting.ask_legal_read(walk.review, walk.checker, now(walk.review).revision)
    assert texts(walk, lawyer) == ["A legal read of R is asked for."]
    review = now(walk.review)
    drafting.legal_read(review, lawyer, review.revision, drafting.CLEARED, "", text_seen=draft.revision)
    assert texts(walk, walk.checker) == ["A legal reader has read the text of R."]
    assert texts(walk, walk.editor) == []


def test_a_waiver_is_told_to_auditors_and_whoever_may_sign_off_by_it_is_told_of_the_text() -> None:
    walk, auditor = taken(), make_person("auditor", name="Alva Ledger")
    both = make_person("checker", "editor", name="Bertil Bar")
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    walk.review, walk.checker = now(walk.review), both
    walk.taken()
    waiving.waive(walk.review, walk.editor, both, Hat.APPROVER, walk.review.revision, "We are two today.")
    walk.review = now(walk.review)
    assert texts(walk, auditor) == ["In R an editor let somebody play two parts."]
    walk.proposed().drafted()
    tell_all()
    assert told_to(both) == []  # the one who sent it knows
    assert texts(walk, walk.editor) == ["R waits for sign-off."]


def test_a_case_that_left_with_a_role_is_told_to_whoever_is_still_here() -> None:
    walk = taken()
    walk.checker.groups.clear()
    assert leaving.close_left() == 1
    assert texts(walk, walk.checker) == []  # without a role nobody is told
    second = taken()
    second.checker = make_person("checker", "intake", name="Ina Isle")
    assignment.give_back(second.review, second.editor, second.review.revision, "recall", "Somebody else.")
    second.review = now(second.review)
    second.taken()
    second.checker.groups.remove(second.checker.groups.get(name="checker"))
    assert leaving.close_left() == 1
    assert texts(second, second.checker) == [
        "R left your desk: you are no checker any more. Your draft is kept.",
    ]
