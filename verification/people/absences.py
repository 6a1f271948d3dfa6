"""Days on which nothing is given to somebody. Days are the desk's own."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from claims.wording import words
from verification.models import Absence
from verification.people.rights import must_be_theirs
from verification.review.refusals import Refusal, Unmet

# Further ahead nobody plans; a year that was mistyped is told.
FURTHEST = timedelta(days=3 * 366)


def add_absence(by: User, person: User, since: date, until: date, note: str = "") -> Absence:
    """Note the first and the last day somebody is away. The same days again change the note only.

    Raises Unmet when the days are over, in the wrong order or far out.
    """
    must_be_theirs(by, person)
    today = localdate()
    if until < since:
        raise Unmet(Refusal("order", words("The last day comes before the first: exchange them.")))
    if until < today:
        raise Unmet(Refusal("past", words("Those days are over: nothing was given then any more.")))
    if until > today + FURTHEST:
        raise Unmet(Refusal("far", words("Look at the year: that is more than three years ahead.")))
    absence, _made = Absence.objects.update_or_create(
        person=person, since=since, until=until, defaults={"note": " ".join(note.split())[:200]}
    )
    return absence


@transaction.atomic
def take_back(by: User, absence: Absence) -> None:
    """Remove an absence that has not begun; one that runs ends with yesterday. Raises Unmet where it is over."""
    must_be_theirs(by, absence.person)
    today = localdate()
    known = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    if known is None:
        return
    if known.until < today:
        raise Unmet(Refusal("past", words("That absence is over: it stays on record.")))
    if known.since >= today:
        known.delete()
    else:
        Absence.objects.filter(pk=known.pk).update(until=today - timedelta(days=1))
