"""The requests that `docs/api.md` shows of the REST API are answered as it says."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from claims.capture.policy import PrivateTarget
from claims.models import Precision
from tests.cases import Walk
from tests.people import make_person
from tests.verification.api.programs import Program
from tests.verification.publishing.rows import publish

pytestmark = pytest.mark.django_db
SHOWN = re.compile(
    r"```request\n(?P<method>GET|POST) (?P<url>/api/v1\S+)\n(?P<token>Authorization: Bearer rdo_…\n)?"
    r"(?:Content-Type: (?P<kind_sent>[^\n]*)\n)?"
    r"(?:Idempotency-Key: (?P<key>[^\n]*)\n)?\n?"
    r"(?P<body>\{.*?)?```\n\n```(?P<kind>json|csv)\n(?P<answer>.*?)```",
    re.DOTALL,
)


def fits(shown: object, told: object) -> bool:
    """Return whether an answer is as shown: “…” stands for anything, as a name for further ones, last for more."""
    if shown == "…":
        return True
    if isinstance(shown, dict):
        return (
            isinstance(told, dict)
            and ("…" in shown or shown.keys() == told.keys())
            and all(name in told and fits(each, told[name]) for name, each in shown.items() if name != "…")
        )
    if isinstance(shown, list):
        if not isinstance(told, list) or len(shown) > len(told):
            return False
        return all(map(fits, shown, told)) and (len(shown) == len(told) or shown[-1] == "…")
    return shown == told


def test_every_request_of_the_documentation_is_answered_as_it_says(httpserver: HTTPServer, settings: Settings) -> None:
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"port.example=127.0.0.1:{httpserver.port}"),)
    httpserver.expect_request("/ledger").respond_with_data("Forty lamps, southern mole.", content_type="text/plain")
    publish(
        value=2,
        headline="The ledger has forty lamps, for the southern mole",
        claim_text="We bought forty lamps for the northern mole.",
        said=datetime(2031, 5, 4, tzinfo=UTC),
        said_precision=Precision.DAY,
    )
    walk = Walk().accepted()
    program = Program(make_person("checker", "publisher", name="Cato Lamp"))
    names = {
        "<case>": str(walk.review.public),
        "<candidate>": str(walk.review.claim.candidates.get().public),
        "<deadline>": (timezone.now() + timedelta(days=1)).isoformat(),
        "<page>": f"http://port.example:{httpserver.port}/ledger",
    }
    shown = list(SHOWN.finditer((settings.BASE_DIR / "docs/api.md").read_text(encoding="utf-8")))
    assert len(shown) == 9
    for each in shown:
        url, body, expected = each["url"], each["body"] or "", each["answer"]
        for name, value in names.items():
            url, body, expected = (text.replace(name, value) for text in (url, body, expected))
        headers = program.headers if each["token"] else {}
        headers |= {"Idempotency-Key": each["key"]} if each["key"] else {}
        sent = each["kind_sent"] or "application/x-www-form-urlencoded"  # as curl says by itself
        answer = Client().generic(each["method"], url, body.encode(), content_type=sent, headers=headers)
        if each["kind"] == "csv":
            assert answer.getvalue().decode("utf-8-sig").startswith(expected.strip())
        else:
            assert fits(json.loads(expected), answer.json()), (url, answer.content.decode())
