"""The text that readers get, as it is written: saved knowingly, sent once, nothing typed is lost."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, told
from verification.models import Draft, ReviewEvent, State
from verification.review import afterwards, assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafting() -> Walk:
    return Walk().accepted().taken().proposed()


def drafted(walk: Walk, person: Any = None, **fields: object) -> Any:
    stored = Draft.objects.filter(review=walk.review, cycle=now(walk.review).cycle).first()
    values = {
        "draft_revision": stored.revision if stored else 0,
        "headline": "No: the record says otherwise",
        "explanation": "The transcript differs [1].",
        "save": "1",
    }
    return send(person or walk.checker, walk.review, "case_draft", **values | fields)


def test_the_text_is_written_beside_what_it_rests_on(
    drafting: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(drafting.checker)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(drafting.review, "case_draft")).content.decode()
    assert "The record says otherwise [1].</textarea>" in text
    assert "0 of at most 200 characters." in text
    assert "Remarks by Warden Quillfeather" in text
    assert "no captain will pay a penny" in text
    assert "Write a headline." in text
    assert 'name="change_note"' not in text
    assert not Draft.objects.exists()


def test_a_draft_is_saved_and_shown_again(drafting: Walk) -> None:
    answer = drafted(drafting)
    assert (answer.status_code, answer.url) == (302, page_of(drafting.review, "case_draft"))
    text = as_person(drafting.checker).get(answer.url).content.decode()
    assert "No: the record says otherwise</textarea>" in text
    assert "29 of at most 200 characters." in text
    assert "As saved, nothing is missing." in text
    assert now(drafting.review).state == State.DRAFTING


def test_a_draft_is_saved_and_sent_once(drafting: Walk) -> None:
    seen = drafting.review.revision
    for _time in range(2):
        answer = drafted(drafting, send="1", revision=seen, draft_revision=0)
        assert answer.status_code == 302
    assert told(answer) == "This was done already; nothing was done twice."
    assert now(drafting.review).state == State.SIGN_OFF
    assert ReviewEvent.objects.filter(review=drafting.review, verb="send_to_sign_off").count() == 1


def test_a_draft_that_lacks_something_is_saved_and_not_sent(drafting: Walk) -> None:
    answer = drafted(drafting, send="1", headline="x" * 201)
    assert told(answer) == "Saved, not sent. Shorten the headline to 200 characters."
    assert Draft.objects.get().headline == "x" * 201
    assert now(drafting.review).state == State.DRAFTING


def test_a_text_that_cites_evidence_it_does_not_have_is_not_sent(drafting: Walk) -> None:
    answer = drafted(drafting, send="1", explanation="It differs [1], and [7] too.")
    assert told(answer) == "Saved, not sent. There is no evidence of this number: [7]."
    assert answer.url.endswith("#explanation")
    assert now(drafting.review).state == State.DRAFTING


def test_the_same_words_saved_twice_are_no_conflict(drafting: Walk) -> None:
    drafted(drafting, draft_revision=0)
    answer = drafted(drafting, draft_revision=0)
    assert (answer.status_code, told(answer)) == (302, "Saved.")
    assert Draft.objects.get().revision == 1


def test_who_saves_later_sees_both_versions_and_saves_theirs_only_knowingly(drafting: Walk) -> None:
    drafted(drafting, drafting.editor, explanation="The transcript has another word [1].", draft_revision=0)
    answer = drafted(drafting, explanation="The transcript has another sentence [1].", draft_revision=0)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Edda Quay saved this text meanwhile." in text
    assert "<del>word</del>" in text
    assert "<ins>sentence</ins>" in text
    assert "the same in both" in text
    assert "another sentence [1].</textarea>" in text
    assert 'name="draft_revision" value="1"' in text
    assert Draft.objects.get().explanation == "The transcript has another word [1]."
    assert drafted(drafting, explanation="The transcript has another sentence [1].").status_code == 302
    assert Draft.objects.get().explanation == "The transcript has another sentence [1]."


def test_words_for_a_case_that_went_elsewhere_are_not_lost(drafting: Walk) -> None:
    assignment.end(drafting.review, drafting.editor, drafting.review.revision, "withdraw", "Nobody needs it.")
    answer = drafted(drafting, headline="Mine alone")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine alone</textarea>" in text
    assert "What you typed is kept here, so that you can copy it." in text
    assert "Save</button>" not in text
    assert not Draft.objects.exists()


def test_a_form_that_lost_its_revision_changes_nothing(drafting: Walk) -> None:
    answer = drafted(drafting, draft_revision="")
    assert (answer.status_code, "No: the record" in answer.content.decode()) == (409, True)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", ["intake", "publisher", "auditor", "administrator"])
def test_others_read_the_text_and_do_not_write_it(drafting: Walk, role: str) -> None:
    drafted(drafting)
    person = make_person(role)
    text = as_person(person).get(page_of(drafting.review, "case_draft")).content.decode()
    assert "No: the record says otherwise</textarea>" in text
    assert "Your role does not include this" in text
    assert "Save</button>" not in text
    assert drafted(drafting, person, headline="Theirs").status_code == 403
    assert Draft.objects.get().headline == "No: the record says otherwise"


def test_nobody_without_a_role_reads_it(drafting: Walk) -> None:
    assert as_person(make_person()).get(page_of(drafting.review, "case_draft")).status_code == 403


def test_another_checker_may_not_write_and_keeps_what_was_typed(drafting: Walk) -> None:
    answer = drafted(drafting, drafting.second, headline="Theirs")
    assert answer.status_code == 409
    assert "Theirs</textarea>" in answer.content.decode()
    assert not Draft.objects.exists()


def test_an_editor_writes_without_a_hat(drafting: Walk) -> None:
    assert drafted(drafting, drafting.editor).status_code == 302
    assert Draft.objects.get().author == drafting.editor


def test_the_text_is_not_to_be_read_while_a_blind_second_check_is_open() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assert as_person(walk.second).get(page_of(walk.review, "case_draft")).status_code == 302
    answer = drafted(walk, walk.second)
    assert "The record says otherwise [1]." not in answer.content.decode()


def test_a_new_version_needs_a_note_for_readers_and_shows_what_stands() -> None:
    walk = Walk()
    walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    walk.taken().proposed(value=2)
    text = as_person(walk.checker).get(page_of(walk.review, "case_draft")).content.decode()
    assert 'name="change_note"' in text
    assert "What it changes in version 1" in text
    assert "<ins>Misleading</ins>" in text
    assert "Tell readers what this version changes, and why." in text
    assert "No: the record says otherwise</textarea>" in text
    answer = drafted(walk, send="1", change_note="The hour of the remarks was wrong.")
    assert told(answer) == "Saved and sent to sign-off."


def test_hostile_words_are_shown_and_never_run(drafting: Walk) -> None:
    hostile = "</textarea><script>alert(1)</script>\x00"
    assert drafted(drafting, explanation=hostile).status_code == 302
    text = as_person(drafting.checker).get(page_of(drafting.review, "case_draft")).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    answer = drafted(drafting, explanation=hostile + " more", draft_revision=0)
    assert "<script>alert" not in answer.content.decode()
