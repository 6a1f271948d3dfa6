"""People at a desk, as processes that can be killed: `python -m tests.faults.people_at_work PART …`.

`queue` opens cases; `work` lets everybody work, a few in each of its children, with one child that ends turns beside
them, and starts anew whichever is killed; `finish` walks every case to its end with people who had no part in it. Each
writes what went wrong, other than a refusal, to stderr.
"""

# ruff: noqa: E402 (a program of its own: Django is set up before its models can be imported)
import multiprocessing
import os
import random
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import cached_property, partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.db.models.functions import Least

from tests.cases import finding, make_candidate, make_document, now
from tests.factories import make_claim
from tests.people import make_person
from verification.models import Desk, Hat, Judgment, Rating, Review, State, Turn
from verification.review import (
    adjudication,
    afterwards,
    assignment,
    drafting,
    handing,
    holding,
    judgments,
    sealing,
    taking,
    triage,
    verdicts,
)
from verification.review.giving_many import assign_many
from verification.review.refusals import Refused
from verification.review.states import CHECKER, DESK, EDITOR, PUBLISHER

# How long a turn lasts at this desk: shorter than some people think.
TURN = timedelta(seconds=1)
THINKS = 0.25  # seconds at most between two acts
WHY = "It was time."


def queue(cases: int, people: int) -> None:
    """Open and accept cases, one in three with a second check, one in six undecided, and make the people."""
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"second_check": False})
    editor, document = make_person(EDITOR, name="Edda Quay"), make_document()
    for number in range(cases):
        claim = make_claim(score=number / cases)
        triage.open_cases()
        make_candidate(claim, document)
        review = Review.objects.get(claim=claim)
        second = {0: True, 1: None, 2: True}.get(number % 6, False)
        triage.plan(review, editor, review.revision, priority=claim.score, deadline=None, second_check=second)
        review = now(review)
        triage.accept(review, editor, review.revision, why=WHY)
    for number in range(people):
        also = [EDITOR] if number % 4 == 0 else [PUBLISHER] if number % 8 == 1 else []
        make_person(CHECKER, *also, name=f"Worker{number} Lamp")


