"""A desk that knows its address, and a hub on the loopback interface that the operator admits."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from tests.people import make_person
from tests.verification.publishing.webhooks.receiver import Receiver
from tests.verification.publishing.websub.telling import DESK
from verification.models import Hub
from verification.publishing.websub import setting


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """Return what stands for a hub: it takes what comes, and keeps it."""
    settings.PUBLIC_URL = DESK
    with Receiver() as running:
        settings.FETCH_PRIVATE_TARGETS = (running.target,)
        yield running


@pytest.fixture
def administrator(db: None) -> User:
    """Return who may set hubs."""
    return make_person("administrator", name="Anders Keel")


@pytest.fixture
def hub(receiver: Receiver, administrator: User) -> Hub:
    """Return the hub as an administrator adds it."""
    return setting.add(administrator, receiver.url)[0]
