"""Boot checks name the variable and the cure."""

from collections.abc import Sequence

import pytest
import redis
from pytest_django.fixtures import Settings

from claims.models import ArchiveMeasure
from config.checks import (
    check_archive,
    check_broker,
    check_contact,
    check_database_roles,
    check_engines,
    check_environment,
    check_user_agent,
)
from config.database import as_owner
from config.env import Problem
from verification.models import Desk, Source


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


@pytest.mark.django_db
def test_an_archive_that_is_nearly_full_is_warned_of(settings: Settings) -> None:
    settings.ARCHIVE_MAX_GB = 10
    assert check_archive(None, databases=["default"]) == []
    ArchiveMeasure.objects.create(pk=ArchiveMeasure.ONLY, bytes=95 * 10**8, files=1)
    (message,) = check_archive(None, databases=["default"])
    assert message.id == "readout.W005"
    assert message.msg == "The archive holds 9.5 of the 10 GB it may hold: raise ARCHIVE_MAX_GB before it is full."
    assert check_archive(None) == []


@pytest.mark.parametrize("agent", ["Büro/1", "Desk/1\nX: y"])
def test_a_user_agent_that_no_header_can_carry_is_an_error(agent: str, settings: Settings) -> None:
    assert check_user_agent(None) == []
    settings.FETCH_USER_AGENT = agent
    assert ids(check_user_agent(None)) == ["readout.E019"]


@pytest.mark.django_db
def test_a_desk_that_follows_sources_and_names_no_contact_is_warned_of(settings: Settings) -> None:
    assert check_contact(None, databases=["default"]) == []
    Source.objects.create(name="Port Example", enabled=True)
    assert ids(check_contact(None, databases=["default"])) == ["readout.W006"]
    Desk.objects.create(pk=Desk.ONLY, contact="checks@desk.example")
    assert check_contact(None, databases=["default"]) == []


def test_an_engine_that_cannot_be_loaded_is_told_before_the_first_article(settings: Settings) -> None:
    assert check_engines(None) == []
    settings.EXTRACTION_ENGINES = ("claims.extraction.english.EnglishEngine", "claims.engines.endpoint")
    settings.EXTRACTION_ENDPOINT_URL = ""
    (message,) = check_engines(None)
    assert message.id == "readout.E020"
    assert "EXTRACTION_ENDPOINT_URL" in message.msg