class Worker:
    """One person who does whatever their roles let them do, in no order."""

    def __init__(self, person: User) -> None:
        """Read who it is."""
        self.person = person
        self.chance = random.Random()
        self.acts: list[Callable[[], object]] = [*[self.check] * 5, self.write, self.write]
        self.acts += [self.edit] * 4 if EDITOR in self.roles else []
        self.acts += [self.publish] * 3 if PUBLISHER in self.roles else []

    @cached_property
    def roles(self) -> set[str]:
        """The person's groups."""
        return set(self.person.groups.values_list("name", flat=True))

    def act(self) -> None:
        """Do one thing; what is refused is refused."""
        with suppress(Refused):
            self.chance.choice(self.acts)()

    def any_in(self, *states: str) -> Review | None:
        """Return a case in one of these states, by chance."""
        keys = list(Review.objects.filter(state__in=states).values_list("pk", flat=True)[:500])
        return Review.objects.filter(pk=self.chance.choice(keys)).first() if keys else None

    def colleague(self) -> User:
        """Return another checker."""
        keys = User.objects.filter(groups__name=CHECKER).exclude(pk=self.person.pk).values_list("pk", flat=True)
        return User.objects.get(pk=self.chance.choice(list(keys)))

    def check(self) -> None:
        """Go on with what lies on the desk, or take something."""
        turn = Turn.objects.filter(duty__person=self.person, closed_at__isnull=True).order_by("?").first()
        if turn is None:
            second = self.chance.random() < 0.3 and self.any_in(State.SECOND_CHECK)
            if second:
                assignment.take(second, self.person, second.revision, "take_second")
            else:
                taking.take_next(self.person)
            return
        review, me = turn.review, self.person
        first = turn.hat == Hat.FIRST
        if not first or review.state == State.RESEARCHING:
            acts: list[Callable[[], object]] = [lambda: self.judge(turn)] * 4
        else:
            acts = [lambda: assignment.resume(review, me, review.revision)] * 2
        verb = "hand_back" if first else "hand_back_second"
        acts.append(lambda: assignment.give_back(review, me, review.revision, verb, WHY))
        if first:
            acts.append(lambda: handing.hand_over(review, me, self.colleague(), review.revision))
            acts.append(lambda: assignment.pause(review, me, review.revision, "await_source", WHY))
        self.chance.choice(acts)()

    def judge(self, turn: Turn) -> None:
        """Save a draft, or submit it."""
        draft = judgments.judgment_of(turn.duty)
        wish = finding(turn.review, self.chance.choice([1, 1, 2]))
        time.sleep(self.chance.uniform(0, THINKS))
        if self.chance.random() < 0.3:
            judgments.save(turn.review, self.person, wish, seen=draft.revision)
        else:
            seen = turn.review.revision
            judgments.submit(turn.review, self.person, wish, seen=draft.revision, case_seen=seen)

    def write(self) -> None:
        """Write the text of what one judged, and hand it to sign-off."""
        mine = Judgment.objects.filter(person=self.person, review__state=State.DRAFTING, cycle=F("review__cycle"))
        judgment = mine.order_by("?").first()
        if judgment is not None:
            write_up(judgment.review, self.person)

    def edit(self) -> None:
        """Do something that editors do."""
        me = self.person
        acts: list[tuple[tuple[str, ...], Callable[[Review], object]]] = [
            ((State.SIGN_OFF,), lambda case: verdicts.approve(case, me, case.revision)),
            ((State.SIGN_OFF,), lambda case: verdicts.approve(case, me, case.revision)),
            ((State.SIGN_OFF,), lambda case: drafting.return_text(case, me, case.revision, WHY)),
            ((State.SIGN_OFF,), lambda case: judgments.return_to_research(case, me, case.revision, WHY)),
            ((State.QUEUED,), lambda case: assignment.assign(case, me, self.colleague(), seen=case.revision)),
            ((State.QUEUED,), self.give_some),
            (DESK, lambda case: assignment.give_back(case, me, case.revision, "recall", WHY)),
            (DESK, lambda case: handing.hand_over(case, me, self.colleague(), case.revision)),
            ((State.PROPOSED,), self.decide),
            ((State.SECOND_CHECK,), lambda case: handing.assign_second(case, me, self.colleague(), case.revision)),
            ((State.ADJUDICATION,), self.adjudicate),
            ((*DESK, State.QUEUED), lambda case: holding.hold(case, me, case.revision, WHY)),
            ((State.ON_HOLD,), lambda case: assignment.resume(case, me, case.revision, "release")),
            ((State.ON_HOLD,), lambda case: assignment.resume(case, me, case.revision, "release")),
            ((State.PUBLISHED,), lambda case: afterwards.correct(case, me, case.revision, "update", WHY)),
        ]
        states, act = self.chance.choice(acts)
        case = self.any_in(*states)
        if case is not None:
            act(case)

    def give_some(self, _case: Review) -> None:
        """Give several queued cases to one colleague at once."""
        keys = Review.objects.filter(state=State.QUEUED).order_by("?").values_list("pk", flat=True)[:5]
        assign_many(list(keys), self.person, self.colleague())

    def decide(self, case: Review) -> None:
        """Say whether a second check follows."""
        verb = self.chance.choice(["ask_second", "pass_on"])
        judgments.decide_second_check(case, self.person, case.revision, verb)

    def adjudicate(self, case: Review) -> None:
        """Decide between two judgments."""
        rating = Rating.objects.get(scale__in_use=True, value=2)
        adjudication.adjudicate(case, self.person, case.revision, rating, "Both have a point [1].")

    def publish(self) -> None:
        """Put out what is approved."""
        case = self.any_in(State.APPROVED)
        if case is not None:
            verdicts.publish(case, self.person, case.revision)


def write_up(case: Review, person: User) -> None:
    """Write a case's text and send it to sign-off."""
    draft = drafting.draft_of(case, person)
    text = {"headline": "No: the record says otherwise", "explanation": "It differs [1].", "change_note": WHY}
    drafting.write(case, person, draft.revision, **text)
    drafting.send_to_sign_off(case, person, now(case).revision)


