"""Whether a second person judges a case blind: by the desk's rule, or as an editor decides once a judgment is in."""

import pytest

from tests.cases import Walk, now
from verification.models import Desk, ReviewEvent, State
from verification.review import judgments
from verification.review.policy import actions
from verification.review.proof import faults
from verification.review.refusals import NotYours
from verification.review.standing import standing_of

pytestmark = pytest.mark.django_db


def walk_of_a_desk_that(second_check: bool | None) -> Walk:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"second_check": second_check})
    return Walk().accepted().taken().proposed()


@pytest.mark.parametrize(
    ("rule", "state"), [(False, State.DRAFTING), (True, State.SECOND_CHECK), (None, State.PROPOSED)]
)
def test_the_desks_rule_says_what_follows_a_first_judgment(rule: bool | None, state: State) -> None:
    assert walk_of_a_desk_that(rule).review.state == state


@pytest.mark.parametrize(("verb", "state"), [("ask_second", State.SECOND_CHECK), ("pass_on", State.DRAFTING)])
def test_where_nobody_has_decided_yet_an_editor_does(verb: str, state: State) -> None:
    walk = walk_of_a_desk_that(None)
    offered = {action.verb: action for action in actions(walk.editor, standing_of(walk.review))}
    assert offered[verb].allowed
    assert not offered[verb].form
    with pytest.raises(NotYours, match="ask for editor"):
        judgments.decide_second_check(walk.review, walk.checker, walk.review.revision, verb)
    judgments.decide_second_check(walk.review, walk.editor, walk.review.revision, verb)
    review = now(walk.review)
    assert (review.state, review.second_check) == (state, verb == "ask_second")
    last = ReviewEvent.objects.filter(review=review).order_by("-seq")[0]
    assert (last.verb, last.actor) == (verb, f"user:{walk.editor.pk}")
    assert list(faults()) == []
