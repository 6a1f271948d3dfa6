"""`probe_source` over real HTTP: what an operator reads, what is kept with a source, and how the command ends."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from claims.capture.policy import PrivateTarget
from claims.models import Snapshot
from tests.verification.connectors.issuers.test_federal_register import document
from verification.connectors.issuers.federal_register import FederalRegister
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source, SourceRun

HOST = "register.example"
TEXT = "<html><body><pre>\nExecutive Order 14067\n\nEvery mole shall be lit from dusk till dawn.\n</pre></body></html>"

pytestmark = pytest.mark.django_db


class Register:
    """A register on loopback that holds one order; `order` may be changed, and everything be `closed`."""

    def __init__(self, base: str) -> None:
        self.order = document("2022-05471", "2022-03-14", signing_date="2022-03-09", executive_order_number="14067")
        self.order["raw_text_url"] = f"{base}/text.txt"
        self.closed = False
        self.paths: list[str] = []

    def __call__(self, request: Request) -> Response:
        self.paths.append(request.full_path)
        if request.path == "/robots.txt":
            return Response("User-agent: *\nAllow: /\n", content_type="text/plain")
        if self.closed:
            return Response("No.", status=403)
        if request.path == "/text.txt":
            return Response(TEXT, content_type="text/html")
        return Response(json.dumps({"count": 1, "results": [self.order]}), content_type="application/json")


@pytest.fixture
def register(httpserver: HTTPServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Register:
    """Serve a register, and point the connector at it."""
    base = f"http://{HOST}:{httpserver.port}"
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"{HOST}=127.0.0.1:{httpserver.port}"),)
    settings.FETCH_GAP_SECONDS = 0.0
    served = Register(base)
    httpserver.expect_request("/robots.txt").respond_with_handler(served)
    httpserver.expect_request("").respond_with_handler(served)

    class Local(FederalRegister):
        api = f"{base}/api/v1"

    monkeypatch.setitem(CONNECTORS, "federal_register", Local)
    return served


def run(*arguments: str) -> tuple[str, int]:
    """Return what the command prints, and with what it ends."""
    out = io.StringIO()
    try:
        call_command("probe_source", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def stored(**fields: Any) -> Source:
    """Return a source of this desk."""
    return Source.objects.create(**{"name": "The Register", "connector": "federal_register"} | fields)


def test_a_site_that_answers_as_expected_is_told_and_kept_with_its_source(register: Register) -> None:
    source = stored()
    printed, code = run("The Register")
    assert code == 0
    assert "1 source asked: nothing differs." in printed
    assert "≠" not in printed
    run_kept = SourceRun.objects.get(source=source)
    assert (run_kept.verb, run_kept.outcome, run_kept.sentence) == ("probe", "OK", "")
    assert [step["name"] for step in run_kept.details["steps"]][:2] == ["example", "poll"]
    assert run_kept.requests == len(register.paths)
    source.refresh_from_db()
    assert source.probed_at is not None
    assert not Snapshot.objects.exists()


def test_what_differs_is_told_step_by_step_and_the_command_ends_with_1(register: Register) -> None:
    source = stored()
    register.order["colour"] = "red"
    register.order["publication_date"] = "1999-01-04"
    del register.order["abstract"]
    printed, code = run("The Register")
    assert code == 1
    for told in ("has no abstract", "not known: colour", "1999-01-04", "things differ."):
        assert told in printed
    kept = SourceRun.objects.get(source=source)
    assert kept.outcome == "FAILED"
    assert "differ" in kept.sentence
    assert any("colour" in told for step in kept.details["steps"] for told in step["differs"])


def test_a_site_that_refuses_is_told_as_a_refusal(register: Register) -> None:
    register.closed = True
    source = stored()
    printed, code = run("--all", "--json")
    told = json.loads(printed)
    assert code == 1
    assert {step["outcome"] for step in told["probed"][0]["steps"] if step["answers"]} == {"REFUSED"}
    assert told["probed"][0]["steps"][0]["answers"][0]["status"] == 403
    assert SourceRun.objects.get(source=source).outcome == "REFUSED"


def test_a_connector_is_probed_without_a_source_and_nothing_is_stored(register: Register) -> None:
    printed, code = run("--connector", "federal_register", "--json")
    assert (code, json.loads(printed)["differs"]) == (0, 0)
    assert not SourceRun.objects.exists()


def test_what_cannot_be_asked_is_passed_over_and_told(register: Register, settings: Settings) -> None:
    settings.SOURCE_KEYS = {}
    stored(name="Presidential documents", connector="govinfo")
    stored(name="Misread", configuration={"colour": "red"})
    printed, code = run("--all", "--json")
    why = {each["name"]: each["why"] for each in json.loads(printed)["not_probed"]}
    assert code == 0
    assert "“govinfo”" in why["Presidential documents"]
    assert "“colour” is no setting" in why["Misread"]
    assert not register.paths


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Nobody",), "no source called “Nobody”"),
        (("--connector", "nothing"), "no connector “nothing”"),
        (("Papers",), "nobody to ask"),
        ((), "Name a source"),
        (("Misread",), "no setting of this connector"),
    ],
)
def test_what_cannot_be_probed_is_one_clear_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    stored(name="Papers", connector="import")
    stored(name="Misread", configuration={"colour": "red"})
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
