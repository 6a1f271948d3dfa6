"""Who decides between two judgments is not told whose they are, unless the desk says so; and whose words go out."""

import re

import pytest
from django.contrib.auth.models import User

from tests.cases import Walk, make_candidate, make_document, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send
from tests.verification.admin.test_deciding_pages import WHY, differing, rating
from verification.models import Candidate, Desk, Draft, Hat, Rating, Role, Stance, State
from verification.review import assignment, drafting
from verification.review.adjudication import adjudicate
from verification.review.comments import comment
from verification.review.judgments import Pick
from verification.review.waiving import waive
from verification.review.whose_words import renumbered

pytestmark = pytest.mark.django_db
PAGES = ("verification_review_change", "case_adjudicate", "case_file")


def read(person: User, walk: Walk, name: str) -> str:
    text = as_person(person).get(page_of(walk.review, name)).content.decode()
    return re.sub(r"<span class=\"ro-who\">.*?</span>", "", text)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_case_tells_the_adjudicator_who_judged(page: str) -> None:
    walk = differing()
    text = read(walk.editor, walk, page)
    assert "Cato Lamp" not in text
    assert "Sela Rope" not in text


def test_the_timeline_tells_of_a_checker_and_names_everybody_else() -> None:
    walk = differing()
    text = read(walk.editor, walk, "verification_review_change")
    assert "<b>a checker</b> submitted the first judgment" in text
    assert "<b>Ines Mole</b> put it into the queue" in text


@pytest.mark.parametrize("page", PAGES[:2])
def test_a_desk_that_says_so_shows_the_names(page: str) -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"names_to_adjudicator": True})
    walk = differing()
    text = read(walk.editor, walk, page)
    assert "Cato Lamp" in text
    assert "Sela Rope" in text


def test_who_decides_nothing_is_told_and_once_it_is_decided_everybody_is() -> None:
    walk = differing()
    assert "Cato Lamp" in read(make_person("auditor"), walk, PAGES[0])
    adjudicate(walk.review, walk.editor, walk.review.revision, Rating.objects.get(value=2, scale__in_use=True), WHY)
    assert "Cato Lamp" in read(walk.editor, walk, PAGES[0])


def picked(walk: Walk) -> Candidate:
    candidate = walk.judgment().evidence.get().candidate
    assert candidate
    return candidate


def test_only_what_differs_stands_in_the_table_to_be_decided() -> None:
    walk = differing(picks=lambda walk: [Pick(picked(walk), Role.TESTS_CLAIM, Stance.REFUTES)])
    text = read(walk.editor, walk, "case_adjudicate")
    table, agreed = text.split("What both found", 1)
    assert "Heard otherwise [1]." in table
    assert "Support: none found" in agreed.split("</section>", 1)[0]
    assert "Support: none found" not in table


def test_a_checkers_words_begin_the_text_with_their_citations_numbered_anew() -> None:
    document = make_document("Lamps burn by night.")

    def other(walk: Walk) -> list[Pick]:
        return [Pick(make_candidate(walk.review.claim, document), Role.TESTS_CLAIM, Stance.MIXED)]

    walk = differing(picks=other, answers={}, reasoning="The night’s record differs [1].")
    answer = send(walk.editor, walk.review, "case_adjudicate", rating=rating(2), reason=WHY, whose="second")
    assert answer.status_code == 302
    draft = drafting.draft_of(now(walk.review), walk.editor)
    assert (draft.explanation, draft.author) == ("The night’s record differs [2].", walk.editor)
    assert now(walk.review).events.latest("seq").payload.body.count('"words_of":"second"') == 1
    assert renumbered("One [1], two [2], none [9].", {1: 3, 2: 1}) == "One [3], two [1], none [9]."


def test_the_adjudicators_own_reason_begins_the_text_where_nothing_else_is_chosen() -> None:
    walk = differing()
    send(walk.editor, walk.review, "case_adjudicate", rating=rating(2), reason=WHY)
    assert not Draft.objects.exists()
    assert drafting.draft_of(now(walk.review), walk.editor).explanation == WHY


def test_words_of_nobody_are_refused_and_the_reason_kept() -> None:
    walk = differing()
    answer = send(walk.editor, walk.review, "case_adjudicate", rating=rating(2), reason=WHY, whose="both")
    assert answer.status_code == 409
    assert "Say whose words go out." in answer.content.decode()
    assert WHY in answer.content.decode()
    assert now(walk.review).state == State.ADJUDICATION


def test_a_rating_renamed_since_the_page_was_opened_is_told_to_the_adjudicator() -> None:
    walk = differing()
    Rating.objects.filter(pk=rating(1)).update(label="Untrue")
    told = {"rating": rating(1), "reason": WHY, f"called-{rating(1)}": "False"}
    answer = send(walk.editor, walk.review, "case_adjudicate", **told)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "“False”, which you chose, is called “Untrue” now" in text
    assert "renamed since to “Untrue”" in text
    assert walk.judgment(hat=Hat.FIRST).rating_label == "False"


def test_an_editor_who_makes_the_second_check_is_not_told_whose_the_first_is() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    judge = make_person("editor", "checker")
    assert "Cato Lamp" in read(judge, walk, PAGES[0]), "whoever may assign it has to know"
    assignment.take(walk.review, judge, verb="take_second")
    assert "Cato Lamp" not in read(judge, walk, PAGES[0])


def test_what_colleagues_wrote_names_no_withheld_checker_either_and_the_log_keeps_it() -> None:
    walk = differing()
    log_in = walk.checker.get_username()
    said = f"@{log_in}. asked Sela\nRope, CATO LAMP asked Ines Mole and @{log_in}.b about Sela Ropemaker."
    comment(walk.review, walk.editor, said)
    text = read(walk.editor, walk, PAGES[0])
    shown = f"a checker. asked a checker, a checker asked Ines Mole and @{log_in}.b about Sela Ropemaker."
    assert shown in text
    assert "Cato Lamp" in now(walk.review).events.latest("seq").payload.body.title()
    send(walk.editor, walk.review, "case_adjudicate", rating=rating(2), reason=WHY)
    assert f"@{log_in}. asked" in read(walk.editor, walk, PAGES[0])


def test_the_reason_of_a_step_names_no_withheld_first_checker_to_the_blind_second() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    waive(walk.review, walk.editor, walk.checker, Hat.SECOND, walk.review.revision, "Cato Lamp read it first.")
    assert "a checker read it first." in read(walk.second, walk, PAGES[0])
    assert "Cato Lamp read it first." in read(make_person("auditor"), walk, PAGES[0])
