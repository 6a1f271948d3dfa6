"""Transcripts as accounts: whose words in them are an institution's, and which of those speak of the event."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from verification.matching.accounts.aligning import FEWEST_SHARED, Pair
from verification.matching.accounts.statements import FEWEST_WORDS, MOST_TEXT, Statement, statements
from verification.matching.turns import Turn, is_reporters, read_turns, turn_at


def is_transcript(text: str) -> bool:
    """Tell whether a text's words are given by who says them."""
    return bool(read_turns(text[:MOST_TEXT]))


def without_questions(text: str) -> str:
    """Return a text of the same length, blank where reporters speak: what they ask is no institution's account."""
    for turn in read_turns(text):
        if is_reporters(turn.label):
            text = text[: turn.start] + _blank(text[turn.start : turn.end]) + text[turn.end :]
    return text


def own_statements(text: str, names: Collection[str] = ()) -> list[Statement]:
    """Return what an account says in its own voice: all of a text, of a transcript what no reporter says."""
    turns = read_turns(text[:MOST_TEXT])
    found = statements(without_questions(text[:MOST_TEXT]), names)
    return [own for each in found if (own := _without_label(each, turn_at(turns, each.start)))]


def _without_label(statement: Statement, turn: Turn | None) -> Statement | None:
    """Return a statement whose label is none of its words, though it is shown; None where it says next to nothing."""
    if turn is None or statement.start >= turn.words_start:
        return statement
    words = tuple(word for word in statement.words if word.start >= turn.words_start)
    terms = frozenset(word.stem for word in words if word.telling)
    return replace(statement, words=words, terms=terms) if len(words) >= FEWEST_WORDS else None


def of_the_event(pairs: Iterable[Pair], here: str, there: str, names: Collection[str]) -> list[Pair]:
    """Return the pairs without those that only a transcript has and that speak of something else.

    A statement speaks of the event where it names who took part (`names`, surnames), or shares telling words with the
    other account; an answer also where its question does, in its first words or where it shares a word itself. Two
    transcripts are one occasion and are kept whole.
    """
    spoken = is_transcript(here), is_transcript(there)
    pairs = list(pairs)
    if all(spoken) or not any(spoken):
        return pairs
    text = here if spoken[0] else there
    mine = [pair.here if spoken[0] else pair.there for pair in pairs]
    others = [statement for pair in pairs for statement in (pair.there if spoken[0] else pair.here)]
    told = frozenset(term for statement in others for term in statement.terms)
    asked = _asked(text)
    people = {name.casefold() for name in names}
    return [
        pair
        for pair, own in zip(pairs, mine, strict=True)
        if (pair.here and pair.there) or not own or any(_speaks(each, told, people, asked) for each in own)
    ]


def _asked(text: str) -> list[tuple[Turn, frozenset[str]]]:
    """Return the turns that answer a reporter, each with the telling words of the question."""
    text = text[:MOST_TEXT]
    turns = [turn for turn in read_turns(text) if not turn.stage_only]
    asked: list[tuple[Turn, frozenset[str]]] = []
    question: frozenset[str] = frozenset()
    for reporters, group in groupby(turns, key=lambda turn: is_reporters(turn.label)):
        parts = list(group)
        if reporters:
            said = [each for turn in parts for each in statements(text[turn.words_start : turn.end])]
            question = frozenset(term for each in said for term in each.terms)
        else:
            asked += [(turn, question) for turn in parts]
    return asked


def _speaks(
    statement: Statement, told: frozenset[str], people: Collection[str], asked: Sequence[tuple[Turn, frozenset[str]]]
) -> bool:
    if any(word.stem in people for word in statement.words):
        return True
    turn = turn_at(tuple(turn for turn, _question in asked), statement.start)
    question = next((terms for answer, terms in asked if answer is turn), frozenset())
    own = statement.terms & told
    answers = turn is not None and (bool(own) or statement.start <= turn.words_start)
    return len(own) >= FEWEST_SHARED or (answers and len((statement.terms | question) & told) >= FEWEST_SHARED)


def _blank(text: str) -> str:
    return "".join(character if character == "\n" else " " for character in text)
