"""Which cases a tab, a filter or a panel holds: conditions on Review, each said once.

Every condition tests by subquery where it looks at other tables, so that any of them can be joined with any other
without a case coming up twice.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat

from claims.models import Appearance, Claim
from claims.speakers import named
from verification.admin.queue.deadlines import day_of
from verification.models import Candidate, Duty, Hat, Judgment, Review, SearchRun, Source, State, Turn
from verification.review.states import OPEN
from verification.review.withheld_names import told_duties

AWAITING = (State.AWAITING_SOURCE, State.AWAITING_REPLY)
# Where a deadline still has to be met.
RUNNING = (State.TRIAGE, *OPEN, State.ON_HOLD)

_open_turns = Turn.objects.filter(review=OuterRef("pk"), closed_at__isnull=True)
_duties = Duty.objects.filter(review=OuterRef("pk"), cycle=OuterRef("cycle"))
# Flags stand beside the class of a quote check; the rest are classes.
FLAGS = ("stitched", "truncated", "wrong_speaker")


def is_open() -> Q:
    """Return the condition that a case is past triage and before publication."""
    return Q(state__in=OPEN)


def held(person: User) -> Q:
    """Return the condition that a case lies on a person's desk: their turn is open."""
    return Q(Exists(_open_turns.filter(duty__person=person)))


def to_write(person: User) -> Q:
    """Return the condition that a person's judgment goes out, and its text is still to be written."""
    judged = Judgment.objects.filter(
        review=OuterRef("pk"),
        cycle=OuterRef("cycle"),
        person=person,
        hat__in=[Hat.FIRST, Hat.ADJUDICATOR],
        submitted_at__isnull=False,
    )
    return Q(state=State.DRAFTING) & Q(Exists(judged))  # in this order: of other cases nobody looks for a judgment


def mine(person: User) -> Q:
    """Return the condition that a case waits for this person's own work."""
    return held(person) | to_write(person)


def checked_by(name: str, reader: User) -> Q:
    """Return the condition that somebody whose name or log-in holds these words is or was a checker of this cycle.

    First or second, as the reader is told: where a name is withheld from them, nobody is found by it.
    """
    people = User.objects.alias(called=Concat("first_name", Value(" "), "last_name"))
    found = people.filter(Q(called__icontains=name) | Q(username__icontains=name))
    return Q(pk__in=told_duties(reader).filter(person__in=found.values("pk")).values("review"))


def without_checker() -> Q:
    """Return the condition that a case waits for somebody to take it, for a first or a second check."""
    untaken = Q(state=State.SECOND_CHECK) & ~Q(Exists(_open_turns.filter(hat=Hat.SECOND)))
    return Q(state=State.QUEUED) | untaken


def strange_to(person: User) -> Q:
    """Return the condition that a person has no part in this cycle yet, so that four eyes stay four."""
    return ~Q(Exists(_duties.filter(person=person)))


def late(now: datetime) -> Q:
    """Return the condition that a deadline has passed."""
    return Q(state__in=RUNNING, deadline__lt=now)


def due_today(now: datetime) -> Q:
    """Return the condition that a deadline falls on the desk's today, passed or not."""
    begin, end = day_of(now)
    return Q(state__in=RUNNING, deadline__gte=begin, deadline__lt=end)


def due_soon(now: datetime) -> Q:
    """Return the condition that a deadline comes within two days."""
    return Q(state__in=RUNNING, deadline__gte=now, deadline__lt=now + timedelta(days=2))


def no_deadline() -> Q:
    """Return the condition that nobody has set a deadline."""
    return Q(deadline__isnull=True)


def due_within(moment: datetime) -> Q:
    """Return the condition that a deadline comes before a moment, or has passed already."""
    return Q(state__in=RUNNING, deadline__lt=moment)


def due_after(moment: datetime) -> Q:
    """Return the condition that a deadline comes after a moment."""
    return Q(state__in=RUNNING, deadline__gt=moment)


def urgent(sign: str, shown: int) -> Q:
    """Return the condition that a priority, as it is shown (0 to 100), is above, below or at a number."""
    above, below = (shown + 0.5) / 100, (shown - 0.5) / 100
    match sign:
        case ">":
            return Q(priority__gte=above)
        case ">=":
            return Q(priority__gte=below)
        case "<":
            return Q(priority__lt=below)
        case "<=":
            return Q(priority__lt=above)
    return Q(priority__gte=below, priority__lt=above)


def in_cycle(sign: str, number: int) -> Q:
    """Return the condition that a case is in a cycle, or in one before or after it."""
    lookups = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}
    return Q(**{f"cycle__{lookups.get(sign, 'exact')}": number})


def about(topic: int) -> Q:
    """Return the condition that a case is about a topic."""
    return Q(Exists(Review.topics.through.objects.filter(review=OuterRef("pk"), topic=topic)))


def about_name(words: str) -> Q:
    """Return the condition that a case is about a topic with these words in its name."""
    return Q(Exists(Review.topics.through.objects.filter(review=OuterRef("pk"), topic__name__icontains=words)))


def spoken_by(words: str) -> Q:
    """Return the condition that a claim is of a speaker of whom some name holds these words."""
    return Q(Exists(Claim.objects.filter(pk=OuterRef("claim"), speaker__in=named(words))))


def printed_by(outlet: int) -> Q:
    """Return the condition that a claim stands in an article of this outlet."""
    return Q(Exists(Appearance.objects.filter(claim=OuterRef("claim"), article__outlet=outlet)))


def printed_by_name(words: str) -> Q:
    """Return the condition that a claim stands in an article of an outlet with these words in its name."""
    return Q(Exists(Appearance.objects.filter(claim=OuterRef("claim"), article__outlet__name__icontains=words)))


def proposed_from(words: str) -> Q:
    """Return the condition that a document is proposed of a source called so, or that speaks for somebody called so."""
    called = Q(name__icontains=words) | Q(speaks_for__icontains=words) | Q(also_called__icontains=words)
    issued = Candidate.objects.filter(document__source__in=Source.objects.filter(called).values("pk"))
    return Q(claim__in=issued.values("claim"))


def best_checked(depth: int = 1) -> Subquery:
    """Return the candidate whose quote check the list shows for a case: the best ranked one of the newest search.

    Two looks at indexes for each case. `depth` says how many queries lie between it and that of the cases.
    """
    claim = OuterRef("claim")
    for _level in range(depth):
        claim = OuterRef(claim)
    newest = SearchRun.objects.filter(claim=claim, source__isnull=True, step="").order_by("-pk").values("pk")[:1]
    checked = Candidate.objects.filter(search_run=Subquery(newest), quote_check__isnull=False).order_by("rank")
    return Subquery(checked.values("pk")[:1])


def quote_is(found: str) -> Q:
    """Return the condition that the best quote check came to this class or flag; `none`: that there is none.

    Claims without any such check are left out first: it is the dear look at each of the others that costs.
    """
    best = Candidate.objects.filter(pk=best_checked(depth=2))
    if found == "none":
        return ~Q(Exists(best))
    such = Q(quote_check__flags__contains=found) if found in FLAGS else Q(quote_check__class=found)
    return Q(claim__in=Candidate.objects.filter(such).values("claim")) & Q(Exists(best.filter(such)))


URGENT_FIRST = ("-priority", "pk")
BY_DEADLINE = (F("deadline").asc(nulls_last=True), *URGENT_FIRST)
NEWEST_FIRST = ("-opened_at", "-pk")
# What is paused comes after what can be gone on with.
OWN_WORK = (Case(When(state__in=AWAITING, then=1), default=0).asc(), *BY_DEADLINE)
