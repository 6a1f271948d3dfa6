"""When a source is asked next, and how its host is paced, as its page and the list of sources say it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import HostLane
from tests.people import make_person
from tests.verification.admin.sources_at_hand import make_source
from tests.verification.admin.test_source_pages import LIST, page_of, read
from verification.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person("administrator")


def test_a_source_that_is_left_alone_for_longer_says_why(administrator: User) -> None:
    asked = timezone.now()
    later = asked + timedelta(hours=25)
    source = make_source(enabled=True, outcome="REFUSED", every_minutes=60, asked_at=asked, next_at=later)
    for address in (page_of(source), LIST):
        assert "later than usual (every 1 h) because it refused" in read(administrator, address)
    Source.objects.update(next_at=asked + timedelta(minutes=65))  # as chance has it
    assert "later than usual" not in read(administrator, page_of(source))
    Source.objects.update(next_at=later, outcome="OK")
    assert ", every 1 h" in read(administrator, page_of(source))


def test_a_host_that_asks_for_no_pause_has_none_told(administrator: User, settings: Settings) -> None:
    source = make_source()
    settings.FETCH_GAP_SECONDS = 0
    HostLane.objects.create(host="board.example")
    page = read(administrator, page_of(source))
    assert " today </dd>" in page
    assert "one every" not in page
