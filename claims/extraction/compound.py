"""The checkable parts of a compound claim: clauses that are joined, sentences that follow each other.

A part has a subject and a verb of its own, so that it can be true while the others are false. `The bridge was closed
and two ferries were cancelled` has two, `the bridge was closed and repaired` has one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from claims.extraction.sentences import Span

_JOINED = ("conj", "ccomp", "parataxis")
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_OPENERS = frozenset(
    ["and", "but", "or", "while", "that", "so", "yet", "nor", ";", ",", ":", "–", "—", "-", "...", "…"]
)
_MARKS = frozenset("\"“”„«»‘’'") | {"''", "``"}
_LEAST_WORDS = 4


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the parts of a statement, each as the tokens it spans, in order; one or none where it has no parts.

    `tokens` are consecutive. Every token belongs to the part whose verb comes before the next part begins; what opens a
    part (and, but, that, a comma) and quotation marks at its ends belong to none.
    """
    starts = sorted({tokens[0].i, *_borders(tokens)}) if tokens else []
    found = []
    for begin, end in pairwise([*starts, tokens[-1].i + 1] if tokens else []):
        part = _trimmed([token for token in tokens if begin <= token.i < end])
        if _is_clause(part):
            found.append(part)
        elif found and part:
            found[-1] = [*(token for token in tokens if found[-1][0].i <= token.i <= part[-1].i)]
    return found


def span(part: Sequence[Token], offset: int) -> Span:
    """Return where a part stands, in characters of the article, whose paragraph begins at `offset`."""
    return offset + part[0].idx, offset + part[-1].idx + len(part[-1])


def _borders(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where a clause begins that is joined to another on its level, or a sentence does."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.is_sent_start and token.i != tokens[0].i:
            yield token.i
        if token.dep_ != "conj" or token.pos_ not in ("VERB", "AUX") or token.head.i not in inside:
            continue
        if token.head.dep_ in ("relcl", "acl", "advcl") or not any(child.dep_ in _SUBJECTS for child in token.lefts):
            continue
        left = token.left_edge.i
        # The clause takes its own `and` along; it is trimmed off afterwards.
        yield left if left in inside else token.i


def _trimmed(part: list[Token]) -> list[Token]:
    while part and (part[0].is_space or part[0].lower_ in _OPENERS or part[0].text in _MARKS):
        part = part[1:]
    while part and (part[-1].is_space or part[-1].is_punct or part[-1].lower_ in _OPENERS or part[-1].text in _MARKS):
        part = part[:-1]
    return part


def _is_clause(part: Sequence[Token]) -> bool:
    inside = {token.i for token in part}
    if sum(token.is_alpha or token.is_digit for token in part) < _LEAST_WORDS:
        return False
    return any(token.dep_ in _SUBJECTS and token.head.i in inside for token in part)
