"""What speaks against two texts making the same claim, however alike their words are.

"Fell to 4.1 per cent" and "rose to 4.1 per cent" share all words but one. Nothing here decides: what is found is told,
and keeps a likeness from being called strong.
"""

from collections.abc import Iterator

from claims.extraction.wordset import wordset
from claims.wording import Words, words
from verification.matching.plain_sentences import plain_sentences
from verification.matching.same.days import different_days, without_days
from verification.matching.same.directions import opposite_directions
from verification.matching.same.negation import negated_otherwise
from verification.matching.same.numbers import different_figures
from verification.matching.same.terms import term, terms
from verification.matching.tokens import WORD

# A text so many times as long as the other says other things besides: only what faces the other is compared.
LONGER = 1.6
# A sentence faces the other text when it shares so much of what the sentence that shares most does.
FACING = 0.5
# From this share of words in common on, one not, one name or another order of the words makes another claim.
NEARLY_THE_SAME = 0.6
# More capitals than this and they tell no names: a headline in title case, or a shout.
MOST_CAPITALS = 0.5
_NO_NAMES = wordset(
    "i us president prime minister senator sen rep gov governor mr mrs ms dr secretary general the a an"
)


def opposed(one: str, other: str) -> tuple[Words, ...]:
    """Return in words what differs in figures, days, direction, negation, names and order; empty if nothing does."""
    left, right = _facing(one, other), _facing(other, one)
    here, there = set(terms(left)), set(terms(right))
    alike = len(here & there) >= NEARLY_THE_SAME * len(here | there)
    found = [
        different_figures(left, right, alike),
        different_days(left, right),
        opposite_directions(left, right),
        negated_otherwise(left, right, alike),
    ]
    if alike:
        found += _different_names(left, there, right, here), _turned_round(left, right)
    return tuple(each for each in found if each is not None)


def _facing(text: str, other: str) -> str:
    """Return the sentences of `text` that speak of what `other` does; all of a text that is about as long."""
    here, there = terms(text), set(terms(other))
    if len(here) <= LONGER * len(there):
        return text
    sentences = plain_sentences(text)
    shared = [len(there.intersection(terms(sentence))) for sentence in sentences]
    least = FACING * max(shared, default=0)
    return " ".join(sentence for sentence, count in zip(sentences, shared, strict=True) if count >= least)


def _different_names(one: str, other_terms: set[str], other: str, terms_here: set[str]) -> Words | None:
    """Return in words that each text has a name that the other does not."""
    names, others = _names_besides(one, other_terms), _names_besides(other, terms_here)
    if names and others:
        return words("the names differ: %(one)s and %(other)s", one=", ".join(names), other=", ".join(others))
    return None


def _turned_round(one: str, other: str) -> Words | None:
    """Return in words that the same words stand otherwise than by the end being put in front: "Today Norland won"."""
    left, right = terms(without_days(one)), terms(without_days(other))
    if sorted(left) != sorted(right):
        return None
    if any(left[start:] + left[:start] == right for start in range(max(1, len(left)))):
        return None
    return words("the same words stand in another order")


def _names_besides(text: str, known: set[str]) -> list[str]:
    return [name for name in _capitalised(text) if term(name) not in known]


def _capitalised(text: str) -> Iterator[str]:
    """Yield the words that their capital tells to be names; none where most words have one."""
    found = list(WORD.finditer(text))
    capitals = [match for match in found if match.group()[0].isupper()]
    if len(capitals) > MOST_CAPITALS * len(found):
        return
    for match in capitals:
        if match.group().lower() not in _NO_NAMES:
            yield match.group()
