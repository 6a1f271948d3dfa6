"""What an administrator says of a source: who it is, and the settings that its connector asks for."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.translation import say
from verification.connectors.issuers.configuring import configured
from verification.connectors.issuers.contract import BadConfiguration, Connector, Setting
from verification.models import Tier
from verification.publishing.plain_text import printable
from verification.research.source_keeping import Kept

MOST_NAMES = 60
LONGEST_NAME = 200
# Oftener than this is asked of nobody; a year is never.
SOONEST, LATEST = 5, 525_600
PREFIX = "set-"
# What a connector asks for and the source knows anyway is asked once.
SHARED = {"zone"}


def text_input(**more: object) -> forms.TextInput:
    """Return the widget of one line."""
    return forms.TextInput({"class": "ro-input", "autocomplete": "off", **more})


def lines_input(rows: int = 3) -> forms.Textarea:
    """Return the widget of several lines."""
    return forms.Textarea({"class": "ro-text", "rows": rows, "spellcheck": "false"})


def minutes_field() -> forms.IntegerField:
    """Return the field that says how often something is asked."""
    return forms.IntegerField(
        label=gettext_lazy("Asked every … minutes"),
        help_text=gettext_lazy("60 is an hour, 1440 a day. Its host’s own pace counts beside it."),
        min_value=SOONEST,
        max_value=LATEST,
        widget=forms.NumberInput({"class": "ro-input ro-few"}),
    )


@cache
def zones() -> list[tuple[str, Any]]:
    """Return the time zones to choose from, by region."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        region, _slash, place = name.partition("/")
        if place and region not in {"Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico"}:
            regions.setdefault(region, []).append((name, place.replace("_", " ")))
    return [("", gettext_lazy("not known")), ("UTC", "UTC"), *regions.items()]


class SourceForm(forms.Form):
    """A source as it is kept. `connector` is None where its documents are handed in or imported."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME, widget=text_input())
    tier = forms.TypedChoiceField(
        label=gettext_lazy("How near it stands to what happened"),
        choices=Tier.choices,
        coerce=int,
        initial=Tier.T1,
        widget=forms.Select({"class": "ro-select"}),
    )
    speaks_for = forms.CharField(
        label=gettext_lazy("Speaks for"),
        help_text=gettext_lazy("The person or body whose own words these are."),
        required=False,
        max_length=LONGEST_NAME,
        widget=text_input(),
    )
    also_called = forms.CharField(
        label=gettext_lazy("Also called"),
        help_text=gettext_lazy(
            "Other names of whom it speaks for (people, offices, bodies), a line each: a claim that names one of them "
            "has this source asked."
        ),
        required=False,
        widget=lines_input(),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Its days are counted in this zone."),
        required=False,
        choices=zones,
        widget=forms.Select({"class": "ro-select"}),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("Under which its texts may be shown, where that is known."),
        required=False,
        max_length=LONGEST_NAME,
        widget=text_input(),
    )
    every_minutes = minutes_field()

    def __init__(
        self, connector: type[Connector] | None, data: Any = None, *, kept: Kept | None = None, seen: str = ""
    ) -> None:
        """Show what is kept now; `seen` is its mark, which the form carries."""
        self.connector = connector
        self.settings: Sequence[Setting] = connector.settings if connector else ()
        self.asked = [setting for setting in self.settings if setting.name not in SHARED]
        super().__init__(data, initial=_initial(kept, self.settings), auto_id="src-%s")
        self.seen = (data or {}).get("seen", seen)
        if not connector:
            del self.fields["every_minutes"]
        for setting in self.asked:
            self.fields[PREFIX + setting.name] = field_of(setting)

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields that say who the source is."""
        return [self[name] for name in self.fields if not name.startswith(PREFIX)]

    @property
    def of_connector(self) -> list[forms.BoundField]:
        """The fields that its connector cannot do without, and those that were filled in or need mending."""
        return [self[PREFIX + setting.name] for setting in self.asked if self._stands_out(setting)]

    @property
    def further(self) -> list[forms.BoundField]:
        """The other fields of its connector, which are as usual."""
        return [self[PREFIX + setting.name] for setting in self.asked if not self._stands_out(setting)]

    def _stands_out(self, setting: Setting) -> bool:
        field = self[PREFIX + setting.name]
        return setting.required or bool(field.errors) or not _is_usual(setting, _said(setting, field.value()))

    def clean_name(self) -> str:
        """Put it on one line."""
        name = _one_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Give it a name."))
        return name

    def clean_speaks_for(self) -> str:
        """Put it on one line."""
        return _one_line(self.cleaned_data["speaks_for"])

    def clean_licence(self) -> str:
        """Put it on one line."""
        return _one_line(self.cleaned_data["licence"])

    def clean_also_called(self) -> tuple[str, ...]:
        """Read the lines, each name once."""
        names = dict.fromkeys(filter(None, map(_one_line, self.cleaned_data["also_called"].splitlines())))
        if len(names) > MOST_NAMES:
            raise ValidationError(_("These are more than %(most)s names."), params={"most": MOST_NAMES})
        if any(len(name) > LONGEST_NAME for name in names):
            told = _("A name here is longer than %(most)s characters: give each a line of its own.")
            raise ValidationError(told, params={"most": LONGEST_NAME})
        return tuple(names)

    def clean(self) -> dict[str, Any]:
        """Have the connector read its settings, and say at each what it cannot use."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = {}
        zone = cleaned.get("zone")
        if zone and any(setting.name == "zone" for setting in self.settings):
            said["zone"] = zone
        for setting in self.asked:
            if (value := _said(setting, cleaned.get(PREFIX + setting.name))) is None:
                continue
            said[setting.name] = value
        for setting in self.asked:
            only = {setting.name: said[setting.name]} if setting.name in said else {}
            try:
                read = configured((setting,), only)[setting.name]
            except BadConfiguration as error:
                self._refuse(error)
            else:
                said.pop(setting.name, None)
                if only and read != _usual(setting):  # what is as usual follows the connector, should that change
                    said[setting.name] = read
        if self.connector and not self.errors:
            try:
                self.connector(said)  # what fits by itself need not fit together
            except BadConfiguration as error:
                self._refuse(error)
        cleaned["configuration"] = said
        return cleaned

    def kept(self, stands: Kept | None = None) -> Kept:
        """Return the source as it was filled in; what the form does not ask stays as it `stands`."""
        said = self.cleaned_data
        return Kept(
            said["name"],
            said["tier"],
            said["speaks_for"],
            said["also_called"],
            said["zone"],
            said["licence"],
            said["every_minutes"] if self.connector else (stands.every_minutes if stands else 60),
            said["configuration"] if self.connector else (stands.configuration if stands else {}),
        )

    def told(self, kept: Kept) -> list[tuple[str, str]]:
        """Return what is said of a source in pairs of label and words, in the form's order."""
        said = [each for each in self.asked if each.name in kept.configuration]
        values = kept.columns() | {"tier": Tier(kept.tier).label, "also_called": ", ".join(kept.also_called)}
        told = [(say(each.label), _worded(each, kept.configuration[each.name])) for each in said]
        told += [(str(self[name].label), str(values[name])) for name in self.fields if values.get(name)]
        return told

    def _refuse(self, error: BadConfiguration) -> None:
        field = error.setting if error.setting in SHARED else PREFIX + error.setting
        self.add_error(field if field in self.fields else None, say(error.sentence))


