"""Judging: drafts that are saved, evidence picked from candidates, the gate, and what follows a submitted judgment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import (
    Candidate,
    Duty,
    Evidence,
    Hat,
    Judgment,
    Rating,
    Review,
    SearchEvidence,
    SearchRun,
    Turn,
    VerdictEvidence,
)
from verification.review import gate
from verification.review.assignment import close_turns, open_turn
from verification.review.carried import begin_as, told
from verification.review.one_source import counted_as
from verification.review.policy import refusal
from verification.review.questions import ANSWERS, Question, questions_of
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import Standing, judging_duty, standing_of
from verification.review.states import TABLE
from verification.review.transitions import Actor, Move, move


@dataclass(frozen=True, slots=True)
class Pick:
    """A candidate taken as evidence. A draft may leave the stance empty."""

    candidate: Candidate
    role: str
    stance: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a checker puts into the form. `searches` are numbered in this order, after the picks."""

    rating: Rating | None = None
    reasoning: str = ""
    none_supports: bool = False
    none_refutes: bool = False
    sourcing_reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    picks: Sequence[Pick] = ()
    searches: Sequence[SearchRun] = ()


def judgment_of(duty: Duty) -> Judgment:
    """Return a duty's judgment, starting an empty draft, or in a correction one that begins as what was published."""
    known = Judgment.objects.filter(duty=duty).select_related("rating").first()
    if known:
        return known
    with transaction.atomic():
        judgment, made = Judgment.objects.get_or_create(
            duty=duty,
            defaults={"review": duty.review, "cycle": duty.cycle, "person": duty.person, "hat": duty.hat},
        )
        if made and duty.hat == Hat.FIRST and duty.review.publication:
            begin_as(judgment, duty.review.publication.verdict.judgment)
    return judgment


