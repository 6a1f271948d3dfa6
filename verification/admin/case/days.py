"""Days and times ahead, as a form takes them in the desk's zone."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verification.admin.queue.deadlines import LocalTimeField
from verification.review.holding import FURTHEST

PICKER = "%Y-%m-%dT%H:%M"  # how a browser's picker for date and time writes them


def must_be_ahead(at: datetime) -> None:
    """Refuse a time that has passed, or lies more than a hundred years ahead."""
    now = timezone.now()
    if at <= now:
        raise forms.ValidationError(_("That has passed already: name a later one."))
    if at > now + FURTHEST:
        raise forms.ValidationError(_("Name one within a hundred years."))


class DayAhead(forms.DateField):
    """A day ahead; its value is the moment when it begins in the desk's zone."""

    def __init__(self, **options: Any) -> None:
        """Take what any field takes."""
        attributes = {"type": "date", "class": "ro-input"} | options.pop("attributes", {})
        invalid = _("Write it as a day, such as 2031-05-04.")
        super().__init__(
            widget=forms.DateInput(attributes, format="%Y-%m-%d"), error_messages={"invalid": invalid}, **options
        )

    def clean(self, value: Any) -> Any:
        """Return the beginning of the day, None where it was left empty."""
        day: date | None = super().clean(value)
        if day is None:
            return None
        begins = datetime.combine(day, time(), timezone.get_current_timezone())
        must_be_ahead(begins)
        return begins


class TimeAhead(LocalTimeField):
    """A day and a time ahead, in the desk's zone."""

    def __init__(self, **options: Any) -> None:
        """Take what any field takes."""
        attributes = {"type": "datetime-local", "class": "ro-input"} | options.pop("attributes", {})
        invalid = _("Write it as a day and a time, such as 2031-05-04 17:00.")
        super().__init__(
            widget=forms.DateTimeInput(attributes, format=PICKER), error_messages={"invalid": invalid}, **options
        )

    def clean(self, value: Any) -> Any:
        """Return the time, None where it was left empty."""
        at: datetime | None = super().clean(value)
        if at is not None:
            must_be_ahead(at)
        return at
