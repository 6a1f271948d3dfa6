"""How much lies on each checker's desk, how much they take on, and who is away: beside every choice of a checker."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import User
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.forms import CharField, Select, TextInput
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verification.models import Absence
from verification.review.standing import name_of
from verification.review.states import CHECKER


@dataclass(frozen=True, slots=True)
class Load:
    """A checker's desk: open turns, how many they take on (None: no limit), and the last day of an absence of now."""

    person: User
    open: int
    most: int | None
    away_until: date | None

    @property
    def away(self) -> str:
        """Until when they are away, in words; empty when they are not."""
        return date_format(self.away_until, "j M Y") if self.away_until else ""

    @property
    def label(self) -> str:
        """Name and load in one line: `Jonas Brandt, 3 of 8 open`."""
        values = {"name": name_of(self.person), "count": self.open, "most": self.most, "day": self.away}
        if self.most is None:
            told = ngettext("%(name)s, %(count)d open", "%(name)s, %(count)d open", self.open) % values
        else:
            told = _("%(name)s, %(count)d of %(most)d open") % values
        return _("%(load)s, away until %(day)s") % {"load": told, **values} if self.away else told


def checkers() -> QuerySet[User]:
    """Return the active checkers."""
    return User.objects.filter(groups__name=CHECKER, is_active=True)


def loads() -> list[Load]:
    """Return every checker's load, those with least on their desk first and those who are away last (one query)."""
    today = timezone.localdate()
    turns = Count("duties__turns", filter=Q(duties__turns__closed_at__isnull=True), distinct=True)
    absent = Absence.objects.filter(person=OuterRef("pk"), since__lte=today, until__gte=today).order_by("-until")
    people: QuerySet[Any] = checkers().annotate(
        open_turns=turns, most=F("profile__capacity"), away=Subquery(absent.values("until")[:1])
    )
    ordered = people.order_by(F("away").asc(nulls_first=True), "open_turns", "first_name", "last_name", "pk")
    return [Load(person, person.open_turns, person.most, person.away) for person in ordered]


def checker_choices() -> Iterator[tuple[str, str]]:
    """List the checkers for a select, each with their load (one query)."""
    yield "", _("Choose a checker")
    for load in loads():
        yield str(load.person.pk), load.label


class CheckerSelect(Select):
    """A select of checkers whose options carry the load as data, so that a script can say what a choice would make."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Begin with nobody to choose."""
        super().__init__(attrs)
        self.loads: dict[str, Load] = {}

    def offer(self, found: list[Load]) -> None:
        """Set who can be chosen."""
        self.loads = {str(load.person.pk): load for load in found}
        self.choices = [("", _("Choose a checker")), *((value, load.label) for value, load in self.loads.items())]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option with the name and load of its checker."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if load := self.loads.get(str(value)):
            most = {} if load.most is None else {"data-most": load.most}
            away = {"data-away": load.away} if load.away else {}
            option["attrs"] |= {"data-name": name_of(load.person), "data-has": load.open, **most, **away}
        return option


class AssignForm(ActionForm):
    """Whom the chosen cases go to, with a word for that person."""

    to = CharField(
        label=gettext_lazy("Colleague"),
        required=False,
        widget=CheckerSelect(attrs={"class": "ro-select", "data-key": "a", "aria-describedby": "would-have"}),
    )
    note = CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=TextInput(attrs={"class": "ro-input", "placeholder": gettext_lazy("Note (optional)"), "maxlength": 500}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read who can be chosen now."""
        super().__init__(*args, **kwargs)
        widget = self.fields["to"].widget
        assert isinstance(widget, CheckerSelect)  # nosec B101 (as declared above)
        widget.offer(loads())
