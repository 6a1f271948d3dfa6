"""Where a case's claim stands: its own places, and those of the cases that joined it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models import Appearance
from verification.models import Review
from verification.review.appearances import first_appearances
from verification.review.policy import may
from verification.review.standing import Standing

# So many places are listed, with the articles' texts at hand; how many there are is told.
MOST_PLACES = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A place where the claim stands. `joined` is the case that brought it, None for the claim's own places."""

    appearance: Appearance
    joined: Review | None = None
    may_leave: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a case's claim: those of the claim itself first, each group as it was found. `count` is of all."""

    listed: Sequence[Place]
    count: int

    @property
    def own(self) -> list[Appearance]:
        """The claim's own places."""
        return [place.appearance for place in self.listed if place.joined is None]

    @property
    def elsewhere(self) -> Sequence[Place]:
        """All but the first, which pages show at length."""
        return self.listed[1:]

    @property
    def more(self) -> int:
        """How many there are beside the first."""
        return max(0, self.count - 1)

    @property
    def unlisted(self) -> int:
        """How many there are that are not listed."""
        return self.count - len(self.listed)


def places_of(review: Review, person: User) -> Places:
    """Return where a case's claim stands (one query); a part without a place of its own stands where its whole does.

    `may_leave` tells whether this person may take the case that brought a place back into triage.
    """
    listed, count = first_appearances(review, MOST_PLACES, texts=True)
    return Places([_place(review, person, each) for each in listed], count)


def _place(review: Review, person: User, appearance: Appearance) -> Place:
    case = appearance.claim.review
    if case.duplicate_of_id != review.pk:
        return Place(appearance)
    # No step of triage asks for a hat or a turn, so none are read for each case.
    return Place(appearance, case, may(person, "reconsider", Standing(case, (), ())))
