"""From triage to a published verdict and its correction, by the verbs, as different people."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from claims.models.clock import read_clock
from tests.cases import Walk, finding, now
from tests.people import make_person
from verification.models import Draft, Duty, Hat, Rating, ReviewEvent, State, Turn, Verdict, VerdictEvidence
from verification.review import adjudication, afterwards, assignment, drafting, judgments, triage, verdicts
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Unmet
from verification.review.states import STEPS

pytestmark = pytest.mark.django_db


def test_every_state_of_the_table_is_a_state_and_every_hat_a_hat() -> None:
    for step in STEPS:
        assert {*step.sources} <= set(State.values), step.verb
        assert step.target in {*State.values, "", "<held_from>"}, step.verb
        assert {*step.hat, step.gives} - {""} <= set(Hat.values), step.verb
    reached = {step.target for step in STEPS}
    assert reached >= set(State.values)


def test_a_case_goes_from_triage_to_a_published_verdict() -> None:
    walk = Walk()
    publication = walk.to_publication()
    assert walk.review.state == State.PUBLISHED
    assert walk.review.publication == publication
    verdict = publication.verdict
    assert (verdict.version, verdict.change, verdict.rating_label) == (1, "initial", "False")
    assert (verdict.checked_by, verdict.approved_by) == ("Cato Lamp", "Edda Quay")
    assert [piece.exact for piece in verdict.evidence.all()]
    verbs = list(ReviewEvent.objects.filter(review=walk.review).order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        *("opened", "accept", "take", "propose", "pass_on", "send_to_sign_off", "approve", "publish"),
    ]
    assert list(faults()) == []


def test_a_correction_is_a_new_cycle_and_a_new_version_by_the_same_small_desk() -> None:
    walk = Walk()
    first = walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    assert (walk.review.state, walk.review.cycle) == (State.QUEUED, 2)
    assert walk.review.publication == first
    walk.taken()
    draft = walk.judgment()
    assert draft.rating == first.verdict.rating
    assert draft.evidence.count() == first.verdict.evidence.count()
    walk.proposed(value=2)
    with pytest.raises(Unmet, match="what this version changes"):
        walk.drafted()
    second = walk.drafted(change_note="The hour of the remarks was wrong.").approved().published()
    assert (second.verdict.version, second.verdict.supersedes) == (2, first.verdict)
    assert second.first_published_at == first.first_published_at
    assert walk.review.publication == second
    assert Verdict.objects.get(pk=first.verdict_id).rating_label == "False"
    assert list(faults()) == []


def test_a_blind_second_check_that_agrees_goes_to_drafting_and_one_that_differs_to_adjudication() -> None:
    for value, state in ((1, State.DRAFTING), (3, State.ADJUDICATION)):
        walk = Walk(second_check=True).accepted().taken().proposed()
        assert walk.review.state == State.SECOND_CHECK
        with pytest.raises(NotYours):
            assignment.take(walk.review, walk.checker, verb="take_second")
        assignment.take(walk.review, walk.second, verb="take_second")
        walk.review = now(walk.review)
        judgments.submit(
            walk.review,
            walk.second,
            finding(walk.review, value),
            seen=walk.judgment(walk.second, Hat.SECOND).revision,
            case_seen=walk.review.revision,
        )
        assert now(walk.review).state == state
    review = now(walk.review)
    adjudication.adjudicate(
        review, walk.editor, review.revision, Rating.objects.get(scale__in_use=True, value=2), "Both have a point."
    )
    deciding = judgments.deciding_judgment(now(review))
    assert deciding is not None
    assert str(deciding.rating) == "Misleading"
    walk.review = now(review)
    walk.drafted()
    with pytest.raises(NotYours, match="adjudicator"):
        verdicts.approve(walk.review, walk.editor, walk.review.revision)
    verdict = verdicts.approve(walk.review, make_person("editor"), walk.review.revision)
    assert verdict.rating_label == "Misleading"


def test_nobody_signs_off_what_they_had_another_part_in() -> None:
    walk = Walk()
    walk.checker = make_person("checker", "editor", name="Both Hats")
    walk.accepted().taken().proposed().drafted()
    with pytest.raises(NotYours, match="first checker"):
        verdicts.approve(walk.review, walk.checker, walk.review.revision)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(review=walk.review, cycle=1, person=walk.checker, hat=Hat.APPROVER)
    assert now(walk.review).state == State.SIGN_OFF


def test_a_case_that_moved_meanwhile_is_told_and_not_overwritten() -> None:
    walk = Walk()
    seen = walk.review.revision
    walk.accepted()
    with pytest.raises(Moved, match="Ines Mole was here"):
        triage.set_aside(walk.review, walk.intake, seen, "decline", "Nobody asked.")
    assert now(walk.review).state == State.QUEUED


def test_the_second_of_two_takers_is_told_who_was_first() -> None:
    walk = Walk().accepted()
    assignment.take(walk.review, walk.checker, walk.review.revision)
    with pytest.raises(Moved, match="Cato Lamp"):
        assignment.take(walk.review, walk.second, walk.review.revision)
    assert Turn.objects.filter(review=walk.review, closed_at__isnull=True).count() == 1


def test_a_shut_gate_names_what_is_missing_and_keeps_what_was_typed() -> None:
    walk = Walk().accepted().taken()
    judgment = walk.judgment()
    with pytest.raises(Unmet, match="cite a picked source"):
        judgments.submit(
            walk.review,
            walk.checker,
            finding(walk.review, reasoning="Because I say so."),
            seen=judgment.revision,
            case_seen=walk.review.revision,
        )
    assert now(walk.review).state == State.RESEARCHING
    assert walk.judgment().reasoning == "Because I say so."


def test_two_savings_of_one_judgment_the_later_is_told() -> None:
    walk = Walk().accepted().taken()
    seen = walk.judgment().revision
    judgments.save(walk.review, walk.checker, finding(walk.review), seen=seen)
    with pytest.raises(Moved):
        judgments.save(walk.review, walk.checker, finding(walk.review, reasoning="Other words [1]."), seen=seen)
    assert walk.judgment().reasoning == "The record says otherwise [1]."


def test_a_turn_that_ran_out_returns_the_case_and_keeps_the_draft() -> None:
    walk = Walk().accepted().taken()
    judgments.save(walk.review, walk.checker, finding(walk.review), seen=walk.judgment().revision)
    Turn.objects.filter(review=walk.review).update(until="2001-01-01T00:00Z")
    assert assignment.close_run_out() == 1
    walk.review = now(walk.review)
    assert walk.review.state == State.QUEUED
    walk.taken()
    assert walk.judgment().reasoning == "The record says otherwise [1]."


def test_what_is_awaited_pauses_the_turn() -> None:
    walk = Walk().accepted().taken()
    assignment.pause(walk.review, walk.checker, walk.review.revision, "await_reply", "The harbour board was asked.")
    Turn.objects.filter(review=walk.review).update(until="2001-01-01T00:00Z")
    assert assignment.close_run_out() == 0
    walk.review = now(walk.review)
    assignment.resume(walk.review, walk.checker, walk.review.revision)
    assert now(walk.review).state == State.RESEARCHING


def test_a_case_on_hold_remembers_where_it_came_from() -> None:
    walk = Walk().accepted().taken().proposed()
    assignment.pause(walk.review, walk.editor, walk.review.revision, "hold", "Legal reads it.")
    walk.review = now(walk.review)
    assert (walk.review.state, walk.review.held_from) == (State.ON_HOLD, State.DRAFTING)
    assignment.resume(walk.review, walk.editor, walk.review.revision, "release")
    assert now(walk.review).state == State.DRAFTING


def test_a_returned_case_is_judged_again_by_its_checker() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    judgments.return_to_research(walk.review, walk.editor, walk.review.revision, "The second source is missing.")
    walk.review = now(walk.review)
    assert walk.review.state == State.RESEARCHING
    walk.proposed().drafted().approved()
    assert walk.review.state == State.APPROVED


def test_an_embargo_holds_publication() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    verdicts.approve(walk.review, walk.editor, walk.review.revision, embargo_until=read_clock() + timedelta(days=2))
    walk.review = now(walk.review)
    with pytest.raises(Unmet, match="embargo"):
        walk.published()


def test_the_database_refuses_a_verdict_that_is_changed_or_stands_on_nothing() -> None:
    walk = Walk()
    verdict = walk.to_publication().verdict
    tries = (
        f"UPDATE verification_verdict SET headline = 'x' WHERE id = {verdict.pk}",
        f"DELETE FROM verification_verdictevidence WHERE verdict_id = {verdict.pk}",
        f"UPDATE verification_publication SET published_at = now() WHERE verdict_id = {verdict.pk}",
    )
    for sql in tries:
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    piece = verdict.evidence.get()
    piece.pk, piece.number = None, 2
    with pytest.raises(IntegrityError, match="one of a verdict's pieces"), transaction.atomic():
        VerdictEvidence.objects.bulk_create([piece])
    bare = Verdict.objects.get(pk=verdict.pk)
    bare.pk, bare.version, bare.evidence_count = None, 2, 0
    bare.change, bare.change_note, bare.supersedes = "update", "Nothing.", verdict
    bare.public = uuid.uuid4()
    with pytest.raises((IntegrityError, InternalError), match="rests on archived evidence"), transaction.atomic():
        Verdict.objects.bulk_create([bare])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS check_verdict IMMEDIATE")


def test_only_one_draft_a_cycle_and_the_later_writer_is_told() -> None:
    walk = Walk().accepted().taken().proposed()
    draft = drafting.draft_of(walk.review, walk.checker)
    drafting.write(walk.review, walk.checker, draft.revision, headline="Mine", explanation="First.")
    with pytest.raises(Moved, match="Cato Lamp"):
        drafting.write(walk.review, walk.editor, draft.revision, headline="Theirs", explanation="Second.")
    assert Draft.objects.get().headline == "Mine"
