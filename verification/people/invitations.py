"""Invitations: a signed link that lets somebody make their own log-in, with the roles it names.

The link holds the invitation's public id and until when it is good, signed. It is not stored: a new one is made when
it is sent again, and the one before it then leads nowhere, since the invitation ends at another time.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext

from claims.models.clock import ClockTimestamp, read_clock
from claims.wording import words
from verification.models import Desk, Invitation
from verification.people.post import Letter, NotTaken, address_of, hand_in, is_set_up
from verification.review.policy import may_open
from verification.review.refusals import NotYours, Refusal, Unmet
from verification.review.standing import name_of
from verification.review.states import ROLE_NAMES

GOOD_FOR: Final = timedelta(hours=72)
_SIGNER: Final = signing.Signer(salt="readout.invitation")


class LeadsNowhere(Exception):
    """A link that was never given, is used, revoked, replaced or too old: whoever holds it is not told which."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody says of themselves when they accept."""

    username: str
    first_name: str
    last_name: str
    password: str


def invite(by: User, email: str, roles: Collection[str]) -> Invitation:
    """Note that somebody is invited, with these roles; the letter is sent by `send`.

    Raises NotYours where the inviter is no administrator, Unmet where somebody with this address is here or invited.
    """
    _must_invite(by)
    address = email.strip().lower()
    unknown = set(roles) - set(ROLE_NAMES)
    if not roles or unknown:
        raise Unmet(Refusal("roles", words("Choose one role at least.")))
    if User.objects.filter(email__iexact=address, is_active=True).exists():
        told = words("Somebody with this address works here already: give them the role under “Users” instead.")
        raise Unmet(Refusal("address", told))
    try:
        with transaction.atomic():
            return Invitation.objects.create(
                email=address,
                roles=[role for role in ROLE_NAMES if role in set(roles)],
                by=by,
                expires_at=_end(),
            )
    except IntegrityError as error:
        told = words("There is an invitation to this address already: send it again, or revoke it first.")
        raise Unmet(Refusal("invited", told)) from error


def renew(by: User, invitation: Invitation) -> Invitation:
    """Let an invitation that nobody accepted be good for another 72 hours; links made before lead nowhere."""
    _must_invite(by)
    renewed = _open().filter(pk=invitation.pk).update(expires_at=_end(), mailed_at=None, mail_error="")
    if not renewed:
        raise Unmet(Refusal("over", words("It was accepted or revoked already: invite them anew.")))
    return Invitation.objects.get(pk=invitation.pk)


def revoke(by: User, invitation: Invitation) -> None:
    """Let an invitation lead nowhere. Revoked twice it is revoked once; one that was accepted stays so."""
    _must_invite(by)
    with transaction.atomic():
        known = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if known.accepted_at:
            told = words("It was accepted already: take the roles away under “Users” instead.")
            raise Unmet(Refusal("accepted", told))
        if not known.revoked_at:
            Invitation.objects.filter(pk=known.pk).update(revoked_at=ClockTimestamp())


def token_of(invitation: Invitation) -> str:
    """Return what the link of an invitation ends with."""
    return _SIGNER.sign(f"{invitation.public.hex}.{int(invitation.expires_at.timestamp())}")


def send(invitation: Invitation, base: str) -> str:
    """Send the letter, outside any transaction, and note that it went or why not.

    Returns the link where no mail went, so that it can be handed over by other means; "" where the server took it.
    `base` is the host that was asked, for desks that do not say where they are.
    """
    link = address_of("invitation", token_of(invitation), base=base)
    if not is_set_up():
        return link
    try:
        hand_in(_letter(invitation, link))
    except NotTaken as error:
        Invitation.objects.filter(pk=invitation.pk).update(mail_error=str(error))
        return link
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=ClockTimestamp(), mail_error="")
    return ""


def invitation_of(token: str) -> Invitation:
    """Return the open invitation a link leads to. Asks the database only for what this desk signed.

    Raises LeadsNowhere.
    """
    return _by(token, lock=False)


def accept(token: str, new: NewPerson) -> User:
    """Make the log-in, with the roles the invitation names. Of two clicks the second finds it used.

    Raises LeadsNowhere, and Unmet where the log-in name is taken.
    """
    with transaction.atomic():
        invitation = _by(token, lock=True)
        try:
            with transaction.atomic():
                person = User.objects.create_user(
                    username=new.username,
                    email=invitation.email,
                    password=new.password,
                    first_name=new.first_name,
                    last_name=new.last_name,
                    is_staff=True,
                )
        except IntegrityError as error:
            raise Unmet(Refusal("username", words("This log-in name is taken: choose another."))) from error
        person.groups.set(Group.objects.filter(name__in=invitation.roles))
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=ClockTimestamp(), person=person)
    return person


def invitations() -> Sequence[Invitation]:
    """Return every invitation, the newest first (one query)."""
    return list(Invitation.objects.select_related("by", "person").order_by("-pk"))


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def _by(token: str, *, lock: bool) -> Invitation:
    try:
        public, _dot, until = _SIGNER.unsign(token).partition(".")
        wanted, ends = uuid.UUID(hex=public), datetime.fromtimestamp(int(until), UTC)
    except (signing.BadSignature, ValueError) as error:
        raise LeadsNowhere from error
    rows = _open().select_for_update(of=("self",)) if lock else _open()
    found = rows.filter(public=wanted, expires_at=ends, expires_at__gt=ClockTimestamp()).select_related("by").first()
    if found is None:
        raise LeadsNowhere
    return found


def _end() -> datetime:
    """Return when an invitation made now ends, in whole seconds, as its link says it."""
    return (read_clock() + GOOD_FOR).replace(microsecond=0)


def _must_invite(by: User) -> None:
    if not may_open(by, "invite"):
        raise NotYours(Refusal("role", words("Only an administrator invites people.")))


def _letter(invitation: Invitation, link: str) -> Letter:
    desk = Desk.get().name
    context = {"desk": desk, "link": link, "by": name_of(invitation.by), "hours": int(GOOD_FOR.total_seconds() // 3600)}
    subject = gettext("You are invited to %(desk)s") % {"desk": desk}
    return Letter(invitation.email, subject, render_to_string("mail/invitation.txt", context))
