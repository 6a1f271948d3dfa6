"""`POST /api/articles`: a token hands in what its person could, once; every refusal is a problem in one sentence."""

import json
import socket
import threading
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from claims import tasks
from claims.capture.policy import PrivateTarget
from claims.intake import EXTRACT
from claims.models import ApiToken, Article, Submission, SubmissionKey, Work
from claims.models.clock import ClockTimestamp
from claims.submitting import FETCH, submit_address
from claims.tokens import make_token, revoke
from tests.claims.test_submissions import PAGE
from tests.factories import make_claim
from tests.people import make_person
from verification.models import Review
from verification.research import cancelling
from verification.review.triage import open_cases

pytestmark = pytest.mark.django_db
ARTICLES = "/api/articles"
LAMPS = "https://news.example/lamps"
TEXT = {"text": "The board bought 40 lamps in May, warden Ada Quillfeather said.", "title": "Lamps", "url": LAMPS}


class Program:
    """A program with a token, as it sends its requests."""

    def __init__(self, *roles: str) -> None:
        self.person: User = make_person(*roles or ("intake",))
        self.token, self.secret = make_token("the paper's system", self.person, uuid.uuid4())

    def send(self, said: object, path: str = ARTICLES, **headers: str) -> Any:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        given = {"Authorization": f"Bearer {self.secret}"} | {key.replace("_", "-"): headers[key] for key in headers}
        kind = given.pop("Content-Type", "application/json")
        return Client(enforce_csrf_checks=True).post(path, body, content_type=kind, headers=given)

    def look(self, address: str) -> Any:
        return Client().get(address, headers={"Authorization": f"Bearer {self.secret}"})


@pytest.fixture
def program() -> Program:
    return Program()


