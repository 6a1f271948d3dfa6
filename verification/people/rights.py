"""Whose settings somebody may change: their own; everybody's, where they run the desk."""

from django.contrib.auth.models import User

from claims.wording import words
from verification.review.policy import may_open
from verification.review.refusals import NotYours, Refusal


def runs_the_desk(person: User) -> bool:
    """Return whether somebody plans other people's work: an editor or an administrator."""
    return may_open(person, "people")


def must_run_the_desk(by: User) -> None:
    """Raise NotYours where somebody does not plan other people's work."""
    if not runs_the_desk(by):
        raise NotYours(Refusal("role", words("An editor or an administrator sets this: ask one of them.")))


def must_be_theirs(by: User, person: User) -> None:
    """Raise NotYours where somebody changes what is another person's and does not run the desk."""
    if by.pk != person.pk and not runs_the_desk(by):
        raise NotYours(Refusal("own", words("These are somebody else’s settings: ask an editor to change them.")))
