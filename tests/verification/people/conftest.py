"""A mail server for tests of what is mailed."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.verification.people.smtp_sink import MailSink


@pytest.fixture
def sink(settings: Settings) -> Iterator[MailSink]:
    """Run a mail server on loopback, and let the desk use it."""
    with MailSink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.DEFAULT_FROM_EMAIL = "Fact desk <desk@newsroom.example>"
        settings.DESK_URL = "https://desk.newsroom.example"
        yield running