def save(review: Review, person: User, finding: Finding, *, seen: int) -> Judgment:
    """Store a draft; `seen` is the judgment's revision that the form was filled in on.

    Raises Moved when the draft was saved from somewhere else meanwhile, NotYours when the case is not on this desk,
    Unmet where a search cannot be attached; nothing is saved then.
    """
    if any(not may_be_attached(run, review) for run in finding.searches):
        raise Unmet(Refusal("search", words("Only a search for this claim that came back can be attached.")))
    with transaction.atomic():
        standing = standing_of(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
        duty = judging_duty(standing, person)
        if duty is None:
            why = refusal(person, TABLE["propose"], standing)
            raise NotYours(why or Refusal("turn", words("Take the case first: it is not on your desk.")))
        judgment = judgment_of(duty)
        changed = Judgment.objects.filter(pk=judgment.pk, revision=seen, submitted_at__isnull=True).update(
            rating=finding.rating,
            reasoning=finding.reasoning.strip(),
            none_supports=finding.none_supports,
            none_refutes=finding.none_refutes,
            sourcing_reason=finding.sourcing_reason.strip(),
            answers={key: answer for key, answer in finding.answers.items() if answer in ANSWERS},
            revision=F("revision") + 1,
            updated_at=ClockTimestamp(),
        )
        if not changed:
            raise Moved(_saved_elsewhere())
        _store_evidence(judgment, finding.picks, finding.searches)
        judgment.refresh_from_db()
    return judgment


def may_be_attached(run: SearchRun, review: Review) -> bool:
    """Return whether a search record can stand for having looked: one of the case's own claim, that came back."""
    return run.claim_id == review.claim_id and run.outcome != SearchRun.Outcome.FAILED


def _saved_elsewhere() -> Refusal:
    sentence = words("This judgment was saved from another window meanwhile. Nothing of either version is lost.")
    return Refusal("moved", sentence)


def _store_evidence(judgment: Judgment, picks: Sequence[Pick], searches: Iterable[SearchRun]) -> None:
    judgment.evidence.all().delete()
    judgment.searches.all().delete()
    documents: dict[tuple[int, int, int], Evidence] = {}
    for pick in picks:
        found = pick.candidate
        place = (found.document_id, found.start, found.end)
        documents.setdefault(
            place,
            Evidence(
                judgment=judgment,
                number=len(documents) + 1,
                candidate=found,
                document_id=found.document_id,
                snapshot_id=found.snapshot_id,
                snapshot_sha256=found.snapshot_sha256,
                exact=found.exact,
                prefix=found.prefix,
                suffix=found.suffix,
                start=found.start,
                end=found.end,
                tier=found.document.tier,
                role=pick.role,
                stance=pick.stance,
                quote_check=found.quote_check,
                figure_checks=found.figure_checks,
                note=pick.note.strip(),
            ),
        )
    Evidence.objects.bulk_create(documents.values())
    SearchEvidence.objects.bulk_create(
        SearchEvidence(judgment=judgment, search_run_id=run, number=number)
        for number, run in enumerate(dict.fromkeys(run.pk for run in searches), start=len(documents) + 1)
    )


def questions(judgment: Judgment) -> list[Question]:
    """Return the questions that the checks of the picked evidence ask: of quotations, figures and dates."""
    return _questions_of(judgment.evidence.all())


def _questions_of(pieces: Iterable[Evidence | VerdictEvidence]) -> list[Question]:
    return questions_of((each.number, str(each.document_id), each.quote_check, each.figure_checks) for each in pieces)


def facts_of(
    judgment: Judgment,
    evidence: Sequence[Evidence | VerdictEvidence] | None = None,
    known: Iterable[Candidate] | None = None,
) -> gate.Facts:
    """Return a stored judgment as the gate sees it.

    `evidence`, with document and snapshot, and the claim's candidates `known`, with `counterpart_of`, save reading them
    again.
    """
    pieces = evidence
    if pieces is None:
        pieces = list(judgment.evidence.select_related("snapshot", "document").order_by("number"))
    asked = _questions_of(pieces)
    rating = judgment.rating
    counts_as = counted_as(judgment.review.claim_id, {piece.document_id for piece in pieces}, known)
    return gate.Facts(
        rated=rating is not None,
        beside_scale=rating is not None and rating.numeric is None,
        pieces=tuple(
            gate.Piece(
                number=piece.number,
                stance=piece.stance,
                archived=piece.snapshot.sha256 == piece.snapshot_sha256,
                anchored=piece.document.text[piece.start : piece.end] == piece.exact,
                tier=piece.tier,
                source=counts_as.get(piece.document_id, piece.document_id),
            )
            for piece in pieces
        ),
        none_supports=judgment.none_supports,
        none_refutes=judgment.none_refutes,
        searches=tuple(record.number for record in judgment.searches.all()),
        open_warnings=sum(question.key not in judgment.answers for question in asked),
        reasoning=judgment.reasoning,
        sourcing_reason=judgment.sourcing_reason,
    )


def submit(review: Review, person: User, finding: Finding, *, seen: int, case_seen: int) -> Standing:
    """Save and submit a judgment; `case_seen` is the case's revision.

    A first judgment goes to a second check where the case asks for one, to drafting where it does not, and waits as
    proposed while nobody has decided that. A second one that gives the same rating goes to drafting, another to
    adjudication. Raises Unmet, with the draft saved, while the gate is shut.
    """
    judgment = save(review, person, finding, seen=seen)
    missing = gate.unmet(facts_of(judgment))
    if missing:
        raise Unmet(Refusal(f"gate:{missing[0].key}", missing[0].how))
    with transaction.atomic():
        current = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        verb = "propose" if judgment.hat == Hat.FIRST else _second_verb(current, judgment)
        standing = move(review.pk, Move(verb, Actor(person), case_seen, payload=told(judgment)))
        as_checked = Judgment.objects.filter(pk=judgment.pk, revision=judgment.revision)
        if not as_checked.update(submitted_at=ClockTimestamp()):
            raise Moved(_saved_elsewhere())
        close_turns(current, Turn.End.DONE)
        if verb == "propose" and current.second_check is not None:
            follows = "ask_second" if current.second_check else "pass_on"
            standing = move(review.pk, Move(follows, Actor(service="policy")))
    return standing


def decide_second_check(review: Review, person: User, seen: int, verb: str) -> Standing:
    """Say of a proposed judgment that somebody else judges the case blind too (`ask_second`), or not (`pass_on`)."""
    return move(review.pk, Move(verb, Actor(person), seen, changes={"second_check": verb == "ask_second"}))


def _second_verb(review: Review, second: Judgment) -> str:
    first = (
        Judgment.objects.filter(review=review, cycle=review.cycle, hat=Hat.FIRST, submitted_at__isnull=False)
        .order_by("-submitted_at")
        .first()
    )
    return "agree" if first and first.rating_id == second.rating_id else "differ"


def adjudicate(review: Review, person: User, seen: int, rating: Rating, reasoning: str) -> Standing:
    """Decide between two judgments: the adjudicator's own, on the evidence and the search records of both."""
    if not reasoning.strip():
        raise Unmet(Refusal("reasoning", words("Say why, so that both checkers can follow it.")))
    with transaction.atomic():
        payload = {"rating": rating.label, "reasoning": reasoning.strip()}
        standing = move(review.pk, Move("adjudicate", Actor(person), seen, payload=payload))
        duty = standing.duty_of(person.pk, Hat.ADJUDICATOR)
        assert duty is not None  # nosec B101 (the step gives the hat)
        judgment = judgment_of(duty)
        both = Evidence.objects.filter(judgment__in=_submitted(review, duty.cycle)).select_related(
            "candidate__document"
        )
        picks = [
            Pick(piece.candidate, piece.role, piece.stance, piece.note)
            for piece in both.order_by("judgment__submitted_at", "number")
            if piece.candidate
        ]
        if not picks and rating.numeric is not None:
            raise Unmet(Refusal("evidence", words("Neither judgment has evidence: choose a rating that says so.")))
        searches = SearchRun.objects.filter(evidence__judgment__in=_submitted(review, duty.cycle))
        attached = list(searches.order_by("evidence__judgment__submitted_at", "evidence__number"))
        if not attached and rating.numeric is None:
            raise Unmet(Refusal("searched", words("Neither judgment has a search record: choose another rating.")))
        _store_evidence(judgment, picks, attached)
        Judgment.objects.filter(pk=judgment.pk).update(
            rating=rating, reasoning=reasoning.strip(), submitted_at=ClockTimestamp(), updated_at=ClockTimestamp()
        )
    return standing


def _submitted(review: Review, cycle: int) -> QuerySet[Judgment]:
    return Judgment.objects.filter(review=review, cycle=cycle, submitted_at__isnull=False)


def return_to_research(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Send a case back to whoever judged it first: the judgment is a draft again, and their turn opens anew."""
    with transaction.atomic():
        standing = move(review.pk, Move("return_to_research", Actor(person), seen, reason))
        now = standing.review
        Judgment.objects.filter(review=now, cycle=now.cycle).update(submitted_at=None)
        turns = Turn.objects.filter(review=now, duty__cycle=now.cycle, hat=Hat.FIRST)
        last = turns.select_related("duty").order_by("-pk").first()
        if last:
            open_turn(last.duty, given_by=person, note=reason)
    return standing_of(standing.review)


def submitted_judgments(review: Review) -> list[Judgment]:
    """Return the judgments of the review's cycle that are in, the oldest first."""
    submitted = _submitted(review, review.cycle)
    return list(submitted.select_related("rating__scale", "person", "review").order_by("pk"))


def deciding_judgment(review: Review, submitted: Sequence[Judgment] | None = None) -> Judgment | None:
    """Return the judgment that goes out: the adjudicator's where there was one, else the first checker's."""
    found = submitted_judgments(review) if submitted is None else submitted
    by_hat = {judgment.hat: judgment for judgment in found}
    return by_hat.get(Hat.ADJUDICATOR) or by_hat.get(Hat.FIRST)
