"""How fast a token hands in is told by its newest handings-in, whatever came before them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from claims.models import ApiToken, Submission
from claims.models.clock import ClockTimestamp
from claims.submitting import Sender, hand_in_address
from claims.tokens import make_token
from tests.people import make_person
from verification.admin.intake.pace import SPAN, seconds_to_wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(settings: Settings) -> ApiToken:
    settings.INTAKE_API_PER_MINUTE = 2
    token, _secret = make_token("the paper's system", make_person("intake"), uuid.uuid4())
    for number in range(3):
        hand_in_address(Sender(token.person, Submission.Way.API, token), f"https://news.example/{number}")
    return token


def test_no_more_rows_are_looked_at_than_a_token_may_hand_in(token: ApiToken) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert 0 < seconds_to_wait(token) <= 60
    assert any("LIMIT 2" in query["sql"] for query in asked)


def test_a_token_goes_on_once_so_few_of_its_newest_are_of_the_last_minute(token: ApiToken) -> None:
    older = Submission.objects.filter(token=token).order_by("-pk").values_list("pk", flat=True)[1:]
    Submission.objects.filter(pk__in=list(older)).update(submitted_at=ClockTimestamp() - SPAN)
    assert seconds_to_wait(token) == 0
