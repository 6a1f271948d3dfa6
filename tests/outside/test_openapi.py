"""The API's description is one, and the API keeps to it: no answer beside it, and none that is a fault of ours."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django.fixtures import Settings
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.cases import Walk
from tests.people import make_person
from tests.verification.api.programs import Program
from verification.api.steps.every import OFFERED

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8
"""Requests of each operation and kind: good ones and such as break the description."""


def document() -> dict[str, Any]:
    told: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return told


def operations(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in told["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_it_is_an_openapi_document() -> None:
    told = document()
    assert told["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(told).validate()


def test_every_operation_says_what_it_is_with_an_example_that_holds() -> None:
    told = document()
    registry: Registry[Any] = Registry().with_resource("urn:api", DRAFT202012.create_resource(told))
    names = [operation["operationId"] for _name, operation in operations(told)]
    assert len(names) == len(set(names))
    for name, operation in operations(told):
        assert operation["summary"] and operation["description"], name
        assert all(each["description"] for each in operation.get("parameters", ()) if each["in"] == "query"), name
        for content in _contents(operation):
            assert content["examples"], name
            for example in content["examples"].values():
                schema = json.loads(json.dumps(content["schema"]).replace('"#/', '"urn:api#/'))
                validator = jsonschema.Draft202012Validator(schema, registry=registry)
                validator.validate(example["value"])


def _contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for each in [*bodies, *operation["responses"].values()]:
        yield from each.get("content", {}).values()


def test_refusals_and_ways_in_are_described() -> None:
    told = document()
    assert told["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    for name, operation in operations(told):
        assert "429" in operation["responses"] or operation["operationId"] == "article", name
        if operation["tags"] == ["desk"]:
            assert operation["security"] == [{"token": []}], name
            assert {"401", "403"} <= operation["responses"].keys(), name
        else:
            assert not operation.get("security"), name
    assert {f"step_{each.verb}" for each in OFFERED} <= {each["operationId"] for _name, each in operations(told)}


def test_an_article_that_was_handed_in_is_told_as_described() -> None:
    told = document()
    shape = told["components"]["schemas"]["HandedInArticle"]
    program = Program(make_person("intake"))
    sent = program.post("articles/", {"text": "The board bought forty lamps, Ada Quillfeather said."})
    assert sent.status_code == 201
    operation = told["paths"]["/api/v1/articles/"]["post"]
    assert operation["operationId"] == "hand_in_article"
    for answer in (sent, program.get(f"articles/{sent.json()['id']}/")):
        jsonschema.Draft202012Validator(shape).validate(answer.json())
        assert answer.json().keys() == shape["properties"].keys()
    assert told["paths"]["/api/v1/articles/{article}/"]["get"]["operationId"] == "article"


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Leave the test's own connection open, which a server would let go after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.long
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("tag", ["published", "desk"])
def test_whatever_is_sent_it_answers_as_described(tag: str, mode: GenerationMode, settings: Settings) -> None:
    cache.clear()
    settings.API_PER_MINUTE = settings.API_PUBLIC_PER_MINUTE = 10**6
    walk = Walk()
    walk.to_publication()
    other = Walk().accepted()
    program = Program(walk.editor)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    plain = {"Accept-Encoding": "identity"}  # the client that asks here does not unpack
    headers = plain | (program.headers if tag == "desk" else {})
    tried = 0
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        raw = operation.definition.raw
        if tag not in raw["tags"]:
            continue
        known = {"check": str(walk.review.public), "version": 1, "case": str(other.review.public)}
        known["article"] = known["case"]  # nothing was handed in under it
        path = {each.name: known[each.name] for each in operation.path_parameters}
        asks_more = "requestBody" in raw or any(each["in"] == "query" for each in raw.get("parameters", ()))
        # Where nothing else can be wrong, the path is.
        _ask(operation, mode, headers, path if asks_more or mode is GenerationMode.POSITIVE else {})
        tried += 1
    assert tried == (7 if tag == "published" else 6 + len(OFFERED))


def _ask(operation: Any, mode: GenerationMode, headers: dict[str, str], path: dict[str, Any]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=path or None))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
