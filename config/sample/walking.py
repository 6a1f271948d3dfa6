"""From the script to the desk: each step of a case, done by the verb that its button calls."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from claims.models.clock import read_clock
from config.sample.steps import (
    Accept,
    Approve,
    Ask,
    Assign,
    Case,
    Cite,
    Correct,
    Do,
    Found,
    Plan,
    Publish,
    SameAs,
    Save,
    Step,
    Submit,
    Take,
    Write,
)
from verification.models import Candidate, Challenge, Change, Judgment, Rating, Review, SearchRun, Stance, State, Topic
from verification.review import afterwards, assignment, challenges, drafting, judgments, replies, triage, verdicts
from verification.review.judgments import Finding, Pick, judgment_of
from verification.review.presets import SCALE
from verification.review.questions import MEANING
from verification.review.standing import judging_duty, standing_of
from verification.review.transitions import Actor

PAUSES = {"await_source", "await_reply", "hold"}


class NotInTheRecord(Exception):
    """The script and what the machine found do not fit; the message is one sentence."""


def walk(review: Review, case: Case, people: Mapping[str, User]) -> None:
    """Do all steps of a case, or none: whoever finds it out of triage finds it where the script leaves it.

    Raises NotInTheRecord when a claim or a passage that the script names was not found.
    """
    with transaction.atomic():
        if Review.objects.select_for_update(no_key=True).get(pk=review.pk).state != State.TRIAGE:
            return
        for step in case.steps:
            _do(step, Review.objects.select_related("claim").get(pk=review.pk), people)
        state = Review.objects.get(pk=review.pk).state
        if state != case.state:
            raise NotInTheRecord(f"The steps of “{case.opens}” lead to {state}, not to {case.state}.")


def review_that_opens(words: str, **where: object) -> Review:
    """Return the case of the one claim that begins with these words, among those with these fields."""
    found = list(Review.objects.filter(claim__text__startswith=words, **where).distinct()[:2])
    if len(found) != 1:
        raise NotInTheRecord(f"Not one claim but {'none' if not found else 'several'} begin with “{words}”.")
    return found[0]


def _do(step: Step, review: Review, people: Mapping[str, User]) -> None:
    seen = review.revision
    match step:
        case Accept(why, hours, wording, topics):
            about = list(Topic.objects.filter(name__in=topics))
            triage.accept(review, people["intake"], seen, wording=wording, why=why, deadline=_in(hours), about=about)
        case SameAs(opens):
            original = review_that_opens(opens)
            triage.mark_duplicate(review, people["intake"], seen, original, "The same words of the same evening.")
        case Plan(priority, hours, second):
            triage.plan(review, people["editor"], seen, priority=priority, deadline=_in(hours), second_check=second)
        case Take(who, verb):
            assignment.take(review, people[who], seen, verb)
        case Assign(to, note):
            assignment.assign(review, people["editor"], people[to], seen=seen, note=note)
        case Save(who, found):
            judgments.save(review, people[who], _finding(review, found), seen=_judgment(review, people[who]).revision)
        case Submit(who, found):
            _submit(review, people[who], found)
        case Write(who, headline, explanation, change_note):
            draft = drafting.draft_of(review, people[who])
            drafting.write(
                review,
                people[who],
                draft.revision,
                headline=headline,
                explanation=explanation,
                change_note=change_note,
            )
            # Writing was a step of its own where the text changed hands.
            drafting.send_to_sign_off(review, people[who], Review.objects.get(pk=review.pk).revision)
        case Approve(embargo):
            verdicts.approve(review, people["editor"], seen, embargo_until=_in(embargo) if embargo else None)
        case Publish():
            verdicts.publish(review, people["publisher"], seen)
        case Correct(reason):
            afterwards.correct(review, people["editor"], seen, Change.CORRECTION, reason)
        case Ask(who, asked, channel, question, hours):
            replies.ask_reply(review, people[who], seen, asked, channel, question, _in(hours), pause_turn=True)
        case Do(who, verb, reason):
            _say(verb, review, people[who], reason)


def _say(verb: str, review: Review, person: User, reason: str) -> None:
    seen = review.revision
    if verb in PAUSES:
        assignment.pause(review, person, seen, verb, reason)
    elif verb == "withdraw":
        assignment.end(review, person, seen, verb, reason)
    elif verb == "return_to_drafting":
        drafting.return_text(review, person, seen, reason)
    elif verb == "challenge":
        challenges.challenge(review, Actor(person), seen, Challenge.Origin.READER, reason)
    else:
        triage.set_aside(review, person, seen, verb, reason)


def _submit(review: Review, person: User, found: Found) -> None:
    """Save first, as a person does: only then do the quote checks of the picked passages ask their questions."""
    judgment = judgments.save(review, person, _finding(review, found), seen=_judgment(review, person).revision)
    answers = dict.fromkeys((question.key for question in judgments.questions(judgment)), MEANING)
    finding = replace(_finding(review, found), answers=answers)
    judgments.submit(review, person, finding, seen=judgment.revision, case_seen=review.revision)


def _judgment(review: Review, person: User) -> Judgment:
    duty = judging_duty(standing_of(review), person)
    if duty is None:
        raise NotInTheRecord(f"{person} judges a case that is not on that desk: “{review.wording}”.")
    return judgment_of(duty)


def _finding(review: Review, found: Found) -> Finding:
    stances = {cite.stance for cite in found.cites}
    return Finding(
        rating=None if found.rating is None else Rating.objects.get(scale__name=SCALE, value=found.rating),
        reasoning=found.reasoning,
        none_supports=not stances & {Stance.SUPPORTS, Stance.MIXED},
        none_refutes=not stances & {Stance.REFUTES, Stance.MIXED},
        sourcing_reason=found.enough,
        picks=[_pick(review, cite) for cite in found.cites],
        searches=[_search_of_the_library(review)] if found.searched else [],
    )


def _search_of_the_library(review: Review) -> SearchRun:
    """Take the newest record of a search of the whole library that came back."""
    runs = SearchRun.objects.filter(claim=review.claim_id, source__isnull=True).exclude(
        outcome=SearchRun.Outcome.FAILED
    )
    run = runs.order_by("-pk").first()
    if run is None:
        raise NotInTheRecord(f"The library was not asked about “{review.wording}”.")
    return run


def _pick(review: Review, cite: Cite) -> Pick:
    """Take what the machine proposed: the newest candidate from that document."""
    proposed = Candidate.objects.filter(claim=review.claim_id, document__url__endswith=f"/{cite.document}")
    candidate = proposed.select_related("document").order_by("-search_run", "rank").first()
    if candidate is None:
        raise NotInTheRecord(f"Nothing from {cite.document} was proposed for “{review.wording}”.")
    return Pick(candidate, cite.role, cite.stance, cite.note)


def _in(hours: float) -> datetime:
    return read_clock() + timedelta(hours=hours)
