"""Two people, whatever they press and in whatever order; and what the database refuses the application itself."""

import pytest
from django.db import Error, IntegrityError, connection, transaction

from claims.archiving import Handed
from claims.models import Snapshot
from tests.cases import Walk, finding, now
from tests.people import make_person
from verification.models import Duty, Evidence, Hat, Judgment, ReviewEvent, State, Verdict
from verification.research import adding
from verification.review import adjudication, afterwards, assignment, drafting, gate, judgments, triage, verdicts
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Unmet
from verification.review.standing import standing_of

pytestmark = pytest.mark.django_db


def refused(sql: str) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_case_is_returned_to_whoever_judged_it_last() -> None:
    walk = Walk().accepted().taken()
    for person in (walk.second, walk.checker):
        holder = standing_of(walk.review).turn(Hat.FIRST)
        assert holder is not None
        assignment.give_back(walk.review, holder.duty.person, walk.review.revision, "hand_back", "I am away.")
        walk.review = now(walk.review)
        assignment.take(walk.review, person, walk.review.revision)
        walk.review = now(walk.review)
    walk.proposed().drafted()
    judgments.return_to_research(walk.review, walk.editor, walk.review.revision, "One more source.")
    assert standing_of(now(walk.review)).holds(walk.checker.pk, Hat.FIRST)
    assert not Judgment.objects.filter(submitted_at__isnull=False).exists()


def test_a_judgment_that_was_handed_back_does_not_go_out() -> None:
    walk = Walk().accepted().taken()
    judgments.save(walk.review, walk.checker, finding(walk.review, 5), seen=walk.judgment().revision)
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    walk.review, left = now(walk.review), walk.checker
    walk.checker = walk.second
    walk.taken().proposed().drafted().approved()
    verdict = Verdict.objects.get()
    assert (verdict.judgment.person, verdict.rating_label) == (walk.second, "False")
    assert left.get_full_name() not in verdict.checked_by


def test_a_second_check_planned_in_triage_is_kept_when_the_claim_is_accepted() -> None:
    walk = Walk()
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.5, deadline=None, second_check=True)
    walk.review = now(walk.review)
    walk.accepted()
    assert walk.review.second_check is True


def test_whether_a_second_check_follows_is_settled_once_the_first_judgment_was_passed_on() -> None:
    walk = Walk().accepted().taken().proposed()
    with pytest.raises(Unmet, match="return the case for research"):
        triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.5, deadline=None, second_check=True)
    assert now(walk.review).second_check is False
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.9, deadline=None, second_check=False)
    assert now(walk.review).priority == 0.9


def test_a_source_that_came_in_while_the_case_moved_is_logged_where_the_case_stands() -> None:
    walk = Walk(second_check=True).accepted().taken()
    stale = now(walk.review)
    walk.proposed()
    handed = Handed(b"Forty lamps were bought for the northern mole.", Snapshot.Origin.UPLOADED, filename="lamps.txt")
    adding.add_to_case(stale, walk.editor, handed, tier=1)
    event = ReviewEvent.objects.filter(review=walk.review).order_by("-seq")[0]
    assert (event.verb, event.to_state) == ("add_source", State.SECOND_CHECK)
    assert list(faults()) == []


def test_a_draft_saved_between_gate_and_submission_is_not_submitted_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk().accepted().taken()
    checked = gate.unmet

    def and_saved_elsewhere(facts: gate.Facts) -> list[gate.Item]:
        found = checked(facts)
        seen = walk.judgment().revision
        judgments.save(walk.review, walk.checker, finding(walk.review, reasoning="No source."), seen=seen)
        return found

    monkeypatch.setattr(gate, "unmet", and_saved_elsewhere)
    with pytest.raises(Moved):
        walk.proposed()
    assert now(walk.review).state == State.RESEARCHING


def test_a_text_that_was_sent_meanwhile_is_not_written_by_who_saw_it_before() -> None:
    walk = Walk().accepted().taken().proposed()
    before = now(walk.review)
    walk.drafted()
    seen = drafting.draft_of(walk.review, walk.editor).revision
    with pytest.raises(NotYours, match="sign-off"):
        drafting.write(before, walk.editor, seen, headline="Other words", explanation="Nobody signs these.")
    assert drafting.draft_of(walk.review, walk.editor).headline == "No: the record says otherwise"


def test_the_application_changes_and_removes_no_duty() -> None:
    walk = Walk().accepted().taken()
    duty = walk.review.duties.get()
    Duty.objects.create(review=walk.review, cycle=1, person=walk.intake, hat=Hat.SUBMITTER)
    refused("DELETE FROM verification_duty WHERE hat = 'submitter'")
    refused(f"UPDATE verification_duty SET person_id = {walk.second.pk} WHERE id = {duty.pk}")


