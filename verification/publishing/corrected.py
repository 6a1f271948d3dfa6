"""Which corrections are asked for by a choice among checks."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from verification.models import Change, Verdict
from verification.publishing.choosing import Choice, narrowed
from verification.publishing.history import superseding


def chosen_corrections(choice: Choice) -> QuerySet[Verdict]:
    """Return the versions that replaced another and were chosen, newest first.

    A rating chooses those that have it and those that took it away: who follows what is rated so hears of both.
    """
    found = narrowed(superseding(), replace(choice, rating=""))
    if choice.rating:
        has = Q(rating_label=choice.rating) & ~Q(change=Change.VOID)
        had = Q(supersedes__rating_label=choice.rating) & ~Q(supersedes__change=Change.VOID)
        found = found.filter(has | had)
    return found