def work(processes: int) -> None:
    """Let everybody work, in so many children and one that sweeps; a child that dies is started anew."""
    people = list(User.objects.filter(username__startswith="worker").order_by("pk"))
    connection.close()  # no child may share it
    forked = multiprocessing.get_context("fork")
    acts: list[Callable[[], object]] = [partial(sit_down, people[n::processes]) for n in range(processes)]
    acts.append(partial(forever, sweep_once, 0.5))
    children = [forked.Process(target=act) for act in acts]
    for child in children:
        child.start()
    while True:
        for place, child in enumerate(children):
            if not child.is_alive():
                children[place] = forked.Process(target=acts[place])
                children[place].start()
        time.sleep(0.1)


def sit_down(people: Sequence[User]) -> None:
    """Let these people work, each in a thread, until the process is killed."""
    for person in people:
        threading.Thread(target=forever, args=(Worker(person).act, THINKS)).start()


def sweep_once() -> None:
    """Shorten every open turn, end those that ran out, seal what was logged."""
    Turn.objects.filter(closed_at__isnull=True).update(until=Least(F("until"), F("opened_at") + TURN))
    assignment.close_run_out()
    sealing.seal()


def forever(act: Callable[[], object], pause: float) -> None:
    """Do something again and again; an error that is no refusal is printed, and does not end it."""
    while True:
        try:
            act()
        except Exception:
            traceback.print_exc()
            connection.close()
        time.sleep(random.uniform(0, pause))


def finish() -> None:
    """Walk every case to publication with people who had no part in any, or say which one is stranded."""
    checker, second = make_person(CHECKER, name="Ilo Fresh"), make_person(CHECKER, name="Una Fresh")
    editor, other = make_person(EDITOR, name="Oda Fresh"), make_person(EDITOR, name="Ede Fresh")
    publisher = make_person(PUBLISHER, name="Pia Fresh")
    for _sweep in range(2):
        sweep_once()
        time.sleep(TURN.total_seconds() + 0.1)
    sweep_once()
    for key in Review.objects.order_by("pk").values_list("pk", flat=True):
        for _step in range(12):
            case = Review.objects.get(pk=key)
            if case.state == State.PUBLISHED:
                break
            go_on(case, checker, second, (editor, other), publisher)
        else:
            raise AssertionError(f"R-{key} is stranded in {Review.objects.get(pk=key).state}")


def go_on(case: Review, checker: User, second: User, editors: tuple[User, User], publisher: User) -> None:
    """Do the next step of a case's life."""
    seen, editor = case.revision, editors[0]
    if case.state == State.ON_HOLD:
        assignment.resume(case, editor, seen, "release")
    elif case.state in DESK:
        assignment.give_back(case, editor, seen, "recall", WHY)
    elif case.state == State.QUEUED:
        assignment.take(case, checker, seen)
        judge_as(case, checker)
    elif case.state == State.PROPOSED:
        judgments.decide_second_check(case, editor, seen, "pass_on")
    elif case.state == State.SECOND_CHECK:
        if Turn.objects.filter(review=case, hat=Hat.SECOND, closed_at__isnull=True).exists():
            assignment.give_back(case, editor, seen, "recall_second", WHY)
        assignment.take(case, second, now(case).revision, "take_second")
        judge_as(case, second)
    elif case.state == State.ADJUDICATION:
        rating = Rating.objects.get(scale__in_use=True, value=2)
        adjudication.adjudicate(case, editor, seen, rating, "Both have a point [1].")
    elif case.state == State.DRAFTING:
        write_up(case, editor)
    elif case.state == State.SIGN_OFF:
        author = drafting.draft_of(case, editor).author_id
        verdicts.approve(case, editors[author == editor.pk], seen)
    elif case.state == State.APPROVED:
        verdicts.publish(case, publisher, seen)


def judge_as(case: Review, person: User) -> None:
    """Submit a judgment of what was just taken."""
    turn = Turn.objects.get(review=case, duty__person=person, closed_at__isnull=True)
    draft = judgments.judgment_of(turn.duty)
    judgments.submit(now(case), person, finding(case), seen=draft.revision, case_seen=now(case).revision)


PARTS: dict[str, Callable[..., None]] = {"queue": queue, "work": work, "finish": finish}

if __name__ == "__main__":
    part, *numbers = sys.argv[1:]
    PARTS[part](*map(int, numbers))
