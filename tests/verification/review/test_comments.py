"""Comments stand in a case's log, move nothing, tell whom they mention, and stay hidden while a check is blind."""

import pytest
from django.urls import reverse

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.test_case_page import as_person, page_of
from tests.verification.people.desks import tell_all, told_to
from verification.models import EventPayload, ReviewEvent
from verification.review.comments import LONGEST, comment
from verification.review.log import erase_payload
from verification.review.proof import faults
from verification.review.refusals import Unmet

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk(second_check=True).accepted().taken()


def said(walk: Walk) -> list[ReviewEvent]:
    return list(ReviewEvent.objects.filter(review=walk.review, verb="comment").order_by("seq"))


def test_a_comment_stands_in_the_log_and_moves_nothing(walk: Walk) -> None:
    before = now(walk.review)
    comment(walk.review, walk.editor, "  The video has it at 04:12. ")
    (event,) = said(walk)
    assert (event.from_state, event.to_state) == ("researching", "researching")
    after = now(walk.review)
    assert (after.state, after.revision) == (before.state, before.revision)
    page = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert "The video has it at 04:12." in page


def test_whom_a_comment_mentions_is_told_and_nobody_else(walk: Walk) -> None:
    tell_all()
    found = comment(walk.review, walk.editor, f"@{walk.checker.username.upper()}, please look. (@ada@desk.example)")
    assert found.mentioned == (walk.checker,)
    assert found.unknown == ("ada",)
    tell_all()
    assert told_to(walk.checker)[-1:] == [f"You are mentioned in a comment on {walk.review.number}."]
    assert told_to(walk.second) == []


def test_a_name_that_nobody_here_has_mentions_nobody(walk: Walk) -> None:
    gone = make_person("checker")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    found = comment(walk.review, walk.editor, f"@{gone.username} and @warden said so.")
    assert found.mentioned == ()
    assert found.unknown == (gone.username, "warden")


def test_the_same_words_sent_twice_are_one_comment(walk: Walk) -> None:
    for _time in range(2):
        comment(walk.review, walk.editor, "Look at the date.")
    assert len(said(walk)) == 1
    comment(walk.review, walk.checker, "Look at the date.")
    assert len(said(walk)) == 2


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_comment_is_refused(walk: Walk, text: str) -> None:
    with pytest.raises(Unmet):
        comment(walk.review, walk.editor, text)
    assert said(walk) == []


def test_while_a_check_is_blind_others_comments_are_hidden_and_ones_own_is_not(walk: Walk) -> None:
    comment(walk.review, walk.checker, "To me it is plainly false.")
    walk.proposed()
    page = as_person(walk.second).get(page_of(walk.review)).content.decode()
    assert "plainly false" not in page
    assert "Hidden until the second check is over." in page
    assert "plainly false" in as_person(walk.checker).get(page_of(walk.review)).content.decode()


def test_what_a_comment_said_can_be_erased_and_the_chain_holds(walk: Walk) -> None:
    comment(walk.review, walk.editor, "A name that must not stay.")
    (event,) = said(walk)
    erase_payload(event, actor="command", reason="asked for by the person")
    assert not EventPayload.objects.filter(event=event).exists()
    assert "must not stay" not in as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert list(faults()) == []


def test_a_refused_comment_is_in_the_field_again_once(walk: Walk) -> None:
    client = as_person(walk.checker)
    url = reverse("admin:case_comment", args=[walk.review.pk])
    long = "y" * (LONGEST + 1)
    assert client.post(url, {"text": long}).status_code == 302
    assert long in client.get(page_of(walk.review)).content.decode()
    assert long not in client.get(page_of(walk.review)).content.decode()
    answer = client.post(url, {"text": "@nobodyhere look"}, follow=True).content.decode()
    assert "Nobody here has the log-in name @nobodyhere" in answer


def test_a_log_in_name_that_is_an_address_is_mentioned_by_all_of_it(walk: Walk) -> None:
    walk.second.username = "sela@desk.example"
    walk.second.save()
    found = comment(walk.review, walk.editor, "@sela@desk.example, and @sela: look at the minutes.")
    assert (found.mentioned, found.unknown) == ((walk.second,), ("sela",))


def test_whoever_comments_is_told_while_others_read_it_only_afterwards(walk: Walk) -> None:
    told = "While a blind check is open, others read it only afterwards."
    assert told in as_person(walk.editor).get(page_of(walk.review)).content.decode()
    alone = Walk(second_check=False).accepted().taken()
    assert told not in as_person(alone.editor).get(page_of(alone.review)).content.decode()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_whoever_has_no_part_in_cases_finds_no_field_and_a_sent_form_writes_nothing(walk: Walk, role: str) -> None:
    browser, url = as_person(make_person(role)), reverse("admin:case_comment", args=[walk.review.pk])
    assert url not in browser.get(page_of(walk.review)).content.decode()
    assert browser.post(url, {"text": "A word."}).status_code == 403
    assert said(walk) == []
