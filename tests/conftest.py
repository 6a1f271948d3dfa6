"""The database of each test process: made, migrated and dropped by the owner, used in the application's role."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.test.utils import setup_databases, teardown_databases
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker
from pytest_httpserver import HTTPServer

from config.database import as_owner
from verification.review.presets import plant

LINES_OF_THE_LOG = [
    import_module(f"verification.migrations.{name}")
    for name in ("0014_log_walls", "0019_sources_and_the_log", "0024_workbench")
]


def replant(sender: Any, **_: Any) -> None:
    """Put back what migrations planted, once a test's flush has emptied the tables and Django restored permissions."""
    if sender.label == "verification":
        plant(apps)
        for migration in LINES_OF_THE_LOG:
            migration.fill(apps, None)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database as its owner; tests then connect in the application's role."""
    with django_db_blocker.unblock():
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False)
        post_migrate.connect(replant)
        yield
        # A thread that a test left behind may still be connected, and a database in use cannot be dropped.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
        with as_owner():
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def archive(settings: Settings, tmp_path: Path) -> Path:
    """Give every test an archive folder of its own."""
    settings.ARCHIVE_DIR = tmp_path / "archive"
    return tmp_path / "archive"


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    """Let tests ask their own servers without a gap, and the desk as often as they like; those about pace set one."""
    settings.FETCH_GAP_SECONDS = 0.0
    settings.EXPORTS_PER_HOUR = 10**6


@pytest.fixture
def httpserver(httpserver: HTTPServer) -> HTTPServer:
    """Let a page that a test's server does not have be missing (404): a robots.txt with status 500 closes a site."""
    httpserver.no_handler_status_code = 404
    return httpserver
