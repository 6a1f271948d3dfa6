"""Cases for tests, walked to where a test begins by the verbs that a desk uses."""

import hashlib
from collections.abc import Iterable
from typing import cast

from django.contrib.auth.models import User

from claims.models import Claim, Snapshot
from claims.models.clock import read_clock
from tests.factories import make_claim, make_snapshot
from tests.people import make_person
from verification.models import (
    Candidate,
    Document,
    Hat,
    Judgment,
    Publication,
    Rating,
    Review,
    Role,
    SearchRun,
    Source,
    Stance,
)
from verification.review import assignment, drafting, judgments, triage, verdicts
from verification.review.judgments import Finding, Pick

RECORD = "We bought forty lamps for the northern mole, and no captain will pay a penny for them."


def make_document(text: str = RECORD, **fields: object) -> Document:
    """Store a document of the port's own record."""
    source, _made = Source.objects.get_or_create(name="Port Example", defaults={"tier": 1})
    snapshot: Snapshot = make_snapshot()
    values: dict[str, object] = {
        "source": source,
        "snapshot": snapshot,
        "stable_id": snapshot.sha256[:16],
        "tier": 0,
        "title": "Remarks by Warden Quillfeather",
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Document.objects.create(**values | fields)


def make_run(claim: Claim, **fields: object) -> SearchRun:
    """Store a search of the whole library."""
    values: dict[str, object] = {"query": {}, "documents": 1, "outcome": "OK", "started_at": read_clock()}
    return SearchRun.objects.create(claim=claim, **values | fields)


def make_candidate(
    claim: Claim, document: Document | None = None, run: SearchRun | None = None, **fields: object
) -> Candidate:
    """Store what a search found, one of its own without `run`: a document, its whole text being the passage."""
    document = document or make_document()
    run = run or make_run(claim)
    values: dict[str, object] = {
        "search_run": run,
        "claim": claim,
        "document": document,
        "snapshot": document.snapshot,
        "snapshot_sha256": document.snapshot.sha256,
        "rank": 1,
        "score": 1.0,
        "exact": document.text,
        "start": 0,
        "end": len(document.text),
    }
    return Candidate.objects.create(**values | fields)


def case() -> Review:
    """Open the case of a new claim, with one candidate."""
    claim = make_claim()
    triage.open_cases()
    make_candidate(claim)
    return Review.objects.get(claim=claim)


def now(review: Review) -> Review:
    """Read a case again."""
    return Review.objects.get(pk=review.pk)


def finding(review: Review, value: int = 1, **fields: object) -> Finding:
    """Return a judgment that passes the gate."""
    candidate = Candidate.objects.filter(claim=review.claim).order_by("pk")[0]
    values: dict[str, object] = {
        "rating": Rating.objects.get(scale__in_use=True, value=value),
        "reasoning": "The record says otherwise [1].",
        "sourcing_reason": "The speaker’s own transcript settles what was said.",
        "picks": [Pick(candidate, Role.TESTS_CLAIM, Stance.REFUTES)],
    }
    values |= fields
    stances = {pick.stance for pick in cast("Iterable[Pick]", values["picks"])}
    looked = {
        "none_supports": not stances & {Stance.SUPPORTS, Stance.MIXED},
        "none_refutes": not stances & {Stance.REFUTES, Stance.MIXED},
    }
    return Finding(**looked | values)  # type: ignore[arg-type]  # the tests name the fields; their types are Finding’s


class Walk:
    """A case and a desk of people; each method does the next step of its life."""

    def __init__(self, *, second_check: bool = False) -> None:
        """Open a case; nobody has touched it yet."""
        self.review = case()
        self.second_check = second_check
        self.intake = make_person("intake", name="Ines Mole")
        self.checker = make_person("checker", name="Cato Lamp")
        self.second = make_person("checker", name="Sela Rope")
        self.editor = make_person("editor", name="Edda Quay")
        self.publisher = make_person("publisher", name="Piet Tide")

    def _again(self) -> Review:
        self.review = now(self.review)
        return self.review

    def accepted(self) -> "Walk":
        """Put it into the queue."""
        triage.accept(self.review, self.intake, self.review.revision, why="It names a figure.")
        if self.second_check:
            review = self._again()
            triage.plan(review, self.editor, review.revision, priority=0.5, deadline=None, second_check=True)
        self._again()
        return self

    def taken(self) -> "Walk":
        """Let the first checker take it."""
        assignment.take(self.review, self.checker, self.review.revision)
        self._again()
        return self

    def judgment(self, person: User | None = None, hat: str = Hat.FIRST) -> Judgment:
        """Return somebody's judgment of this cycle."""
        duty = self.review.duties.get(person=person or self.checker, cycle=self.review.cycle, hat=hat)
        return judgments.judgment_of(duty)

    def proposed(self, **fields: object) -> "Walk":
        """Submit the first judgment; the desk's policy says what follows."""
        judgments.submit(
            self.review,
            self.checker,
            finding(self.review, **fields),  # type: ignore[arg-type]
            seen=self.judgment().revision,
            case_seen=self.review.revision,
        )
        self._again()
        return self

    def drafted(self, **words: str) -> "Walk":
        """Write the text and send it to sign-off."""
        draft = drafting.draft_of(self.review, self.checker)
        text = {"headline": "No: the record says otherwise", "explanation": "The transcript differs [1]."} | words
        drafting.write(self.review, self.checker, draft.revision, **text)
        drafting.send_to_sign_off(self.review, self.checker, self.review.revision)
        self._again()
        return self

    def approved(self) -> "Walk":
        """Sign it off."""
        verdicts.approve(self.review, self.editor, self.review.revision)
        self._again()
        return self

    def published(self) -> Publication:
        """Put it out."""
        publication = verdicts.publish(self.review, self.publisher, self.review.revision)
        self._again()
        return publication

    def to_publication(self) -> Publication:
        """Walk the whole road, without a second check."""
        return self.accepted().taken().proposed().drafted().approved().published()
