"""An `Idempotency-Key`: the same request is done once, whoever sends it again and whatever died in between."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from claims.models import ApiToken
from claims.models.clock import ClockTimestamp
from claims.tokens import revoke
from config.database import as_owner
from tests.cases import Walk, now
from tests.verification.api.programs import API, Program, problem
from verification import tasks
from verification.models import Judgment, KeyedRequest, Review, ReviewEvent, State

pytestmark = pytest.mark.django_db
KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted()


def post(program: Program, walk: Walk, verb: str, said: dict[str, Any], key: str = KEY) -> Any:
    return program.post(f"cases/{walk.review.public}/steps/{verb}/", said, Idempotency_Key=key)


def comments(walk: Walk) -> int:
    return ReviewEvent.objects.filter(review=walk.review, verb="comment").count()


def older(**span: float) -> None:
    KeyedRequest.objects.update(begun_at=ClockTimestamp() - timedelta(**span))


def test_the_same_request_is_done_once_and_answered_alike(walk: Walk) -> None:
    program, said = Program(walk.editor), {"revision": walk.review.revision, "priority": 0.9}
    first, again = post(program, walk, "plan", said), post(program, walk, "plan", dict(reversed(said.items())))
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (200, first.json())
    assert ReviewEvent.objects.filter(review=walk.review, verb="plan").count() == 1
    post(program, walk, "comment", {"text": "One."}, '"a"')
    post(program, walk, "comment", {"text": "Two."}, '"b"')
    post(program, walk, "comment", {"text": "One."}, '"a"')
    assert comments(walk) == 2


def test_a_key_stands_for_one_request(walk: Walk) -> None:
    other, program = Walk().accepted(), Program(walk.editor)
    assert post(program, walk, "comment", {"text": "One."}).status_code == 200
    assert "another request" in problem(post(program, walk, "comment", {"text": "Two."}), 422)["detail"]
    problem(post(program, other, "comment", {"text": "One."}), 422)
    assert (comments(walk), comments(other)) == (1, 0)


def test_a_key_is_its_tokens_own(walk: Walk) -> None:
    one, two = Program(walk.editor), Program(walk.editor)
    post(one, walk, "comment", {"text": "One."})
    assert post(two, walk, "comment", {"text": "Two."}).status_code == 200
    assert comments(walk) == 2


def test_an_answer_shows_the_case_as_it_stands_and_as_it_may_be_seen_now(walk: Walk) -> None:
    program, said = Program(walk.checker), {"revision": walk.review.revision}
    assert post(program, walk, "take", said).json()["state"] == State.RESEARCHING
    program.did(walk.review, "hand_back", reason="I am away.")
    again = post(program, walk, "take", said)
    assert (again.status_code, again.json()["state"]) == (200, State.QUEUED)
    assert ReviewEvent.objects.filter(review=walk.review, verb="take").count() == 1
    ApiToken.objects.filter(pk=program.token.pk).update(scopes=["review"])
    assert post(program, walk, "take", said).json().keys() == {"id", "state", "revision"}
    revoke(program.token)
    problem(post(program, walk, "take", said), 401)


def test_who_may_not_see_the_case_any_more_is_not_told_of_it(walk: Walk) -> None:
    program = Program(walk.editor)
    post(program, walk, "comment", {"text": "One."})
    walk.editor.groups.clear()
    problem(post(program, walk, "comment", {"text": "One."}), 404)


def test_what_was_refused_leaves_its_key_free(walk: Walk) -> None:
    program = Program(walk.checker)
    problem(post(program, walk, "take", {"revision": 0}), 409)
    problem(post(program, walk, "take", {"revision": -1}), 400)
    assert not KeyedRequest.objects.exists()
    assert post(program, walk, "take", {"revision": walk.review.revision}).status_code == 200


def test_a_draft_that_cannot_be_submitted_is_kept_with_a_key_as_without(walk: Walk) -> None:
    program = Program(walk.checker)
    revision = program.did(walk.review, "take")["revision"]
    said = {"revision": revision, "judgment_revision": 0, "reasoning": "So far."}
    assert problem(post(program, walk, "submit_judgment", said), 422)["guard"].startswith("gate:")
    assert Judgment.objects.get().reasoning == "So far."
    assert not KeyedRequest.objects.exists()


@pytest.mark.parametrize(
    "key", ["", '""', '"', '"a', 'a"b', '"a""b"', "a b", "a,b", '"é"', '"a\\b"', f'"{"a" * 201}"', "?1", '"a";b=1']
)
def test_a_key_that_is_none_is_refused(walk: Walk, key: str) -> None:
    problem(post(Program(walk.editor), walk, "comment", {"text": "One."}, key), 400)
    assert comments(walk) == 0


@pytest.mark.parametrize("key", ["8e03978e-40d5-43dd-bc93-6894a57f9324", '"two words; and ~ more"', f'"{"a" * 200}"'])
def test_a_key_is_a_string_of_structured_fields_or_the_same_bare(walk: Walk, key: str) -> None:
    program = Program(walk.editor)
    post(program, walk, "comment", {"text": "One."}, key)
    assert post(program, walk, "comment", {"text": "One."}, f'"{key.strip(chr(34))}"').status_code == 200
    assert KeyedRequest.objects.get().key == key.strip('"')


def test_a_request_that_is_under_way_is_not_begun_again_until_its_lease_ran_out(walk: Walk) -> None:
    program = Program(walk.editor)
    post(program, walk, "comment", {"text": "One."})
    KeyedRequest.objects.update(status=None)  # as a process leaves it that dies before it did anything
    problem(post(program, walk, "comment", {"text": "Two."}), 422)
    answer = post(program, walk, "comment", {"text": "One."})
    assert "under way" in problem(answer, 409)["detail"]
    assert int(answer["Retry-After"]) > 0
    older(seconds=61)
    assert post(program, walk, "comment", {"text": "Two."}).status_code == 200
    assert comments(walk) == 2


def test_after_a_day_a_key_is_forgotten(walk: Walk) -> None:
    program = Program(walk.editor)
    post(program, walk, "comment", {"text": "One."})
    older(hours=23, minutes=59)
    problem(post(program, walk, "comment", {"text": "Two."}), 422)
    tasks.bring_back()
    assert KeyedRequest.objects.count() == 1
    older(hours=24, minutes=1)
    assert post(program, walk, "comment", {"text": "Two."}).status_code == 200
    older(hours=24, minutes=1)
    tasks.bring_back()
    assert not KeyedRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_step_whose_key_cannot_be_stored_is_not_done(walk: Walk) -> None:
    program, said = Program(walk.checker), {"revision": walk.review.revision}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE verification_keyedrequest ADD CONSTRAINT full_disk CHECK (status IS NULL) NOT VALID"
        )
    with pytest.raises(IntegrityError, match="full_disk"):
        post(program, walk, "take", said)
    assert now(walk.review).state == State.QUEUED
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_keyedrequest DROP CONSTRAINT full_disk")
    assert post(program, walk, "take", said).status_code == 200
    assert ReviewEvent.objects.filter(review=walk.review, verb="take").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_lost_its_lease_undoes_what_it_did(walk: Walk) -> None:
    """One process sleeps through its lease inside the step; another does the request; the first must not double it."""
    program, said = Program(walk.editor), {"text": "One."}
    inside, go_on, statuses = threading.Event(), threading.Event(), []
    with connection.cursor() as cursor:  # the first waits for the case, which we hold
        cursor.execute("BEGIN")
        cursor.execute("SELECT FROM verification_review WHERE id = %s FOR NO KEY UPDATE", [walk.review.pk])

        def send() -> None:
            inside.set()
            statuses.append(post(program, walk, "comment", said).status_code)
            connection.close()

        first = threading.Thread(target=send)
        first.start()
        inside.wait(10)
        while not KeyedRequest.objects.exists():
            go_on.wait(0.05)
        lost = {"lease": "5c9d1f0e-52a9-4f0b-8f52-4b6a5d1c7e21", "status": 200}
        KeyedRequest.objects.update(**lost)
        cursor.execute("COMMIT")
    first.join()
    assert statuses == [409]
    assert comments(walk) == 0


@pytest.mark.django_db(transaction=True)
def test_of_requests_with_one_key_at_once_one_is_done(walk: Walk) -> None:
    program, ready, statuses = Program(walk.editor), threading.Barrier(5), []
    body = json.dumps({"revision": walk.review.revision, "priority": 0.9})

    def send() -> None:
        ready.wait()
        answer = Client().post(
            f"{API}cases/{walk.review.public}/steps/plan/",
            body,
            content_type="application/json",
            headers=program.headers | {"Idempotency-Key": KEY},
        )
        statuses.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    assert ReviewEvent.objects.filter(review=walk.review, verb="plan").count() == 1
    assert Review.objects.get().priority == 0.9
