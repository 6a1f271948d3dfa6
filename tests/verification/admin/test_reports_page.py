"""Reports of readers on the desk: an editor makes a challenge of one, or sets it aside and says why."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from verification.models import Challenge, EventPayload, Publication, Report, State
from verification.review import reports
from verification.review.refusals import NotYours

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:reports")
WRONG = "The lamps were counted on the southern mole."


@pytest.fixture
def walk() -> Walk:
    walk = Walk()
    walk.to_publication()
    return walk


def reported(walk: Walk, text: str = WRONG, **fields: Any) -> Report:
    """Store a report of the case's check."""
    publication = Publication.objects.get(current_of=walk.review)
    return reports.report(uuid4(), publication, "subject", text, **{"contact": "warden@port.example"} | fields)


def press(person: User, report: Report, name: str, **fields: str) -> Any:
    return as_person(person).post(reverse(f"admin:{name}", args=[report.public]), fields)


def test_an_editor_reads_what_waits_oldest_first_with_the_check_and_how_to_answer(walk: Walk) -> None:
    for text in ("The first.", "The second."):
        reported(walk, text)
    page = as_person(walk.editor).get(PAGE).content.decode()
    assert page.index("The first.") < page.index("The second.")
    assert "answer to warden@port.example" in page
    assert "Whoever was checked" in page
    assert "2 reports wait" in page
    menu = as_person(walk.editor).get(reverse("admin:index")).content.decode()
    assert PAGE in menu
    assert "Reported by readers" in menu


def test_taken_up_it_is_a_challenge_of_that_origin_and_only_then_readers_are_told(walk: Walk, client: Client) -> None:
    report = reported(walk)
    public = f"/checks/{walk.review.public}/"
    assert "has been challenged" not in client.get(public).content.decode()
    answer = press(walk.editor, report, "report_take")
    assert "Taken up as a challenge" in told(answer)
    doubt = Challenge.objects.get()
    assert (doubt.origin, doubt.text, doubt.contact, doubt.by) == (
        "subject",
        WRONG,
        "warden@port.example",
        walk.editor,
    )
    report.refresh_from_db()
    assert (report.challenge, report.settled_by, report.contact) == (doubt, walk.editor, "")
    assert now(walk.review).state == State.CHALLENGED
    page = client.get(public).content.decode()
    assert "has been challenged" in page
    assert "warden@port.example" not in page
    assert WRONG not in page


def test_it_is_taken_up_once_and_a_second_report_is_filed_beside_it(walk: Walk) -> None:
    report, other = reported(walk), reported(walk, "And the ropes were ours.")
    press(walk.editor, report, "report_take")
    assert "It was taken up already." in told(press(walk.editor, report, "report_take"))
    assert "It was taken up already." in told(press(walk.editor, report, "report_aside", reason="No."))
    press(walk.editor, other, "report_take")
    assert Challenge.objects.count() == 2
    assert not reports.waiting().exists()


def test_the_very_same_words_are_one_challenge_and_the_second_report_is_to_be_set_aside(walk: Walk) -> None:
    report, same = reported(walk), reported(walk)
    press(walk.editor, report, "report_take")
    third = press(walk.editor, same, "report_take")
    assert "set this one aside" in told(third)
    assert Challenge.objects.count() == 1
    assert reports.waiting().get() == same


def test_set_aside_it_needs_a_reason_and_how_to_answer_is_erased(walk: Walk) -> None:
    report = reported(walk)
    refused = press(walk.editor, report, "report_aside", reason="  ")
    assert refused.status_code == 422
    assert "Say why it is set aside" in refused.content.decode()
    long = press(walk.editor, report, "report_aside", reason="Because " * 1000)
    assert long.status_code == 422
    assert "Because Because" in long.content.decode()
    assert "Set aside." in told(press(walk.editor, report, "report_aside", reason="The record has it."))
    report.refresh_from_db()
    assert (report.reason, report.contact, report.challenge) == ("The record has it.", "", None)
    assert "It was set aside already." in told(press(walk.editor, report, "report_take"))
    assert not Challenge.objects.exists()
    assert now(walk.review).state == State.PUBLISHED
    assert "The record has it." in as_person(walk.editor).get(PAGE).content.decode()


@pytest.mark.parametrize("role", ["checker", "publisher", "intake", "auditor", "legal"])
def test_others_neither_read_nor_settle_reports(walk: Walk, role: str) -> None:
    report, person = reported(walk), make_person(role)
    browser = as_person(person)
    assert browser.get(PAGE).status_code == 403
    for name in ("report_take", "report_aside"):
        assert browser.post(reverse(f"admin:{name}", args=[report.public]), {"reason": "No."}).status_code == 403
    with pytest.raises(NotYours):
        reports.take_up(report, person)
    with pytest.raises(NotYours):
        reports.set_aside(report, person, "No.")
    assert PAGE not in browser.get(reverse("admin:index")).content.decode()


def test_how_to_answer_is_in_no_line_of_the_log(walk: Walk) -> None:
    press(walk.editor, reported(walk), "report_take")
    told = list(EventPayload.objects.filter(event__review=walk.review).values_list("body", flat=True))
    assert any(WRONG in body for body in told)
    assert not any("warden@port" in body for body in told)


def test_a_reason_is_kept_without_what_no_text_can_hold(walk: Walk) -> None:
    report = reported(walk)
    assert "Say why" in press(walk.editor, report, "report_aside", reason="\0").content.decode()
    press(walk.editor, report, "report_aside", reason="It was\0 counted again.")
    report.refresh_from_db()
    assert report.reason == "It was counted again."
