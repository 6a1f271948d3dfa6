"""The desk's mail: whether there is a server, and one letter handed to it."""

import smtplib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from types import TracebackType
from typing import Final, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.urls import reverse

from claims.work import storable

A_CONNECTION: Final = 50
"""Letters handed in over one connection; many servers hang up after a hundred."""
NO_MAILBOX: Final = 553
"""RFC 5321, section 4.2.3: the syntax of a mailbox is wrong."""


class NotTaken(Exception):
    """The server did not take a letter; the text says why, in its own words.

    `receiver` is what it said of the receiver alone, a reply code of RFC 5321 (5xx: for good); 0 for all other trouble.
    `of_letter` says that it refused this letter's text, which is no word on whether the receiver exists.
    """

    def __init__(self, text: str, receiver: int = 0, *, of_letter: bool = False) -> None:
        """Keep all three."""
        self.receiver = receiver
        self.of_letter = of_letter
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, plain text. `headers` are added to those that every letter has."""

    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


def is_set_up() -> bool:
    """Return whether the operator has named a mail server."""
    return bool(settings.EMAIL_HOST)


def header_address(address: str) -> str:
    """Return an address as it stands in a header, its domain in ASCII. Raises ValueError where it cannot.

    Refused is every character that is not seen: Python's IDNA drops some of them, and names another domain than is
    read; others end the line of a header.
    """
    if any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in address):
        raise ValueError("an address holds a character that is not seen")
    return sanitize_address(address, "utf-8")


def hand_in(letter: Letter, connection: BaseEmailBackend | None = None) -> None:
    """Give a letter to the server; when this returns, the server has it. Raises NotTaken."""
    subject = " ".join(letter.subject.split())
    # Told apart from people's letters by programs that answer by themselves (RFC 3834).
    headers = {"Auto-Submitted": "auto-generated", **letter.headers}
    message = EmailMessage(
        subject, letter.body, to=[letter.to], headers=headers, connection=connection or get_connection()
    )
    try:
        header_address(letter.to)
        message.message().as_bytes()
    except (ValueError, MessageError) as error:
        raise NotTaken(_words(error), NO_MAILBOX) from error
    try:
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:  # ValueError: the desk's own address is none
        raise _not_taken(error) from error


class Post:
    """Hands letters in over one connection, which is opened for the first; use as a context manager."""

    def __init__(self) -> None:
        """Connect with nobody yet."""
        self._connection: BaseEmailBackend | None = None
        self._handed = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def hand_in(self, letter: Letter) -> None:
        """Give a letter to the server; when this returns, the server has it. Raises NotTaken."""
        if self._handed % A_CONNECTION == 0:
            self.__exit__(None, None, None)
            connection = get_connection()
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as error:
                raise _not_taken(error) from error
            self._connection = connection
        self._handed += 1
        hand_in(letter, self._connection)


def _not_taken(error: Exception) -> NotTaken:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return NotTaken(_words(error), next(iter(error.recipients.values()), (0,))[0])
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return NotTaken(_words(error), error.smtp_code, of_letter=True)
    return NotTaken(_words(error))


def _words(error: Exception) -> str:
    return storable(f"{type(error).__name__}: {error}")[:300]


def address_of(name: str, *arguments: object, base: str = "") -> str:
    """Return where a page is for whoever reads a mail, below DESK_URL, else PUBLIC_URL, else `base`.

    Empty where none of them is known: a mail then names the case, and leads nowhere.
    """
    known = settings.DESK_URL or settings.PUBLIC_URL or base
    return known + reverse(name, args=arguments) if known else ""
