"""Google's own client for Node works when pointed here; that for Python is tried beside the code."""

import json

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.outside.programs import HERE, PACKAGES, part, program, run
from tests.verification.publishing.rows import publish
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_searches_and_turns_the_pages(live_server: LiveServer) -> None:
    for number in range(3):
        publish(headline=f"Check {number}", claim_text=f"Pier {number} has forty lamps.")
    rebuild(collection=PUBLIC)
    part(PACKAGES / "@googleapis/factchecktools/build/index.js")
    said = run(program("node", "nodejs"), str(HERE / "fact_check_tools.mjs"), f"{live_server.url}/", "lamps")
    assert sorted(json.loads(said.stdout or "[]")) == ["Check 0", "Check 1", "Check 2"], said.stderr
