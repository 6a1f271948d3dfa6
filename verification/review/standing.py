"""How a case stands: who wears which hat in its cycle, and whose turn is open. Read once, asked often."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Subquery, Value

from verification.models import Draft, Duty, Hat, Report, Review, State, Turn
from verification.review.states import OPEN


@dataclass(frozen=True, slots=True)
class Standing:
    """A review with the duties of its cycle and the turns that are open.

    `draft` is the text that is to be signed off; it is read in that state only.
    """

    review: Review
    duties: tuple[Duty, ...]
    turns: tuple[Turn, ...]
    draft: Draft | None = None

    def hats_of(self, person: int | None) -> frozenset[str]:
        """Return the hats a person (by id) wears in this cycle."""
        return frozenset(duty.hat for duty in self.duties if duty.person_id == person)

    def duty_of(self, person: int | None, *hats: str) -> Duty | None:
        """Return the duty of a person in one of these hats."""
        return next((duty for duty in self.duties if duty.person_id == person and duty.hat in hats), None)

    def waived(self, person: int | None, hat: str) -> bool:
        """Return whether an editor let a person wear this hat beside another, with a logged reason."""
        return any(duty.waiver_id is not None for duty in self.duties if duty.person_id == person and duty.hat == hat)

    def turn(self, hat: str) -> Turn | None:
        """Return the open turn of a hat; its `duty.person` holds the case."""
        return next((turn for turn in self.turns if turn.hat == hat), None)

    def holds(self, person: int | None, hat: str) -> bool:
        """Return whether a person has the open turn of a hat."""
        turn = self.turn(hat)
        return turn is not None and turn.duty.person_id == person


def standing_of(review: Review) -> Standing:
    """Read how a case stands (two queries, three at sign-off)."""
    duties = Duty.objects.filter(review=review, cycle=review.cycle).select_related("person").order_by("pk")
    turns = Turn.objects.filter(review=review, closed_at__isnull=True).select_related("duty__person")
    draft = None
    if review.state == State.SIGN_OFF:
        draft = Draft.objects.filter(review=review, cycle=review.cycle).select_related("author").first()
    return Standing(review, tuple(duties), tuple(turns), draft)


def name_of(person: User) -> str:
    """Return what colleagues call a person: the full name, else the log-in name."""
    return person.get_full_name() or person.get_username()


def counts(person: User) -> dict[str, int]:
    """Return how many cases stand in each state, `open`, `mine` and `unassigned`, and `reports` (one query)."""
    turns = Turn.objects.filter(closed_at__isnull=True, duty__person=person).values("duty__person")
    held = Subquery(turns.annotate(held=Count("pk")).values("held"))
    said = Report.objects.filter(settled_at__isnull=True).order_by().values(all=Value(1)).annotate(waiting=Count("pk"))
    reports = Subquery(said.values("waiting"))
    rows = list(Review.objects.values_list("state").annotate(Count("pk"), held=held, reports=reports))
    by_state = {state: number for state, number, *_rest in rows}
    mine, waiting = next(((held or 0, reports or 0) for _state, _number, held, reports in rows), (0, 0))
    found = {state: by_state.get(state, 0) for state in State.values}
    return found | {
        "open": sum(found[state] for state in OPEN),
        "mine": mine,
        "reports": waiting,
        "unassigned": found[State.QUEUED],
    }


JUDGING = {State.RESEARCHING.value: Hat.FIRST, State.SECOND_CHECK.value: Hat.SECOND}


def judging_duty(standing: Standing, person: User) -> Duty | None:
    """Return the duty in which a person may judge this case now: the hat of its state, with the turn open."""
    hat = JUDGING.get(standing.review.state)
    return standing.duty_of(person.pk, hat) if hat and standing.holds(person.pk, hat) else None
