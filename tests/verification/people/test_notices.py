"""People are told of what happens to their cases, from the log: each once, and never of their own step."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cases import Walk, finding, now
from tests.people import make_person
from tests.verification.people.desks import tell_all, told_to
from verification.models import Desk, Duty, Hat, Notification, NotifiedUpTo, ReviewEvent, SealEntry, Turn
from verification.people.notices.choices import Choice, choose
from verification.people.notices.kinds import BY_KEY
from verification.people.notices.making import notify
from verification.review import afterwards, assignment, challenges, drafting, handing, judgments
from verification.review.sealing import seal
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """Return a queued case whose past nobody is told of any more."""
    walk = Walk().accepted()
    tell_all()
    Notification.objects.all().delete()
    return walk


def texts(walk: Walk, person: User) -> list[str]:
    return [text.replace(walk.review.number, "R") for text in told_to(person)]


def assigned(walk: Walk) -> Walk:
    assignment.assign(walk.review, walk.editor, walk.checker)
    walk.review = now(walk.review)
    return walk


def test_whoever_is_given_a_case_is_told_by_whom_and_the_giver_is_not(walk: Walk) -> None:
    assigned(walk)
    tell_all()
    assert texts(walk, walk.checker) == ["Edda Quay gave you R."]
    assert texts(walk, walk.editor) == []


def test_who_takes_a_case_is_not_told_so(walk: Walk) -> None:
    walk.taken()
    tell_all()
    assert not Notification.objects.exists()


def test_a_recalled_case_is_told_to_whoever_had_it(walk: Walk) -> None:
    walk.taken()
    assignment.give_back(walk.review, walk.editor, walk.review.revision, "recall", "The board asks first.")
    tell_all()
    assert texts(walk, walk.checker) == ["Edda Quay recalled R from you."]


def test_a_case_that_is_handed_over_is_told_to_both(walk: Walk) -> None:
    walk.taken()
    handing.hand_over(walk.review, walk.editor, walk.second, walk.review.revision)
    tell_all()
    assert texts(walk, walk.checker) == ["Edda Quay handed R over to somebody else."]
    assert texts(walk, walk.second) == ["Edda Quay handed R over to you."]


def test_a_turn_that_ran_out_is_told(walk: Walk) -> None:
    walk.taken()
    Turn.objects.update(until=timezone.now() - timedelta(minutes=1))
    assignment.close_run_out()
    tell_all()
    assert texts(walk, walk.checker) == ["Your turn on R ran out. Your draft is kept."]


def test_a_turn_that_ends_soon_is_told_once_however_often_one_looks(walk: Walk) -> None:
    walk.taken()
    tell_all()
    assert texts(walk, walk.checker) == []
    until = timezone.localtime() + timedelta(minutes=40)
    Turn.objects.update(opened_at=timezone.now() - timedelta(hours=3), until=until)
    for _look in range(3):
        notify()
    assert texts(walk, walk.checker) == [f"Your turn on R ends at {until:%H:%M}."]


def test_a_short_turn_is_not_called_ending_when_it_has_just_begun(walk: Walk) -> None:
    walk.taken()
    Turn.objects.update(until=timezone.now() + timedelta(minutes=20))
    notify()
    assert texts(walk, walk.checker) == []


def test_the_second_turn_of_the_same_person_is_warned_of_again(walk: Walk) -> None:
    for _turn in range(2):
        walk.taken()
        Turn.objects.filter(closed_at=None).update(until=timezone.now() + timedelta(seconds=1))
        Turn.objects.filter(closed_at=None).update(opened_at=timezone.now() - timedelta(hours=1))
        Notification.objects.filter(kind="ends_soon").update(made_at=timezone.now() - timedelta(hours=2))
        notify()
        assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
        walk.review = now(walk.review)
    assert Notification.objects.filter(kind="ends_soon", person=walk.checker).count() == 2


def test_an_undecided_judgment_is_told_to_editors_and_a_decided_one_is_not(walk: Walk) -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"second_check": None})
    undecided = Walk().accepted().taken().proposed()
    walk.taken().proposed()
    tell_all()
    waiting = [f"{undecided.review.number} waits for an editor: does a second check follow?"]
    assert [text for text in told_to(undecided.editor) if "second check" in text] == waiting
    assert told_to(undecided.publisher) == []


def test_what_waits_no_more_when_the_log_is_read_is_not_told() -> None:
    walk = Walk().accepted().taken().proposed().drafted().approved()
    tell_all()
    assert not Notification.objects.filter(kind="sign_off").exists()
    assert told_to(walk.publisher) == [f"{walk.review.number} is approved: it can be published."]


def test_differing_judgments_are_told_to_editors_with_no_part_in_the_case() -> None:
    walk = Walk(second_check=True)
    both = make_person("checker", "editor", name="Bertil Bar")
    walk.checker = both
    walk.accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    review = now(walk.review)
    seen = judgments.judgment_of(review.duties.get(person=walk.second)).revision
    judgments.submit(review, walk.second, finding(review, 4), seen=seen, case_seen=review.revision)
    tell_all()
    text = f"{review.number} waits for adjudication."
    assert text in told_to(walk.editor)
    assert text not in told_to(both)


def test_sign_off_is_told_to_editors_who_may_approve_and_the_text_that_returns_to_its_writer(walk: Walk) -> None:
    writer = make_person("editor", "checker", name="Wanda Weir")
    walk.checker = writer
    walk.taken().proposed().drafted()
    tell_all()
    assert texts(walk, walk.editor) == ["R waits for sign-off."]
    assert texts(walk, writer) == []
    drafting.return_text(walk.review, walk.editor, walk.review.revision, "The headline says too much.")
    tell_all()
    assert texts(walk, writer) == ["The text of R was returned to you."]
    assert "headline" not in str(Notification.objects.filter(person=writer).values())


def test_a_challenge_is_told_to_editors_and_to_whoever_worked_on_the_case(walk: Walk) -> None:
    walk.taken().proposed().drafted().approved().published()
    tell_all()
    other = make_person("checker", name="Olof Oar")
    challenges.challenge(walk.review, Actor(other), walk.review.revision, "colleague", "A second record differs.")
    tell_all()
    assert texts(walk, walk.checker) == ["R was challenged."]
    assert texts(walk, walk.editor)[-1] == "R was challenged."
    assert told_to(other) == []


def test_a_correction_is_told_to_whoever_made_the_version_before(walk: Walk) -> None:
    walk.taken().proposed().drafted().approved().published()
    tell_all()
    second = make_person("editor", name="Egon Pier")
    afterwards.correct(walk.review, second, walk.review.revision, "correction", "The hour was wrong.")
    tell_all()
    assert texts(walk, walk.checker)[-1] == "Egon Pier opened R again, for a new version."
    assert texts(walk, walk.editor)[-1] == "Egon Pier opened R again, for a new version."


def test_nobody_is_told_who_left_or_has_no_role_any_more(walk: Walk) -> None:
    assigned(walk)
    User.objects.filter(pk=walk.checker.pk).update(is_active=False)
    tell_all()
    assert told_to(walk.checker) == []


def test_the_log_read_twice_is_told_once(walk: Walk) -> None:
    assigned(walk)
    tell_all()
    NotifiedUpTo.objects.update(event=0)
    assert notify() > 0
    assert len(told_to(walk.checker)) == 1
    notice = Notification.objects.get(person=walk.checker)
    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_the_log_is_read_in_pieces_and_none_is_left_out(walk: Walk) -> None:
    for _case in range(3):
        assigned(Walk().accepted())
    seal()
    before = NotifiedUpTo.objects.get().event
    new = SealEntry.objects.filter(event_id__gt=before).count()
    read = []
    while count := notify(limit=4):
        read.append(count)
    assert sum(read) == new
    assert Notification.objects.filter(kind="given").count() == 3


def test_an_event_whose_id_is_older_but_which_came_later_is_told_all_the_same(walk: Walk) -> None:
    """What a slow transaction logs has a lower id than what was read before it ended: the seals have the order."""
    early, late = assigned(walk), assigned(Walk().accepted())
    first = ReviewEvent.objects.get(review=early.review, verb="assign")
    unsealed = first.unsealed
    unsealed.delete()  # as if its transaction had not ended yet
    tell_all()
    assert told_to(early.checker) == []
    assert len(told_to(late.checker)) == 1
    unsealed.pk = first.pk
    unsealed.save(force_insert=True)
    tell_all()
    assert len(told_to(early.checker)) == 1


def test_a_desk_with_a_long_past_is_told_of_what_is_fresh_only(walk: Walk) -> None:
    assigned(walk)
    seal()
    NotifiedUpTo.objects.all().delete()
    notify()
    assert len(told_to(walk.checker)) == 1  # an hour has not passed


def test_what_somebody_does_not_want_is_not_made(walk: Walk) -> None:
    choose(walk.checker, [(BY_KEY["given"], Choice(on_desk=False, mail="never"))])
    assigned(walk)
    tell_all()
    assert told_to(walk.checker) == []


def test_what_is_wanted_by_mail_only_is_no_news_on_the_desk(walk: Walk) -> None:
    User.objects.filter(pk=walk.checker.pk).update(email="cato@desk.example")
    choose(walk.checker, [(BY_KEY["given"], Choice(on_desk=False, mail="digest"))])
    assigned(walk)
    tell_all()
    notice = Notification.objects.get(person=walk.checker)
    assert notice.read_at is not None
    assert notice.mail == "digest"


def test_telling_costs_as_many_queries_for_many_events_as_for_few() -> None:
    assigned(Walk().accepted())
    tell_all()
    asked = []
    for many in (1, 6):
        for _case in range(many):
            assigned(Walk().accepted())
        seal()
        with CaptureQueriesContext(connection) as queries:
            notify()
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
    assert Duty.objects.filter(hat=Hat.FIRST).count() == 8


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_once() -> None:
    walk = assigned(Walk().accepted())
    seal()
    runs = [threading.Thread(target=_run) for _run_number in range(4)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    notify()
    assert len(told_to(walk.checker)) == 1


def _run() -> None:
    try:
        notify()
    finally:
        connection.close()
