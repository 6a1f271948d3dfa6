"""Two accounts of one event side by side: a row for each thing said, and how the two relate in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from claims.extraction.numbers.calendar_names import MONTHS
from claims.wording import Words, words
from verification.matching.accounts.aligning import Pair, align, likeness
from verification.matching.accounts.statements import Statement, Word, as_written, stem_of, weights
from verification.matching.accounts.topics import topic_of
from verification.matching.accounts.transcripts import of_the_event, own_statements, without_questions
from verification.matching.changes import negates_otherwise
from verification.matching.participants import Participant, participants
from verification.matching.tokens import WORD

Relation = Literal["both", "worded_differently", "only_here", "only_there"]
# A piece of a statement: shared with the other account, differing from it where that matters, or neither.
Mark = Literal["", "shared", "differs"]

ACCOUNTS_VERSION = "2"
# From here on two statements say the same in the same words, or nearly (share of words in order; of telling words).
SAME_WORDS, SAME_TERMS = 0.6, 0.6
# Below this likeness a denial may deny something else.
SAME_MATTER = 0.25
# Two texts repeat an agreed one where so much of the shorter stands in the other all but word for word.
VERBATIM, AGREED_SHARE, AGREED_WORDS = 0.88, 0.5, 40
_MONTHS = frozenset(map(stem_of, MONTHS))


@dataclass(frozen=True, slots=True)
class Account:
    """What is compared: a document's title and text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """What two accounts say of one topic (a few words, as written), their statements cut into marked pieces.

    `notes` say where they differ in more than their wording: a figure, a denial.
    """

    topic: tuple[str, ...]
    here: tuple[tuple[str, Mark], ...]
    there: tuple[tuple[str, Mark], ...]
    relation: Relation
    notes: tuple[Words, ...]
    terms: frozenset[str]

    @property
    def differs(self) -> bool:
        """Whether the accounts differ in more than their wording."""
        return bool(self.notes)


@dataclass(frozen=True, slots=True)
class Present:
    """Who is named as having taken part: how many in each account, and whom only one of them names."""

    here: int
    there: int
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both name the same people."""
        return not (self.only_here or self.only_there)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two accounts compared; `agreed` where both repeat an agreed text and so are one source."""

    rows: tuple[Row, ...]
    present: Present
    agreed: bool


def lay_side_by_side(here: Account, there: Account) -> SideBySide:
    """Compare two accounts of one event. The same texts give the same rows."""
    people = tuple(participants(each.title, without_questions(each.text)) for each in (here, there))
    names = {word for side in people for person in side for word in person.name.split()}
    left, right = own_statements(here.text, names), own_statements(there.text, names)
    heavy = weights([left, right])
    surnames = {person.surname for side in people for person in side}
    pairs = of_the_event(align(left, right, heavy), here.text, there.text, surnames)
    rows = tuple(_row(pair, heavy) for pair in pairs)
    return SideBySide(rows, _present(people[0], people[1]), repeat_agreed_text(left, right))


def are_agreed(here: Account, there: Account) -> bool:
    """Tell whether two accounts repeat an agreed text and so are one source."""
    return repeat_agreed_text(own_statements(here.text), own_statements(there.text))


def repeat_agreed_text(left: Sequence[Statement], right: Sequence[Statement]) -> bool:
    """Tell whether most of the shorter account stands in the other all but word for word."""
    if sum(len(each.words) for each in left) > sum(len(each.words) for each in right):
        left, right = right, left
    total = sum(len(each.words) for each in left)
    same = sum(len(each.words) for each in left if _stands_in(each, right))
    return same >= AGREED_WORDS and same >= AGREED_SHARE * total


def most_telling(rows: Sequence[Row], claim: str, most: int) -> list[Row]:
    """Return the rows to show first: what the claim speaks of, where the accounts differ, then what both tell."""
    wanted = {stem_of(word.group()) for word in WORD.finditer(claim)}
    order = {"worded_differently": 1, "both": 2, "only_here": 3, "only_there": 3}
    ranked = sorted(rows, key=lambda row: (not row.differs, not row.terms & wanted, order[row.relation]))
    chosen = ranked[:most]
    return [row for row in rows if any(row is each for each in chosen)]


def _stands_in(statement: Statement, others: Sequence[Statement]) -> bool:
    stems = _stems(statement)
    # Whatever is the same but for a few words shares most of its terms: the others need no comparing.
    near = (each for each in others if 2 * len(statement.terms & each.terms) >= len(statement.terms | each.terms))
    return any(Indel.normalized_similarity(stems, _stems(each), score_cutoff=VERBATIM) > 0 for each in near)


def _stems(statement: Statement) -> list[str]:
    return [word.stem for word in statement.words]


def _row(pair: Pair, heavy: Mapping[str, float]) -> Row:
    left, right = _terms(pair.here), _terms(pair.there)
    shared = left & right
    relation = _relation(pair, heavy)
    notes: tuple[Words, ...] = ()
    if pair.here and pair.there:
        notes = tuple(_notes(pair, heavy))
        relation = "worded_differently" if notes else relation
    only_wording = relation == "both"
    noted = {value for note in notes for _name, value in note.params}
    return Row(
        topic=topic_of(pair, shared, left | right, heavy),
        here=tuple(_pieces(pair.here, pair.there, only_wording, noted)),
        there=tuple(_pieces(pair.there, pair.here, only_wording, noted)),
        relation=relation,
        notes=notes,
        terms=left | right,
    )


def _relation(pair: Pair, heavy: Mapping[str, float]) -> Relation:
    if not pair.there:
        return "only_here"
    if not pair.here:
        return "only_there"
    best = max(
        max(
            Indel.normalized_similarity(_stems(one), _stems(other)) / SAME_WORDS,
            likeness(one, other, heavy) / SAME_TERMS,
        )
        for one in pair.here
        for other in pair.there
    )
    whole = len(pair.here) == len(pair.there) == 1
    return "both" if best >= 1 and whole else "worded_differently"


def _notes(pair: Pair, heavy: Mapping[str, float]) -> Iterable[Words]:
    here, there = _figures(pair.here), _figures(pair.there)
    for of, mine in here.items():
        theirs = there.get(of)
        if theirs and mine.stem not in _stems_of(pair.there) and theirs.stem not in _stems_of(pair.here):
            figures = {"here": _written(pair.here, mine), "there": _written(pair.there, theirs)}
            yield words("other figures: %(here)s against %(there)s", **figures)
            break
    near = max(likeness(one, other, heavy) for one in pair.here for other in pair.there)
    if near >= SAME_MATTER and _denies(pair.here) != _denies(pair.there):
        yield words("only one of them denies or rules something out")


def _figures(group: Sequence[Statement]) -> dict[str, Word]:
    """Return the figures by what they count, the first each: "50" by "minutes", "1" by "June" on either side of it."""
    found: dict[str, Word] = {}
    for statement in group:
        held = statement.words
        for at, word in enumerate(held):
            if word.stem[0].isdigit():
                if at and held[at - 1].stem in _MONTHS:
                    found.setdefault(held[at - 1].stem, word)
                elif at + 1 < len(held) and not held[at + 1].stem[0].isdigit():
                    found.setdefault(held[at + 1].stem, word)
    return found


def _stems_of(group: Sequence[Statement]) -> set[str]:
    return {word.stem for statement in group for word in statement.words}


def _written(group: Sequence[Statement], wanted: Word) -> str:
    return next(as_written(each, word) for each in group for word in each.words if word is wanted)


def _denies(group: Sequence[Statement]) -> bool:
    return any(_negating(each, word) for each in group for word in each.words)


def _negating(statement: Statement, word: Word) -> bool:
    return negates_otherwise([as_written(statement, word)], [])


def _terms(group: Sequence[Statement]) -> frozenset[str]:
    return frozenset(term for statement in group for term in statement.terms)


def _pieces(
    group: Sequence[Statement], other: Sequence[Statement], only_wording: bool, noted: set[str]
) -> Iterable[tuple[str, Mark]]:
    """Yield the statements' text cut at the words to mark.

    Of statements that say the same those are the telling words that differ; of others what they share, and denials and
    figures in digits, or `noted`, that only one of them has.
    """
    held, shared = _stems_of(other), _terms(other)
    for number, statement in enumerate(group):
        if number:
            joined = group[number - 1].end + 3 >= statement.start
            yield (" " if joined else " … "), ""
        at = statement.start
        for word in statement.words if other else ():
            written = as_written(statement, word)
            mark: Mark = ""
            if word.stem in held:
                mark = "shared" if word.stem in shared and word.telling and not only_wording else ""
            elif (
                written in noted
                or any(map(str.isdigit, written))
                or _negating(statement, word)
                or (only_wording and word.telling and not word.stem[0].isdigit())
            ):
                mark = "differs"
            if mark:
                yield statement.text[at - statement.start : word.start - statement.start], ""
                yield written, mark
                at = word.end
        yield statement.text[at - statement.start :], ""


def _present(here: Sequence[Participant], there: Sequence[Participant]) -> Present:
    left, right = {person.surname for person in here}, {person.surname for person in there}
    return Present(
        here=len(here),
        there=len(there),
        only_here=tuple(person.name for person in here if person.surname not in right),
        only_there=tuple(person.name for person in there if person.surname not in left),
    )
