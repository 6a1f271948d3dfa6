"""Judging: drafts that are saved, evidence picked from candidates, the gate, and what follows a submitted judgment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from claims.models.clock import ClockTimestamp
from claims.translation import say
from claims.wording import Words, words
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
from verification.review.parts import compound
from verification.review.policy import refusal, roles_of
from verification.review.questions import Question, kept, questions_of
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.second_checks import is_planned, lay_open
from verification.review.selection import selection_of
from verification.review.standing import Standing, judging_duty, standing_of
from verification.review.states import CHECKER, TABLE
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
    """What a checker puts into the form. `searches` are numbered in this order, after the picks.

    `rating_seen` is what the rating was called where it was chosen; empty for what it is called now.
    """

    rating: Rating | None = None
    reasoning: str = ""
    none_supports: bool = False
    none_refutes: bool = False
    sourcing_reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    picks: Sequence[Pick] = ()
    searches: Sequence[SearchRun] = ()
    rating_seen: str = ""


def judgment_of(duty: Duty) -> Judgment:
    """Return a duty's judgment, starting an empty draft, or in a correction one that begins as what was published."""
    known = Judgment.objects.filter(duty=duty).select_related("rating__scale").first()
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
        if duty is None or CHECKER not in roles_of(person):
            why = refusal(person, TABLE["propose"], standing)
            raise NotYours(why or Refusal("turn", words("Take the case first: it is not on your desk.")))
        judgment = judgment_of(duty)
        changed = Judgment.objects.filter(pk=judgment.pk, revision=seen, submitted_at__isnull=True).update(
            rating=finding.rating,
            rating_label=(finding.rating_seen or finding.rating.label) if finding.rating else "",
            reasoning=finding.reasoning.strip(),
            none_supports=finding.none_supports,
            none_refutes=finding.none_refutes,
            sourcing_reason=finding.sourcing_reason.strip(),
            answers=kept(finding.answers),
            revision=F("revision") + 1,
            updated_at=ClockTimestamp(),
        )
        if not changed:
            raise Moved(_saved_elsewhere())
        store_evidence(judgment, finding.picks, finding.searches)
        judgment.refresh_from_db()
    return judgment


def may_be_attached(run: SearchRun, review: Review) -> bool:
    """Return whether a search record can stand for having looked: one for the case's own claim, that came back."""
    return run.claim_id == review.claim_id and run.answered and not run.in_own_words


def _saved_elsewhere() -> Refusal:
    sentence = words("This judgment was saved from another window meanwhile. Nothing of either version is lost.")
    return Refusal("moved", sentence)


def store_evidence(judgment: Judgment, picks: Sequence[Pick], searches: Iterable[SearchRun]) -> None:
    """Put picks and search records in the place of what a judgment rested on, numbered in their order."""
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
                role=pick.role,
                stance=pick.stance,
                note=pick.note.strip(),
                **selection_of(found),
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
    # What was submitted stands, whatever scale is in use by now.
    offered = rating is not None and (judgment.submitted_at is not None or rating.scale.in_use)
    counts_as = counted_as(judgment.review.claim_id, {piece.document_id for piece in pieces}, known)
    return gate.Facts(
        rated=offered,
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
        retired=rating.label if rating and not offered else "",
        parts=compound(judgment),
    )


def submit(review: Review, person: User, finding: Finding, *, seen: int, case_seen: int) -> Standing:
    """Save and submit a judgment; `case_seen` is the case's revision.

    A first judgment goes to a second check where the case asks for one, to drafting where it does not, and waits as
    proposed while nobody has decided that. A second one that gives the same rating goes to drafting, another to
    adjudication. Raises Unmet, with the draft saved, while the gate is shut, or when the rating is called otherwise
    since it was chosen.
    """
    judgment = save(review, person, finding, seen=seen)
    if missing := gate.unmet(facts_of(judgment)):
        raise Unmet(Refusal(f"gate:{missing[0].key}", _all_of(missing)))
    assert judgment.rating is not None  # nosec B101 (the gate asks for one)
    if why := renamed(judgment.rating_label, judgment.rating):
        raise Unmet(why)
    with transaction.atomic():
        current = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        verb, more = ("propose", {}) if judgment.hat == Hat.FIRST else _as_second(current, judgment)
        standing = move(review.pk, Move(verb, Actor(person), case_seen, payload=told(judgment) | more))
        as_checked = Judgment.objects.filter(pk=judgment.pk, revision=judgment.revision)
        if not as_checked.update(submitted_at=ClockTimestamp(), rating_label=judgment.rating.label):
            raise Moved(_saved_elsewhere())
        close_turns(current, Turn.End.DONE)
        if verb == "propose" and current.second_check is not None:
            follows = "ask_second" if current.second_check else "pass_on"
            by = {"by": "plan" if is_planned(current) else "desk"}
            standing = move(review.pk, Move(follows, Actor(service="policy"), payload=by))
    return standing


def renamed(seen: str, rating: Rating) -> Refusal | None:
    """Return what to tell somebody who chose a rating under another name than it has now; None where it has it still.

    `seen` is that name; empty where it is not known.
    """
    if seen in {"", rating.label}:
        return None
    sentence = words(
        "“%(before)s”, which you chose, is called “%(now)s” now: see whether it still says what you mean, and go on.",
        before=seen,
        now=rating.label,
    )
    return Refusal("renamed", sentence)


def _all_of(missing: Sequence[gate.Item]) -> Words:
    if len(missing) == 1:
        return missing[0].how
    hows = " ".join(say(item.how) for item in missing)
    return words("%(count)s things are missing. %(hows)s", count=len(missing), hows=hows)


def decide_second_check(review: Review, person: User, seen: int, verb: str) -> Standing:
    """Say of a proposed judgment that somebody else judges the case blind too (`ask_second`), or not (`pass_on`)."""
    return move(review.pk, Move(verb, Actor(person), seen, changes={"second_check": verb == "ask_second"}))


def _as_second(review: Review, second: Judgment) -> tuple[str, dict[str, object]]:
    """Return the verb of a second judgment, and what the log tells of it beside the judgment.

    A case that was returned for research had its first judgment open to the desk before: then it was not blind.
    """
    first = submitted_in(review, review.cycle).filter(hat=Hat.FIRST).order_by("-submitted_at").first()
    alike = first is not None and first.rating_id == second.rating_id
    return "agree" if alike else "differ", {"blind": not lay_open(review)}


def submitted_in(review: Review, cycle: int) -> QuerySet[Judgment]:
    """Return the judgments of a cycle that are in."""
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
    submitted = submitted_in(review, review.cycle)
    return list(submitted.select_related("rating__scale", "person", "review").order_by("pk"))


def deciding_judgment(review: Review, submitted: Sequence[Judgment] | None = None) -> Judgment | None:
    """Return the judgment that goes out: the adjudicator's where there was one, else the first checker's."""
    found = submitted_judgments(review) if submitted is None else submitted
    by_hat = {judgment.hat: judgment for judgment in found}
    return by_hat.get(Hat.ADJUDICATOR) or by_hat.get(Hat.FIRST)
