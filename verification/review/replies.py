"""The right of reply: whom the desk asked, by which way, until when, and the answer or the silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.models.clock import ClockTimestamp, read_clock
from claims.wording import Words, words
from verification.models import Document, ReplyRequest, Review, State
from verification.review.assignment import pause, resume
from verification.review.holding import SWEEPER, must_lie_ahead
from verification.review.log import Entry, append
from verification.review.policy import is_kept_blind
from verification.review.refusals import Moved, Refusal, Unmet
from verification.review.transitions import LONGEST_REASON, Actor, Move, move

Outcome = ReplyRequest.Outcome
# What a person can record; that nobody answered is told by the clock.
RECORDED = (Outcome.ANSWERED, Outcome.DECLINED)
# Whom and how are short: names and ways, not letters (characters).
LONGEST_ASKED, LONGEST_CHANNEL = 200, 100


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it is about to be made: whom, how, what, and until when."""

    asked: str
    channel: str
    question: str
    deadline: datetime

    def must_be_whole(self) -> None:
        """Raise Unmet while something is missing, is too long, or the deadline has passed."""
        if not self.asked:
            raise Unmet(Refusal("asked", words("Say who was asked.")))
        if not self.question:
            raise Unmet(Refusal("question", words("Write what they were asked.")))
        lengths = (len(self.asked), len(self.channel), len(self.question))
        if any(n > most for n, most in zip(lengths, (LONGEST_ASKED, LONGEST_CHANNEL, LONGEST_REASON), strict=True)):
            raise Unmet(Refusal("length", words("Shorten it: the log keeps every word, and people have to read it.")))
        must_lie_ahead(self.deadline, "deadline")


def ask_reply(
    review: Review,
    person: User,
    seen: int,
    asked: str,
    channel: str,
    question: str,
    deadline: datetime,
    *,
    pause_turn: bool = False,
) -> ReplyRequest:
    """Note that somebody was asked for a reply; with `pause_turn` a case in research awaits it, its turn paused.

    Raises Unmet while something is missing or the deadline has passed.
    """
    wish = Asking(" ".join(asked.split()), " ".join(channel.split()), question.strip(), deadline)
    wish.must_be_whole()
    with transaction.atomic():
        request = ReplyRequest(asked=wish.asked, channel=wish.channel, question=wish.question, deadline=deadline)
        payload = {"request": str(request.public), "asked": wish.asked, "channel": wish.channel}
        payload["deadline"] = deadline.isoformat()
        standing = move(review.pk, Move("ask_reply", Actor(person), seen, payload=payload))
        request.review, request.cycle = standing.review, standing.review.cycle
        request.by, request.asked_at = person, read_clock()
        request.save(force_insert=True)
        if pause_turn and standing.review.state == State.RESEARCHING:
            why = gettext("%(asked)s was asked for a reply.") % {"asked": wish.asked}
            pause(standing.review, person, standing.review.revision, "await_reply", why)
    return request


def record_reply(
    review: Review,
    person: User,
    seen: int,
    request: ReplyRequest,
    outcome: str,
    answer: str = "",
    document: Document | None = None,
    *,
    go_on: bool = False,
) -> ReplyRequest:
    """Record that somebody answered or declined to, also after the deadline; `go_on` resumes a case that awaits it.

    `document` is the answer as it was filed. Raises Unmet where there is no answer to record, Moved when the request
    was settled by somebody else meanwhile.
    """
    answer = answer.strip()
    if outcome not in RECORDED:
        raise Unmet(Refusal("outcome", words("Say whether they answered or declined to comment.")))
    if outcome == Outcome.ANSWERED and not answer:
        raise Unmet(Refusal("answer", words("Write what they answered, in their own words.")))
    if len(answer) > LONGEST_REASON:
        raise Unmet(Refusal("length", words("Shorten it: quote what answers the question, and file the whole.")))
    with transaction.atomic():
        payload: dict[str, object] = {"request": str(request.public), "asked": request.asked, "outcome": outcome}
        if document:
            payload["document"] = str(document.public)
        standing = move(review.pk, Move("record_reply", Actor(person), seen, payload=payload))
        # The case is locked: nobody else settles a request of its now.
        unanswered = ReplyRequest.objects.filter(
            pk=request.pk, review=review, outcome__in=[Outcome.OPEN, Outcome.SILENT]
        )
        settled = {"outcome": outcome, "answer": answer, "document": document, "settled_at": ClockTimestamp()}
        if not unanswered.update(**settled):
            raise Moved(Refusal("settled", words("This request has its answer already. Look again.")))
        if go_on and standing.review.state == State.AWAITING_REPLY:
            resume(standing.review, person, standing.review.revision)
    request.refresh_from_db()
    return request


def keep_silence(review: Review, request: int) -> bool:
    """Settle a request (by id) whose deadline passed in silence, the case being locked; False when it was settled."""
    due = ReplyRequest.objects.filter(pk=request, review=review, outcome=Outcome.OPEN, deadline__lt=ClockTimestamp())
    if not due.update(outcome=Outcome.SILENT, settled_at=ClockTimestamp()):
        return False
    told = ReplyRequest.objects.get(pk=request)
    payload = {"request": str(told.public), "asked": told.asked}
    # The case's own row does not change, so a form that somebody is filling in stays good.
    append(Entry(review, SWEEPER.written, "reply_overdue", review.state, review.state, payload))
    return True


def replies_of(review: Review, *, cycle: bool = False) -> list[ReplyRequest]:
    """Return whom the desk asked about a case, the newest first; with `cycle` in the current cycle only."""
    asked = ReplyRequest.objects.filter(review=review).select_related("by", "document__source")
    asked = asked.filter(cycle=review.cycle) if cycle else asked
    return list(asked.defer("document__text").order_by("-asked_at", "-pk"))


def may_read(person: User, review: Review, requests: Iterable[ReplyRequest]) -> set[int]:
    """Return the requests (ids) whose question and answer a person may read.

    What a checker asks can tell what they hold: whoever must not learn that yet reads only what they asked themselves.
    """
    blind = is_kept_blind(person, review)
    return {each.pk for each in requests if not blind or each.by_id == person.pk or each.cycle != review.cycle}


def unanswered(requests: Sequence[ReplyRequest]) -> list[ReplyRequest]:
    """Return the requests that still wait for an answer."""
    return [each for each in requests if each.outcome == Outcome.OPEN]


def sentence(request: ReplyRequest, asked_on: str, until: str) -> Words | None:
    """Return the sentence that tells readers of a settled request, None while it is open.

    `asked_on` and `until` are the day it was asked and its deadline, as readers are told times.
    """
    told = {"asked": request.asked, "day": asked_on}
    match request.outcome:
        case Outcome.ANSWERED:
            return words(
                "We asked %(asked)s for comment on %(day)s. The answer: “%(answer)s”", answer=request.answer, **told
            )
        case Outcome.DECLINED:
            return words("We asked %(asked)s for comment on %(day)s; they declined to comment.", **told)
        case Outcome.SILENT:
            return words(
                "We asked %(asked)s for comment on %(day)s; there was no answer by %(until)s.", until=until, **told
            )
    return None
