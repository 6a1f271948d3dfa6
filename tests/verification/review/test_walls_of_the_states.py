"""What the database refuses the application itself: a state no line of the log tells of, and what was signed, changed.

Every try is made in the application's own role, through the ORM or in SQL.
"""

import uuid
from collections.abc import Callable
from functools import partial

import pytest

from tests.cases import Walk, make_candidate, now
from tests.factories import make_claim
from tests.people import make_person
from tests.verification.review.log_lines import insertable
from tests.verification.review.refused_by_the_database import refused, sql
from verification.models import (
    Evidence,
    Judgment,
    LogStep,
    Rating,
    Review,
    SearchEvidence,
    SearchRun,
    State,
)
from verification.review import afterwards, assignment, judgments
from verification.review.proof import faults
from verification.review.states import log_lines

pytestmark = pytest.mark.django_db


def test_the_lines_a_log_may_hold_are_those_of_the_table_of_states() -> None:
    assert set(LogStep.objects.values_list("verb", "from_state", "to_state")) == log_lines()
    assert LogStep.objects.count() == len(log_lines())


TABLE = "verification_logstep"


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO {TABLE} (verb, from_state, to_state) VALUES ('wave', 'triage', 'published')",
        f"UPDATE {TABLE} SET to_state = 'published' WHERE verb = 'accept'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
    ],
)
def test_the_application_writes_no_step_into_the_table(statement: str) -> None:
    refused("permission denied", lambda: sql(statement))


STANDS, STEP, BEGINS = "stands where the newest event", "the table of states has no step", "begins where the one before"
LINES: dict[str, tuple[str, Callable[[Review], object]]] = {
    "a state without a line": (STANDS, lambda r: Review.objects.filter(pk=r.pk).update(state=State.WITHDRAWN)),
    "a state without a line, in SQL": (STANDS, lambda r: sql("UPDATE verification_review SET state = 'researching'")),
    "a cycle without a line": (STANDS, lambda r: Review.objects.filter(pk=r.pk).update(cycle=2)),
    "a line that the case does not follow": (
        STANDS,
        lambda r: insertable(r, verb="take", to_state="researching").save(),
    ),
    "a step that the table does not have": (STEP, lambda r: insertable(r, verb="approve", to_state="approved").save()),
    "a verb that the table does not have": (STEP, lambda r: insertable(r, verb="wave").save()),
    "a line from where the case does not stand": (
        BEGINS,
        lambda r: insertable(r, verb="accept", from_state="triage", to_state="queued").save(),
    ),
    "a case that is opened again": (
        BEGINS,
        lambda r: insertable(r, verb="opened", from_state="", to_state="triage").save(),
    ),
    "a line of another cycle": ("of its case's cycle", lambda r: insertable(r, cycle=2).save()),
    "a tombstone of nothing": ("a tombstone names", lambda r: insertable(r, verb="payload_erased").save()),
    "another claim": ("keeps the claim", lambda r: Review.objects.filter(pk=r.pk).update(claim=make_claim())),
    "another name": ("keeps the claim", lambda r: Review.objects.filter(pk=r.pk).update(public=uuid.uuid4())),
    "a case without a log": (STANDS, lambda r: Review.objects.create(claim=make_claim(), wording="Opened by nobody.")),
    "a case that begins beyond triage": (
        "begins in triage",
        lambda r: Review.objects.create(claim=make_claim(), wording="Queued at once.", state=State.QUEUED),
    ),
    "a case that is removed": ("reviewevent", lambda r: sql(f"DELETE FROM verification_review WHERE id = {r.pk}")),
}


@pytest.mark.parametrize(("why", "act"), LINES.values(), ids=LINES)
def test_no_case_moves_without_its_line_and_no_line_leaves_the_table(why: str, act: Callable[[Review], object]) -> None:
    review = Walk().accepted().review
    refused(why, partial(act, review))
    assert (now(review).state, list(faults())) == (State.QUEUED, [])


