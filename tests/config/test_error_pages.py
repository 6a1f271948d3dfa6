"""Pages of errors: a reader stays with the fact checks, under the desk’s name; telling a fault needs no database."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.config import failing_pages
from tests.verification.publishing.rows import set_desk


@pytest.fixture
def browser(client: Client, settings: Settings) -> Client:
    settings.ROOT_URLCONF = failing_pages.__name__
    client.raise_request_exception = False
    return client


def page(browser: Client, address: str, status: int) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


ADDRESSES = [
    ("nope/", 404, "There is no such page"),
    ("refused/", 403, "Only an editor"),
    ("doubted/", 400, "no sense"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status", "says"), ADDRESSES)
def test_a_reader_is_led_back_to_the_fact_checks_under_the_desks_name(
    browser: Client, address: str, status: int, says: str
) -> None:
    set_desk(name="Lamp & Desk")
    checks = reverse("public:checks")
    shown = page(browser, f"{checks}{address}", status)
    assert says in shown
    assert f'<strong><a href="{checks}">Lamp &amp; Desk</a></strong>' in shown
    assert f'<a href="{checks}">All fact checks</a>' in shown
    assert "| Lamp &amp; Desk</title>" in shown
    assert "Readout" not in shown
    assert 'href="/"' not in shown


@pytest.mark.parametrize(("address", "status", "says"), [*ADDRESSES, ("failed/", 500, "failed on our side")])
def test_elsewhere_the_first_page_is_the_desks_and_no_database_is_needed(
    browser: Client, address: str, status: int, says: str
) -> None:
    shown = page(browser, f"/{address}", status)
    assert says in shown
    assert '<a href="/">To the first page</a>' in shown


def test_a_failure_below_the_readers_addresses_is_told_without_asking_the_database(browser: Client) -> None:
    shown = page(browser, f"{reverse('public:checks')}failed/", 500)
    assert f'<strong><a href="{reverse("public:checks")}">Fact checks</a></strong>' in shown


@pytest.mark.django_db
def test_a_dead_link_is_told_while_the_database_answers_nothing(browser: Client) -> None:
    set_desk(name="Lamp desk")
    with transaction.atomic():
        with connection.cursor() as cursor, pytest.raises(DatabaseError):
            cursor.execute("SELECT 1 / 0")
        shown = page(browser, f"{reverse('public:checks')}nope/", 404)
        transaction.set_rollback(True)
    assert ">Fact checks</a></strong>" in shown
    assert "All fact checks" in shown
