"""Who may ask: tokens with scope and until when, how fast, and every refusal as a problem."""

import json
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from claims.models import ApiToken
from claims.models.clock import read_clock
from claims.tokens import count_request, revoke
from tests.cases import Walk
from tests.people import make_person
from tests.verification.api.programs import API, Program, problem
from tests.verification.publishing.rows import publish

pytestmark = pytest.mark.django_db


def test_a_token_opens_nothing_without_the_scope() -> None:
    walk = Walk().accepted()
    reads, hands_in = Program(walk.checker, ["read"]), Program(walk.checker, ["submit"])
    assert reads.get("cases/").status_code == 200
    assert "review" in problem(reads.step(walk.review, "take"), 403)["detail"]
    assert "read" in problem(hands_in.get("cases/"), 403)["detail"]
    assert "submit" in problem(reads.post("articles/", {"text": "Forty lamps."}), 403)["detail"]
    assert hands_in.post("articles/", {"text": "The board bought forty lamps in May."}).status_code == 201


def test_articles_are_taken_at_both_addresses() -> None:
    program = Program(make_person("intake"), ["submit"])
    body = json.dumps({"text": "The board bought forty lamps in May."})
    sent = program.post("articles/", body.encode())
    old = Client().post("/api/articles", body, content_type="application/json", headers=program.headers)
    assert (sent.status_code, old.status_code) == (201, 200)
    assert sent.json()["id"] == old.json()["id"]
    assert program.get(f"articles/{sent.json()['id']}/").json() == old.json()


def test_what_ran_out_or_was_revoked_opens_nothing() -> None:
    person = make_person("checker")
    past = Program(person, expires_at=read_clock() - timedelta(seconds=1))
    ahead = Program(person, expires_at=read_clock() + timedelta(minutes=1))
    assert ahead.get("cases/").status_code == 200
    for path in ("cases/", "articles/nothing/"):
        answer = past.get(path)
        assert "run out" in problem(answer, 401)["detail"]
        assert answer["WWW-Authenticate"].startswith("Bearer")
    revoke(ahead.token)
    problem(ahead.get("cases/"), 401)


def test_whoever_left_the_desk_takes_their_tokens_along() -> None:
    program = Program(make_person("checker"))
    program.person.is_active = False
    program.person.save()
    problem(program.get("cases/"), 401)


@pytest.mark.parametrize("said", ["", "Basic cDpx", "Bearer", "Bearer rdo_no", f"Bearer rdo_{'a' * 43}", "Bearer \x00"])
def test_no_token_is_no_way_in(client: Client, said: str) -> None:
    answer = client.get(f"{API}cases/", headers={"Authorization": said} if said else {})
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="readout"'


def test_a_log_in_is_no_way_in_and_a_token_needs_none() -> None:
    person = make_person("checker", password="forty-lamps-31")
    browser = Client()
    assert browser.login(username=person.username, password="forty-lamps-31")
    problem(browser.get(f"{API}cases/"), 401)


def test_answers_to_a_token_are_kept_by_nobody() -> None:
    walk = Walk().accepted()
    program = Program(walk.checker)
    for answer in (program.get("cases/"), program.get("cases/?limit=0"), program.step(walk.review, "take")):
        assert answer["Cache-Control"] == "no-store"
        assert "Authorization" in answer["Vary"]
        assert not answer.has_header("Access-Control-Allow-Origin")
        assert not answer.has_header("ETag")


