"""Where on a case's page each line of the evidence gate is met: the id of a field that can take the focus."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from verification.admin.case.judgment_form import JudgmentForm
from verification.admin.case.searched import Asked
from verification.admin.case.sources import Card
from verification.review.gate import Facts, Item
from verification.review.questions import Question

SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the gate and the id of where it is met, empty where that is not on the page."""

    item: Item
    place: str


@dataclass(frozen=True, slots=True)
class Judging:
    """What a person sees who judges: the form, the sources, the searches, the questions with their answers."""

    facts: Facts
    form: JudgmentForm
    cards: Sequence[Card]
    searched: Sequence[Asked]
    questions: Sequence[tuple[Question, str]]

    def lines(self, items: Sequence[Item]) -> list[Line]:
        """Return lines of the gate with their places; of several fields that meet one, the first is its place."""
        return [Line(item, _PLACES[item.key](self) if item.key in _PLACES else "") for item in items]


def _pick(page: Judging) -> str:
    return next((f"pick-{card.candidate.pk}" for card in page.cards), SOURCES)


def _stance(page: Judging) -> str:
    shown = {card.candidate.pk for card in page.cards}
    bare = (pk for pk, pick in page.form.picked.items() if pick.ticked and not pick.stance and pk in shown)
    return next((f"stance-{pk}" for pk in bare), SOURCES)


def _both_sides(page: Judging) -> str:
    supported = any(piece.stance in {"supports", "mixed"} for piece in page.facts.pieces)
    return "none-refutes" if supported != page.facts.none_supports else "none-supports"


def _attach(page: Judging) -> str:
    return next((f"attach-{each.run.pk}" for each in page.searched if each.may_attach), SOURCES)


def _warning(page: Judging) -> str:
    return next((f"warning-{question.key}" for question, answer in page.questions if not answer), "warnings")


_PLACES: Mapping[str, Callable[[Judging], str]] = {
    "rating": lambda _page: "rating",
    "searched": _attach,
    "archived": _pick,
    "anchored": _pick,
    "stance": _stance,
    "both_sides": _both_sides,
    "warnings": _warning,
    "reasoning": lambda _page: "reasoning",
    "weighed": lambda _page: "weighing",
    "sourcing": lambda _page: "sourcing",
}
