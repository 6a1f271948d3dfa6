"""Two blind judgments of one claim laid side by side, for whoever decides between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.wording import Words
from verification.admin.case.searched import attached_records
from verification.admin.deciding.evidence_shown import Shown, shown
from verification.models import Evidence, Hat, Judgment, Review, SearchEvidence
from verification.review.questions import Question, questions_of


@dataclass(frozen=True, slots=True)
class Side:
    """One judgment under a letter in the place of its writer's name."""

    letter: str
    judgment: Judgment
    evidence: tuple[Evidence, ...]
    searches: tuple[SearchEvidence, ...]
    questions: tuple[Question, ...]

    def answer(self, key: str) -> str:
        """Return how a question was answered; empty when the evidence did not ask it."""
        asked = any(question.key == key for question in self.questions)
        return self.judgment.answers.get(key, "") if asked else ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question about the evidence, and what each side answered; empty where a side was not asked."""

    text: Words
    answers: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether both answered, and not alike."""
        return all(self.answers) and self.answers[0] != self.answers[1]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that at least one side rests on: letter, number and stance of each side that does."""

    shown: Shown
    uses: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides and how they differ. `steps` is None where a rating stands beside the scale."""

    sides: tuple[Side, Side]
    steps: int | None
    same_rating: bool
    same_sources: bool
    same_stances: bool
    warnings: tuple[Answered, ...]
    passages: tuple[Passage, ...]


def comparison_of(review: Review) -> Comparison | None:
    """Return the first and the second judgment of a case's cycle; None unless both are in (three queries)."""
    submitted = Judgment.objects.filter(
        review=review, cycle=review.cycle, submitted_at__isnull=False, hat__in=[Hat.FIRST, Hat.SECOND]
    ).select_related("rating")
    by_hat = {judgment.hat: judgment for judgment in submitted.order_by("submitted_at")}
    if len(by_hat) < 2:
        return None
    pieces = Evidence.objects.filter(judgment__in=by_hat.values()).select_related("document__source", "snapshot")
    by_judgment: dict[int, list[Evidence]] = {}
    for piece in pieces.defer("document__text").order_by("number"):
        by_judgment.setdefault(piece.judgment_id, []).append(piece)
    records = list(attached_records().filter(judgment__in=by_hat.values()))
    a, b = (
        _side(letter, by_hat[hat], by_judgment.get(by_hat[hat].pk, []), records)
        for letter, hat in (("A", Hat.FIRST), ("B", Hat.SECOND))
    )
    places = [{_place(piece): piece.stance for piece in side.evidence} for side in (a, b)]
    return Comparison(
        sides=(a, b),
        steps=_steps(a.judgment, b.judgment),
        same_rating=a.judgment.rating_id == b.judgment.rating_id,
        same_sources=places[0].keys() == places[1].keys(),
        same_stances=places[0] == places[1],
        warnings=tuple(_warnings(a, b)),
        passages=tuple(_passages(a, b, review.wording)),
    )


def _side(letter: str, judgment: Judgment, evidence: list[Evidence], records: list[SearchEvidence]) -> Side:
    own = tuple(record for record in records if record.judgment_id == judgment.pk)
    asked = questions_of(
        (piece.number, str(piece.document_id), piece.quote_check, piece.figure_checks) for piece in evidence
    )
    return Side(letter, judgment, tuple(evidence), own, tuple(asked))


def _place(piece: Evidence) -> tuple[int, int, int]:
    return piece.document_id, piece.start, piece.end


def _steps(first: Judgment, second: Judgment) -> int | None:
    numbers = [judgment.rating.numeric if judgment.rating else None for judgment in (first, second)]
    return None if numbers[0] is None or numbers[1] is None else abs(numbers[0] - numbers[1])


def _warnings(a: Side, b: Side) -> Iterator[Answered]:
    asked: dict[str, Words] = {question.key: question.text for side in (a, b) for question in side.questions}
    for key, text in asked.items():
        yield Answered(text, (a.answer(key), b.answer(key)))


def _passages(a: Side, b: Side, wording: str) -> Iterator[Passage]:
    found: dict[tuple[int, int, int], Evidence] = {}
    uses: dict[tuple[int, int, int], list[tuple[str, int, str]]] = {}
    for side in (a, b):
        for piece in side.evidence:
            found.setdefault(_place(piece), piece)
            uses.setdefault(_place(piece), []).append((side.letter, piece.number, piece.stance))
    for place, piece in found.items():
        yield Passage(shown(piece, wording), tuple(uses[place]))
