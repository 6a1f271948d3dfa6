"""Dividing a compound claim: its parts become cases of their own, and a rule rolls their ratings up to the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from claims.splitting import split_claim
from claims.wording import words
from verification.models import Duty, Hat, Part, Review, Rollup, State
from verification.review.log import Entry, append_many
from verification.review.policy import roles_of
from verification.review.refusals import Refusal, Unmet
from verification.review.standing import Standing
from verification.review.states import EDITOR, INTAKE, TABLE
from verification.review.transitions import LONGEST_WORDING, Actor, Move, move
from verification.review.triage import accept, open_for

FEWEST, MOST = 2, 20
# What came to nothing is no part of anything: its log has no line for it either.
CLOSED = (State.NOT_CHECKABLE, State.DUPLICATE, State.DECLINED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class PartWish:
    """One part as it is asked for: a case that exists, else a claim in these words, which gets one."""

    wording: str
    case: Review | None = None


def set_parts(review: Review, person: User, seen: int, wishes: Sequence[PartWish], rollup: str) -> Standing:
    """Say which claims a compound claim consists of and by which rule their ratings make a proposal for it.

    What is worded here becomes a claim with a case of its own, accepted for the reason for which the whole was
    selected, by this person or, where their role does not accept claims, by rule. A case that is named is taken as it
    stands. What is not in the list any more leaves the whole and stays a case; no parts and no rule make the claim
    simple again. Raises Unmet where the parts cannot be such.
    """
    wishes = [PartWish(" ".join(wish.wording.split()), wish.case) for wish in wishes]
    _must_make_sense(wishes, rollup)
    named = [wish.case.pk for wish in wishes if wish.case]
    # Whatever is refused below takes back what was opened above it.
    with transaction.atomic():
        before = list(Part.objects.filter(whole=review).values_list("part", flat=True))
        cases = Review.objects.select_for_update(no_key=True).filter(pk__in={review.pk, *named, *before})
        found = cases.order_by("pk").in_bulk()
        whole = found[review.pk]
        _must_be_free(whole, [found[pk] for pk in named], before)
        parts = _parts(whole, person, wishes, found)
        payload = {
            "rollup": rollup or None,
            "parts": [str(part.public) for part in parts],
            "wordings": [wish.wording for wish in wishes] or None,
        }
        standing = move(whole.pk, Move("set_parts", Actor(person), seen, payload=payload, changes={"rollup": rollup}))
        Part.objects.filter(whole=whole).delete()
        Part.objects.bulk_create(Part(whole=whole, part=part, number=n) for n, part in enumerate(parts, start=1))
        now = {part.pk for part in parts}
        _tell("joined_whole", whole, person, (part for part in parts if part.pk not in before))
        _tell("left_whole", whole, person, (found[pk] for pk in before if pk not in now))
    return standing


def _must_make_sense(wishes: Sequence[PartWish], rollup: str) -> None:
    if not wishes and rollup == Rollup.NONE:
        return
    if not FEWEST <= len(wishes) <= MOST:
        raise Unmet(Refusal("parts", words("Name %(fewest)s to %(most)s parts, one a line.", fewest=FEWEST, most=MOST)))
    if rollup not in Rollup.values or rollup == Rollup.NONE:
        raise Unmet(Refusal("rollup", words("Choose how the ratings of the parts make one for the whole.")))
    said = [wish.case.pk if wish.case else wish.wording.casefold() for wish in wishes]
    if len(set(said)) < len(said):
        raise Unmet(Refusal("parts", words("Two of the parts are the same: name each once.")))
    if any(not wish.wording or len(wish.wording) > LONGEST_WORDING for wish in wishes):
        raise Unmet(Refusal("parts", words("Write each part as one sentence that stands alone.")))


def _must_be_free(whole: Review, named: Iterable[Review], before: Sequence[int]) -> None:
    """Raise Unmet where a part is a whole or a whole a part: the cases are locked, so that this stays so."""
    if part := Part.objects.filter(part=whole).select_related("whole").first():
        raise Unmet(
            Refusal("parts", words("It is a part of %(whole)s itself, and parts have none.", whole=part.whole.number))
        )
    for case in named:
        if case.pk == whole.pk:
            raise Unmet(Refusal("parts", words("A claim is no part of itself: name another case.")))
        if case.rollup:
            raise Unmet(Refusal("parts", words("%(case)s has parts itself: name those.", case=case.number)))
        other = Part.objects.filter(part=case).exclude(whole=whole).select_related("whole").first()
        if other:
            told = {"case": case.number, "whole": other.whole.number}
            raise Unmet(Refusal("parts", words("%(case)s is a part of %(whole)s: take it out there first.", **told)))
        if case.state in CLOSED and case.pk not in before:
            told = {"case": case.number, "state": case.get_state_display()}
            raise Unmet(Refusal("parts", words("%(case)s is closed (%(state)s): name another case.", **told)))


def _parts(whole: Review, person: User, wishes: Sequence[PartWish], found: dict[int, Review]) -> list[Review]:
    fresh = split_claim(whole.claim, [wish.wording for wish in wishes if not wish.case])
    known = {"language": whole.language, "priority": whole.priority}
    opened = iter(_opened(whole, person, open_for(fresh, Actor(person), **known)))
    return [found[wish.case.pk] if wish.case else next(opened) for wish in wishes]


def _opened(whole: Review, person: User, parts: Iterable[Review]) -> Iterable[Review]:
    """Accept new parts, and note on each who handed in the article: they check no part of it either."""
    handed = Duty.objects.filter(review=whole, hat=Hat.SUBMITTER).values_list("person", flat=True).distinct()
    accepts = bool(roles_of(person) & {INTAKE, EDITOR})
    for part in parts:
        for submitter in handed:
            Duty.objects.get_or_create(review=part, cycle=1, person_id=submitter, hat=Hat.SUBMITTER)
        by = person if accepts else None
        yield accept(part, by, None, why=whole.selection_reason, deadline=whole.deadline).review


def _tell(verb: str, whole: Review, person: User, parts: Iterable[Review]) -> None:
    """Log at each part what became of it; its row does not change, so a form that is being filled in stays good."""
    payload, by = {"whole": str(whole.public)}, Actor(person)
    told = (part for part in parts if part.state in TABLE[verb].sources)
    append_many([Entry(part, by.written, verb, part.state, part.state, payload, by.token) for part in told])
