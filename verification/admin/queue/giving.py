"""What an editor does with the ticked cases of the queue: they go to a checker, and what is refused stays ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.admin.pages import person_of, tell_refusal
from verification.admin.queue.assigning import checker_of, warn_if_beyond
from verification.models import Review
from verification.publishing.plain_text import printable
from verification.review.giving_many import Outcome, assign_many
from verification.review.refusals import Refused
from verification.review.standing import name_of

# Of very many cases that are refused for one reason so many are named.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form above the list held: the ticked cases (by id), whom they go to, and the note, as they were sent."""

    ticked: frozenset[int]
    to: str
    note: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        """Read what was sent; a tick that is no number names no case."""
        sent = request.POST.getlist(ACTION_CHECKBOX_NAME)
        ticked = frozenset(int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 16)
        return cls(ticked, request.POST.get("to", ""), request.POST.get("note", ""))


def give(request: HttpRequest, cases: Sequence[int], typed: Typed) -> frozenset[int]:
    """Give cases (by id) to the checker who was chosen and tell what came of it; return those that were not given."""
    everything = frozenset(cases)
    if not everything:
        messages.warning(request, _("Tick the cases first."))
        return everything
    checker = checker_of(typed.to)
    if checker is None:
        messages.error(request, _("Choose the checker whom the cases go to."))
        return everything
    try:
        outcome = assign_many(cases, person_of(request), checker, printable(typed.note))
    except Refused as error:
        tell_refusal(request, error)
        return everything
    _tell(request, outcome, name_of(checker))
    if outcome.given:
        warn_if_beyond(request, checker)
    return everything - {*outcome.given, *outcome.already}


def _tell(request: HttpRequest, outcome: Outcome, name: str) -> None:
    if count := len(outcome.given):
        told = ngettext("%(count)d case is with %(name)s now.", "%(count)d cases are with %(name)s now.", count)
        messages.success(request, told % {"count": count, "name": name})
    if count := len(outcome.already):
        told = ngettext("%(count)d case was with %(name)s already.", "%(count)d were with %(name)s already.", count)
        messages.info(request, told % {"count": count, "name": name})
    for why, cases in outcome.refused.items():
        messages.error(request, f"{_named(cases)}: {why}")


def _named(cases: Sequence[int]) -> str:
    named = ", ".join(Review(pk=case).number for case in cases[:NAMED])
    more = len(cases) - NAMED
    return named if more <= 0 else _("%(cases)s and %(count)d more") % {"cases": named, "count": more}
