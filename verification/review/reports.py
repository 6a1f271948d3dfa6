"""What readers say is wrong with a published check: kept, and then taken up as a challenge or set aside with a reason.

    report(name, …)                 keeps what somebody outside the desk says
    take_up(report, person)         makes a challenge of it, by the verb that every challenge goes through
    set_aside(report, person, why)  answers it without one

A report alone changes nothing that readers see. How to answer lies in the challenge afterwards, or is erased.
"""

import uuid
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Challenge, Publication, Report
from verification.review.challenges import challenge
from verification.review.policy import may_open
from verification.review.refusals import NotYours, Refusal, Unmet
from verification.review.transitions import LONGEST_REASON, Actor

PAGE: Final = "reports"
MOST_WAITING: Final = 1000
MOST_OF_ONE_CHECK: Final = 50
"""Reports of one check that wait: more say nothing new, and would keep out what is said of others."""


class TooManyWait(Exception):
    """So much waits for the desk that no more is taken; `of_this_check` where only this check has so many."""

    def __init__(self, *, of_this_check: bool) -> None:
        """Keep which."""
        self.of_this_check = of_this_check
        super().__init__(of_this_check)


class ReportedOtherwise(Exception):
    """The same form was sent before, with other words in it."""


def report(name: uuid.UUID, publication: Publication, origin: str, text: str, contact: str = "") -> Report:
    """Keep what somebody says is wrong; `name` is that of the form, so that one sent twice is kept once.

    Raises TooManyWait and ReportedOtherwise.
    """
    kept = Report.objects.filter(public=name).first()
    if kept is None:
        if waiting().count() >= MOST_WAITING:
            raise TooManyWait(of_this_check=False)
        if waiting().filter(publication__review=publication.review_id).count() >= MOST_OF_ONE_CHECK:
            raise TooManyWait(of_this_check=True)
        said = {"publication": publication, "origin": origin, "text": text, "contact": contact}
        kept, _is_new = Report.objects.get_or_create(public=name, defaults=said)
    if (kept.publication.review_id, kept.origin, kept.text) != (publication.review_id, origin, text):
        raise ReportedOtherwise
    return kept


def waiting() -> QuerySet[Report]:
    """Return what waits for an editor."""
    return Report.objects.filter(settled_at__isnull=True)


def take_up(reported: Report, person: User) -> bool:
    """Make a challenge of a report; False where it was dealt with before. Raises NotYours and Unmet."""
    _ask(person)
    with transaction.atomic():
        row = _locked(reported)
        if row is None:
            return False
        doubt = challenge(row.publication.review, Actor(person), None, row.origin, row.text, row.contact)
        if Report.objects.filter(challenge=doubt).exists():
            raise Unmet(Refusal("twice", words("The very same words were taken up before: set this one aside.")))
        _settle(row, person, challenge=doubt)
    return True


def set_aside(reported: Report, person: User, reason: str) -> bool:
    """Answer a report without a challenge; False where it was dealt with before. Raises NotYours and Unmet."""
    _ask(person)
    reason = reason.strip()
    if not reason:
        raise Unmet(Refusal("reason", words("Say why it is set aside: whoever asks later reads it here.")))
    if len(reason) > LONGEST_REASON:
        raise Unmet(Refusal("reason", words("Shorten it: people have to read it.")))
    with transaction.atomic():
        row = _locked(reported)
        if row is None:
            return False
        _settle(row, person, reason=reason)
    return True


def _settle(row: Report, person: User, *, challenge: Challenge | None = None, reason: str = "") -> None:
    Report.objects.filter(pk=row.pk).update(
        settled_at=ClockTimestamp(), settled_by=person, challenge=challenge, reason=reason, contact=""
    )


def _locked(reported: Report) -> Report | None:
    """Lock a report and return it; None where it does not wait any more."""
    rows = waiting().select_for_update(no_key=True, of=("self",)).select_related("publication__review")
    return rows.filter(pk=reported.pk).first()


def _ask(person: User) -> None:
    if not may_open(person, PAGE):
        raise NotYours(Refusal("role", words("Your role does not include this page.")))
