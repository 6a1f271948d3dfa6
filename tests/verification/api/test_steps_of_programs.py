"""What a program does for a person stands in the log as that: with the token's public id, in words in the timeline."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, now
from tests.verification.api.programs import Program
from tests.verification.api.test_a_whole_case import to_publication
from verification.admin.case.timeline import Line, timeline
from verification.models import Review, ReviewEvent
from verification.review import comments
from verification.review.proof import faults

pytestmark = pytest.mark.django_db


class Watched(Program):
    """A program of which each step is looked at: whatever its person has in a log since names its token."""

    def step(self, review: Review, verb: str, **told: object) -> Any:
        """Do a step, and look."""
        before = set(ReviewEvent.objects.values_list("pk", flat=True))
        answer = super().step(review, verb, **told)
        mine = ReviewEvent.objects.exclude(pk__in=before).filter(actor=f"user:{self.person.pk}")
        assert {token_in(entry) for entry in mine} <= {str(self.token.public)}, verb
        return answer


def token_in(entry: ReviewEvent) -> str | None:
    said: dict[str, Any] = json.loads(entry.payload.body)
    token: str | None = said.get("token")
    return token


def lines(person: User, review: Review) -> list[Line]:
    return timeline(person, now(review))


def line_of(person: User, review: Review, verb: str) -> Line:
    seq = ReviewEvent.objects.filter(review=review, verb=verb).order_by("-seq")[0].seq
    return next(line for line in lines(person, review) if line.seq == seq)


def test_a_whole_case_done_by_tokens_says_so_at_each_step_and_its_log_holds() -> None:
    walk = Walk()
    checker, editor, publisher = Watched(walk.checker), Watched(walk.editor), Watched(walk.publisher)
    editor.did(walk.review, "accept")
    to_publication(walk, checker, editor, publisher)
    editor.did(walk.review, "challenge", origin="colleague", reason="The ledger tells of more.")
    editor.did(walk.review, "correct", change="correction", reason="It was misread.")
    editor.did(walk.review, "challenge", origin="colleague", reason="And of other lamps.")
    checker.did(walk.review, "comment", text="See page two.")
    told = {entry.verb for entry in ReviewEvent.objects.all() if token_in(entry)}
    assert told >= {
        "accept",
        "take",
        "propose",
        "approve",
        "publish",
        "challenge",
        "challenge_filed",
        "correct",
        "comment",
    }
    assert list(faults()) == []


def test_what_a_step_writes_into_other_cases_says_so_too() -> None:
    walk, again = Walk().accepted(), Walk()
    editor = Watched(walk.editor)
    editor.did(again.review, "duplicate", of=str(walk.review.public), reason="Word for word.")
    editor.did(again.review, "reconsider")
    parts = [{"wording": "The board bought forty lamps."}, {"case": str(again.review.public)}]
    editor.did(walk.review, "set_parts", rollup="weakest", parts=parts)
    named = ReviewEvent.objects.exclude(review=walk.review).filter(actor=f"user:{walk.editor.pk}")
    told = {entry.verb for entry in named if token_in(entry) == str(editor.token.public)}
    assert told >= {"joined_whole", "opened", "accept"}
    assert list(faults()) == []


def test_what_people_do_themselves_names_no_token() -> None:
    walk = Walk()
    walk.to_publication()
    assert {token_in(entry) for entry in ReviewEvent.objects.all()} == {None}


def test_the_timeline_says_by_which_program() -> None:
    walk = Walk().accepted()
    Program(walk.checker).did(walk.review, "take")
    comments.comment(walk.review, walk.checker, "I look at it myself.")
    taken = line_of(walk.editor, walk.review, "take")
    assert (str(taken.text), taken.facts) == ("<b>Cato Lamp</b> took the case", ("By a program, a program",))
    assert line_of(walk.editor, walk.review, "comment").facts == ()


def test_what_a_program_is_called_is_not_told_where_its_persons_name_is_withheld() -> None:
    walk = Walk(second_check=True).accepted()
    program = Program(walk.checker)
    program.token.name = "Cato’s own script"
    program.token.save()
    program.did(walk.review, "take")
    walk.review = now(walk.review)
    assert line_of(walk.editor, walk.review, "take").facts == ("By a program, Cato’s own script",)
    walk.proposed()
    told = line_of(walk.second, walk.review, "take")
    assert "Cato" not in str(told)
    assert told.facts == ("By a program",)


def test_a_log_whose_steps_programs_did_costs_no_more_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    walk = Walk().accepted()
    program = Program(walk.checker)
    program.did(walk.review, "take")
    for number in range(5):
        program.did(walk.review, "comment", text=f"See page {number}.")
    review = now(walk.review)
    with django_assert_max_num_queries(5):
        timeline(walk.editor, review, frozenset())