def test_a_version_is_approved_in_its_own_cycle() -> None:
    walk = Walk()
    first = walk.to_publication().verdict
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    walk.checker = walk.editor
    walk.checker.groups.add(*walk.second.groups.all())
    walk.checker = type(walk.editor).objects.get(pk=walk.editor.pk)
    walk.taken().proposed()
    forged = Verdict.objects.get(pk=first.pk)
    forged.pk, forged.version, forged.cycle, forged.judgment = None, 2, 2, walk.judgment()
    forged.change, forged.change_note, forged.supersedes = "correction", "The hour.", first
    forged.public = walk.review.claim.public
    forged.rating_value, forged.evidence_count = None, 0  # so that no other wall stands in the way
    with pytest.raises(IntegrityError, match="verdict_is_approved_in_its_cycle"), transaction.atomic():
        Verdict.objects.bulk_create([forged])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS verdict_is_approved_in_its_cycle IMMEDIATE")


def test_a_waiver_is_an_event_of_the_same_case_that_says_so() -> None:
    walk, other = Walk().accepted().taken(), Walk()
    elsewhere = ReviewEvent.objects.filter(review=other.review)[0]
    with pytest.raises(IntegrityError, match="event of the same case"), transaction.atomic():
        Duty.objects.create(review=walk.review, cycle=1, person=walk.checker, hat=Hat.APPROVER, waiver=elsewhere)


def test_both_judgments_evidence_is_kept_once_when_somebody_decides_again() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    seen = walk.judgment(walk.second, Hat.SECOND).revision
    judgments.submit(walk.review, walk.second, finding(walk.review, 3), seen=seen, case_seen=walk.review.revision)
    walk.review = now(walk.review)
    rating = walk.judgment().rating
    assert rating is not None
    judge = make_person("editor")
    adjudication.adjudicate(walk.review, judge, walk.review.revision, rating, "The record settles it [1].")
    assert Evidence.objects.filter(judgment__person=judge).count() == 1


def test_whoever_wrote_the_text_does_not_approve_it() -> None:
    walk = Walk().accepted().taken().proposed()
    draft = drafting.draft_of(walk.review, walk.editor)
    drafting.write(walk.review, walk.editor, draft.revision, headline="Mine", explanation="All mine [1].")
    drafting.send_to_sign_off(walk.review, walk.editor, now(walk.review).revision)
    walk.review = now(walk.review)
    with pytest.raises(NotYours, match="You wrote this text"):
        verdicts.approve(walk.review, walk.editor, walk.review.revision)
    assert verdicts.approve(walk.review, make_person("editor"), walk.review.revision).headline == "Mine"


def test_nobody_passes_their_own_judgment_on_unchecked() -> None:
    walk = Walk()
    walk.checker = make_person("checker", "editor")
    walk.accepted()
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.5, deadline=None, second_check=None)
    walk.review = now(walk.review)
    walk.taken().proposed()
    with pytest.raises(NotYours, match="your own judgment"):
        judgments.decide_second_check(walk.review, walk.checker, walk.review.revision, "pass_on")
    judgments.decide_second_check(walk.review, walk.editor, walk.review.revision, "pass_on")
    assert now(walk.review).state == State.DRAFTING


def test_a_second_check_is_handed_back_or_recalled_and_taken_by_another() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    for verb, person in (("hand_back_second", walk.second), ("recall_second", walk.editor)):
        assignment.take(walk.review, walk.second, verb="take_second")
        walk.review = now(walk.review)
        assignment.give_back(walk.review, person, walk.review.revision, verb, "Away from tomorrow on.")
        walk.review = now(walk.review)
        assert walk.review.state == State.SECOND_CHECK
    with pytest.raises(NotYours, match="Nobody has"):
        assignment.give_back(walk.review, walk.editor, walk.review.revision, "recall_second", "Once more.")
    assignment.take(walk.review, make_person("checker"), verb="take_second")


def test_two_cases_are_not_each_others_duplicate() -> None:
    one, other = Walk(), Walk()
    triage.mark_duplicate(one.review, one.intake, one.review.revision, other.review)
    with pytest.raises(Unmet, match="Name the case"):
        triage.mark_duplicate(other.review, other.intake, other.review.revision, one.review)


def test_a_reason_as_long_as_a_book_is_refused() -> None:
    walk = Walk()
    with pytest.raises(Unmet, match="Shorten it"):
        triage.set_aside(walk.review, walk.intake, walk.review.revision, "decline", "why " * 3000)
