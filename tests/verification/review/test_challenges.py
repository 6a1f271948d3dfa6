"""Doubts about what was published: raised by people or the source watch, answered, or settled by a new version."""

import pytest

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import second_version
from verification.models import Challenge, EventPayload, Review, ReviewEvent, State
from verification.review import afterwards, challenges, verdicts
from verification.review.refusals import Moved, NotYours, Refused, Unmet
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db

DOUBT = "The gauge was moved in that year."


@pytest.fixture
def walk() -> Walk:
    walk = Walk()
    walk.to_publication()
    return walk


def doubted(walk: Walk, text: str = DOUBT, contact: str = "") -> Challenge:
    raised = challenges.challenge(
        walk.review, Actor(walk.checker), walk.review.revision, Challenge.Origin.READER, text, contact
    )
    walk.review = now(walk.review)
    return raised


def told(review: Review, verb: str) -> str:
    return EventPayload.objects.filter(event__review=review, event__verb=verb).order_by("-event__seq")[0].body


def test_a_challenge_is_filed_against_what_stands_and_keeps_the_contact_out_of_the_log(walk: Walk) -> None:
    raised = doubted(walk, contact="reader@mole.example")
    assert (walk.review.state, raised.publication, raised.by) == (
        State.CHALLENGED,
        walk.review.publication,
        walk.checker,
    )
    logged = told(walk.review, "challenge")
    assert str(raised.public) in logged
    assert DOUBT in logged
    assert "reader@mole.example" not in logged
    assert raised.contact == "reader@mole.example"


def test_the_source_watch_challenges_without_a_person(walk: Walk) -> None:
    raised = challenges.challenge(walk.review, Actor(service="watch"), None, "watch", "The page has other words now.")
    assert (now(walk.review).state, raised.by) == (State.CHALLENGED, None)
    event = ReviewEvent.objects.get(review=walk.review, verb="watch_challenged")
    assert event.actor == "service:watch"


def test_nobody_speaks_for_the_watch_and_the_watch_for_nobody(walk: Walk) -> None:
    for actor, origin in ((Actor(walk.checker), "watch"), (Actor(service="watch"), "reader"), (Actor(walk.editor), "")):
        with pytest.raises(Unmet, match="Say who raises it"):
            challenges.challenge(walk.review, actor, walk.review.revision, origin, DOUBT)
    with pytest.raises(Unmet, match="Say what may be wrong"):
        challenges.challenge(walk.review, Actor(walk.checker), walk.review.revision, "reader", " \n")
    assert not Challenge.objects.exists()


def test_a_further_challenge_is_filed_beside_the_first_and_the_same_one_once(walk: Walk) -> None:
    first = doubted(walk)
    again = challenges.challenge(walk.review, Actor(walk.checker), walk.review.revision, "reader", DOUBT)
    assert again == first
    doubted(walk, "And the year was another.")
    assert Challenge.objects.filter(review=walk.review, outcome="").count() == 2
    assert ReviewEvent.objects.filter(review=walk.review, verb="challenge").count() == 1
    with pytest.raises(NotYours):
        challenges.challenge(walk.review, Actor(walk.intake), walk.review.revision, "reader", "I doubt it too.")


def test_who_looked_before_the_case_moved_is_told(walk: Walk) -> None:
    seen = walk.review.revision
    afterwards.set_dates(walk.review, walk.editor, seen, None, None)
    with pytest.raises(Moved, match="Edda Quay was here"):
        challenges.challenge(walk.review, Actor(walk.checker), seen, "reader", DOUBT)
    assert not Challenge.objects.exists()


def test_what_is_not_published_is_not_challenged() -> None:
    walk = Walk().accepted()
    for actor, origin in ((Actor(walk.editor), "reader"), (Actor(service="watch"), "watch")):
        with pytest.raises(Refused):
            challenges.challenge(walk.review, actor, None, origin, DOUBT)
    assert not Challenge.objects.exists()


def test_reaffirming_answers_every_open_challenge(walk: Walk) -> None:
    doubted(walk)
    doubted(walk, "And the year was another.")
    challenges.reaffirm(walk.review, walk.editor, walk.review.revision, "The gauge was read twice.")
    assert now(walk.review).state == State.PUBLISHED
    for each in Challenge.objects.filter(review=walk.review):
        assert (each.outcome, each.answer) == (Challenge.Outcome.REAFFIRMED, "The gauge was read twice.")
        assert each.settled_at is not None
        assert str(each.public) in told(walk.review, "reaffirm")


def test_only_an_editor_reaffirms_and_says_why(walk: Walk) -> None:
    doubted(walk)
    with pytest.raises(NotYours):
        challenges.reaffirm(walk.review, make_person("checker"), walk.review.revision, "It stands.")
    with pytest.raises(Unmet, match="Say why"):
        challenges.reaffirm(walk.review, walk.editor, walk.review.revision, " ")
    assert Challenge.objects.get().outcome == Challenge.Outcome.OPEN


def test_a_challenge_that_leads_to_a_correction_is_settled_when_that_is_out(walk: Walk) -> None:
    raised = doubted(walk)
    second_version(walk).approved()
    raised.refresh_from_db()
    assert raised.outcome == Challenge.Outcome.OPEN
    walk.published()
    raised.refresh_from_db()
    assert (raised.outcome, raised.answer) == (Challenge.Outcome.CHANGED, "Version 1 had the wrong hour.")
    assert str(raised.public) in told(walk.review, "publish")


def test_a_correction_that_is_dropped_reaffirms_what_stands(walk: Walk) -> None:
    raised = doubted(walk)
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The gauge.")
    walk.review = now(walk.review)
    challenges.abandon(walk.review, walk.editor, walk.review.revision, "The gauge was right after all.")
    raised.refresh_from_db()
    assert (now(walk.review).state, raised.outcome) == (State.PUBLISHED, Challenge.Outcome.REAFFIRMED)
    assert raised.answer == "The gauge was right after all."


def test_a_first_publication_settles_nothing() -> None:
    walk = Walk().accepted().taken().proposed().drafted().approved()
    verdicts.publish(walk.review, walk.publisher, walk.review.revision)
    assert "challenges" not in told(walk.review, "publish")
