"""Somebody of intake and their browser, for the pages where articles come in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.people import make_person
from tests.verification.admin.opening import as_person


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


@pytest.fixture
def browser(person: User) -> Client:
    return as_person(person)
