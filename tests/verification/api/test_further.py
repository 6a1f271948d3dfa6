"""A program brings evidence in: pages fetched for a case, the library and live sources searched."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from claims import work
from claims.capture.policy import PrivateTarget
from claims.models import Work
from config.database import as_owner
from tests.cases import Walk, make_document, now
from tests.verification.api.programs import Program, problem
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Candidate, Document, KeyedRequest, SearchRun, Tier
from verification.research.stretch import SEARCH_LIVE
from verification.review.triage import RESEARCH

pytestmark = pytest.mark.django_db
LEDGER = "<html lang=en><title>Ledger</title><body><p>Forty lamps were bought for the northern mole.</p></body></html>"


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


@pytest.fixture
def site(httpserver: HTTPServer, settings: Settings) -> Iterator[str]:
    """Serve a ledger, and return its address."""
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"port.example=127.0.0.1:{httpserver.port}"),)
    httpserver.expect_request("/ledger").respond_with_data(LEDGER, content_type="text/html")
    yield f"http://port.example:{httpserver.port}"


def library(text: str) -> Document:
    document = make_document(text, title=text[:20])
    PostgresIndex().add([IndexDocument(document.pk, document.title or "", document.text, "en")])
    return document


def path(walk: Walk, name: str) -> str:
    return f"cases/{walk.review.public}/{name}/"


def test_a_page_is_fetched_and_stands_first_among_the_candidates(walk: Walk, site: str) -> None:
    checker = Program(walk.checker)
    answer = checker.post(path(walk, "sources"), {"url": f"{site}/ledger", "tier": 0})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["case"] == answer["Location"] == f"http://testserver/api/v1/cases/{walk.review.public}/"
    first = checker.case(walk.review)["candidates"][0]
    assert (told["candidates"], first["url"], first["tier"]) == ([first["id"]], f"{site}/ledger", 0)
    assert "Forty lamps were bought" in first["exact"]
    assert now(walk.review).events.latest("seq").verb == "add_source"
    evidence = [{"candidate": first["id"], "stance": "supports"}]
    saved = checker.did(walk.review, "save_judgment", judgment_revision=0, evidence=evidence)
    assert saved["judgments"][0]["evidence"][0]["candidate"] == first["id"]


def test_a_page_whose_tier_nobody_gave_is_a_lead(walk: Walk, site: str) -> None:
    assert Program(walk.checker).post(path(walk, "sources"), {"url": f"{site}/ledger"}).status_code == 201
    assert Document.objects.latest("pk").tier == Tier.T5


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("http://127.0.0.1/", 422, "127.0.0.1"),
        ("http://[::1]/", 422, "::1"),
        ("http://169.254.169.254/latest/", 422, "169.254.169.254"),
        ("file:///etc/passwd", 422, "http"),
        ("nonsense", 422, "http"),
        ("", 400, "errors"),
        (7, 422, "http"),
        (None, 400, "errors"),
    ],
)
def test_an_address_that_is_not_fetched_is_told(walk: Walk, url: object, status: int, told: str) -> None:
    answer = Program(walk.checker).post(path(walk, "sources"), {"url": url})
    assert told in problem(answer, status)["detail"]
    assert Candidate.objects.count() == 1


def test_a_page_that_is_missing_or_empty_is_told(walk: Walk, site: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/blank").respond_with_data(" ", content_type="text/plain")
    checker = Program(walk.checker)
    assert "404" in problem(checker.post(path(walk, "sources"), {"url": f"{site}/gone"}), 422)["detail"]
    problem(checker.post(path(walk, "sources"), {"url": f"{site}/blank"}), 422)
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize("said", [{"url": "http://port.example/", "tier": 6}, {"url": "a" * 2001}, {"file": "x"}, {}])
def test_what_names_no_page_is_refused(walk: Walk, said: dict[str, object]) -> None:
    problem(Program(walk.checker).post(path(walk, "sources"), said), 400)


@pytest.mark.parametrize("name", ["sources", "searches"])
def test_only_who_has_the_case_or_an_editor_adds_to_it(walk: Walk, name: str, site: str) -> None:
    said = {"url": f"{site}/ledger"} if name == "sources" else {}
    for person in (walk.second, walk.publisher, walk.intake):
        assert problem(Program(person).post(path(walk, name), said), 403)["guard"] == "sources"
    assert Program(walk.editor).post(path(walk, name), said).status_code in {201, 202}
    problem(Program(walk.editor, ["read"]).post(path(walk, name), said), 403)
    problem(Program(walk.editor).post(f"cases/5c9d1f0e-52a9-4f0b-8f52-4b6a5d1c7e21/{name}/", said), 404)
    walk.review = now(walk.review)
    walk.proposed()
    assert problem(Program(walk.editor).post(path(walk, name), said), 403)["guard"] == "sources"


@pytest.mark.django_db(transaction=True)
def test_one_page_is_fetched_at_a_time(walk: Walk, site: str, httpserver: HTTPServer) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slow(_request: Request) -> Response:
        asked.set()
        go_on.wait(20)
        return Response(LEDGER, content_type="text/html")

    httpserver.expect_request("/slow").respond_with_handler(slow)
    checker, statuses = Program(walk.checker), []
    address, slowly = path(walk, "sources"), {"url": f"{site}/slow"}

    def send() -> None:
        statuses.append(checker.post(address, slowly, Idempotency_Key='"one"').status_code)
        connection.close()

    first = threading.Thread(target=send)
    first.start()
    assert asked.wait(20)
    same = checker.post(address, slowly, Idempotency_Key='"one"')
    assert "under way" in problem(same, 409)["detail"]
    assert same["Retry-After"]
    other = checker.post(address, {"url": f"{site}/ledger"})
    assert "Another page" in problem(other, 503)["detail"]
    assert other["Retry-After"]
    go_on.set()
    first.join()
    assert statuses == [201]
    again = checker.post(address, slowly, Idempotency_Key='"one"')
    assert again.status_code == 201
    assert again.json()["candidates"] == [checker.case(walk.review)["candidates"][0]["id"]]
    assert SearchRun.objects.filter(source__isnull=False).count() == 1


def test_a_page_that_did_not_come_leaves_its_key_free(walk: Walk, site: str, httpserver: HTTPServer) -> None:
    checker, said = Program(walk.checker), {"url": f"{site}/late"}
    problem(checker.post(path(walk, "sources"), said, Idempotency_Key='"one"'), 422)
    assert not KeyedRequest.objects.exists()
    httpserver.expect_request("/late").respond_with_data(LEDGER, content_type="text/html")
    assert checker.post(path(walk, "sources"), {"url": f"{site}/ledger"}, Idempotency_Key='"one"').status_code == 201


def test_the_library_is_asked_anew_by_a_worker(walk: Walk) -> None:
    Work.objects.all().delete()
    answer = Program(walk.checker).post(path(walk, "searches"), {})
    assert (answer.status_code, answer.json()["candidates"]) == (202, [])
    assert answer["Location"] == answer.json()["case"]
    row = Work.objects.get(kind=RESEARCH, subject=walk.review.claim_id)
    Work.objects.filter(pk=row.pk).update(quarantined_at=now(walk.review).opened_at)
    Program(walk.checker).post(path(walk, "searches"), {})
    assert Work.objects.get(pk=row.pk).quarantined_at is None
    assert Work.objects.filter(work.OPEN, kind=RESEARCH).count() == 1


def test_words_are_looked_for_at_once(walk: Walk) -> None:
    granary = library("The breakwater committee met in the granary.")
    checker = Program(walk.checker)
    answer = checker.post(path(walk, "searches"), {"words": "breakwater granary"})
    assert answer.status_code == 201
    found = str(Candidate.objects.get(document=granary).public)
    assert answer.json()["candidates"] == [found]
    assert found in [each["id"] for each in checker.case(walk.review)["candidates"]]
    nothing = checker.post(path(walk, "searches"), {"words": "zyzzyva"})
    assert (nothing.status_code, nothing.json()["candidates"]) == (201, [])
    assert SearchRun.objects.filter(step="own_words").count() == 2


def test_live_sources_are_asked_where_there_are_any(walk: Walk) -> None:
    checker = Program(walk.checker)
    assert problem(checker.post(path(walk, "searches"), {"where": "live"}), 422)["guard"] == "sources"
    assert not Work.objects.filter(kind=SEARCH_LIVE).exists()
    problem(checker.post(path(walk, "searches"), {"where": "live", "words": "lamps"}), 400)
    problem(checker.post(path(walk, "searches"), {"where": "moon"}), 400)


def test_the_case_of_the_answer_is_to_be_had(walk: Walk) -> None:
    told = Program(walk.checker).post(path(walk, "searches"), {}).json()
    assert told["case"].endswith(reverse("api:case", args=[walk.review.public]))


@pytest.mark.django_db(transaction=True)
def test_a_search_that_breaks_is_told_and_on_record_and_leaves_its_key_free(walk: Walk) -> None:
    library("The breakwater committee met in the granary.")
    checker, said = Program(walk.checker), {"words": "granary"}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_candidate ADD CONSTRAINT full_disk CHECK (id < 0) NOT VALID")
    answer = checker.post(path(walk, "searches"), said, Idempotency_Key='"one"')
    assert "try again" in problem(answer, 503)["detail"]
    assert SearchRun.objects.get(step="own_words").outcome == "FAILED"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_candidate DROP CONSTRAINT full_disk")
    assert checker.post(path(walk, "searches"), said, Idempotency_Key='"one"').status_code == 201
