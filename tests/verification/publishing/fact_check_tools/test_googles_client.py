"""Google's own Python client, with the description of the API that it brings, works when pointed here."""

from typing import Any

import httplib2
import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from pytest_django.live_server_helper import LiveServer

from tests.verification.publishing.rows import publish
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claims(live_server: LiveServer) -> Any:
    for number in range(3):
        publish(headline=f"Check {number}", claim_text=f"Pier {number} has forty lamps.")
    rebuild(collection=PUBLIC)
    options = {"api_endpoint": live_server.url}
    service = build("factchecktools", "v1alpha1", http=httplib2.Http(), client_options=options, static_discovery=True)
    return service.claims()


def test_it_searches_and_turns_the_pages(claims: Any) -> None:
    request, titles = claims.search(query="lamps", pageSize=2, languageCode="en"), []
    while request is not None:
        told = request.execute()
        titles += [claim["claimReview"][0]["title"] for claim in told["claims"]]
        request = claims.search_next(request, told)
    assert sorted(titles) == ["Check 0", "Check 1", "Check 2"]


def test_it_tells_what_was_wrong_in_our_words(claims: Any) -> None:
    with pytest.raises(HttpError) as told:
        claims.search(languageCode="en").execute()
    assert told.value.status_code == 400
    assert "query or reviewPublisherSiteFilter is needed" in told.value.reason
    assert told.value.error_details[0]["fieldViolations"][0]["field"] == "query"
