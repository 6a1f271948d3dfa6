"""A mail server, and a desk that readers can reach: both are needed to subscribe."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from tests.verification.people.smtp_sink import MailSink
from tests.verification.publishing.subscribing.readers import SITE


@pytest.fixture
def sink(settings: Settings) -> Iterator[MailSink]:
    """Run a mail server on loopback, and let the desk use it."""
    cache.clear()
    with MailSink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.DEFAULT_FROM_EMAIL = "Fact desk <desk@newsroom.example>"
        settings.PUBLIC_URL = SITE
        yield running
    cache.clear()
