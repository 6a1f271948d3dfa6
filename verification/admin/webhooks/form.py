"""The form of a webhook."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verification.models import Webhook
from verification.publishing.plain_text import one_line
from verification.publishing.webhooks.setting import BROADCAST, Wanted
from verification.review.refusals import Refused

LONGEST_NAME, LONGEST_URL = 100, 2000


class WebhookForm(forms.Form):
    """Who receives what, and where. `public` names a new webhook: the form sent twice makes one."""

    name = forms.CharField(
        label=_("Who receives it"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Say who receives it.")},
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        error_messages={"required": _("Enter the address it is sent to.")},
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
        help_text=_("Begins with https:// and is on the public internet. A redirect is not followed."),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=[(event.value, event.label) for event in BROADCAST],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Minor edits are told to nobody. Without a choice it is told everything, new kinds too."),
        required=False,
    )
    public = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, webhook: Webhook | None = None) -> None:
        """Fill in what is stored, or all events of a new one."""
        known: dict[str, object] = {"public": uuid.uuid4()}
        if webhook:
            known |= {"name": webhook.name, "url": webhook.url, "events": webhook.events}
        super().__init__(data, initial=known)

    def clean_name(self) -> str:
        """Put it on one line."""
        return one_line(self.cleaned_data["name"], LONGEST_NAME)

    @property
    def wanted(self) -> Wanted:
        """What was typed."""
        said = self.cleaned_data
        return Wanted(said["name"], said["url"], said["events"])

    def refuse(self, error: Refused) -> None:
        """Show a verb's refusal at the field it is about."""
        guard = error.refusal.guard
        self.add_error(guard if guard in self.fields else None, str(error))
