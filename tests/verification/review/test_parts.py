"""Compound claims: their parts are cases of their own, and what those say reaches the whole by a rule that shows."""

import json
import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from claims.models import Work
from tests.cases import Walk, case, finding, make_candidate, now
from tests.factories import make_article, make_claim
from tests.people import make_person
from verification.admin.case.appearances import places_of
from verification.models import Duty, EventPayload, Hat, Part, Review, ReviewEvent, Rollup, State, Verdict
from verification.research.match import query_of
from verification.review import assignment, dividing, judgments, parts, triage, verdicts
from verification.review.appearances import appearances_of
from verification.review.dividing import PartWish
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Refused, Unmet
from verification.review.rollup import WEIGHING

pytestmark = pytest.mark.django_db

TEXTS = ("Forty lamps were lit.", "No ship waited at the bar.")


def divide(whole: Review, person: User, *wishes: str | Review, rollup: str = Rollup.WEAKEST) -> list[Review]:
    """Set a claim's parts, in words or as cases, and return their cases in order."""
    asked = [PartWish(wish.wording, wish) if isinstance(wish, Review) else PartWish(wish) for wish in wishes]
    dividing.set_parts(whole, person, now(whole).revision, asked, rollup)
    return [row.part for row in Part.objects.filter(whole=whole).select_related("part")]


def lines(review: Review) -> list[tuple[str, str]]:
    """Return who did what, as the log has it."""
    return list(ReviewEvent.objects.filter(review=review).order_by("seq").values_list("actor", "verb"))


def checked(walk: Walk, part: Review, value: int, *, publish: bool = True) -> Review:
    """Let a part be judged, written and signed off by the walk's people, and published."""
    make_candidate(part.claim)
    own = Walk.__new__(Walk)
    own.review, own.second_check = now(part), False
    own.intake, own.checker, own.second = walk.intake, make_person("checker"), walk.second
    own.editor, own.publisher = walk.editor, walk.publisher
    own.taken().proposed(value=value).drafted().approved()
    if publish:
        own.published()
    return now(part)


def test_a_part_in_words_becomes_a_case_that_the_same_person_accepts_for_the_wholes_reason() -> None:
    walk = Walk().accepted()
    Review.objects.filter(pk=walk.review.pk).update(language="en")
    found = divide(walk.review, walk.editor, *TEXTS)
    assert [part.wording for part in found] == list(TEXTS)
    editor = f"user:{walk.editor.pk}"
    for part in found:
        assert (part.state, part.selection_reason) == (State.QUEUED, walk.review.selection_reason)
        assert part.language == "en"
        assert lines(part) == [(editor, "opened"), (editor, "accept"), (editor, "joined_whole")]
        assert Work.objects.filter(kind=triage.RESEARCH, subject=part.claim_id).exists()
    assert now(walk.review).rollup == Rollup.WEAKEST
    told = json.loads(EventPayload.objects.get(event__review=walk.review, event__verb="set_parts").body)
    assert told["parts"] == [str(part.public) for part in found]
    assert told["rollup"] == "weakest"
    assert list(faults()) == []


def test_what_a_checker_divides_is_accepted_by_rule_since_the_whole_was() -> None:
    walk = Walk().accepted().taken()
    found = divide(walk.review, walk.checker, *TEXTS)
    assert [part.state for part in found] == [State.QUEUED, State.QUEUED]
    assert ("service:policy", "accept") in lines(found[0])


def test_whoever_handed_in_the_article_checks_no_part_of_it_either() -> None:
    walk = Walk().accepted()
    submitter = make_person("checker")
    Duty.objects.create(review=walk.review, cycle=1, person=submitter, hat=Hat.SUBMITTER)
    part, _other = divide(walk.review, walk.editor, *TEXTS)
    with pytest.raises(NotYours):
        assignment.take(part, submitter, part.revision)


def test_who_divides_a_claim_in_triage_has_decided_on_its_parts_and_not_on_the_whole() -> None:
    walk = Walk()
    found = divide(walk.review, walk.intake, *TEXTS)
    assert [now(walk.review).state, *(part.state for part in found)] == [State.TRIAGE, State.QUEUED, State.QUEUED]


