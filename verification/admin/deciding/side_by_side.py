"""Two blind judgments of one claim laid side by side, for whoever decides between them.

What both agree on is told apart from where they differ, since only the disagreement is to be decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.wording import Words, words
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
class Use:
    """How one side uses a passage."""

    letter: str
    number: int
    stance: str
    note: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that at least one side rests on, and how A and B use it; None for a side that left it out."""

    shown: Shown
    by_side: tuple[Use | None, Use | None]

    @property
    def uses(self) -> list[Use]:
        """How it is used by the sides that rest on it."""
        return [use for use in self.by_side if use]

    @property
    def differs(self) -> bool:
        """Whether a side left it out, or reads it otherwise."""
        return len({use.stance if use else None for use in self.by_side}) > 1


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked for in vain, and by which sides."""

    text: Words
    by_side: tuple[bool, bool]

    @property
    def differs(self) -> bool:
        """Whether only one of the two says so."""
        return self.by_side[0] != self.by_side[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides and how they differ.

    `steps` is None where a rating stands beside the scale, and where the two used scales of their own.
    """

    sides: tuple[Side, Side]
    steps: int | None
    same_rating: bool
    same_scale: bool
    same_sources: bool
    same_stances: bool
    warnings: tuple[Answered, ...]
    passages: tuple[Passage, ...]
    looked: tuple[Looked, ...]

    @property
    def differing_passages(self) -> list[Passage]:
        """The passages that one side left out, or reads otherwise."""
        return [passage for passage in self.passages if passage.differs]

    @property
    def common_passages(self) -> list[Passage]:
        """The passages that both read alike."""
        return [passage for passage in self.passages if not passage.differs]

    @property
    def differing_warnings(self) -> list[Answered]:
        """The warnings that the two answered otherwise, or that only one was asked."""
        return [each for each in self.warnings if each.answers[0] != each.answers[1]]

    @property
    def common_warnings(self) -> list[Answered]:
        """The warnings that both answered alike."""
        return [each for each in self.warnings if each.answers[0] == each.answers[1]]

    @property
    def differing_looks(self) -> list[Looked]:
        """What only one looked for in vain."""
        return [each for each in self.looked if each.differs]

    @property
    def common_looks(self) -> list[Looked]:
        """What both looked for in vain."""
        return [each for each in self.looked if all(each.by_side)]


def comparison_of(review: Review) -> Comparison | None:
    """Return the first and the second judgment of a case's cycle; None unless both are in (three queries)."""
    submitted = Judgment.objects.filter(
        review=review, cycle=review.cycle, submitted_at__isnull=False, hat__in=[Hat.FIRST, Hat.SECOND]
    ).select_related("rating__scale", "person")
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
        same_scale=_scale(a.judgment) == _scale(b.judgment),
        same_sources=places[0].keys() == places[1].keys(),
        same_stances=places[0] == places[1],
        warnings=tuple(_warnings(a, b)),
        passages=tuple(_passages(a, b, review.wording)),
        looked=(
            Looked(words("Support: none found"), (a.judgment.none_supports, b.judgment.none_supports)),
            Looked(words("What refutes it: none found"), (a.judgment.none_refutes, b.judgment.none_refutes)),
        ),
    )


def _side(letter: str, judgment: Judgment, evidence: list[Evidence], records: list[SearchEvidence]) -> Side:
    own = tuple(record for record in records if record.judgment_id == judgment.pk)
    asked = questions_of(
        (piece.number, str(piece.document_id), piece.quote_check, piece.figure_checks) for piece in evidence
    )
    return Side(letter, judgment, tuple(evidence), own, tuple(asked))


def _place(piece: Evidence) -> tuple[int, int, int]:
    return piece.document_id, piece.start, piece.end


def _scale(judgment: Judgment) -> int | None:
    return judgment.rating.scale_id if judgment.rating else None


def _steps(first: Judgment, second: Judgment) -> int | None:
    if _scale(first) != _scale(second):
        return None
    numbers = [judgment.rating.numeric if judgment.rating else None for judgment in (first, second)]
    return None if numbers[0] is None or numbers[1] is None else abs(numbers[0] - numbers[1])


def _warnings(a: Side, b: Side) -> Iterator[Answered]:
    asked: dict[str, Words] = {question.key: question.text for side in (a, b) for question in side.questions}
    for key, text in asked.items():
        yield Answered(text, (a.answer(key), b.answer(key)))


def _passages(a: Side, b: Side, wording: str) -> Iterator[Passage]:
    found: dict[tuple[int, int, int], Evidence] = {}
    by_side: list[dict[tuple[int, int, int], Use]] = [{}, {}]
    for side, uses in zip((a, b), by_side, strict=True):
        for piece in side.evidence:
            found.setdefault(_place(piece), piece)
            uses[_place(piece)] = Use(side.letter, piece.number, piece.stance, piece.note)
    for place, piece in found.items():
        yield Passage(shown(piece, wording), (by_side[0].get(place), by_side[1].get(place)))
