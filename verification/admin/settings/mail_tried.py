"""A test mail to oneself through the desk's own mail server, and what went wrong told in words."""

import smtplib
import socket
import ssl
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.models import Desk
from verification.people.post import Letter, NotTaken, hand_in

# By what the mail client raised; the first that fits says it.
_WHY: Final = (
    (
        smtplib.SMTPAuthenticationError,
        gettext_lazy("The server does not take the name and password in EMAIL_URL: the operator should look at both."),
    ),
    (
        smtplib.SMTPSenderRefused,
        gettext_lazy("The server does not send for the address in MAIL_FROM: the operator should name one it knows."),
    ),
    (
        smtplib.SMTPRecipientsRefused,
        gettext_lazy("The server does not take mail for your address: an administrator should look how it is spelt."),
    ),
    (
        smtplib.SMTPNotSupportedError,
        gettext_lazy("The server does not know what EMAIL_URL asks of it: try another kind of encryption there."),
    ),
    (
        smtplib.SMTPServerDisconnected,
        gettext_lazy("The server hung up. Port and encryption in EMAIL_URL may not go together."),
    ),
    (ssl.SSLError, gettext_lazy("No encrypted connection came about: port and encryption may not go together.")),
    (socket.gaierror, gettext_lazy("There is no server of that name: the operator should look at EMAIL_URL.")),
    (TimeoutError, gettext_lazy("The server did not answer in time: a firewall may stand between.")),
    (ConnectionRefusedError, gettext_lazy("Nothing listens at that host and port: look at EMAIL_URL.")),
    (smtplib.SMTPException, gettext_lazy("The server refused the letter.")),
    (ValueError, gettext_lazy("An address is none: yours, at your log-in, or the one in MAIL_FROM.")),
)


class MailFailed(Exception):
    """The test mail was not taken: a sentence that says what to do, and what the server said."""

    def __init__(self, sentence: str, said: str) -> None:
        """Keep both."""
        self.sentence, self.said = sentence, said
        super().__init__(f"{sentence} ({said})")


def send_test(address: str) -> None:
    """Hand a test mail to the server; when this returns, the server has it. Raises MailFailed."""
    desk = Desk.get().name
    letter = Letter(
        address,
        _("%(desk)s: a test mail") % {"desk": desk},
        _("You asked for this mail under Settings. That you read it shows that the desk’s mail goes out.") + "\n",
    )
    try:
        hand_in(letter)
    except NotTaken as error:
        cause = error.__cause__
        told = next((why for kind, why in _WHY if isinstance(cause, kind)), _("The mail server cannot be reached."))
        raise MailFailed(str(told), str(error)) from error
