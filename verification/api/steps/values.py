"""What is sent with steps: texts, moments, days, people, and how each is read."""

from datetime import date, datetime, time
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from verification.publishing.plain_text import printable
from verification.review.holding import FURTHEST
from verification.review.transitions import LONGEST_REASON

MAX_TEXT: Final = 20_000
LONGEST_NAME: Final = 150
_LARGEST: Final = 2**31 - 1


class Words(serializers.CharField):
    """A text of somebody, without what no XML document may hold."""

    def __init__(self, help_text: str, longest: int = MAX_TEXT, **options: Any) -> None:
        """Say what it is, and how long it may be (characters)."""
        super().__init__(help_text=help_text, max_length=longest, **options)

    def to_internal_value(self, data: Any) -> str:
        """Return it fit to be stored."""
        return printable(super().to_internal_value(data).replace("\r\n", "\n"))


class When(serializers.DateTimeField):
    """A moment."""

    def to_internal_value(self, value: Any) -> datetime:
        """Return it in the desk's zone. Raises ValidationError for one that lies in no year of the calendar there."""
        try:
            return super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")


class Day(serializers.DateField):
    """A day."""

    def to_internal_value(self, value: Any) -> date:
        """Return it. Raises ValidationError for one so far away that a zone could take it out of the calendar."""
        day: date = super().to_internal_value(value)
        if not 1000 < day.year < 9000:
            raise serializers.ValidationError(_("Give a day of our age, such as 2031-05-04."))
        return day


class Revision(serializers.IntegerField):
    """A revision that was seen."""

    def __init__(self, help_text: str) -> None:
        """Say of what."""
        super().__init__(help_text=help_text, min_value=0, max_value=_LARGEST)


class Strict(serializers.Serializer[Any]):
    """What is sent, and no name beside those that are known."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what was sent. Raises ValidationError for a name that is not known."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({unknown[0]: [_("This is no name that is known here.")]})
        return super().to_internal_value(data)


class Step(Strict):
    """What every step is sent with."""

    revision = Revision("of the case as it was seen: where it has moved on since, nothing is done")


class WithReason(Step):
    """A step that says why, where the log wants that."""

    reason = Words("one sentence for the log", LONGEST_REASON, required=False, allow_blank=True, default="")


class ForSomebody(Step):
    """A check that goes to somebody."""

    person = Words("log-in name of a checker", LONGEST_NAME)
    note = Words("what they should know", LONGEST_REASON, required=False, allow_blank=True, default="")


def midnight(day: date) -> datetime:
    """Return when a day begins in the desk's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def must_be_a_deadline(at: datetime, field: str = "deadline") -> None:
    """Raise ValidationError where a time has passed, or lies too far away: what the desk's forms ask of a deadline."""
    now = timezone.now()
    if at <= now:
        raise serializers.ValidationError({field: _("This deadline is over already: name a later one, or none.")})
    if at > now + FURTHEST:
        raise serializers.ValidationError({field: _("A deadline lies within a hundred years.")})


def person_called(name: str) -> User:
    """Return who has a log-in name. Raises ValidationError where nobody has."""
    person = User.objects.filter(username=name).first()
    if person is None:
        raise serializers.ValidationError({"person": _("Nobody here has this log-in name.")})
    return person
