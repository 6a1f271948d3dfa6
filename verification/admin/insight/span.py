"""The span of days that figures are asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What is shown when nothing was asked for.
USUAL = timedelta(days=90)


# What a date picker takes, whatever the language.
DAY = "%Y-%m-%d"


def _picker() -> forms.DateInput:
    return forms.DateInput(format=DAY, attrs={"type": "date", "class": "ro-input"})


class SpanForm(forms.Form):
    """From which day to which, both included, in the desk's zone."""

    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_picker())
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=_picker())

    def clean(self) -> dict[str, object]:
        """Refuse a span that ends before it begins."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            raise forms.ValidationError(_("The first day comes after the last one."))
        return found


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included; `since` and `before` are where they begin and end as times."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The beginning of the first day, in the desk's zone."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def before(self) -> datetime:
        """The end of the last day, which is the beginning of the next."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))


def span_of(request: HttpRequest) -> tuple[Span, SpanForm]:
    """Return the span that was asked for, else the last 90 days, and the form that shows it, with what is wrong."""
    today = timezone.localdate()
    usual = Span(today - USUAL, today)
    form = SpanForm(request.GET if request.GET else None, initial={"since": usual.first, "until": usual.last})
    if not form.is_bound or not form.is_valid():
        return usual, form
    last = form.cleaned_data["until"] or today
    if last >= date.max - timedelta(days=1):
        last = today
    first = form.cleaned_data["since"] or min(usual.first, last)
    return Span(max(first, date(1900, 1, 1)), max(last, date(1900, 1, 2))), form
