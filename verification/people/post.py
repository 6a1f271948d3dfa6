"""The desk's mail: whether there is a server, and one letter handed to it."""

import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from claims.work import storable


class NotTaken(Exception):
    """The server did not take a letter; the text says why, in its own words."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, plain text."""

    to: str
    subject: str
    body: str


def is_set_up() -> bool:
    """Return whether the operator has named a mail server."""
    return bool(settings.EMAIL_HOST)


def hand_in(letter: Letter) -> None:
    """Give a letter to the server; when this returns, the server has it. Raises NotTaken."""
    subject = " ".join(letter.subject.split())
    # Told apart from people's letters by programs that answer by themselves (RFC 3834).
    headers = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(subject, letter.body, to=[letter.to], headers=headers, connection=get_connection())
    try:
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:  # ValueError: an address that is none
        raise NotTaken(storable(f"{type(error).__name__}: {error}")[:300]) from error


def address_of(name: str, *arguments: object, base: str = "") -> str:
    """Return where a page is for whoever reads a mail, below DESK_URL, else PUBLIC_URL, else `base`.

    Empty where none of them is known: a mail then names the case, and leads nowhere.
    """
    known = settings.DESK_URL or settings.PUBLIC_URL or base
    return known + reverse(name, args=arguments) if known else ""
