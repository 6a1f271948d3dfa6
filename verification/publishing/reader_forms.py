"""What the forms have in common that readers fill in without a log-in, a cookie or a script.

In the place of a session a form carries a signed name and the time it was made: sent twice it is kept once. A field
that no person sees catches simple programs. How often one network sends is counted in this process's memory, under a
hash whose salt is forgotten when the process or the day ends: no reader's address is stored.
"""

import uuid
from datetime import timedelta
from typing import Final

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from verification.publishing.networks import asked_of_network
from verification.publishing.plain_text import one_line

LONGEST_BODY: Final = 64 * 1024
LONGEST_CONTACT: Final = 200
PER_HOUR: Final = 10
HOUR: Final = 3600
GOOD_FOR: Final = timedelta(hours=12)


class ReaderForm(forms.Form):
    """How to answer, if one likes; and the field that only programs fill in."""

    contact = forms.CharField(
        label=gettext_lazy("How we can answer you"),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_contact(self) -> str:
        """Put it on one line."""
        return one_line(self.cleaned_data["contact"], LONGEST_CONTACT)

    @property
    def by_a_program(self) -> bool:
        """Whether a valid form was filled in by what reads no page: it is thanked, and nothing is kept."""
        return bool(self.cleaned_data["website"])


def new_name(purpose: str) -> str:
    """Return a new form's name, signed for this purpose alone."""
    return _signer(purpose).sign(uuid.uuid4().hex)


def name_in(request: HttpRequest, purpose: str) -> uuid.UUID | None:
    """Return the name a form of ours was given; None where it is not ours, or too old."""
    try:
        return uuid.UUID(_signer(purpose).unsign(request.POST.get("form", ""), max_age=GOOD_FOR))
    except (BadSignature, ValueError):
        return None


def is_too_long(request: HttpRequest) -> bool:
    """Return whether what was sent is longer than it says anything useful: it is not read then."""
    length = request.headers.get("Content-Length", "")
    return length.isdigit() and int(length) > LONGEST_BODY


def comes_too_often(request: HttpRequest, purpose: str) -> bool:
    """Count a form of a network, and say whether it sent too many of this purpose within the hour."""
    made, _seconds = asked_of_network(request, purpose, HOUR)
    return made > PER_HOUR


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"readout.{purpose}")
