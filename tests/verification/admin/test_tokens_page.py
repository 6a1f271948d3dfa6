"""The page of tokens: who may make one, its secret shown once, and what the list says of each."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import ApiToken
from claims.tokens import make_token, note_use, token_of
from tests.people import make_person
from tests.verification.admin.opening import as_person, told

pytestmark = pytest.mark.django_db
TOKENS = reverse("admin:tokens")


@pytest.fixture
def browser() -> Client:
    return as_person(make_person("administrator"))


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


def make(browser: Client, person: User, name: str = "wire", public: object = None, **more: object) -> Any:
    said = {"name": name, "person": person.pk, "public": public or uuid.uuid4(), "scopes": ["submit"], "lasts": "90"}
    return browser.post(TOKENS, said | more)


def secrets_in(answer: Any) -> list[str]:
    return re.findall(r"rdo_[\w-]{43}", answer.content.decode())


def test_a_secret_is_shown_once_and_works(browser: Client, person: User) -> None:
    answer = make(browser, person)
    (secret,) = secrets_in(answer)
    assert "no-store" in answer["Cache-Control"]
    assert token_of(secret) == ApiToken.objects.get()
    assert secrets_in(browser.get(TOKENS)) == []


def test_the_same_form_sent_twice_makes_one_token(browser: Client, person: User) -> None:
    public = uuid.uuid4()
    make(browser, person, public=public)
    again = make(browser, person, public=public)
    assert again.status_code == 302
    assert "made already" in told(again)
    assert ApiToken.objects.count() == 1


def test_a_token_acts_only_for_an_active_person_who_may_hand_in(browser: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    for nobody in (person, make_person("publisher"), make_person("auditor")):
        answer = make(browser, nobody, name="the paper's system")
        assert answer.status_code == 400
        assert "the paper&#x27;s system" in answer.content.decode()
    assert make(browser, make_person("checker"), name=" ").status_code == 400
    assert not ApiToken.objects.exists()


def test_the_list_says_how_each_token_stands(browser: Client, person: User) -> None:
    token, _secret = make_token("wire", person, uuid.uuid4())
    page = browser.get(TOKENS).content.decode()
    assert "Ines Mole" in page
    assert "never used" in page
    note_use(token)
    assert "never used" not in browser.get(TOKENS).content.decode()
    person.groups.clear()
    assert "may not hand in any more" in browser.get(TOKENS).content.decode()


def test_what_it_may_do_and_until_when_is_said_and_shown(browser: Client) -> None:
    checker = make_person("checker", name="Cato Lamp")
    make(browser, checker, scopes=["read", "review"], lasts="30")
    token = ApiToken.objects.get()
    assert token.scopes == ["read", "review"]
    assert token.expires_at is not None
    assert abs(token.expires_at - token.created_at - timedelta(days=30)) < timedelta(minutes=1)
    page = browser.get(TOKENS).content.decode()
    assert "work on cases" in page
    assert "lasts until" in page
    make(browser, checker, name="for good", lasts="")
    assert ApiToken.objects.get(name="for good").expires_at is None
    ApiToken.objects.filter(pk=token.pk).update(expires_at=token.created_at)
    assert "ran out" in browser.get(TOKENS).content.decode()


def test_no_token_is_made_for_what_its_person_could_not_do(browser: Client) -> None:
    refused = make(browser, make_person("auditor", name="Ada Quay"), scopes=["read", "review"])
    assert refused.status_code == 400
    assert "The role of Ada Quay does not include this: work on cases" in refused.content.decode()
    assert make(browser, make_person("auditor"), scopes=["read"]).status_code == 200
    assert make(browser, make_person("publisher"), scopes=["review"]).status_code == 200
    assert make(browser, make_person("checker"), scopes=[]).status_code == 400
    assert make(browser, make_person("checker"), scopes=["everything"]).status_code == 400
    assert make(browser, make_person("checker"), lasts="1000").status_code == 400
    assert ApiToken.objects.count() == 2


def test_a_token_is_revoked_once(browser: Client, person: User) -> None:
    token, secret = make_token("wire", person, uuid.uuid4())
    address = reverse("admin:token_revoke", args=[token.public])
    assert "opens nothing" in told(browser.post(address))
    assert token_of(secret) is None
    assert "already" in told(browser.post(address))
    assert browser.post(reverse("admin:token_revoke", args=[uuid.uuid4()])).status_code == 404


def test_the_list_says_who_made_and_who_revoked_each(person: User) -> None:
    maker, other = make_person("administrator", name="Anders Keel"), make_person("administrator", name="Runa Buoy")
    make(as_person(maker), person)
    token = ApiToken.objects.get()
    assert token.made_by == maker
    assert "by Anders Keel" in as_person(maker).get(TOKENS).content.decode()
    as_person(other).post(reverse("admin:token_revoke", args=[token.public]))
    page = as_person(maker).get(TOKENS).content.decode()
    assert "by Runa Buoy" in page


def test_a_token_from_before_names_nobody_as_its_maker(browser: Client, person: User) -> None:
    make_token("wire", person, uuid.uuid4())
    page = browser.get(TOKENS).content.decode()
    assert "made <time" in " ".join(page.split())
    assert "</time> by" not in page


def test_tokens_are_the_administrators(person: User) -> None:
    token, _secret = make_token("wire", person, uuid.uuid4())
    for role in ("intake", "checker", "editor", "publisher", "auditor"):
        browser = as_person(make_person(role))
        assert browser.get(TOKENS).status_code == 403
        assert make(browser, person).status_code == 403
        assert browser.post(reverse("admin:token_revoke", args=[token.public])).status_code == 403
    assert list(ApiToken.objects.values_list("revoked_at", flat=True)) == [None]
