"""Which way a text says a thing went or stands: two poles an axis, and the words of each."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from claims.wording import Words, words
from verification.matching.same.terms import term
from verification.matching.tokens import WORD

# One line a pole, its opposite below it.
_AXES = (
    (
        "rise rose risen raise increase grow grew grown growth climb gain surge jump soar higher highest up more most "
        "upward hike expand rally rebound double triple swell spike bigger larger largest biggest",
        "fall fell fallen lower lowest decrease decline shrink shrank shrunk drop lose plunge plummet slump down less "
        "least fewer downward cut slash reduce tumble dip sink sank sunk slide slid halve smaller smallest",
    ),
    ("win won winner victory beat", "lose lost loser defeat"),
    (
        "support favour endorse approve accept agree welcome embrace",
        "oppose reject refuse disagree against condemn veto decline",
    ),
    (
        "allow permit legalize legalise legal lawful authorize authorise",
        "ban prohibit forbid forbade forbidden outlaw block illegal unlawful criminalize criminalise",
    ),
    ("confirm admit acknowledge concede", "deny denied denial dispute"),
    ("before", "after"),
    ("above over exceed", "below under"),
    ("start begin began begun", "end stop finish halt cease shut"),
    ("buy bought purchase", "sell sold sale"),
    ("import", "export"),
    ("hire appoint", "sack dismiss"),
    ("enter join arrive", "leave left quit exit depart withdraw withdrew withdrawn"),
    ("alive survive", "dead die killed"),
    ("guilty convict", "innocent acquit"),
    ("best better", "worst worse"),
    ("first earliest", "last latest"),
    ("strengthen stronger strongest strong", "weaken weaker weakest weak"),
    ("older oldest", "younger youngest newer newest"),
    ("richer richest rich", "poorer poorest poor"),
    ("faster fastest fast", "slower slowest slow"),
    ("longer longest long", "shorter shortest short"),
    ("hotter hottest hot warmer warmest warm", "colder coldest cold cooler coolest cool"),
    ("majority", "minority"),
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("male man men boy father son", "female woman women girl mother daughter"),
)


class _Pole(NamedTuple):
    axis: int
    up: bool


def _poles() -> Iterator[tuple[str, _Pole]]:
    for number, (one, other) in enumerate(_AXES):
        for up, listed in ((True, one), (False, other)):
            for word in listed.split():
                yield term(word), _Pole(number, up)


def _by_term() -> dict[str, tuple[_Pole, ...]]:
    found: dict[str, tuple[_Pole, ...]] = {}
    for key, pole in _poles():
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), pole)))
    return found


_POLES: Mapping[str, tuple[_Pole, ...]] = MappingProxyType(_by_term())


def opposite_directions(one: str, other: str) -> Words | None:
    """Return in words that the texts go opposite ways on some axis, None where they do not.

    They do where each takes only one side and not the same, or where both take sides equally often but not in the same
    order: "exports rose and imports fell" is not "exports fell and imports rose".
    """
    first, second = _sides(one), _sides(other)
    for axis in first.keys() & second.keys():
        here, there = first[axis], second[axis]
        ways, other_ways = [up for up, _ in here], [up for up, _ in there]
        turned = len(here) == len(there) and ways != other_ways
        if turned or (len({*ways}) == 1 == len({*other_ways}) and ways[0] != other_ways[0]):
            pair = next((left, right) for (up, left) in here for (also_up, right) in there if up != also_up)
            return words("one says %(one)s, the other %(other)s", one=pair[0], other=pair[1])
    return None


def _sides(text: str) -> dict[int, list[tuple[bool, str]]]:
    """Return for each axis the poles that the text names, in order, each with the word as written."""
    sides: dict[int, list[tuple[bool, str]]] = {}
    for word in WORD.findall(text):
        for pole in _POLES.get(term(word), ()):
            sides.setdefault(pole.axis, []).append((pole.up, word))
    return sides
