"""A receiver that the operator admits, and a webhook that tells it everything."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from tests.people import make_person
from tests.verification.publishing.webhooks.hooks import Hook, make_hook
from tests.verification.publishing.webhooks.receiver import Receiver


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """Return a receiver that takes what comes."""
    with Receiver() as running:
        settings.FETCH_PRIVATE_TARGETS = (running.target,)
        yield running


@pytest.fixture
def administrator(db: None) -> User:
    """Return who may set webhooks."""
    return make_person("administrator", name="Anders Keel")


@pytest.fixture
def hook(receiver: Receiver, administrator: User) -> Hook:
    """Return a webhook that tells the receiver everything."""
    return make_hook(administrator, receiver.url)