def field_of(setting: Setting) -> forms.Field:
    """Return the form field of one setting; what it may hold is for the connector to say."""
    told: dict[str, Any] = {
        "label": say(setting.label),
        "help_text": say(setting.help) if setting.help else "",
        "required": False,
    }
    match setting.kind:
        case "choices":
            return forms.Field(widget=forms.CheckboxSelectMultiple(choices=setting.choices), **told)
        case "choice":
            offered = setting.choices if setting.default else [("", _("choose one")), *setting.choices]
            return forms.CharField(widget=forms.Select({"class": "ro-select"}, choices=offered), **told)
        case "flag":
            return forms.BooleanField(widget=forms.CheckboxInput(), **told)
        case "texts" | "urls":
            return forms.CharField(widget=lines_input(), strip=False, **told)
        case "number":
            return forms.CharField(widget=forms.NumberInput({"class": "ro-input ro-few", "min": 1}), **told)
        case "url":
            return forms.CharField(widget=forms.URLInput({"class": "ro-input", "placeholder": "https://"}), **told)
        case _:
            return forms.CharField(widget=text_input(), **told)


def _said(setting: Setting, value: Any) -> Any:
    """Return what was filled in for a setting, None for nothing."""
    if setting.kind == "flag":
        return bool(value)
    if isinstance(value, str):
        value = printable(value.replace("\r\n", "\n"))
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        return (lines if setting.kind in {"texts", "urls"} else value.strip()) or None
    return value or None


def _usual(setting: Setting) -> Any:
    return list(setting.default) if isinstance(setting.default, tuple) else setting.default


def _is_usual(setting: Setting, said: Any) -> bool:
    """Return whether a setting is what it is where nothing is said of it."""
    if said is None:
        return True
    try:
        return bool(configured((setting,), {setting.name: said})[setting.name] == _usual(setting))
    except BadConfiguration:
        return False


def _initial(kept: Kept | None, settings: Sequence[Setting]) -> dict[str, Any]:
    told: Mapping[str, Any] = kept.configuration if kept else {}
    found: dict[str, Any] = {"every_minutes": 60}
    if kept:
        found = kept.columns() | {"also_called": "\n".join(kept.also_called)}
        found["zone"] = kept.zone or told.get("zone", "")
    for setting in settings:
        value = told.get(setting.name, setting.default)
        lists = setting.kind in {"texts", "urls"} and not isinstance(value, str)
        found[PREFIX + setting.name] = "\n".join(value or ()) if lists else value
    return found


def _worded(setting: Setting, value: Any) -> str:
    if setting.kind == "flag":
        return _("yes") if value else _("no")
    labels = dict(setting.choices)
    listed = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(each, each)) for each in listed if each not in (None, ""))


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
