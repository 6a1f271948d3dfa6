"""Whether a case suits a person: conflicts of interest, days away, how much they take on, which languages they read.

That is apart from what policy says of roles and hats. Whoever gives a case asks `unfit`; whoever takes one, `reluctant`
as well; where the machine chooses, `reads` too.
"""

from datetime import date
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from claims.models import Appearance, Claim
from claims.wording import words
from verification.models import Absence, Conflict, Profile, Review, Turn
from verification.review import prepared
from verification.review.refusals import Refusal
from verification.review.standing import name_of

# Two statements, since one would count as of before it waited for the lock.
LIMIT: Final = """
SELECT capacity FROM verification_profile WHERE person_id = %(person)s AND capacity IS NOT NULL FOR NO KEY UPDATE
"""
OPEN: Final = """
SELECT count(*) FROM verification_turn AS turn JOIN verification_duty AS duty ON duty.id = turn.duty_id
WHERE duty.person_id = %(person)s AND turn.closed_at IS NULL
"""


def unfit(person: User, review: Review, *, own: bool = False) -> Refusal | None:
    """Return why a case cannot go to a person now: they are away, or have a conflict of interest in it (two queries).

    `own` speaks to that person, who wants to take the case.
    """
    return away(person, own=own) or conflicted(person, review, own=own)


def reluctant(person: User, review: Review) -> Refusal | None:
    """Return why a person cannot take a case now: `unfit`, or they have as many as they take on.

    Called in the transaction that takes it (four queries).
    """
    return unfit(person, review, own=True) or laden(person)


def away(person: User, *, own: bool = False) -> Refusal | None:
    """Return that a person is away today, in the desk's zone."""
    today = timezone.localdate()
    last = Absence.objects.filter(person=person, since__lte=today, until__gte=today).order_by("-until").first()
    return is_away(person, last.until, own=own) if last else None


def is_away(person: User, until: date, *, own: bool = False) -> Refusal:
    """Return the sentence that somebody is away."""
    day = date_format(until, "j M Y")
    if own:
        return Refusal("absence", words("You are away until %(day)s: end that absence, then take a case.", day=day))
    name = name_of(person)
    told = words("%(name)s is away until %(day)s: choose somebody else, or end the absence first.", name=name, day=day)
    return Refusal("absence", told)


def conflicted(person: User, review: Review, *, own: bool = False) -> Refusal | None:
    """Return that a person has a conflict of interest with who is quoted, or with an outlet that printed the claim.

    The outlets of the cases that joined this one count: their appearances are its own.
    """
    printed = Appearance.objects.filter(Q(claim__review=review) | Q(claim__review__duplicate_of=review))
    # Whoever was joined is one with the row that stands for them.
    stands = Coalesce("speaker__joined_to", "speaker")
    speaker = Claim.objects.filter(pk=review.claim_id).annotate(stands=stands).values("stands")
    holds = Conflict.objects.filter(person=person, ended_at__isnull=True)
    found = holds.alias(stands=stands).filter(Q(stands__in=speaker) | Q(outlet__in=printed.values("article__outlet")))
    conflict = found.select_related("speaker", "outlet").order_by("pk").first()
    return _conflict(person, str(conflict.speaker or conflict.outlet), own) if conflict else None


def _conflict(person: User, party: str, own: bool) -> Refusal:
    if own:
        told = words("You have a conflict of interest with %(party)s: somebody else has to check this.", party=party)
        return Refusal("conflict", told)
    name = name_of(person)
    told = words("%(name)s has a conflict of interest with %(party)s: choose somebody else.", name=name, party=party)
    return Refusal("conflict", told)


def laden(person: User) -> Refusal | None:
    """Return, to themselves, that a person has as many open turns as they take on; an editor may still give them more.

    Called in the transaction that takes another: of two takes of one person at once, the second counts the first.
    """
    limits = prepared.run(LIMIT, {"person": person.pk})
    if not limits:
        return None
    ((has,),) = prepared.run(OPEN, {"person": person.pk})
    return is_laden(person, has, limits[0][0], own=True) if has >= limits[0][0] else None


def is_laden(person: User, has: int, most: int, *, own: bool = False) -> Refusal:
    """Return the sentence that somebody has as many checks as they take on."""
    if own:
        told = words("You have %(count)s open, and take on %(most)s: finish one or hand it back.", count=has, most=most)
        return Refusal("capacity", told)
    told = words("%(name)s has %(count)s open, and takes on %(most)s.", name=name_of(person), count=has, most=most)
    return Refusal("capacity", told)


def open_turns(person: User) -> int:
    """Return how many checks lie on a person's desk."""
    return Turn.objects.filter(duty__person=person, closed_at__isnull=True).count()


def reads(person: User, review: Review) -> bool:
    """Return whether a person reads a case's language; unknown languages, and people who named none, stop nothing.

    `en` reads `en-GB`, and the reverse: only what stands before the first hyphen is compared.
    """
    languages = Profile.objects.filter(person=person).values_list("languages", flat=True).first()
    return not languages or not review.language or base(review.language) in {base(each) for each in languages}


def base(language: str) -> str:
    """Return a language without its region or script, in small letters."""
    return language.partition("-")[0].lower()
