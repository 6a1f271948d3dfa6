"""What a person should do now: the case to go on with, and lists of what waits for them, by what their roles include.

Somebody with several roles sees the union; no case is listed twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OrderBy, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.translation import say
from verification.admin.case.timeline import payload_of
from verification.admin.queue import conditions
from verification.admin.queue.rows import CaseRow, rows_of, with_parts
from verification.models import Challenge, Judgment, LegalRead, Report, Review, ReviewEvent, State
from verification.publishing.moments import near
from verification.review import gate
from verification.review.judgments import facts_of
from verification.review.policy import roles_of
from verification.review.remarks import SOURCE_CHANGED
from verification.review.standing import JUDGING, judging_duty
from verification.review.states import CHECKER, EDITOR, LEGAL, OPEN, PUBLISHER

SHOWN = 5
Order = Sequence[str | OrderBy]


@dataclass(frozen=True, slots=True)
class Wish:
    """A list that a person's home may hold: which cases, in which order, and where all of them are shown.

    That is the queue with a `query`, or a `page` of its own (the name of its address).
    """

    key: str
    title: str
    small: str
    condition: Q
    order: Order = conditions.BY_DEADLINE
    query: tuple[tuple[str, str], ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list, with one remark; `when` stands in the place of its deadline."""

    row: CaseRow
    note: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A list of what waits; `count` is how many there are in all, and `url` leads to them."""

    key: str
    title: str
    small: str
    count: int
    url: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do first: a case of one's own to go on with, or the most urgent one to take."""

    row: CaseRow
    is_mine: bool
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a person's home says of cases. `counts` holds how many there are on each list, listed or not."""

    next: Next | None
    panels: Sequence[Panel]
    counts: dict[str, int]


def agenda_of(person: User, now: datetime) -> Agenda:
    """Gather a person's home: one query to count, one for each list that holds something, seven to read."""
    wishes = _wishes(person, now)
    extra = {
        "takeable": _takeable(person),
        "mine_today": conditions.mine(person) & conditions.due_today(now),
        "triage": Q(state=State.TRIAGE),
    }
    wanted = {wish.key: wish.condition for wish in wishes} | extra
    counts = Review.objects.aggregate(**{key: Count("pk", filter=condition) for key, condition in wanted.items()})
    lists: dict[str, list[int]] = {}
    seen: set[int] = set()
    for wish in wishes:
        if counts[wish.key]:
            found = Review.objects.filter(wish.condition).exclude(pk__in=seen).order_by(*wish.order)
            lists[wish.key] = list(found.values_list("pk", flat=True)[: SHOWN + (wish.key == "mine")])
            seen.update(lists[wish.key])
    urgent = _most_urgent(person, counts["takeable"])
    cases = with_parts(Review.objects.filter(pk__in=seen | set(urgent)).select_related("publication"))
    rows = {row.review.pk: row for row in rows_of(cases, person, now)}
    what_changed = _what_changed(lists.get("changed", []))
    first = next((pk for pk in lists.get("mine", []) if rows[pk].review.state not in conditions.AWAITING), None)
    panels = [
        Panel(
            wish.key,
            wish.title,
            wish.small,
            counts[wish.key],
            _all_of(wish),
            [_line(wish.key, rows[pk], now, what_changed) for pk in lists[wish.key] if pk != first],
        )
        for wish in wishes
        if set(lists.get(wish.key, [])) - {first}
    ]
    return Agenda(_next(rows, first, urgent, person, now), panels, counts)


def _all_of(wish: Wish) -> str:
    if wish.page:
        return reverse(wish.page)
    return f"{reverse('admin:verification_review_changelist')}?{urlencode(wish.query)}" if wish.query else ""


def _wishes(person: User, now: datetime) -> list[Wish]:
    """Return the lists of a person's roles, what presses most first."""
    roles = roles_of(person)
    found = []
    if roles & {CHECKER, EDITOR}:
        found.append(
            Wish(
                "mine",
                _("My work"),
                _("by deadline, what is paused last"),
                conditions.mine(person),
                conditions.OWN_WORK,
                (("checker", "me"),),
            )
        )
    if waiting := _waiting(person):
        found.append(Wish("waiting", _("Waiting for you"), _("to check, decide or sign"), reduce(or_, waiting)))
    if changed := _changed(person):
        found.append(Wish("changed", _("Evidence that changed"), _("since it was cited"), reduce(or_, changed)))
    if LEGAL in roles:
        asked = Q(legal_read=LegalRead.ASKED, state__in=[State.DRAFTING, State.SIGN_OFF])
        found.append(Wish("legal", _("Legal read"), _("asked for before sign-off"), asked))
    if PUBLISHER in roles:
        by_embargo = (F("embargo_until").asc(nulls_first=True), "pk")
        approved = (("state", "approved"),)
        found.append(
            Wish("ready", _("Ready to publish"), _("signed off"), Q(state=State.APPROVED), by_embargo, approved)
        )
    if EDITOR in roles:
        late, nobody = (("due", "late"),), (("checker", "none"),)
        urgent = conditions.URGENT_FIRST
        found += [
            Wish(
                "reported",
                _("Reported by readers"),
                _("published, and somebody says it is wrong"),
                Q(Exists(Report.objects.filter(publication__review=OuterRef("pk"), settled_at__isnull=True))),
                page="admin:reports",
            ),
            Wish("late", _("Late"), _("the deadline has passed"), conditions.late(now), query=late),
            Wish(
                "challenged",
                _("Challenged"),
                _("published, and doubted"),
                Q(state=State.CHALLENGED),
                query=(("state", "challenged"),),
            ),
            Wish("unassigned", _("No checker"), _("most urgent first"), conditions.without_checker(), urgent, nobody),
        ]
    if PUBLISHER in roles:
        newest = ("-publication__published_at", "-pk")
        published = (("state", "published"),)
        found.append(
            Wish("published", _("Lately published"), _("newest first"), Q(state=State.PUBLISHED), newest, published)
        )
    return found


