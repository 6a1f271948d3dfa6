"""My settings lists the programs that act for me, and lets me stop them."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.models import ApiToken
from claims.tokens import make_token, note_use, token_of
from tests.people import make_person
from tests.verification.admin.opening import as_person

pytestmark = pytest.mark.django_db
ME = reverse("admin:me")


@pytest.fixture
def checker() -> User:
    return make_person("checker", name="Cato Lamp")


def page_of(person: User) -> str:
    answer = as_person(person).get(ME)
    assert answer.status_code == 200
    return answer.content.decode()


def revoke(by: User, token: ApiToken, address: str = ME) -> Any:
    return as_person(by).post(address, {"form": "token-revoke", "token": token.public})


def test_it_says_what_acts_for_me_who_made_it_and_when_it_was_last_used(checker: User) -> None:
    maker = make_person("administrator", name="Anders Keel")
    token, _secret = make_token("the ferry", checker, uuid.uuid4(), made_by=maker)
    make_token("of another", make_person("checker"), uuid.uuid4())
    page = page_of(checker)
    assert "the ferry" in page
    assert "by Anders Keel" in page
    assert "hand in articles" in page
    assert "never used" in page
    assert "of another" not in page
    note_use(token)
    assert "last used" in page_of(checker)


def test_whoever_no_program_acts_for_is_told_so(checker: User) -> None:
    assert "No program acts for you." in page_of(checker)


def test_i_revoke_what_acts_for_me_and_it_opens_nothing_any_more(checker: User) -> None:
    token, secret = make_token("the ferry", checker, uuid.uuid4())
    answer = revoke(checker, token)
    assert (answer.status_code, answer["Location"]) == (302, f"{ME}#token")
    assert token_of(secret) is None
    assert ApiToken.objects.get().revoked_by == checker
    page = page_of(checker)
    assert "revoked" in page
    assert 'value="token-revoke"' not in page


def test_what_is_over_offers_no_button(checker: User) -> None:
    token, _secret = make_token("the ferry", checker, uuid.uuid4())
    ApiToken.objects.update(expires_at=token.created_at - timedelta(days=1))
    assert "ran out" in page_of(checker)
    assert 'value="token-revoke"' not in page_of(checker)


def test_nobody_revokes_anothers_here(checker: User) -> None:
    token, secret = make_token("the ferry", checker, uuid.uuid4())
    editor, administrator = make_person("editor"), make_person("administrator")
    revoke(editor, token)
    revoke(editor, token, reverse("admin:person", args=[checker.pk]))
    revoke(administrator, token, reverse("admin:person", args=[checker.pk]))
    assert token_of(secret) == token
    assert "the ferry" not in as_person(administrator).get(reverse("admin:person", args=[checker.pk])).content.decode()


@pytest.mark.parametrize("public", ["", "no", "\0", str(uuid.UUID(int=7))])
def test_a_token_that_is_none_changes_nothing(checker: User, public: str) -> None:
    _token, secret = make_token("the ferry", checker, uuid.uuid4())
    answer = as_person(checker).post(ME, {"form": "token-revoke", "token": public})
    assert answer.status_code == 302
    assert token_of(secret) is not None
