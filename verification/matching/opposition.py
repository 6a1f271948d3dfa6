"""The sentence of a passage nearest to a claim: how much of it is the same, and whether it says the opposite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Opcode

from claims.wording import Words, words
from verification.matching.changes import change_flags, negates_otherwise
from verification.matching.numerals import CARDINALS, SCALES
from verification.matching.plain_sentences import plain_sentences
from verification.matching.same.directions import opposite_directions
from verification.matching.same.terms import term, terms
from verification.matching.tokens import WORD

_LONGEST = 120
"""Words from which on a sentence is a list or a table, of which nearness tells nothing."""
_DOUBT = frozenset({
    "allege", "alleged", "alleges", "claim", "claimed", "claims", "could", "denial", "denied", "denies", "deny",
    "false", "if", "may", "might", "myth", "reportedly", "rumor", "rumour", "supposedly", "unless", "untrue",
    "whether", "would",
})  # fmt: skip
"""Words beside a sentence under which it is not said as a fact."""
_SMALL = frozenset({
    "about", "after", "also", "because", "been", "before", "being", "does", "each", "even", "from", "have", "having",
    "here", "into", "just", "like", "made", "make", "more", "most", "much", "only", "other", "over", "said", "same",
    "says", "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "very",
    "were", "what", "when", "where", "which", "while", "will", "with", "would", "year", "your",
})  # fmt: skip
"""Words of four letters and more that tell nothing of what a sentence is about."""
_SHORTEST = 4
_NUMBERS = frozenset({*CARDINALS, *SCALES, "cent", "percent"})
_TELLING = frozenset({"negation", "modal", "name", "quantifier"})


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest sentence: `shared` of the words of both in order, 0 to 1.

    `opposed` says in words how it says the opposite, None where it does not. `plain`: what the claim has and it has not
    is small words or numbers, and nothing in or beside it takes it back. `same_numbers`: no number differs as written.
    """

    sentence: str
    shared: float
    opposed: Words | None
    plain: bool
    same_numbers: bool


NOTHING_NEAR = Nearest("", 0.0, None, False, False)


def nearest(claim: str, passage: str) -> Nearest:
    """Return the sentence of the passage that shares most with the claim; `NOTHING_NEAR` for an empty one."""
    ours = WORD.findall(claim)
    if not ours:
        return NOTHING_NEAR
    laid = (_lay(ours, sentence) for sentence in _sentences(passage))
    best = max((each for each in laid if each is not None), key=lambda each: each.shared, default=None)
    return _compare(ours, best) if best else NOTHING_NEAR


def covered(claim: str, passage: str) -> float:
    """Return how many of the words that tell what a claim is about stand anywhere in a passage, 0 to 1."""
    telling = _telling(claim)
    return len(telling & set(terms(passage))) / len(telling) if telling else 0.0


def _telling(text: str) -> set[str]:
    found = (word for word in WORD.findall(text) if len(word) >= _SHORTEST and word.casefold() not in _SMALL)
    return {term(word) for word in found if not any(map(str.isdigit, word)) and word.casefold() not in _NUMBERS}


def _sentences(passage: str) -> Iterator[str]:
    return (part for part in plain_sentences(passage) if 0 < len(WORD.findall(part)) <= _LONGEST)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sentence laid over a claim: its words, those from `first` to `last` stand where the claim's do."""

    sentence: str
    theirs: Sequence[str]
    equal: Sequence[Opcode]
    first: int
    last: int
    shared: float


def _lay(ours: Sequence[str], sentence: str) -> _Laid | None:
    theirs = WORD.findall(sentence)
    codes = list(Indel.opcodes([word.casefold() for word in ours], [word.casefold() for word in theirs]))
    equal = [code for code in codes if code.tag == "equal"]
    if not equal:
        return None
    # What the source says before and after is no part of the sentence, but for what stands where the claim has words.
    first = max(0, equal[0].dest_start - equal[0].src_start)
    last = min(len(theirs), equal[-1].dest_end + len(ours) - equal[-1].src_end)
    shared = sum(code.src_end - code.src_start for code in equal)
    return _Laid(sentence, theirs, equal, first, last, 2 * shared / (len(ours) + last - first))


def _compare(ours: Sequence[str], laid: _Laid) -> Nearest:
    sentence, theirs, equal, first, last = laid.sentence, laid.theirs, laid.equal, laid.first, laid.last
    shared_ours = {place for code in equal for place in range(code.src_start, code.src_end)}
    shared_theirs = {place for code in equal for place in range(code.dest_start, code.dest_end)}
    gone = [word for place, word in enumerate(ours) if place not in shared_ours]
    new = [theirs[place] for place in range(first, last) if place not in shared_theirs]
    beside = [word.casefold() for word in (*theirs[:first], *theirs[last:])]
    taken_back = negates_otherwise(ours, theirs) or bool({*beside, *map(str.casefold, new)} & _DOUBT)
    flags = change_flags(gone, new, "", lambda _word: False)
    missing = _telling(" ".join(gone)) - set(terms(sentence))
    return Nearest(
        sentence=sentence,
        shared=laid.shared,
        opposed=_opposed(gone, new),
        plain=not missing
        and not flags & _TELLING
        and not taken_back
        and not sentence.rstrip("\"'”’»)] ").endswith("?"),
        same_numbers="number" not in flags,
    )


def _opposed(gone: Sequence[str], new: Sequence[str]) -> Words | None:
    if negates_otherwise(gone, new):
        return words("one says no where the other does not")
    return opposite_directions(" ".join(gone), " ".join(new))