def _waiting(person: User) -> list[Q]:
    """Return what a person is asked for and may still do: whoever has another part in a case may not."""
    roles, found = roles_of(person), []
    if CHECKER in roles:
        untaken = Q(state=State.SECOND_CHECK) & conditions.without_checker()
        found.append(untaken & conditions.strange_to(person))
    if EDITOR in roles:
        found.append(Q(state__in=[State.ADJUDICATION, State.SIGN_OFF]) & conditions.strange_to(person))
        found.append(Q(state=State.PROPOSED))
    return found


def _changed(person: User) -> list[Q]:
    """Return whose evidence reads otherwise now: what editors have to answer for, and what a person judged by it.

    While a second check is open nobody is told what a first judgment cites.
    """
    roles, found = roles_of(person), []
    if EDITOR in roles:
        doubts = Challenge.objects.filter(review=OuterRef("pk"), origin=Challenge.Origin.WATCH, outcome="")
        found.append(Q(Exists(doubts), state=State.CHALLENGED))
    if roles & {CHECKER, EDITOR}:
        in_cycle = {"review": OuterRef("pk"), "cycle": OuterRef("cycle")}
        remarked = Exists(ReviewEvent.objects.filter(**in_cycle, verb=SOURCE_CHANGED))
        judged = Exists(Judgment.objects.filter(**in_cycle, person=person, submitted_at__isnull=False))
        found.append(Q(remarked, judged, state__in=OPEN) & ~Q(state=State.SECOND_CHECK))
    return found


def _takeable(person: User) -> Q:
    may = CHECKER in roles_of(person)
    return Q(state=State.QUEUED) & conditions.strange_to(person) if may else Q(pk=None)


def _most_urgent(person: User, takeable: int) -> list[int]:
    if not takeable:
        return []
    queued = Review.objects.filter(_takeable(person)).order_by(*conditions.URGENT_FIRST)
    return list(queued.values_list("pk", flat=True)[:1])


def _line(key: str, row: CaseRow, now: datetime, what_changed: Mapping[int, str]) -> Line:
    review = row.review
    if key == "published" and review.publication:
        return Line(row, when=near(review.publication.published_at, now))
    if key == "mine" and review.state == State.DRAFTING:
        return Line(row, _("the text is still to be written"))
    if key == "late":
        return Line(row, row.holder)
    if key == "changed":
        return Line(row, what_changed.get(review.pk, ""))
    notes = {
        State.SECOND_CHECK: _("the first judgment stays hidden until you record yours"),
        State.ADJUDICATION: _("two checkers differ"),
        State.PROPOSED: _("say whether a second check follows"),
        State.SIGN_OFF: _("read it, and sign it or return it"),
    }
    return Line(row, notes.get(State(review.state), "") if key == "waiting" else "")


def _what_changed(cases: Sequence[int]) -> dict[int, str]:
    """Return, by case, what the source watch found last (two queries, none for no case)."""
    if not cases:
        return {}
    remarks = ReviewEvent.objects.filter(review__in=cases, verb=SOURCE_CHANGED).select_related("payload")
    told = {event.review_id: str((payload_of(event) or {}).get("note", "")) for event in remarks.order_by("seq")}
    doubts = Challenge.objects.filter(review__in=cases, origin=Challenge.Origin.WATCH, outcome="")
    return told | dict(doubts.order_by("pk").values_list("review", "text"))


def _next(rows: dict[int, CaseRow], first: int | None, urgent: list[int], person: User, now: datetime) -> Next | None:
    if first is not None:
        return Next(rows[first], True, _remarks(rows[first], person, now))
    return Next(rows[urgent[0]], False) if urgent else None


def _remarks(row: CaseRow, person: User, now: datetime) -> list[str]:
    """Return how far one's own case is: until when the turn runs, what is picked, what is still missing."""
    duty = judging_duty(row.standing, person)
    if duty is None:
        return [_("the text is still to be written")]
    turn = row.standing.turn(JUDGING[row.review.state])
    remarks = [_("yours until %(time)s") % {"time": near(turn.until, now)}] if turn else []
    judgment = Judgment.objects.filter(duty=duty).select_related("rating", "review").first()
    if judgment is None:
        return [*remarks, _("not begun")]
    facts = facts_of(judgment)
    picked = len(facts.pieces)
    remarks.append(ngettext("%(count)d source picked", "%(count)d sources picked", picked) % {"count": picked})
    missing = gate.unmet(facts)
    return [*remarks, say(missing[0].how) if missing else _("ready to submit")]
