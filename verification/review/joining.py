"""The same claim again: its appearance joins the case that checks it, or leaves that case, and both logs tell.

A case that others have joined takes them along when it joins a third, so that a duplicate always names the case that is
checked. Its log names them, so that they come back with it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from claims.wording import words
from verification.matching.same.scoring import SAME_CLAIM_VERSION
from verification.models import EventPayload, Review, ReviewEvent, State
from verification.review.log import Entry, append_many
from verification.review.refusals import Moved, Refusal, Unmet
from verification.review.transitions import Actor, Move, move

JOINED, LEFT, ALONG = "appearance_joined", "appearance_left", "moved_along"
# What came to nothing is no case to join.
CLOSED = (State.NOT_CHECKABLE, State.DUPLICATE, State.DECLINED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the machine had said of two claims when a person confirmed it: a score (0 to 1), `suggest` or `strong`."""

    score: float
    strength: str

    @property
    def logged(self) -> dict[str, object]:
        """What the log keeps of it, with the version of the comparison."""
        return {"score": self.score, "strength": self.strength, "version": SAME_CLAIM_VERSION}


@dataclass(frozen=True, slots=True)
class Joining:
    """A case, the one that checks the same claim, and those that had joined the first, all of them locked."""

    review: Review
    named: Review
    root: Review
    companions: Sequence[Review]

    def told(self, shown: Shown | None) -> dict[str, object]:
        """Return what the duplicate's log says: of which case, which one was named for it, and who goes along."""
        payload: dict[str, object] = {"of": str(self.root.public)}
        if self.named.pk != self.root.pk:
            payload["named"] = str(self.named.public)
        return payload | _with(self.companions) | (shown.logged if shown else {})


@dataclass(frozen=True, slots=True)
class Parting:
    """A duplicate, the case that it leaves, and those that go with it, all of them locked."""

    review: Review
    root: Review
    companions: Sequence[Review]

    def told(self) -> dict[str, object]:
        """Return what the duplicate's log says: which case it leaves, and who comes back with it."""
        return {"of": str(self.root.public)} | _with(self.companions)


def to_join(review: Review, original: Review | None) -> Joining:
    """Lock a case and the one named as checking the same claim, or what that one is a duplicate of itself.

    All are locked in one order, so that two people who name each other's case do not make a ring. Raises Unmet where
    there is nothing to join, Moved when the named case has joined another at this very moment.
    """
    if original is None or original.pk == review.pk:
        raise Unmet(Refusal("original", words("Name the case that checks the same claim, such as R-12.")))
    root_id = Review.objects.values_list("duplicate_of", flat=True).get(pk=original.pk) or original.pk
    companions = Review.objects.filter(duplicate_of=review.pk)
    found = _locked({review.pk, original.pk, root_id, *companions.values_list("pk", flat=True)})
    named, root = found[original.pk], found[root_id]
    if root.pk == review.pk:
        raise Unmet(
            Refusal(
                "original",
                words(
                    "Name the case that checks the same claim: %(case)s is a duplicate of this one.", case=named.number
                ),
            )
        )
    # From here on nothing can join either of the two; what did so since they were read is told.
    joined_elsewhere = (named.duplicate_of_id or named.pk) != root.pk or root.duplicate_of_id is not None
    if joined_elsewhere or companions.exclude(pk__in=found).exists():
        raise Moved(
            Refusal(
                "moved", words("Another case joined %(case)s, or it joined another. Look again.", case=named.number)
            )
        )
    if root.state in CLOSED:
        raise Unmet(
            Refusal(
                "original",
                words(
                    "%(case)s is closed (%(state)s), so nothing can join it: name another case, or decide on this one.",
                    case=root.number,
                    state=root.get_state_display(),
                ),
            )
        )
    return Joining(
        found[review.pk], named, root, [case for case in found.values() if case.duplicate_of_id == review.pk]
    )


def to_part(review: Review) -> Parting | None:
    """Lock a duplicate, the case that it joined, and those that went along then; None when it is no duplicate."""
    root_id = Review.objects.values_list("duplicate_of", flat=True).get(pk=review.pk)
    if root_id is None:
        return None
    last = ReviewEvent.objects.filter(review=OuterRef("pk")).order_by("-seq").values("verb")[:1]
    # Whoever was taken back into triage and joined again since is there by a decision of its own.
    along = Review.objects.filter(public__in=_went_along(review)).annotate(last=Subquery(last)).filter(last=ALONG)
    companions = set(along.values_list("pk", flat=True))
    found = _locked({review.pk, root_id, *companions})
    if found[review.pk].duplicate_of_id != root_id:
        return None
    still = [case for pk, case in found.items() if pk in companions and case.duplicate_of_id == root_id]
    return Parting(found[review.pk], found[root_id], still)


def follow(parties: Joining | Parting, to: Review) -> None:
    """Let those that go along with a case name another original."""
    for case in parties.companions:
        payload = {"of": str(to.public), "via": str(parties.review.public)}
        move(case.pk, Move(ALONG, Actor(service="policy"), payload=payload, changes={"duplicate_of": to}))


def tell_root(parties: Joining | Parting, verb: str, actor: Actor, shown: Shown | None = None) -> None:
    """Log at the original what joined or left it, each appearance a line."""
    first = {"case": str(parties.review.public)} | (shown.logged if shown else {})
    others = [{"case": str(case.public), "via": first["case"]} for case in parties.companions]
    root, state = parties.root, parties.root.state
    append_many([Entry(root, actor.written, verb, state, state, payload, actor.token) for payload in (first, *others)])


def _with(companions: Sequence[Review]) -> dict[str, object]:
    return {"with": [str(case.public) for case in companions]} if companions else {}


def _locked(pks: Iterable[int]) -> dict[int, Review]:
    return Review.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").in_bulk()


def _went_along(review: Review) -> list[UUID]:
    """Return which cases went along when this one became a duplicate, as its log has it; none where that was erased."""
    became = EventPayload.objects.filter(event__review=review, event__verb="duplicate").order_by("-event__seq").first()
    return [UUID(public) for public in json.loads(became.body).get("with", ())] if became else []
