"""Tokens, told to the person whom a program may act for with one: once, in the transaction that makes it.

Nobody chooses not to be told: what it does, it does in their name.
"""

from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext

from claims.models import ApiToken
from claims.tokens import purposes
from claims.wording import words
from verification.people.notices.choices import notice_for
from verification.people.notices.kinds import AT_ONCE, Kind
from verification.review.standing import name_of
from verification.review.states import ROLE_NAMES

KIND: Final = Kind("token", words("A program may act for you"), tuple(ROLE_NAMES), mail=AT_ONCE)


def tell_of_token(token: ApiToken) -> None:
    """Tell whomever a new token acts for who made it, where that was somebody else. It is made in this transaction."""
    if token.made_by is None or token.made_by == token.person:
        return
    said = {"who": name_of(token.made_by), "program": token.name}
    text = words("%(who)s made a token: “%(program)s” may act for you.", **said)
    for notice in notice_for(token.person, KIND, text, {}, {"token": token}):
        notice.save()


def particulars(token: ApiToken) -> str:
    """Return what the notice of a token says beside its text: what it may do, until when, and where it is revoked.

    Of one that was revoked or has run out it says that first, and what it was allowed to do.
    """
    if token.revoked_at is not None:
        return gettext("It was revoked.") + " " + _was_allowed(token)
    if token.expires_at is not None and token.expires_at <= now():
        return gettext("It has run out.") + " " + _was_allowed(token)
    if token.expires_at is None:
        told = gettext("It may %(purposes)s, until it is revoked.") % {"purposes": purposes(token)}
    else:
        until = date_format(localtime(token.expires_at), "j M Y, H:i")
        told = gettext("It may %(purposes)s, until %(until)s.") % {"purposes": purposes(token), "until": until}
    return told + " " + gettext("If you do not want that, revoke it under My settings.")


def _was_allowed(token: ApiToken) -> str:
    return gettext("It was allowed to %(purposes)s.") % {"purposes": purposes(token)}
