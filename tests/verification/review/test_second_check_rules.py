"""Second checks by risk and by sample: decided by a rule that the log tells and a stranger can compute again."""

import hashlib
import json
from uuid import UUID

import pytest

from tests.cases import Walk, case, now
from verification.models import Desk, Review, ReviewEvent, SecondCheckRule, State
from verification.review import afterwards, triage
from verification.review.second_checks import WHY, decide, draw

pytestmark = pytest.mark.django_db
PUBLIC = UUID("4be0643f-1d98-473b-97cd-ca98a65347dd")


def told(review: Review, verb: str) -> dict[str, object]:
    payload: dict[str, object] = json.loads(ReviewEvent.objects.filter(review=review, verb=verb)[0].payload.body)
    return payload


def set_rule(rule: SecondCheckRule, **fields: object) -> Desk:
    return Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"second_check_rule": rule, **fields})[0]


def test_a_draw_is_the_hash_of_id_and_cycle_and_the_same_for_everybody() -> None:
    expected = int.from_bytes(hashlib.sha256(b"4be0643f-1d98-473b-97cd-ca98a65347dd 1").digest(), "big") % 100
    assert draw(PUBLIC, 1) == expected
    assert len({draw(PUBLIC, cycle) for cycle in range(1, 40)}) > 20


def test_a_sample_is_about_as_large_as_it_says() -> None:
    drawn = sum(draw(UUID(int=number), 1) < 20 for number in range(5000))
    assert 0.17 < drawn / 5000 < 0.23


@pytest.mark.parametrize(("percent", "state"), [(100, State.SECOND_CHECK), (0, State.DRAFTING)])
def test_a_case_that_is_drawn_is_judged_twice_and_the_log_tells_the_draw(percent: int, state: State) -> None:
    set_rule(SecondCheckRule.SAMPLE, sample_percent=percent)
    walk = Walk().accepted()
    assert told(walk.review, "accept")[WHY] == {
        "rule": "sample",
        "draw": draw(walk.review.public, 1),
        "below": percent,
    }
    assert walk.taken().proposed().review.state == state


@pytest.mark.parametrize(("priority", "asked"), [(0.7, True), (0.69, False)])
def test_by_risk_the_most_urgent_cases_are_judged_twice(priority: float, asked: bool) -> None:
    desk = set_rule(SecondCheckRule.RISK, risk_from=0.7)
    review = Review(priority=priority, public=PUBLIC)
    assert decide(desk, review) == (asked, {"rule": "risk", "priority": priority, "from": 0.7})


@pytest.mark.parametrize("rule", SecondCheckRule)
def test_no_rule_takes_a_second_check_away(rule: SecondCheckRule) -> None:
    desk = set_rule(rule, second_check=True, sample_percent=0, risk_from=1.0)
    assert decide(desk, case())[0] is True
    desk.second_check = None
    assert decide(desk, case())[0] is None


def test_an_editors_plan_stands_above_the_rule() -> None:
    set_rule(SecondCheckRule.SAMPLE, sample_percent=100)
    walk = Walk()
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.5, deadline=None, second_check=False)
    walk.review = now(walk.review)
    walk.accepted()
    assert told(walk.review, "accept")[WHY] == {"rule": "plan"}
    assert walk.taken().proposed().review.state == State.DRAFTING
    assert told(walk.review, "pass_on") == {"by": "plan"}


def test_a_correction_is_drawn_anew() -> None:
    set_rule(SecondCheckRule.SAMPLE, sample_percent=0)
    walk = Walk()
    walk.to_publication()
    set_rule(SecondCheckRule.SAMPLE, sample_percent=100)
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    review = now(walk.review)
    assert review.second_check is True
    assert told(review, "correct")[WHY] == {"rule": "sample", "draw": draw(review.public, 2), "below": 100}
