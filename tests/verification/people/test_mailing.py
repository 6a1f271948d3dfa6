"""Notices by mail: at once and in a digest, sent when the server took them, and never lost while it does not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims import work
from claims.models import Work
from claims.running import run_leased
from tests.cases import Walk
from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.people.desks import tell_all
from tests.verification.people.smtp_sink import MailSink
from verification.models import Notification, Profile
from verification.people.notices.choices import Choice, choose
from verification.people.notices.kinds import BY_KEY
from verification.people.notices.mailing import LETTERS, enlist_due, send_due, troubles
from verification.review import assignment

pytestmark = pytest.mark.django_db


def mail_all() -> int:
    """Do what the beat and the workers do: make mail due, and send it; return how many rows of work were done."""
    enlist_due()
    rows = Work.objects.filter(kind=LETTERS, done_at=None, quarantined_at=None)
    return sum(run_leased(pk, send_due) for pk in list(rows.values_list("pk", flat=True)))


def given(mail: str = "at_once", cases: int = 1) -> tuple[User, list[str]]:
    """Give cases to a checker who wants to be told by mail; return the checker and the numbers."""
    walks = [Walk().accepted() for _case in range(cases)]
    tell_all()
    Notification.objects.all().delete()
    checker = make_person("checker", name="Cato Lamp")
    User.objects.filter(pk=checker.pk).update(email="cato@newsroom.example")
    choose(checker, [(BY_KEY["given"], Choice(on_desk=True, mail=mail))])
    for walk in walks:
        assignment.assign(walk.review, walk.editor, checker, note="Mind the tide table.")
    tell_all()
    return checker, [walk.review.number for walk in walks]


def test_what_is_told_at_once_is_mailed_once_with_the_case_and_the_way_to_it(sink: MailSink) -> None:
    checker, (number,) = given()
    assert mail_all() == 1
    assert mail_all() == 0
    (text,) = sink.texts
    assert text.startswith(f"cato@newsroom.example\nEdda Quay gave you {number}.\n")
    review = Notification.objects.get(person=checker).review
    assert review is not None
    assert review.wording in text
    assert f"https://desk.newsroom.example/admin/verification/review/{review.pk}/change/" in text
    assert "https://desk.newsroom.example/admin/verification/review/me/" in text
    assert "tide table" not in text
    assert sink.taken[0]["From"] == "Fact desk <desk@newsroom.example>"
    assert Notification.objects.get(person=checker).mailed_at is not None


def test_many_at_once_are_one_letter(sink: MailSink) -> None:
    _checker, numbers = given(cases=3)
    mail_all()
    (text,) = sink.texts
    assert "3 notices" in text
    assert all(number in text for number in numbers)


def test_without_a_server_mail_stays_due_and_goes_when_there_is_one(settings: Settings) -> None:
    checker, _numbers = given()
    settings.EMAIL_HOST = ""
    assert mail_all() == 0
    assert Notification.objects.get(person=checker).mailed_at is None
    editor = make_person("editor")
    html = " ".join(as_person(editor).get(reverse("admin:people")).content.decode().split())
    assert "No mail server is set (EMAIL_URL): 1 notice waits to be mailed." in html
    assert "No mail server is set" in as_person(checker).get(reverse("admin:me")).content.decode()


def test_a_server_that_refuses_loses_nothing_and_says_why_on_the_list_of_people(sink: MailSink) -> None:
    checker, _numbers = given()
    sink.refuse = "451 the mailbox is full of lamps"
    assert mail_all() == 0
    assert Notification.objects.get(person=checker).mailed_at is None
    (trouble,) = troubles()
    assert (trouble.person, "full of lamps" in trouble.error) == (checker, True)
    html = as_person(make_person("administrator")).get(reverse("admin:people")).content.decode()
    assert "Mail cannot be sent." in html
    assert "full of lamps" in html
    sink.refuse = ""
    Work.objects.update(due_at=timezone.now())
    assert mail_all() == 1
    assert len(sink.taken) == 1
    assert troubles() == []


def test_a_server_that_refused_for_long_is_asked_again_by_itself(sink: MailSink) -> None:
    given()
    sink.refuse = "451 not now"
    for _attempt in range(work.MAX_ATTEMPTS):
        mail_all()
        Work.objects.update(due_at=timezone.now())
    assert Work.objects.get(kind=LETTERS).quarantined_at is not None
    sink.refuse = ""
    assert mail_all() == 0
    Work.objects.update(quarantined_at=timezone.now() - timedelta(minutes=16))
    assert mail_all() == 1
    assert len(sink.taken) == 1


def test_a_server_that_is_away_loses_nothing(sink: MailSink, settings: Settings) -> None:
    checker, _numbers = given()
    with MailSink() as other:
        away = other.port
    settings.EMAIL_PORT = away
    assert mail_all() == 0
    assert "ConnectionRefusedError" in troubles()[0].error
    assert Notification.objects.get(person=checker).mailed_at is None


def test_a_worker_killed_before_it_noted_the_letter_sends_it_again(sink: MailSink) -> None:
    """It may be sent twice, and is never lost: the lease runs out, and another worker takes the row."""
    checker, _numbers = given()
    enlist_due()
    row = Work.objects.get(kind=LETTERS)
    lease = work.take(row.pk)
    assert lease
    assert work.take(row.pk) is None  # nobody else sends meanwhile
    Work.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert run_leased(row.pk, send_due)
    assert len(sink.taken) == 1
    assert Notification.objects.get(person=checker).mailed_at is not None


def test_who_left_meanwhile_is_mailed_nothing(sink: MailSink) -> None:
    checker, _numbers = given()
    enlist_due()
    User.objects.filter(pk=checker.pk).update(is_active=False)
    mail_all()
    assert sink.taken == []


def test_who_has_no_address_is_told_on_the_desk_only(sink: MailSink) -> None:
    walk = Walk().accepted()
    assignment.assign(walk.review, walk.editor, walk.checker)
    tell_all()
    assert Notification.objects.get(person=walk.checker).mail == ""
    mail_all()
    assert sink.taken == []


def test_a_digest_gathers_what_came_before_its_hour_and_goes_once_a_day(sink: MailSink) -> None:
    checker, numbers = given("digest", cases=2)
    hour = timezone.localtime().hour
    Profile.objects.create(person=checker, digest_hour=hour)
    mail_all()
    assert sink.taken == []  # they came after the hour began
    Notification.objects.update(made_at=timezone.now() - timedelta(days=1))
    mail_all()
    (text,) = sink.texts
    assert "your daily digest" in text
    assert all(number in text for number in numbers)
    Notification.objects.update(mailed_at=None)
    mail_all()
    assert len(sink.taken) == 1  # not twice on one day, whatever is due
    Profile.objects.update(digested_at=timezone.now() - timedelta(days=1))
    mail_all()
    assert len(sink.taken) == 2
