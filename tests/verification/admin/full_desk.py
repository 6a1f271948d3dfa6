"""A desk with people in every role and a case in every state, walked there by the verbs; the words are our own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.contrib.auth.models import User
from django.utils import timezone

from claims import work
from claims.models import Claim, Outlet, Speaker, Work
from tests.cases import Walk, finding, make_candidate, make_document, now
from tests.factories import make_article, make_claim
from tests.people import make_person
from verification.models import Candidate, Hat, Review
from verification.review import assignment, challenges, judgments, triage, verdicts
from verification.review.questions import HARMLESS, questions_of
from verification.review.transitions import Actor

REASONS = [
    {"msgid": "gives a figure that can be compared with a record"},
    {"msgid": "gives the speaker's own words, which can be compared with a transcript"},
]
CHECKS = (
    {"class": "altered", "flags": ["negation"], "similarity": 0.9, "diff": []},
    {"class": "exact", "flags": ["truncated"], "similarity": 1.0, "diff": []},
    None,
    {"class": "spelling", "flags": [], "similarity": 0.98, "diff": []},
)
WORDINGS = (
    "Warden Quillfeather said “every captain” would pay a penny for the forty lamps on the northern mole.",
    "The harbour board spent 1.2 million crowns on lamps last year.",
    "No ship has waited longer than a day at the bar since the lamps were lit.",
    "The light dues of Port Example fell by two per cent in the third quarter.",
    "Captain Rope “refused to pay a penny” to the lamp fund.",
    "The two ports will “share every lamp” under the new accord.",
)
_numbers = count(1)


def answers(review: Review) -> dict[str, str]:
    """Answer what the checks of a case's first candidate ask."""
    found = Candidate.objects.filter(claim=review.claim).order_by("pk")[0]
    pieces = [(1, str(found.document_id), found.quote_check, found.figure_checks)]
    return {question.key: HARMLESS for question in questions_of(pieces)}


class AnsweringWalk(Walk):
    """A walk whose judgments answer the warnings of the quote check."""

    def proposed(self, **fields: object) -> "AnsweringWalk":
        """Submit the first judgment."""
        super().proposed(answers=answers(self.review), **fields)
        return self


