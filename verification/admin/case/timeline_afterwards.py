"""How the timeline tells what came after a judgment: who wrote, what a lawyer said, days, challenges, edits."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.models import Challenge
from verification.review.drafting import CLEARED

SENTENCES = {
    "write": gettext_lazy("{who} changed the text that {person} had written"),
    "ask_legal_read": gettext_lazy("{who} asked for a legal read"),
    "legal_read": gettext_lazy("{who} read the text as a lawyer"),
    "drop_legal_read": gettext_lazy("{who} went on without the legal read"),
    "set_dates": gettext_lazy("{who} set the days of the verdict"),
    "watch_challenged": gettext_lazy("The source watch challenged what is published"),
    "minor_edit": gettext_lazy("{who} put out a minor edit, version {version}"),
    "came_due": gettext_lazy("Its review date came: it is in the queue again"),
    "reopen": gettext_lazy("{who} reopened the withdrawn case"),
    "comment": gettext_lazy("{who} commented"),
}


def facts(verb: str, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield in short what such an entry says."""
    if verb == "write" and told.get("legal_read"):
        yield _("A lawyer has to read it again")
    if verb == "legal_read":
        yield _("It may go out") if told.get("outcome") == CLEARED else _("It has to change")
    if verb == "set_dates":
        yield _("As of %(day)s") % {"day": _day(told["as_of"])} if told.get("as_of") else _("No as-of day")
        review_on = _day(told.get("review_on"))
        yield _("To be looked at again on %(day)s") % {"day": review_on} if review_on else _("No review date")
    if told.get("origin") in Challenge.Origin.values:
        yield _("Raised by %(origin)s") % {"origin": Challenge.Origin(told["origin"]).label}


def _day(written: object) -> str:
    text = str(written or "")
    at = parse_datetime(text) if "T" in text else None
    day: date | None = localtime(at).date() if at else parse_date(text)
    return date_format(day, "j M Y") if day else text
