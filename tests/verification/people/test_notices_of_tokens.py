"""Whoever a program acts for is told of it: once a token, on the desk and by mail, whatever else they chose."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.models import ApiToken
from claims.models.clock import ClockTimestamp
from claims.tokens import revoke
from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.people.desks import tell_all, told_to
from tests.verification.people.smtp_sink import MailSink
from tests.verification.people.test_mailing import mail_all
from verification.models import Notification

pytestmark = pytest.mark.django_db
TOLD = "Anders Keel made a token: “the paper’s system” may act for you."


@pytest.fixture
def administrator() -> User:
    return make_person("administrator", name="Anders Keel")


@pytest.fixture
def checker() -> User:
    person = make_person("checker", name="Cato Lamp")
    person.email = "cato@newsroom.example"
    person.save()
    return person


def make(by: User, person: User, **said: Any) -> Any:
    form = {"name": "the paper’s system", "person": person.pk, "public": uuid.uuid4(), "scopes": ["read", "review"]}
    return as_person(by).post(reverse("admin:tokens"), form | {"lasts": "30"} | said)


def test_whoever_a_token_acts_for_is_told_once(administrator: User, checker: User) -> None:
    public = uuid.uuid4()
    for _sent in range(2):
        make(administrator, checker, public=public)
    for _run in range(2):
        tell_all()
    assert told_to(checker) == [TOLD]
    assert told_to(administrator) == []
    assert Notification.objects.get().token == ApiToken.objects.get()


def test_the_notice_says_what_it_may_until_when_and_leads_to_where_it_is_revoked(
    administrator: User, checker: User
) -> None:
    make(administrator, checker)
    browser = as_person(checker)
    page = browser.get(reverse("admin:notices")).content.decode()
    assert TOLD in page
    assert "It may read cases, claims and evidence that are not public, work on cases" in page
    assert "until " in page
    opened = browser.get(reverse("admin:notice", args=[Notification.objects.get().pk]))
    assert opened["Location"] == reverse("admin:me") + "#token"
    assert Notification.objects.get().read_at is not None


def test_the_notice_of_a_token_that_was_revoked_says_so_first_and_not_how_to(
    administrator: User, checker: User
) -> None:
    make(administrator, checker)
    revoke(ApiToken.objects.get(), checker)
    page = as_person(checker).get(reverse("admin:notices")).content.decode()
    assert "It was revoked. It was allowed to read cases" in page
    assert "It may" not in page
    assert "revoke it under My settings" not in page


def test_the_notice_of_a_token_that_has_run_out_says_so_first(administrator: User, checker: User) -> None:
    make(administrator, checker)
    ApiToken.objects.update(expires_at=ClockTimestamp() - timedelta(minutes=1))
    page = as_person(checker).get(reverse("admin:notices")).content.decode()
    assert "It has run out. It was allowed to read cases" in page
    assert "It may" not in page
    assert "revoke it under My settings" not in page


def test_it_is_mailed_at_once_with_the_way_to_revoke_it(sink: MailSink, administrator: User, checker: User) -> None:
    make(administrator, checker, lasts="")
    assert mail_all() == 1
    (text,) = sink.texts
    assert text.startswith("cato@newsroom.example\n")
    assert TOLD in text
    assert "until it is revoked" in text
    assert "https://desk.newsroom.example/admin/verification/review/me/#token" in text
    assert "rdo_" not in text


def test_nobody_is_told_of_a_token_they_made_for_themselves() -> None:
    both = make_person("administrator", "checker")
    make(both, both)
    assert ApiToken.objects.exists()
    assert told_to(both) == []


def test_a_token_that_was_not_made_is_told_to_nobody(administrator: User, checker: User) -> None:
    assert make(administrator, checker, scopes=[]).status_code == 400
    assert told_to(checker) == []
