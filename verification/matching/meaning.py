"""What in a change of words may change what they say, in words: figures, negations, directions and the like.

Nothing here decides that a change is harmless: what is found is asked about, and what is not found may matter too.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from claims.wording import Words, words
from verification.matching.changes import change_flags
from verification.matching.same.days import different_days
from verification.matching.same.directions import opposite_directions
from verification.matching.tokens import WORD

FLAG_WORDS = {
    "negation": words("a negation differs"),
    "number": words("a number differs"),
    "modal": words("a modal verb differs"),
    "name": words("a name differs"),
    "tense": words("the tense differs"),
    "quantifier": words("a word of quantity differs"),
}
# Beyond so many pairs of words a comparison could take seconds: then what differs is looked at as one run.
MOST_PAIRS = 1_000_000


def may_change_meaning(before: str, after: str) -> tuple[Words, ...]:
    """Return in words what differs between two versions of a text that may change its meaning; empty if nothing."""
    old, new = WORD.findall(before), WORD.findall(after)
    known = {word for word in (*old, *new) if word == word.casefold()}
    flags = {
        flag
        for gone, come, following in _changed(old, new)
        for flag in change_flags(gone, come, following, lambda word: word.casefold() in known)
    }
    found = [told for flag, told in FLAG_WORDS.items() if flag in flags]
    others = opposite_directions(before, after), different_days(before, after)
    return (*found, *(told for told in others if told))


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], str]]:
    """Yield each run of words that changed: what stood there, what stands there, and the word behind it."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if (old_end - head) * (new_end - head) > MOST_PAIRS:
        yield old[head:old_end], new[head:new_end], "".join(old[old_end : old_end + 1])
        return
    matcher = SequenceMatcher(None, old[head:old_end], new[head:new_end], autojunk=False)
    for op, start, end, new_start, stop in matcher.get_opcodes():
        if op != "equal":
            following = "".join(old[head + end : head + end + 1])
            yield old[head + start : head + end], new[head + new_start : head + stop], following


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    pairs = zip(first, second, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))
