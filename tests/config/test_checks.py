"""Boot checks name the variable and the cure."""

from collections.abc import Sequence

import pytest
import redis
from pytest_django.fixtures import Settings

from config.checks import check_broker, check_database_roles, check_environment
from config.database import as_owner
from config.env import Problem


def ids(messages: Sequence[object]) -> list[str]:
    return [str(getattr(message, "id", "")) for message in messages]


def test_a_problem_of_the_environment_is_an_error_with_its_cure(settings: Settings) -> None:
    settings.ENVIRONMENT_PROBLEMS = [Problem("readout.E002", "REDIS_URL", "is not set", "write redis://…")]
    (message,) = check_environment(None)
    assert message.id == "readout.E002"
    assert message.msg == "REDIS_URL is not set."
    assert message.hint == "REDIS_URL: write redis://…."


@pytest.mark.django_db(transaction=True)
def test_the_roles_of_the_tests_own_database_are_in_order() -> None:
    assert check_database_roles(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_a_role_that_owns_its_tables_is_warned_of() -> None:
    with as_owner():
        (message,) = check_database_roles(None, databases=["default"])
    assert message.id == "readout.W001"
    assert "DATABASE_OWNER_URL" in str(message.hint)


def test_a_broker_that_cannot_be_reached_is_an_error(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert ids(check_broker(None, databases=["default"])) == ["readout.E006"]


def test_a_broker_that_evicts_or_forgets_is_warned_of(settings: Settings) -> None:
    assert check_broker(None, databases=["default"]) == []
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        client.config_set("appendonly", "no")
        try:
            assert ids(check_broker(None, databases=["default"])) == ["readout.W002", "readout.W003"]
        finally:
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("appendonly", "yes")


def test_a_database_that_no_readable_url_names_is_left_to_the_environments_own_check(settings: Settings) -> None:
    settings.APPLICATION_ROLE = ""
    assert check_database_roles(None, databases=["default"]) == []