def test_a_token_is_slowed_down_and_told_how_much_is_left(settings: Settings) -> None:
    settings.API_PER_MINUTE = 3
    program, other = Program(make_person("checker")), Program(make_person("checker"))
    left = [program.get("cases/")["RateLimit-Remaining"] for _number in range(3)]
    assert left == ["2", "1", "0"]
    answer = program.get("cases/")
    problem(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"]) == ("3", "0")
    assert other.get("cases/").status_code == 200
    ApiToken.objects.filter(pk=program.token.pk).update(counted_since=read_clock() - timedelta(seconds=61))
    assert program.get("cases/")["RateLimit-Remaining"] == "2"


def test_what_is_refused_counts_and_tells_how_much_is_left(settings: Settings) -> None:
    settings.API_PER_MINUTE = 3
    walk = Walk().accepted()
    program = Program(walk.checker, ["read"])
    answers = [
        program.step(walk.review, "take"),
        program.get("cases/", Accept="text/html"),
        program.get("cases/?stat=queued"),
        program.step(walk.review, "take"),
    ]
    assert [each.status_code for each in answers] == [403, 406, 400, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
    problem(answers[3], 429)


def test_whoever_guesses_tokens_is_slowed_down_as_a_network(settings: Settings) -> None:
    cache.clear()
    settings.API_PUBLIC_PER_MINUTE = 2
    near, far = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.7")
    program = Program(make_person("checker"))
    guess = {"Authorization": f"Bearer rdo_{'a' * 43}"}
    answers = [near.get(f"{API}cases/", headers=guess) for _number in range(3)]
    assert [each.status_code for each in answers] in ([401, 401, 429], [401, 401, 401])  # a minute may have begun
    assert (answers[0]["RateLimit-Limit"], answers[0]["RateLimit-Remaining"]) == ("2", "1")
    problem(far.get(f"{API}cases/", headers=guess), 401)
    assert near.get(f"{API}cases/", headers=program.headers).status_code == 200
    cache.clear()


def test_what_processes_count_they_count_together() -> None:
    program = Program(make_person("checker"))
    same = ApiToken.objects.get(pk=program.token.pk)
    assert [count_request(program.token).requests, count_request(same).requests] == [1, 2]


def test_a_network_is_slowed_down_and_another_is_not(settings: Settings) -> None:
    cache.clear()
    settings.API_PUBLIC_PER_MINUTE = 2
    near, far = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.7")
    answers = [near.get(f"{API}verdicts/") for _number in range(3)]
    assert [each.status_code for each in answers] in ([200, 200, 429], [200, 200, 200])  # a minute may have begun
    assert answers[0]["RateLimit-Limit"] == "2"
    assert far.get(f"{API}verdicts/").status_code == 200
    if answers[2].status_code == 429:
        problem(answers[2], 429)
        assert answers[2]["Retry-After"] == answers[2]["RateLimit-Reset"]
        assert answers[2]["Cache-Control"] == "no-store"
    cache.clear()


def send(method: str, path: str, **more: Any) -> Any:
    return Client().generic(method, API + path, **more)


def test_every_refusal_is_a_problem() -> None:
    check = publish().verdict.review.public
    problem(send("GET", "nothing/"), 404)
    problem(send("GET", "verdicts"), 404)
    problem(send("GET", f"verdicts/{uuid.uuid4()}/"), 404)
    problem(send("GET", f"verdicts/{check}/versions/{10**30}/"), 404)
    wrong = send("POST", "verdicts/")
    assert (problem(wrong, 405)["status"], wrong["Allow"]) == (405, "GET, HEAD")
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
        problem(send(method, "verdicts/"), 405)
    problem(send("GET", "verdicts/", headers={"Accept": "text/html"}), 406)
    problem(send("PUT", "nothing/at/all"), 404)


def test_the_list_is_narrowed_to_ones_own_by_yes_alone() -> None:
    program = Program(Walk().accepted().checker)
    assert program.get("cases/").json()["results"]
    assert program.get("cases/?mine=yes").json()["results"] == []
    for said in ("no", "false", "YES", "1"):
        told = problem(program.get(f"cases/?mine={said}"), 400)
        assert [each["field"] for each in told["errors"]] == ["mine"]


@pytest.mark.parametrize("more", [1, 30_000_000])
def test_a_body_that_is_too_long_is_refused_by_what_it_says_of_its_length(more: int) -> None:
    walk = Walk().accepted()
    path = f"{API}cases/{walk.review.public}/steps/take/"
    unread = BytesIO(b"{}")
    length: dict[str, Any] = {"CONTENT_LENGTH": str(1_000_000 + more), "wsgi.input": unread}
    program = Program(walk.checker)
    answer = Client().post(path, content_type="application/json", headers=program.headers, **length)
    problem(answer, 413)
    assert unread.tell() == 0
    whole = b'{"reason": "' + b"a" * (1_000_000 + more) + b'"}'
    problem(program.post(path.removeprefix(API), whole), 413)


def test_a_body_that_does_not_say_how_long_it_is_is_refused() -> None:
    walk = Walk().accepted()
    path = f"{API}cases/{walk.review.public}/steps/take/"
    request: dict[str, Any] = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(b"{}")}
    answer = Client().post(path, content_type="application/json", headers=Program(walk.checker).headers, **request)
    assert "Content-Length" in problem(answer, 411)["detail"]


def test_a_name_is_sent_once() -> None:
    walk = Walk().accepted()
    path, revision = f"cases/{walk.review.public}/steps/take/", walk.review.revision
    twice = f'{{"revision": 0, "revision": {revision}}}'.encode()
    assert "revision" in problem(Program(walk.checker).post(path, twice), 400)["detail"]
    nested = b'{"revision": 1, "evidence": [{"note": "a", "note": "b"}]}'
    assert "note" in problem(Program(walk.checker).post(path.replace("take", "save_judgment"), nested), 400)["detail"]


def test_a_body_that_is_none_is_refused() -> None:
    walk = Walk().accepted()
    program = Program(walk.checker)
    path = f"cases/{walk.review.public}/steps/take/"
    deep, long = b'{"revision": ' + b"[" * 100_000, b'{"revision": ' + b"9" * 5000
    for body in (
        b"",
        b"{",
        b"\xff",
        b"[1]",
        b'"a"',
        b"null",
        b'{"revision": NaN}',
        deep,
        long,
    ):
        problem(program.post(path, body), 400)
    problem(program.post(path, b'{"reason": "' + b"a" * 1_000_001 + b'"}'), 413)
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ):
        answer = Client().post(API + path, b"{}", content_type=kind, headers=program.headers)
        problem(answer, 415)
    packed = Client().post(
        API + path, b"{}", content_type="application/json", headers=program.headers | {"Content-Encoding": "gzip"}
    )
    problem(packed, 415)
