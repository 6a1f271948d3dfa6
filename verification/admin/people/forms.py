"""The forms of a person’s settings: read and refused here; the verbs are `verification.people`’s."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.translation import say
from verification.models import NotificationChoice, Profile, Topic
from verification.people.notices.choices import Choice, choices_of
from verification.people.notices.kinds import Kind
from verification.people.profiles import MOST_CASES, MOST_WEIGHT, languages_in
from verification.review.refusals import Unmet

DAY = "%Y-%m-%d"


def _input(kind: str = "text", **more: object) -> dict[str, object]:
    return {"class": "ro-input", "type": kind, **more}


class ReadingForm(forms.Form):
    """What somebody reads and knows."""

    languages = forms.CharField(
        label=_("Languages"), required=False, max_length=300, widget=forms.TextInput(_input(autocomplete="off"))
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, profile: Profile, data: Any = None) -> None:
        """Offer the topics in use, and those that this person chose before."""
        mine = {topic.pk for topic in profile.topics.all()} if profile.pk else set()
        self.offered = list(Topic.objects.filter(Q(in_use=True) | Q(pk__in=mine)))
        initial = {"languages": ", ".join(profile.languages), "topics": [str(pk) for pk in mine]}
        super().__init__(data, initial=initial)
        topics = self.fields["topics"]
        assert isinstance(topics, forms.MultipleChoiceField)  # nosec B101 (for the type checker)
        topics.choices = [(str(topic.pk), topic.name) for topic in self.offered]

    def clean_languages(self) -> list[str]:
        """Read the codes."""
        try:
            return languages_in(self.cleaned_data["languages"])
        except Unmet as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def chosen(self) -> list[Topic]:
        """The topics that were ticked."""
        return [topic for topic in self.offered if str(topic.pk) in self.cleaned_data["topics"]]


class LoadForm(forms.Form):
    """How much is given to somebody."""

    capacity = forms.IntegerField(
        label=_("Cases at once"),
        required=False,
        min_value=1,
        max_value=MOST_CASES,
        widget=forms.NumberInput({"class": "ro-input"}),
    )
    weight = forms.IntegerField(
        label=_("Share of automatic assignment"),
        min_value=0,
        max_value=MOST_WEIGHT,
        widget=forms.NumberInput({"class": "ro-input"}),
    )


class AbsenceForm(forms.Form):
    """The first and the last day somebody is away."""

    since = forms.DateField(
        label=_("First day away"), input_formats=[DAY], widget=forms.DateInput(_input("date"), format=DAY)
    )
    until = forms.DateField(
        label=_("Last day away"), input_formats=[DAY], widget=forms.DateInput(_input("date"), format=DAY)
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200, widget=forms.TextInput(_input()))


MAILS: list[tuple[str, str | Promise]] = [(value, label) for value, label in NotificationChoice.Mail.choices]
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class NoticesForm(forms.Form):
    """How somebody is told of each kind, and when the digest comes."""

    digest_hour = forms.TypedChoiceField(
        label=_("Daily digest at"), choices=HOURS, coerce=int, widget=forms.Select({"class": "ro-select"})
    )

    def __init__(self, profile: Profile, data: Any = None) -> None:
        """Show every kind of this person's roles as it is told now."""
        initial: dict[str, object] = {"digest_hour": profile.digest_hour}
        known = choices_of(profile.person)
        self.kinds = [kind for kind, _choice in known]
        for kind, choice in known:
            initial |= {f"desk-{kind.key}": choice.on_desk, f"mail-{kind.key}": choice.mail}
        super().__init__(data, initial=initial)
        for kind in self.kinds:
            told = say(kind.label)
            box = forms.CheckboxInput({"aria-label": _("Show on the desk: %(what)s") % {"what": told}})
            select = forms.Select({"class": "ro-select", "aria-label": _("Mail: %(what)s") % {"what": told}})
            self.fields[f"desk-{kind.key}"] = forms.BooleanField(required=False, widget=box)
            self.fields[f"mail-{kind.key}"] = forms.ChoiceField(choices=MAILS, widget=select)

    @property
    def lines(self) -> Iterator[tuple[Kind, forms.BoundField, forms.BoundField]]:
        """Each kind with its two fields."""
        for kind in self.kinds:
            yield kind, self[f"desk-{kind.key}"], self[f"mail-{kind.key}"]

    @property
    def wishes(self) -> list[tuple[Kind, Choice]]:
        """Each kind as it was chosen."""
        said = self.cleaned_data
        return [(kind, Choice(said[f"desk-{kind.key}"], said[f"mail-{kind.key}"])) for kind in self.kinds]
