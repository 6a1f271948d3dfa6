"""The start of a case: a Claim without a Review is the inbox; then accepted, reworded, or set aside with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, Q

from claims import work
from claims.models import Appearance, Claim, Submission
from claims.wording import words
from verification.models import Desk, Duty, Hat, Review, State, Topic
from verification.review import second_checks, topics
from verification.review.findable import make_found, tidy
from verification.review.holding import hold_until_its_day
from verification.review.joining import JOINED, LEFT, Shown, follow, tell_root, to_join, to_part
from verification.review.log import Entry, append_many
from verification.review.refusals import Moved, Refusal, Unmet
from verification.review.standing import Standing
from verification.review.transitions import Actor, Move, move

RESEARCH = "verification.research"
SWEEPER = Actor(service="sweep")
MAX_CASES = 500
EVERY = Q()
# From here on it is settled whether a second person judges the case blind.
PASSED_ON = (State.SECOND_CHECK, State.ADJUDICATION, State.DRAFTING, State.SIGN_OFF, State.APPROVED)


def open_cases(of: Exists | Q = EVERY) -> int:
    """Open a Review in triage for each new claim, at most 500, and enlist its research; return how many were opened.

    `of` is a condition on claims, where not all of them are meant. Whoever handed the article in wears the submitter's
    hat. Two sweeps at once are safe: a claim's row is locked, and a claim has one Review by constraint.
    """
    with transaction.atomic():
        inbox = Claim.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(review__isnull=True)
        claims = list(inbox.filter(of).order_by("pk")[:MAX_CASES])
        # A sweep that was just finished elsewhere may have opened some of them between our read and our lock.
        opened = set(Review.objects.filter(claim__in=claims).values_list("claim_id", flat=True))
        claims = [claim for claim in claims if claim.pk not in opened]
        open_for(claims)
    if claims:
        tidy()
    return len(claims)


def open_for(claims: Sequence[Claim], by: Actor = SWEEPER, **fields: object) -> list[Review]:
    """Open a Review in triage for each of these claims, which have none, in the caller's transaction.

    `by` is who found them, `fields` what is known of all of them already. Research is enlisted,
    and whoever handed in the article is noted.
    """
    languages = _languages(claims)
    reviews = Review.objects.bulk_create(
        Review(
            **{
                "claim": claim,
                "wording": claim.text,
                "priority": claim.score,
                "priority_reasons": claim.reasons,
                "language": languages.get(claim.pk, ""),
            }
            | fields
        )
        for claim in claims
    )
    append_many(
        [
            Entry(review, by.written, "opened", "", State.TRIAGE, {"claim": str(claim.public)}, by.token)
            for review, claim in zip(reviews, claims, strict=True)
        ]
    )
    _note_submitters(reviews)
    make_found(reviews)
    work.enlist(RESEARCH, (claim.pk for claim in claims))
    return reviews


def _languages(claims: Sequence[Claim]) -> dict[int, str]:
    """Return for each claim (by id) the language of the article it was first found in, where that is known."""
    found = Appearance.objects.filter(claim__in=claims, article__language__isnull=False).order_by("-pk")
    return {claim: language or "" for claim, language in found.values_list("claim", "article__language")}


def _note_submitters(reviews: list[Review]) -> None:
    by_claim = {review.claim_id: review for review in reviews}
    handed = Submission.objects.filter(article__appearances__claim__in=by_claim)
    pairs = set(handed.values_list("article__appearances__claim", "person"))
    Duty.objects.bulk_create(
        Duty(review=by_claim[claim], cycle=1, person_id=person, hat=Hat.SUBMITTER)
        for claim, person in sorted(pairs)
        if claim in by_claim
    )


def accept(
    review: Review,
    person: User | None,
    seen: int | None,
    *,
    wording: str = "",
    why: str = "",
    deadline: datetime | None = None,
    not_before: datetime | None = None,
    about: Sequence[Topic] | None = None,
) -> Standing:
    """Put a claim into the queue, reworded if `wording` differs, with the reason it was selected and its topics.

    `about` None leaves the topics as they are. A search that was cancelled with its article's is made after all.

    The desk's rule says whether a second check follows, unless an editor has planned the case already. A claim about
    the future waits on hold until the time before which it cannot be checked. Without a person the claim is accepted by
    rule: a part of one that was.
    """
    wording = wording.strip() or review.wording
    changes: dict[str, object] = {"wording": wording, "selection_reason": why.strip(), "deadline": deadline}
    payload: dict[str, object] = {"wording": wording, "deadline": deadline.isoformat() if deadline else None}
    if second_checks.is_planned(review):
        payload[second_checks.WHY] = {"rule": "plan"}
    else:
        changes["second_check"], payload[second_checks.WHY] = second_checks.decide(Desk.get(), review)
        payload["second_check"] = changes["second_check"]
    if not_before:
        payload["not_before"] = not_before.isoformat()
    if about is not None:
        payload["topics"] = topics.told(about)
    with transaction.atomic():
        actor = Actor(person) if person else Actor(service="policy")
        standing = move(review.pk, Move("accept", actor, seen, why, payload, changes))
        work.uncancel(RESEARCH, [review.claim_id])
        if about is not None:
            topics.give(standing.review, about)
        return hold_until_its_day(standing.review, not_before) if not_before else standing


def undo_accept(review: Review, person: User, seen: int) -> Standing:
    """Take a claim that nobody has begun to check back from the queue into triage.

    Wording, priority, deadline and topics stay as they are; it is accepted, or set aside, anew.
    """
    return move(review.pk, Move("undo_accept", Actor(person), seen))


def reword(review: Review, person: User, seen: int, wording: str) -> Standing:
    """Change how the claim reads; what the article says stays as it is."""
    wording = wording.strip()
    if not wording:
        raise Unmet(Refusal("wording", words("Write the claim as one sentence that stands alone.")))
    payload = {"from": review.wording, "to": wording}
    return move(review.pk, Move("reword", Actor(person), seen, payload=payload, changes={"wording": wording}))


def set_aside(review: Review, person: User, seen: int, verb: str, reason: str) -> Standing:
    """End triage without a check: `verb` is `not_checkable` or `decline`."""
    return move(review.pk, Move(verb, Actor(person), seen, reason))


def mark_duplicate(
    review: Review, person: User, seen: int, original: Review | None, reason: str = "", *, shown: Shown | None = None
) -> Standing:
    """Say that another case checks the same claim: this claim's appearances are that one's from now on.

    Of a case that is a duplicate itself, what it is a duplicate of is meant. `shown` is what the machine had said of
    the two. Raises Unmet when the original is closed.
    """
    with transaction.atomic():
        parties = to_join(review, original)
        changes = {"duplicate_of": parties.root}
        standing = move(review.pk, Move("duplicate", Actor(person), seen, reason, parties.told(shown), changes))
        follow(parties, parties.root)
        tell_root(parties, JOINED, Actor(person), shown)
    return standing


def merge(review: Review, person: User, seen: int, other: Review, seen_other: int) -> tuple[Review, Review]:
    """Make one of two claims that say the same thing, without a word of either being changed: one joins the other.

    The other joins this one; where it is decided already, this one joins it. Returns the case that stands and the one
    that joined it, both as they are then. Raises Moved where either has changed since it was seen (its revision).
    """
    joins, seen_joins, stands = (other, seen_other, review) if other.state == State.TRIAGE else (review, seen, other)
    with transaction.atomic():
        joined = mark_duplicate(joins, person, seen_joins, stands).review
        standing = Review.objects.get(pk=stands.pk)
        if standing.revision != (seen if stands is review else seen_other):
            raise Moved(Refusal("moved", words("%(case)s was changed meanwhile. Look again.", case=standing.number)))
    return standing, joined


def reconsider(review: Review, person: User, seen: int) -> Standing:
    """Take a claim that was set aside back into triage; a duplicate leaves the case that it had joined."""
    with transaction.atomic():
        parties = to_part(review)
        payload = parties.told() if parties else {}
        standing = move(review.pk, Move("reconsider", Actor(person), seen, "", payload, {"duplicate_of": None}))
        if parties:
            follow(parties, parties.review)
            tell_root(parties, LEFT, Actor(person))
    return standing


def plan(
    review: Review,
    person: User,
    seen: int,
    *,
    priority: float,
    deadline: datetime | None,
    second_check: bool | None,
    about: Sequence[Topic] | None = None,
) -> Standing:
    """Set priority (0 to 1), deadline and whether a second person judges the case blind (None: decided later).

    `about` are its topics; None leaves them as they are. Raises Unmet when the second check would change once the first
    judgment was passed on: nothing would come of it.
    """
    changes = {"priority": priority, "deadline": deadline, "second_check": second_check}
    payload: dict[str, object] = changes | {"deadline": deadline.isoformat() if deadline else None}
    if about is not None:
        payload["topics"] = topics.told(about)
    with transaction.atomic():
        before = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        standing = move(review.pk, Move("plan", Actor(person), seen, payload=payload, changes=changes))
        if second_check is not before.second_check and before.state in PASSED_ON:
            sentence = words("The first judgment was passed on: return the case for research to decide this anew.")
            raise Unmet(Refusal("second_check", sentence))
        if about is not None:
            topics.give(standing.review, about)
    return standing