def problem(answer: Any, status: int) -> str:
    """Return the sentence of a refusal, when it is one as RFC 9457 has it."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    told = answer.json()
    assert told.keys() == {"type", "title", "status", "detail"}
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert "\n" not in told["detail"]
    return str(told["detail"])


@pytest.mark.parametrize("path", [ARTICLES, f"{ARTICLES}/"])
def test_an_address_is_due_and_sent_again_is_here_already(program: Program, path: str) -> None:
    first, second = program.send({"url": f"{LAMPS}#top"}, path), program.send({"url": LAMPS})
    assert (first.status_code, second.status_code) == (202, 200)
    submission = Submission.objects.get()
    assert (submission.way, submission.token, submission.person) == ("api", program.token, program.person)
    assert first.json() == second.json()
    assert first.json() == {
        "id": str(submission.public),
        "status": "due",
        "url": LAMPS,
        "error": None,
        "article": None,
        "address": f"http://testserver/api/articles/{submission.public}",
    }
    assert first["Location"] == first.json()["address"]
    assert Work.objects.get(kind=FETCH).subject == submission.pk


def test_a_text_is_read_at_once_and_told_with_its_claims(program: Program) -> None:
    answer = program.send(TEXT | {"published": "May 2031", "outlet": "Port Paper", "byline": "A. Gull"})
    assert answer.status_code == 201
    told = answer.json()["article"]
    assert (told["title"], told["outlet"], told["byline"]) == ("Lamps", "Port Paper", "A. Gull")
    assert (told["url"], told["published"], told["claims"]) == (LAMPS, "2031-05", {"count": 0, "items": []})
    article = Article.objects.get()
    assert Work.objects.get(kind=EXTRACT).subject == article.pk
    claim = make_claim(article)
    (item,) = program.look(answer.json()["address"]).json()["article"]["claims"]["items"]
    assert item == {"id": str(claim.public), "case": None, "case_id": None, "case_url": None, "check": None}
    open_cases()
    review = Review.objects.get()
    Article.objects.update(extracted_by="an engine 1")
    told = program.look(answer.json()["address"]).json()
    assert told["status"] == "done"
    case = f"http://testserver/admin/verification/review/{review.pk}/change/"
    (item,) = told["article"]["claims"]["items"]
    here = f"/api/v1/cases/{review.public}/"
    case_told = {"case": case, "case_id": str(review.public), "case_url": f"http://testserver{here}"}
    assert item == {"id": str(claim.public), "check": None} | case_told
    _token, secret = make_token("a reader", make_person("checker"), uuid.uuid4(), scopes=["read"])
    read = Client().get(here, headers={"Authorization": f"Bearer {secret}"})
    assert (read.status_code, read.json()["id"]) == (200, item["case_id"])
    again = program.send(TEXT)
    assert (again.status_code, again.json()["id"]) == (200, told["id"])


def test_html_is_read_as_a_page(program: Program) -> None:
    answer = program.send({"html": PAGE.replace("utf-8", "shift_jis")})
    assert answer.status_code == 201
    assert answer.json()["article"]["title"] == "Lamps return"


def test_what_became_of_an_address_is_told(program: Program, httpserver: HTTPServer, settings: Settings) -> None:
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"news.example=127.0.0.1:{httpserver.port}"),)
    httpserver.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    good = program.send({"url": f"http://news.example:{httpserver.port}/lamps"}).json()["address"]
    gone = program.send({"url": f"http://news.example:{httpserver.port}/gone"}).json()["address"]
    for row in Work.objects.filter(kind=FETCH):
        tasks.fetch(row.pk)
    assert program.look(good).json()["status"] == "read"
    told = program.look(f"{gone}/").json()
    assert told["status"] == "failed"
    assert "404" in told["error"]
    assert program.send({"url": told["url"]}).status_code == 202  # it may be there now


def test_what_a_person_cancelled_is_told_as_cancelled_and_sent_again_it_goes_on(program: Program) -> None:
    for said, status in (({"url": LAMPS}, "due"), (TEXT | {"url": f"{LAMPS}/2"}, "read")):
        address = program.send(said).json()["address"]
        cancelling.cancel([Submission.objects.latest("pk").pk], program.person)
        assert program.look(address).json()["status"] == "cancelled"
        again = program.send(said)
        assert (again.status_code, again.json()["address"], again.json()["status"]) == (200, address, status)
    assert Work.objects.filter(quarantined_at__isnull=True).count() == 2


def test_a_private_address_goes_through_the_door_like_all_others(program: Program, httpserver: HTTPServer) -> None:
    address = program.send({"url": f"http://127.0.0.1:{httpserver.port}/"}).json()["address"]
    tasks.fetch(Work.objects.get(kind=FETCH).pk)
    assert program.look(address).json()["status"] == "failed"
    assert httpserver.log == []


def test_an_answer_sets_no_cookie_opens_no_session_and_lets_no_other_site_read_it(program: Program) -> None:
    for answer in (program.send(TEXT, Origin="https://elsewhere.example"), program.send(b"")):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_log_in_is_no_token() -> None:
    client = Client()
    client.force_login(make_person("intake"))
    answer = client.post(ARTICLES, TEXT, content_type="application/json")
    assert "Authorization" in problem(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_is_unknown_revoked_or_of_nobody_who_may_hand_in_is_refused(program: Program) -> None:
    for secret in ("rdo_" + "a" * 43, "rdo_x", "\xe9", program.secret + "a"):
        assert "not known" in problem(program.send(TEXT, Authorization=f"Bearer {secret}"), 401)
    assert "Bearer rdo_" in problem(program.send(TEXT, Authorization=f"Basic {program.secret}"), 401)
    program.person.groups.clear()
    assert "may not hand in" in problem(program.send(TEXT), 403)
    other = Program("checker")
    assert other.send(TEXT).status_code == 201
    User.objects.filter(pk=other.person.pk).update(is_active=False)
    assert "may not hand in" in problem(other.send(TEXT), 403)
    User.objects.update(is_active=True)
    revoke(other.token)
    assert "revoked" in problem(other.send(TEXT), 401)
    assert Submission.objects.count() == 1
    assert ApiToken.objects.get(pk=program.token.pk).used_at is None


def test_other_peoples_articles_are_not_told_of(program: Program) -> None:
    submission = submit_address(make_person("intake"), LAMPS)
    for name in (submission.public, uuid.uuid4(), "x", "é", "1" * 5000):
        problem(program.look(f"{ARTICLES}/{name}"), 404)
    mine = submit_address(program.person, LAMPS)
    assert program.look(f"{ARTICLES}/{mine.public}").json()["status"] == "due"


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b" ", 400, "no JSON"),
        (b'{"url": "https://news.example/a"', 400, "line 1, column 33"),
        (b'{"text": "caf\xe9"}', 400, "UTF-8"),
        (b"[" * 200_000, 400, "deep"),
        (b'{"text": ' + b"9" * 10_000 + b"}", 400, "digits"),
        (b"[]", 422, "object"),
        (b"{}", 422, "neither"),
        (b'{"url": "https://news.example/a", "titel": "x"}', 422, "“titel”"),
        (b'{"\\ud800": 1}', 422, "ud800"),
        (b'{"text": "\\ud83d lamps"}', 422, "surrogate"),
        (b'{"url": "https://news.example/a", "title": "Lamps"}', 422, "alone"),
        (b'{"url": "ftp://news.example/a"}', 422, "url"),
        (b'{"url": "https://news.example:x/"}', 422, "url"),
        (b'{"url": ["https://news.example/"]}', 422, "must be text"),
        (b'{"text": "a", "html": "b"}', 422, "both"),
        (b'{"text": "Forty lamps.", "published": "04/05/2031"}', 422, "04/05/2031"),
        (b'{"text": "\\u0000\\u0000\\u0000"}', 422, "neither"),
        (b'{"text": " \\n "}', 422, "neither"),
        (b'{"text": "..."}', 422, "no words"),
        (b'{"text": "a lamp", "outlet": "' + b"o" * 201 + b'"}', 422, "200"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused_and_stores_nothing(
    program: Program, body: bytes, status: int, why: str
) -> None:
    assert why in problem(program.send(body), status)
    assert not Submission.objects.exists()
    assert not Article.objects.exists()


def test_nul_in_what_is_told_is_left_out(program: Program) -> None:
    told = program.send(TEXT | {"title": "La\0mps", "text": f"\0{TEXT['text']}"}).json()
    assert told["article"]["title"] == "Lamps"


def test_only_json_in_utf_8_is_taken_and_no_more_than_the_limit(program: Program, settings: Settings) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""):
        assert "application/json" in problem(program.send(TEXT, Content_Type=kind), 415)
    assert "Content-Encoding" in problem(program.send(TEXT, Content_Encoding="gzip"), 415)
    assert program.send(TEXT, Content_Type="application/json; charset=UTF-8").status_code == 201
    settings.INTAKE_MAX_BYTES = 1000
    assert "larger" in problem(program.send({"text": "lamp " * 200}), 413)


def test_other_methods_are_refused(program: Program) -> None:
    answer = program.look(ARTICLES)
    assert "POST" in problem(answer, 405)
    assert answer["Allow"] == "POST"
    assert "GET" in problem(program.send(TEXT, f"{ARTICLES}/{uuid.uuid4()}"), 405)


def test_a_key_makes_the_same_request_one_and_refuses_another(program: Program) -> None:
    first = program.send({"url": LAMPS}, Idempotency_Key="a-1")
    Work.objects.filter(kind=FETCH).update(done_at=ClockTimestamp())
    Submission.objects.update(error="The page is gone.")
    again = program.send({"url": LAMPS}, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json()["id"] == first.json()["id"]
    assert "another request" in problem(program.send({"url": f"{LAMPS}?2"}, Idempotency_Key="a-1"), 409)
    assert "another request" in problem(program.send(TEXT, Idempotency_Key="a-1"), 409)
    assert Program().send(TEXT, Idempotency_Key="a-1").status_code == 201
    assert "Idempotency-Key" in problem(program.send(TEXT, Idempotency_Key="x" * 201), 400)
    assert Submission.objects.filter(person=program.person).count() == 1


def test_a_refused_request_does_not_use_its_key(program: Program) -> None:
    problem(program.send({"text": "..."}, Idempotency_Key="a-1"), 422)
    assert program.send(TEXT, Idempotency_Key="a-1").status_code == 201


def test_a_token_that_is_too_fast_is_told_when_to_go_on(program: Program, settings: Settings) -> None:
    settings.INTAKE_API_PER_MINUTE = 2
    assert program.send({"url": LAMPS}, Idempotency_Key="a-1").status_code == 202
    assert program.send(TEXT | {"url": f"{LAMPS}?2"}).status_code == 201
    answer = program.send({"url": f"{LAMPS}?3"})
    assert "2 articles" in problem(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert program.send({"url": LAMPS}, Idempotency_Key="a-1").status_code == 200
    assert Program().send({"url": f"{LAMPS}?4"}).status_code == 202


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("said", [{"url": LAMPS}, TEXT])
def test_of_requests_with_one_key_at_once_one_hands_in(live_server: LiveServer, said: dict[str, str]) -> None:
    program, ready, statuses = Program(), threading.Barrier(6), []
    body = json.dumps(said).encode()
    host, port = live_server.url.removeprefix("http://").split(":")
    head = (
        f"POST {ARTICLES} HTTP/1.1\r\nHost: {host}\r\n"
        f"Authorization: Bearer {program.secret}\r\nIdempotency-Key: one\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )

    def send() -> None:
        with socket.create_connection((host, int(port)), timeout=30) as line:
            ready.wait()
            line.sendall(head.encode() + body)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        statuses.append(int(answer.split()[1]))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connections.close_all()
    assert sorted(statuses)[:5] == [200] * 5
    assert sorted(statuses)[5] in (201, 202)
    assert (Submission.objects.count(), SubmissionKey.objects.count()) == (1, 1)
