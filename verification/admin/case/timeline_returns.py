"""How the timeline tells what comes back to a case: holds and days, replies, parts of a claim."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.models import ReplyRequest, Rollup

SENTENCES = {
    "hold_ended": gettext_lazy("Its day came: it goes on where it was"),
    "came_due": gettext_lazy("Its review date came: another cycle opens"),
    "ask_reply": gettext_lazy("{who} asked for a reply"),
    "record_reply": gettext_lazy("{who} recorded a reply"),
    "reply_overdue": gettext_lazy("The deadline for a reply passed in silence"),
    "set_parts": gettext_lazy("{who} set the parts of the claim"),
    "joined_whole": gettext_lazy("{who} made it a part of {whole}"),
    "left_whole": gettext_lazy("{who} took it out of {whole}, of which it was a part"),
    "source_changed": gettext_lazy("The source watch found another text where a page is cited"),
    "appearance_changed": gettext_lazy("An article in which the claim stands was changed"),
}


def facts(
    verb: str, told: Mapping[str, Any], time: Callable[[object], str], case: Callable[[object], str]
) -> Iterable[str]:
    """Return what an entry of these verbs says; `time` and `case` write a time and a case's number."""
    if verb == "hold":
        yield _("Until %(time)s") % {"time": time(told["until"])} if told.get("until") else _("Until taken off")
    if verb == "accept" and told.get("not_before"):
        yield _("To be checked on %(time)s") % {"time": time(told["not_before"])}
    if "request" in told:
        yield from _of_reply(told, time)
    if verb == "set_parts" and told:
        yield from _of_parts(told, case)


def _of_reply(told: Mapping[str, Any], time: Callable[[object], str]) -> Iterable[str]:
    if told.get("asked"):
        yield " · ".join(filter(None, (told["asked"], told.get("channel"))))
    if told.get("deadline"):
        yield _("Answer by %(time)s") % {"time": time(told["deadline"])}
    if told.get("outcome") in ReplyRequest.Outcome.values:
        yield str(ReplyRequest.Outcome(told["outcome"]).label)


def _of_parts(told: Mapping[str, Any], case: Callable[[object], str]) -> Iterable[str]:
    if not told.get("parts"):
        yield _("None any more")
        return
    yield ", ".join(case(public) for public in told["parts"])
    if told.get("rollup") in Rollup.values:
        yield _("Rule: %(rule)s") % {"rule": Rollup(told["rollup"]).label}
