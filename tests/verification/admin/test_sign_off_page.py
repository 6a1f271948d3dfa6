"""Sign-off: seen as readers will see it, by somebody without another part, done once."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.cases import Walk, finding, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, second_version, send, text_of, told
from verification.models import Draft, Hat, Rating, State, Verdict
from verification.publishing.edition import edition
from verification.review import adjudication, assignment, drafting, judgments

pytestmark = pytest.mark.django_db


@pytest.fixture
def signing() -> Walk:
    return Walk().accepted().taken().proposed().drafted()


def test_the_approver_sees_what_readers_will_and_what_was_checked(
    signing: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(signing.editor)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(signing.review, "case_sign_off")).content.decode()
    for part in ("As readers see it", "No: the record says otherwise", "no captain will pay a penny", "Cato Lamp"):
        assert part in text
    assert 'href="#e1"' in text
    assert "ClaimReview as search engines want it" in text
    assert "You have no other part in this case" in text
    assert "is-bad" not in text.split("What was checked")[1].split("Who judged")[0]


def test_it_is_approved_once(signing: Walk) -> None:
    seen = signing.review.revision
    for _time in range(2):
        answer = send(signing.editor, signing.review, "case_sign_off", embargo_until="", revision=seen)
        assert answer.status_code == 302
    assert told(answer) == "This was done already; nothing was done twice."
    assert now(signing.review).state == State.APPROVED
    assert Verdict.objects.filter(review=signing.review).count() == 1


def test_what_is_approved_is_what_was_shown(signing: Walk) -> None:
    text = text_of(signing, "case_sign_off", signing.editor)
    send(signing.editor, signing.review, "case_sign_off", embargo_until="")
    verdict = Verdict.objects.get(review=signing.review)
    for part in (verdict.headline, verdict.rating_label, verdict.evidence.get().exact):
        assert part in unescape(text)
    assert (verdict.approved_by, verdict.checked_by) == ("Edda Quay", "Cato Lamp")


def test_an_embargo_is_read_in_the_zone_of_the_desk(signing: Walk, settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    until = timezone.localtime(timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    send(signing.editor, signing.review, "case_sign_off", embargo_until=until.strftime("%Y-%m-%dT%H:%M"))
    assert now(signing.review).embargo_until == until


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2001-01-01T00:00", "This time has passed"),
        ("9999-12-31T23:59", "An embargo lasts a year at most."),
        ("soon", "Give a day and a time"),
        ("0001-01-01T00:00", "This time has passed"),
        ("<script>alert(1)</script>", "Give a day and a time"),
    ],
)
def test_an_embargo_that_cannot_be_is_told_and_stays_typed(signing: Walk, typed: str, why: str) -> None:
    answer = send(signing.editor, signing.review, "case_sign_off", embargo_until=typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert why in text
    assert f'value="{typed}"' in unescape(text)
    assert "<script>alert" not in text
    assert now(signing.review).state == State.SIGN_OFF


def test_an_editor_with_another_part_sees_why_they_may_not(signing: Walk) -> None:
    signing.checker.groups.add(*signing.editor.groups.all())
    text = text_of(signing, "case_sign_off", signing.checker)
    assert "You are this case’s first checker: somebody else has to do this." in text
    assert "Approve</button>" not in text
    answer = send(signing.checker, signing.review, "case_sign_off", embargo_until="")
    assert answer.status_code == 409
    assert not Verdict.objects.exists()


def test_what_moved_meanwhile_is_told_and_not_approved(signing: Walk) -> None:
    seen = signing.review.revision
    drafting.return_text(signing.review, signing.editor, seen, "Shorter, please.")
    answer = send(signing.editor, signing.review, "case_sign_off", embargo_until="", revision=seen)
    assert (answer.status_code, "does not apply" in told(answer)) == (302, True)
    signing.review = now(signing.review)
    signing.drafted(headline="No, and shorter")
    until = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    answer = send(signing.editor, signing.review, "case_sign_off", embargo_until=until, revision=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f'value="{until}"' in text
    assert "Cato Lamp was here" in text
    assert "No, and shorter" in text
    assert not Verdict.objects.exists()


def test_a_number_without_evidence_is_told_to_the_approver_and_not_approved() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    Draft.objects.update(explanation="It differs [1], and [7] too.")
    assert "There is no evidence of this number: [7]." in text_of(walk, "case_sign_off", walk.editor)
    answer = send(walk.editor, walk.review, "case_sign_off", embargo_until="")
    assert "There is no evidence of this number: [7]." in answer.content.decode()
    assert not Verdict.objects.exists()


def test_an_adjudicated_case_can_be_signed_off_by_somebody_else() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    review = now(walk.review)
    seen = walk.judgment(walk.second, Hat.SECOND).revision
    judgments.submit(review, walk.second, finding(review, 3), seen=seen, case_seen=review.revision)
    review = now(review)
    adjudication.adjudicate(
        review, walk.editor, review.revision, Rating.objects.get(scale__in_use=True, value=2), "Both have a point."
    )
    walk.review = now(review)
    walk.drafted()
    other = make_person("editor", name="Otto Weir")
    text = text_of(walk, "case_sign_off", other)
    assert "is-bad" not in text.split("What was checked")[1].split("Who judged")[0]
    for name in ("Cato Lamp", "Sela Rope", "Edda Quay"):
        assert name in text
    assert send(other, walk.review, "case_sign_off", embargo_until="").status_code == 302
    assert Verdict.objects.get().second_by == "Sela Rope"


def test_a_correction_is_shown_beside_what_it_replaces(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    walk = Walk()
    walk.to_publication()
    second_version(walk)
    client = as_person(walk.editor)
    edition()  # what is public is read once after each change
    with django_assert_max_num_queries(20):
        text = client.get(page_of(walk.review, "case_sign_off")).content.decode()
    assert "What it changes in version 1" in text
    assert "<del>False</del>" in text
    assert "<ins>Misleading</ins>" in text
    assert "Version 1 had the wrong hour." in text
    assert "Unchanged" in text