@pytest.mark.django_db(transaction=True)
def test_two_who_make_each_others_claim_a_part_at_once_make_no_ring() -> None:
    walks = [Walk().accepted(), Walk().accepted()]
    told: list[str] = []

    def try_it(whole: Walk, part: Walk) -> None:
        try:
            divide(whole.review, whole.editor, part.review, TEXTS[0])
        except Refused as error:
            told.append(error.refusal.guard)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=pair) for pair in (walks, walks[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["parts"]
    assert Part.objects.filter(whole__in=Part.objects.values("part")).count() == 0


def test_a_case_that_exists_is_a_part_as_it_stands_and_leaves_as_a_case() -> None:
    walk, other = Walk().accepted(), case()
    part, fresh = divide(walk.review, walk.editor, other, TEXTS[0])
    assert part == other
    assert now(other).state == State.TRIAGE
    assert divide(walk.review, walk.editor, fresh, TEXTS[1])[0] == fresh
    assert [verb for _actor, verb in lines(other)] == ["opened", "joined_whole", "left_whole"]
    assert not Part.objects.filter(part=other).exists()
    assert divide(walk.review, walk.editor, rollup=Rollup.NONE) == []
    assert now(walk.review).rollup == Rollup.NONE
    assert list(faults()) == []


def test_a_part_is_no_whole_and_a_whole_no_part() -> None:
    walk, other = Walk().accepted(), Walk().accepted()
    part, second = divide(walk.review, walk.editor, *TEXTS)
    for whole, wishes in (
        (part, TEXTS),
        (other.review, (walk.review, "Another part.")),
        (other.review, (part, "Another part.")),
        (walk.review, (walk.review, "Another part.")),
    ):
        with pytest.raises(Unmet):
            divide(whole, walk.editor, *wishes)
    assert [row.part for row in Part.objects.order_by("number")] == [part, second]


@pytest.mark.parametrize(
    ("wishes", "rollup"),
    [(("One part only.",), "weakest"), (TEXTS, ""), (TEXTS, "loudest"), (("The same.", "the  same."), "weakest")],
)
def test_parts_that_make_no_sense_are_refused_and_open_no_case(wishes: tuple[str, ...], rollup: str) -> None:
    walk = Walk().accepted()
    with pytest.raises(Unmet):
        divide(walk.review, walk.editor, *wishes, rollup=rollup)
    assert Review.objects.count() == 1


def test_whoever_looked_at_an_older_page_opens_no_case() -> None:
    walk = Walk().accepted()
    with pytest.raises(Moved):
        dividing.set_parts(walk.review, walk.editor, walk.review.revision - 1, [PartWish(t) for t in TEXTS], "weakest")
    with pytest.raises(NotYours):
        divide(walk.review, walk.second, *TEXTS)
    assert Review.objects.count() == 1


def test_a_closed_case_is_no_part() -> None:
    walk, other = Walk().accepted(), case()
    triage.set_aside(other, walk.intake, other.revision, "decline", "Nobody asks about it.")
    with pytest.raises(Unmet, match="closed"):
        divide(walk.review, walk.editor, now(other), TEXTS[0])


def submitted(walk: Walk, value: int, **fields: object) -> Review:
    """Submit the whole's first judgment."""
    seen, review = walk.judgment().revision, now(walk.review)
    judgments.submit(review, walk.checker, finding(review, value, **fields), seen=seen, case_seen=review.revision)
    walk.review = now(review)
    return walk.review


def test_a_whole_is_not_submitted_before_each_part_has_its_verdict() -> None:
    walk = Walk().accepted().taken()
    first, second = divide(walk.review, walk.editor, *TEXTS)
    checked(walk, first, 4)
    with pytest.raises(Unmet, match="1 still to come"):
        submitted(walk, 2)
    checked(walk, second, 2, publish=False)
    assert submitted(walk, 2).state == State.DRAFTING


def test_a_rating_other_than_the_rules_is_explained() -> None:
    walk = Walk().accepted().taken()
    for part, value in zip(divide(walk.review, walk.editor, *TEXTS), (4, 2), strict=True):
        checked(walk, part, value)
    with pytest.raises(Unmet, match="weighed"):
        submitted(walk, 3)
    assert submitted(walk, 3, answers={WEIGHING: "The second part is a detail."}).state == State.DRAFTING
    assert walk.judgment().answers[WEIGHING] == "The second part is a detail."


def test_a_version_keeps_its_parts_as_they_were_rated_when_it_was_approved() -> None:
    walk = Walk().accepted().taken()
    first, second = divide(walk.review, walk.editor, *TEXTS)
    checked(walk, first, 4)
    checked(walk, second, 2)
    submitted(walk, 2)
    walk.drafted().approved()
    frozen = Verdict.objects.get(review=walk.review).parts
    assert frozen is not None
    assert (frozen["rule"], frozen["proposal"]["value"]) == ("weakest", 2)
    assert [(part["public"], part["value"], part["version"]) for part in frozen["parts"]] == [
        (str(first.public), 4, 1),
        (str(second.public), 2, 1),
    ]


def test_a_whole_goes_out_only_when_readers_have_its_parts() -> None:
    walk = Walk().accepted().taken()
    first, second = divide(walk.review, walk.editor, *TEXTS)
    checked(walk, first, 4)
    late = checked(walk, second, 2, publish=False)
    submitted(walk, 2)
    walk.drafted().approved()
    with pytest.raises(Unmet, match=late.number):
        walk.published()
    verdicts.publish(late, walk.publisher, late.revision)
    assert walk.published().verdict.parts is not None


def test_a_part_that_is_gone_by_sign_off_keeps_the_whole_from_being_approved() -> None:
    walk = Walk().accepted().taken()
    first, second = divide(walk.review, walk.editor, *TEXTS)
    checked(walk, first, 4)
    late = checked(walk, second, 2, publish=False)
    submitted(walk, 2)
    walk.drafted()
    assignment.end(late, walk.editor, late.revision, "withdraw", "The record was a forgery.")
    with pytest.raises(Refused, match="no verdict on part 2"):
        walk.approved()


def test_a_simple_claim_asks_the_database_nothing_about_parts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    review = Walk().accepted().review
    with django_assert_num_queries(0):
        assert parts.whole_of(review) is None


def test_a_part_that_is_worded_anew_appears_where_the_whole_does() -> None:
    walk = Walk().accepted()
    part, _second = divide(walk.review, walk.editor, *TEXTS)
    (own,) = walk.review.claim.appearances.all()
    assert not part.claim.appearances.exists()
    assert appearances_of({part.pk})[part.pk] == [own]
    assert appearances_of({walk.review.pk, part.pk})[walk.review.pk] == [own]
    assert [place.appearance for place in places_of(part, walk.editor).listed] == [own]
    assert query_of(part.claim).context == own.article.text


def test_a_case_has_the_language_of_the_article_it_was_found_in() -> None:
    spoken, unknown = make_claim(make_article(language="de")), make_claim()
    triage.open_cases()
    assert Review.objects.get(claim=spoken).language == "de"
    assert Review.objects.get(claim=unknown).language == ""
