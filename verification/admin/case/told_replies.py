"""Whom the desk asked for a reply, as pages show it: what this person may read, and the sentence for readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.translation import say
from verification.models import ReplyRequest, Review
from verification.publishing.moments import Moment
from verification.review import replies
from verification.review.standing import name_of
from verification.review.withheld_names import withheld_from


@dataclass(frozen=True, slots=True)
class ToldReply:
    """One request. `by` is who asked, as this person may know them; `readable` whether its words may be shown.

    `sentence` is for readers, empty while the request is open.
    """

    request: ReplyRequest
    by: str
    readable: bool
    sentence: str

    @property
    def waits(self) -> bool:
        """Whether there is neither an answer nor silence yet."""
        return self.request.outcome == ReplyRequest.Outcome.OPEN

    @property
    def takes_answer(self) -> bool:
        """Whether an answer can be recorded: also one that comes after the deadline."""
        return self.request.outcome in {ReplyRequest.Outcome.OPEN, ReplyRequest.Outcome.SILENT}

    @property
    def late(self) -> bool:
        """Whether the deadline has passed and nothing was recorded yet."""
        return self.waits and self.request.deadline < timezone.now()


def told_replies(review: Review, person: User, *, cycle: bool = False) -> Sequence[ToldReply]:
    """Return a case's requests, the newest first; with `cycle` those of the current cycle."""
    found = replies.replies_of(review, cycle=cycle)
    readable = replies.may_read(person, review, found) if found else set()
    withheld = withheld_from(person, review) if found else frozenset()
    return [
        ToldReply(
            each,
            _("a checker") if each.by_id in withheld else name_of(each.by),
            each.pk in readable,
            _sentence(each) if each.pk in readable else "",
        )
        for each in found
    ]


def _sentence(request: ReplyRequest) -> str:
    zone = timezone.get_current_timezone()
    told = replies.sentence(request, Moment(request.asked_at, zone=zone).day, Moment(request.deadline, zone=zone).words)
    return say(told) if told else ""
