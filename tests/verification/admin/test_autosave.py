"""Saving while somebody types: the form's own address answers a script in JSON, and loses nothing."""

from typing import Any

import pytest

from tests.cases import Walk, now
from tests.verification.admin.opening import as_person, page_of
from tests.verification.admin.test_case_page import filled
from verification.models import Draft, Rating, State
from verification.review import assignment, drafting

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def type_into(walk: Walk, name: str, fields: dict[str, Any]) -> Any:
    return as_person(walk.checker).post(page_of(walk.review, name), fields, headers=JSON)


def judge(walk: Walk, **fields: Any) -> Any:
    return type_into(walk, "case_judge", filled(walk, **fields))


def page(walk: Walk) -> str:
    return as_person(walk.checker).get(page_of(walk.review, "verification_review_change")).content.decode()


def test_a_judgment_is_stored_and_its_new_revision_and_looks_are_answered(walk: Walk) -> None:
    answer = judge(walk, reasoning="The *record* says otherwise [1].", submit="1")
    assert answer.status_code == 200
    told = answer.json()
    assert told["revision"] == walk.judgment().revision == 1
    assert told["shown"]["reasoning-shown"] == '<p dir="auto">The <em>record</em> says otherwise [1].</p>'
    assert "8 of 8, as last saved" in told["shown"]["gate"]
    assert "Refutes" in told["shown"]["picked"]
    assert told["shown"].keys() == {"reasoning-shown", "gate", "picked", "warnings"}
    assert len(told["at"]) == 5
    assert now(walk.review).state == State.RESEARCHING
    assert "Draft saved." not in page(walk)


def test_a_judgment_saved_elsewhere_meanwhile_is_not_overwritten(walk: Walk) -> None:
    stale = filled(walk, reasoning="Quite another reading [1].")
    judge(walk)
    answer = type_into(walk, "case_judge", stale)
    assert "saved from another window meanwhile" in answer.json()["why"]
    assert walk.judgment().reasoning == "The record says otherwise [1]."


def test_the_same_words_sent_twice_are_stored_once(walk: Walk) -> None:
    form = filled(walk)
    assert [type_into(walk, "case_judge", form).json()["revision"] for _time in range(2)] == [1, 1]


def test_who_lost_the_case_is_told_and_nothing_is_stored(walk: Walk) -> None:
    form = filled(walk)
    assignment.give_back(walk.review, walk.editor, walk.review.revision, "recall", "Urgent elsewhere.")
    answer = type_into(walk, "case_judge", form)
    assert "This case is in “queued” now" in answer.json()["why"]
    assert walk.judgment().reasoning == ""


def test_a_text_is_stored_the_same_way(walk: Walk) -> None:
    walk.proposed()
    form = {"revision": walk.review.revision, "draft_revision": 0, "headline": "No", "explanation": "**It** has [1]."}
    told = type_into(walk, "case_draft", form).json()
    assert (told["revision"], told["case"]) == (1, now(walk.review).revision)
    assert told["shown"] == {"explanation-shown": '<p dir="auto"><strong>It</strong> has [1].</p>'}
    drafting.write(now(walk.review), walk.editor, 1, headline="No", explanation="It has not [1].")
    answer = type_into(walk, "case_draft", form | {"draft_revision": 1, "explanation": "Mine."})
    assert answer.json() == {"why": "Edda Quay saved this text meanwhile."}
    assert Draft.objects.get().explanation == "It has not [1]."


def test_a_draft_whose_rating_was_renamed_says_so_once(walk: Walk) -> None:
    judge(walk)
    Rating.objects.filter(scale__in_use=True, value=1).update(label="Untrue")
    sentence = "“False”, which you chose, is called “Untrue” now"
    assert sentence in page(walk)
    rating = Rating.objects.get(scale__in_use=True, value=1).pk
    judge(walk, **{f"called-{rating}": "Untrue"})
    assert sentence not in page(walk)


def test_a_draft_of_a_retired_scale_asks_to_choose_again_and_keeps_its_rating(walk: Walk) -> None:
    judge(walk)
    rating = Rating.objects.get(scale__in_use=True, value=1)
    rating.scale.in_use = False
    rating.scale.save()
    text = page(walk)
    assert "You chose “False” of the scale “Five steps”, which is not in use any more" in text
    assert f'name="rating" value="{rating.pk}" checked' in text
    assert judge(walk, rating=rating.pk, reasoning="Still so [1].").status_code == 200
    assert walk.judgment().rating == rating
