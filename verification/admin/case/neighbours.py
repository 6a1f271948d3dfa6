"""The cases before and after one in a person's own work, by deadline."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from verification.models import Review, Turn


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The case before and the one after; None at an end, or where a case is none of one's own and there is no other."""

    before: Review | None = None
    after: Review | None = None


def neighbours_of(review: Review, person: User) -> Neighbours:
    """Return the neighbours of a case among a person's open turns; of a case that is not theirs, their first one."""
    turns = Turn.objects.filter(duty__person=person, closed_at__isnull=True).select_related("review")
    mine = list({turn.review_id: turn.review for turn in turns}.values())
    mine.sort(key=lambda each: (each.deadline is None, each.deadline, -each.priority, each.pk))
    at = next((place for place, each in enumerate(mine) if each.pk == review.pk), None)
    if at is None:
        return Neighbours(after=mine[0] if mine else None)
    after = mine[at + 1] if at + 1 < len(mine) else None
    return Neighbours(mine[at - 1] if at else None, after)
