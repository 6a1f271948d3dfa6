"""Tokens: a secret that is shown once, found by its digest, and opens nothing once it is revoked."""

import hashlib
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections
from pytest_django import DjangoAssertNumQueries

from claims.models import ApiToken
from claims.models.clock import ClockTimestamp, read_clock
from claims.tokens import make_token, note_use, revoke, token_of
from tests.people import make_person

pytestmark = pytest.mark.django_db


def made(name: str = "the paper's system") -> tuple[ApiToken, str]:
    return make_token(name, make_person("intake"), uuid.uuid4())


def test_only_the_digest_of_a_secret_is_stored() -> None:
    token, secret = made()
    assert secret.startswith("rdo_")
    assert len(secret) == 47
    stored = ApiToken.objects.values().get()
    assert stored["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(stored)
    assert token_of(secret) == token


def test_a_guess_costs_one_look_and_what_is_no_secret_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made()
    with django_assert_num_queries(1):
        assert token_of("rdo_" + "a" * 43) is None
    with django_assert_num_queries(0):
        assert [token_of(guess) for guess in ("", "rdo_", "rdo_\0", "é" * 47, "x" * 1_000_000)] == [None] * 5


def test_a_revoked_token_opens_nothing_and_stays_revoked() -> None:
    token, secret = made()
    assert revoke(token)
    when = ApiToken.objects.get().revoked_at
    assert not revoke(token)
    assert ApiToken.objects.get().revoked_at == when
    assert token_of(secret) is None


def test_it_is_kept_who_made_a_token_and_who_revoked_it_first() -> None:
    maker, other = make_person("administrator"), make_person("administrator")
    token, _secret = make_token("the ferry", make_person("intake"), uuid.uuid4(), made_by=maker)
    assert revoke(token, other)
    assert not revoke(token, maker)
    stored = ApiToken.objects.get()
    assert (stored.made_by, stored.revoked_by) == (maker, other)


def test_a_token_that_nobody_revoked_names_nobody() -> None:
    token, _secret = made()
    with pytest.raises(IntegrityError, match="apitoken_revoked_by_when"):
        ApiToken.objects.filter(pk=token.pk).update(revoked_by=token.person)


def test_a_use_is_noted_at_most_once_a_minute() -> None:
    token, _secret = made()
    note_use(token)
    first = ApiToken.objects.get().used_at
    note_use(token)
    assert first is not None
    assert ApiToken.objects.get().used_at == first
    ApiToken.objects.update(used_at=ClockTimestamp() - timedelta(seconds=61))
    note_use(token)
    used = ApiToken.objects.get().used_at
    assert used is not None
    assert used > read_clock() - timedelta(seconds=30)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_once_makes_one_token_with_one_secret() -> None:
    person, name, ready = make_person("intake"), uuid.uuid4(), threading.Barrier(4)
    secrets: list[str] = []

    def send() -> None:
        try:
            ready.wait()
            secrets.append(make_token("twice", person, name)[1])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (secret,) = filter(None, secrets)
    assert len(secrets) == 4
    assert token_of(secret) == ApiToken.objects.get()