@dataclass
class FullDesk:
    """People by role, and cases by what has happened to them."""

    intake: User = field(default_factory=lambda: make_person("intake", name="Ines Mole"))
    checker: User = field(default_factory=lambda: make_person("checker", name="Cato Lamp"))
    other: User = field(default_factory=lambda: make_person("checker", name="Sela Rope"))
    editor: User = field(default_factory=lambda: make_person("editor", name="Edda Quay"))
    second_editor: User = field(default_factory=lambda: make_person("editor", name="Egon Pier"))
    publisher: User = field(default_factory=lambda: make_person("publisher", name="Piet Tide"))
    auditor: User = field(default_factory=lambda: make_person("auditor", name="Alva Ledger"))
    administrator: User = field(default_factory=lambda: make_person("administrator", name="Adda Key"))

    def opened(self, wording: str = "", **article: object) -> Review:
        """Open a case of a claim of its own article, with what a search found for it."""
        number = next(_numbers)
        text = wording or WORDINGS[number % len(WORDINGS)]
        speaker, _made = Speaker.objects.get_or_create(name=("Ada Quillfeather", "Harbour Board")[number % 2])
        outlet, _made = Outlet.objects.get_or_create(name=("The Mole Post", "Harbour Wire")[number % 2])
        values: dict[str, object] = {"outlet": outlet, "title": f"Lamps return to the northern mole ({number})"}
        claim = make_claim(
            make_article(f"{text} ({number})", **values | article),
            text=text,
            speaker=speaker,
            kind=Claim.Kind.QUOTATION if "“" in text else Claim.Kind.QUANTITY,
            quotations=[text] if "“" in text else [],
            score=0.3 + number % 7 / 10,
            reasons=REASONS,
        )
        triage.open_cases()
        make_candidate(claim, make_document(), quote_check=CHECKS[number % len(CHECKS)])
        return Review.objects.get(claim=claim)

    def queued(self, wording: str = "", **plan: object) -> Review:
        """Accept a claim, with a plan for it if one is given."""
        review = self.opened(wording)
        triage.accept(review, self.intake, review.revision, why="It names a figure.")
        if plan:
            values: dict[str, object] = {"priority": review.priority, "deadline": None, "second_check": False}
            triage.plan(review, self.editor, now(review).revision, **values | plan)  # type: ignore[arg-type]
        return now(review)

    def walk(self, checker: User | None = None, **plan: object) -> "AnsweringWalk":
        """Put a case into the queue and return somebody's walk with it, taken already."""
        walk = AnsweringWalk.__new__(AnsweringWalk)
        walk.review, walk.second_check = self.queued("", **plan), bool(plan.get("second_check"))
        walk.intake, walk.checker, walk.second = self.intake, checker or self.checker, self.other
        walk.editor, walk.publisher = self.editor, self.publisher
        walk.taken()
        return walk

    def differing(self) -> Review:
        """Let two checkers judge one case, and differ."""
        review = self.walk(second_check=True).proposed().review
        assignment.take(review, self.other, review.revision, "take_second")
        duty = review.duties.get(person=self.other, hat=Hat.SECOND)
        case, seen = now(review), judgments.judgment_of(duty).revision
        judgments.submit(case, self.other, finding(case, 4, answers=answers(case)), seen=seen, case_seen=case.revision)
        return now(review)

    def every_state(self, today: datetime | None = None) -> dict[str, Review]:
        """Make a case in every state, and a piece of work that is stuck."""
        hour, at = timedelta(hours=1), today or timezone.now()
        self.opened()
        triage_case, aside, off, twin = (self.opened() for _ in range(4))
        triage.set_aside(aside, self.intake, 0, "not_checkable", "It is an opinion.")
        triage.set_aside(off, self.intake, 0, "decline", "Nobody asks about it.")
        triage.mark_duplicate(twin, self.intake, 0, triage_case)
        walks = {"researching": self.walk(deadline=at + 2 * hour), "paused": self.walk(deadline=at + 20 * hour)}
        assignment.pause(
            walks["paused"].review, self.checker, walks["paused"].review.revision, "await_source", "Asked."
        )
        asked = self.walk(self.other)
        assignment.pause(asked.review, self.other, asked.review.revision, "await_reply", "Asked.")
        embargoed = self.walk(self.other).proposed().drafted().review
        verdicts.approve(embargoed, self.second_editor, embargoed.revision, embargo_until=at + 30 * hour)
        published = [self.walk(self.other), self.walk(self.other)]
        for walk in published:
            walk.proposed().drafted().approved().published()
        doubted = published[1].review
        challenges.challenge(doubted, Actor(self.checker), doubted.revision, "colleague", "A second record differs.")
        held, ended = self.queued(), self.queued()
        assignment.pause(held, self.editor, held.revision, "hold", "The board meets first.")
        assignment.end(ended, self.editor, ended.revision, "withdraw", "The article was withdrawn.")
        work.enlist("tests.nothing", [7])
        lease = work.take(Work.objects.get(kind="tests.nothing").pk)
        assert lease is not None
        work.fail(lease, "no such page", permanent=True)
        cases = {
            "triage": triage_case,
            "not_checkable": aside,
            "duplicate": twin,
            "declined": off,
            "queued": self.queued(deadline=at - 2 * hour, priority=0.92),
            "researching": walks["researching"].review,
            "awaiting_source": walks["paused"].review,
            "awaiting_reply": asked.review,
            "proposed": self.walk(self.other, second_check=None).proposed().review,
            "second_check": self.walk(self.other, second_check=True, deadline=at + 4 * hour).proposed().review,
            "adjudication": self.differing(),
            "drafting": self.walk().proposed().review,
            "sign_off": self.walk(deadline=at + 72 * hour).proposed().drafted().review,
            "approved": embargoed,
            "published": published[0].review,
            "challenged": doubted,
            "on_hold": held,
            "withdrawn": ended,
        }
        self.queued(WORDINGS[2], second_check=False, deadline=at + 26 * hour)
        self.queued(WORDINGS[4])
        return {state: now(review) for state, review in cases.items()}
