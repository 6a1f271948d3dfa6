"""Weights that the desk changes, and what waits in triage weighed again: nothing that somebody decided is touched."""

import pytest
from django.contrib.auth.models import User

from claims import work
from claims.extraction import worth
from claims.models import Claim, Weighing, Work
from claims.running import run_leased
from claims.weighing import Topic, in_force
from tests.cases import now
from tests.factories import make_claim
from tests.people import make_person
from verification.models import Review, ReviewEvent, State
from verification.review import triage, weighing
from verification.review.refusals import Moved, NotYours

pytestmark = pytest.mark.django_db
FIGURE = {"figure": 0.8, "named_source": 1.0}
HIGHER = worth.score(FIGURE, {"figure": 3.0})


@pytest.fixture
def editor() -> User:
    return make_person("editor", name="Edda Quay")


def in_triage(count: int) -> list[Review]:
    claims = [make_claim(features=FIGURE, score=worth.score(FIGURE)) for _number in range(count)]
    triage.open_cases()
    return list(Review.objects.filter(claim__in=claims).select_related("claim").order_by("pk"))


def weigh() -> bool:
    """Do what a worker does with each weighing that is due."""
    rows = Work.objects.filter(kind=weighing.WEIGH, done_at__isnull=True).order_by("pk")
    return all(done_now(row) for row in rows)


def done_now(row: Work) -> bool:
    """Do what a worker does with a weighing that is due; return whether it came to its end."""
    saved = Weighing.objects.get(pk=row.subject)
    return run_leased(row.pk, lambda lease: weighing.weigh_undecided(saved, lease))


def test_what_waits_is_weighed_again_and_what_was_decided_keeps_its_score(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "AT_ONCE", 2)
    cases = in_triage(6)
    triage.accept(cases[0], editor, 0)
    triage.set_aside(cases[1], editor, 0, "decline", "Too small.")
    without_case = make_claim(features=FIGURE, score=0.1)
    assert weighing.save_weights(editor, {"figure": 3.0}, [], 0)
    assert weigh()
    scores = dict(Claim.objects.values_list("pk", "score"))
    assert [scores[case.claim_id] for case in cases] == [worth.score(FIGURE)] * 2 + [HIGHER] * 4
    assert scores[without_case.pk] == HIGHER
    assert [now(case).priority for case in cases] == [worth.score(FIGURE)] * 2 + [HIGHER] * 4
    assert not Work.objects.filter(kind=weighing.WEIGH, done_at__isnull=True).exists()


def test_a_priority_that_an_editor_set_stays(editor: User) -> None:
    planned, other = in_triage(2)
    triage.plan(planned, editor, 0, priority=0.9, deadline=None, second_check=None)
    weighing.save_weights(editor, {"figure": 3.0}, [], 0)
    weigh()
    assert (now(planned).priority, now(planned).claim.score) == (0.9, HIGHER)
    assert now(other).priority == HIGHER


def test_weighing_twice_changes_nothing_more_and_leaves_revisions_alone(editor: User) -> None:
    (case,) = in_triage(1)
    saved = weighing.save_weights(editor, {}, [Topic("Ships", ("ships",), -2)], 0)
    assert saved
    weigh()
    after = now(case).claim.score
    work.enlist(weighing.WEIGH, [saved.pk])
    assert weigh()
    assert (now(case).claim.score, now(case).revision) == (after, 0)
    assert after == worth.score(FIGURE, points=-2.0)
    assert ReviewEvent.objects.get(review=case).verb == "opened"


def test_a_weighing_that_others_followed_gives_way_to_theirs(editor: User) -> None:
    (case,) = in_triage(1)
    first = weighing.save_weights(editor, {"figure": 3.0}, [], 0)
    assert first
    weighing.save_weights(editor, {"figure": 0.0}, [], first.pk)
    late, early = Work.objects.filter(kind=weighing.WEIGH).order_by("-pk")
    for row in (late, early):  # the messages came in the wrong order
        assert done_now(row)
    assert now(case).claim.score == worth.score(FIGURE, {"figure": 0.0})


def test_the_same_weights_are_saved_once(editor: User) -> None:
    assert weighing.save_weights(editor, {"figure": 1.0}, [], 0) is None
    saved = weighing.save_weights(editor, {"figure": 2.0}, [], 0)
    assert saved
    assert weighing.save_weights(editor, {"figure": 2.0}, [], 0) is None
    assert in_force().number == saved.pk


def test_others_weights_are_not_overwritten_unseen(editor: User) -> None:
    weighing.save_weights(editor, {"figure": 2.0}, [], 0)
    with pytest.raises(Moved, match="Edda Quay saved other weights meanwhile"):
        weighing.save_weights(make_person("administrator"), {"figure": 3.0}, [], 0)


@pytest.mark.parametrize("role", ["intake", "checker", "auditor", "publisher"])
def test_only_who_keeps_the_weights_saves_them(role: str) -> None:
    with pytest.raises(NotYours):
        weighing.save_weights(make_person(role), {"figure": 2.0}, [], 0)


def test_what_is_back_in_triage_is_weighed_with_the_rest(editor: User) -> None:
    (case,) = in_triage(1)
    triage.set_aside(case, editor, 0, "decline", "Too small.")
    triage.reconsider(now(case), editor, 1)
    weighing.save_weights(editor, {"figure": 3.0}, [], 0)
    weigh()
    assert now(case).state == State.TRIAGE
    assert now(case).claim.score == HIGHER