def test_a_case_comes_off_hold_to_where_it_was() -> None:
    walk = Walk().accepted()
    assignment.pause(walk.review, walk.editor, walk.review.revision, "hold", "A lawyer reads it.")
    held = now(walk.review)
    refused("off hold to where it was", insertable(held, verb="release", to_state="approved").save)


def test_a_correction_that_begins_no_cycle_is_refused() -> None:
    walk = Walk()
    walk.to_publication()
    refused("of its case's cycle", insertable(walk.review, verb="correct", to_state="queued").save)


def judged(**fields: object) -> Judgment:
    """Walk a case to drafting, with a search record and a source; return its submitted judgment."""
    walk = Walk(**fields).accepted().taken()  # type: ignore[arg-type]
    run = SearchRun.objects.filter(claim=walk.review.claim)[0]
    walk.proposed(searches=[run])
    return walk.judgment()


def _again(piece: Evidence | SearchEvidence) -> None:
    piece.pk, piece.number = None, 9
    piece.save()


def _set(judgment: Judgment, name: str, value: object) -> None:
    Judgment.objects.filter(pk=judgment.pk).update(**{name: value})


def _setting(name: str, value: object) -> Callable[[Judgment], object]:
    return lambda judgment: _set(judgment, name, value)


CHANGED = "neither changed nor removed"
RESTS = "neither added to, changed nor removed"
JUDGED: dict[str, tuple[str, Callable[[Judgment], object]]] = {
    **{
        f"another {name}": (CHANGED, _setting(name, value))
        for name, value in {
            "reasoning": "On second thoughts [1].",
            "none_supports": False,
            "none_refutes": True,
            "sourcing_reason": "Because.",
            "answers": {"negation": "harmless"},
            "rating_label": "True enough",
            "revision": 99,
            "hat": "second",
            "submitted_at": "2001-01-01T00:00Z",
        }.items()
    },
    "another rating": (CHANGED, lambda j: _set(j, "rating", Rating.objects.exclude(judgment=j)[0])),
    "another person": (CHANGED, lambda j: _set(j, "person", make_person("checker"))),
    "no judgment": (CHANGED, lambda j: sql(f"DELETE FROM verification_judgment WHERE id = {j.pk}")),
    "more evidence": (RESTS, lambda j: _again(j.evidence.get())),
    "other evidence": (RESTS, lambda j: j.evidence.update(stance="supports")),
    "no evidence": (RESTS, lambda j: j.evidence.all().delete()),
    "more search records": (RESTS, lambda j: _again(j.searches.get())),
    "other search records": (RESTS, lambda j: j.searches.update(number=7)),
    "no search records": (RESTS, lambda j: sql("DELETE FROM verification_searchevidence")),
    "a draft again": ("opened again only where", lambda j: _set(j, "submitted_at", None)),
}


@pytest.mark.parametrize(("why", "act"), JUDGED.values(), ids=JUDGED)
def test_a_submitted_judgment_stays_as_it_was_submitted(why: str, act: Callable[[Judgment], object]) -> None:
    judgment = judged()
    before = (Judgment.objects.filter(pk=judgment.pk).values().get(), list(judgment.evidence.values()))
    refused(why, partial(act, judgment))
    assert (Judgment.objects.filter(pk=judgment.pk).values().get(), list(judgment.evidence.values())) == before


def test_evidence_of_a_draft_is_not_moved_to_a_judgment_that_is_in() -> None:
    judgment, walk = judged(), Walk().accepted().taken()
    draft = walk.judgment()
    judgments.save(
        walk.review,
        walk.checker,
        judgments.Finding(picks=[judgments.Pick(make_candidate(walk.review.claim), "context", "silent")]),
        seen=draft.revision,
    )
    refused(RESTS, lambda: draft.evidence.update(judgment=judgment, number=9))


def test_a_judgment_of_an_earlier_cycle_is_not_opened_while_a_correction_is_researched() -> None:
    walk = Walk()
    first = walk.to_publication().verdict.judgment
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    walk.taken()
    refused("opened again only where", lambda: _set(first, "submitted_at", None))
