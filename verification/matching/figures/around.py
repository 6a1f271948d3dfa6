"""The words around a figure: what is counted, and which words of the sentence tell what the figure is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.extraction.wordset import wordset
from verification.matching.tokens import APOSTROPHES, word_key

NEXT, REACH = 35, 110
"""Characters on either side of a figure that tell what it is about, nearest and further."""
_MOST_COUNTED = 5

_WORD = re.compile(rf"[^\W\d_][^\W_]*(?:[{APOSTROPHES}-][^\W_]+)*")
_STOP = wordset(
    "a about above across after again against all almost already also am an and another any are around as at back "
    "be because been before being below between both but by came can come could did do does done down during each "
    "either ever every few for from get gets getting go goes going gone got had has have he her here him his how "
    "however i if in into is it its it's just last least less like made make makes many may me might mine more "
    "most much must my near nearly next no nor not now of off on once one only or other our out over own per same "
    "she should since so some still such than that that's the their them then there these they thing this those "
    "through thus to too toward under until up upon us very was way we we're went were what when where "
    "whether which while who whom whose why will with within without would yet you your first second third said "
    "say says told tell tells added think know want see really lot actually right including according today "
    "yesterday tomorrow tonight ago morning afternoon evening early late later earlier roughly approximately "
    "exactly total number figure amount estimated level million billion trillion thousand hundred dozen half "
    "quarter percent percentage point cent dollar euro pound minute hour day week month year decade century "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec zero two three four "
    "five six seven eight nine ten eleven twelve twenty thirty forty fifty mile kilometer meter ton acre hectare "
    "degree part double rate annual annually monthly weekly daily rise rose risen fall fell fallen grow grew "
    "grown increase drop decline decrease jump reach"
)
_NO_MEANING = _STOP | {"well"}  # but wells
_WEAK = wordset(
    "american people person country nation national president state government federal official administration "
    "secretary minister world work new time great united house white congress today good big high low take give "
    "need use help support include across law act plan program bill action effort billion announce mr mrs ms dr "
    "question day family make provide continue member public local community date order memorandum section subsection"
)
_ONE_THING = (
    "people person resident citizen inhabitant individual",
    "home house household dwelling",
    "soldier troop serviceman",
    "job position post",
    "dead death killed fatality",
    "child kid youngster",
    "pupil student",
    "car vehicle",
    "worker employee",
    "business company firm",
    "ship vessel",
    "shot dose vaccination",
    "injured wounded",
)
_SAME = {word: group.split()[0] for group in _ONE_THING for word in group.split()}
_NO_NOUN = _STOP | wordset(
    "signed met voted won died left crossed sank sailed drilled built opened closed arrested sent shared "
    "spent currently"
)
_MANY = wordset("people police personnel staff men women children crew cattle sheep aircraft troop")
_CLAUSE_ENDS = re.compile(
    r"[,;:](?=\s)|\s[-–—]\s|—|[()]|\b(?:and|but|while|whereas|although|though|which|who)\b", re.IGNORECASE
)
_BLANKS = re.compile(r"\s+")
_LEADING = re.compile(
    r"(?:-|\s*)(?:of\s+)?(?:(?:the|all|these|those|its|their|our|his|her|my|your|american|new|more|additional|other|"
    r"further|different|separate)\s+)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts: its noun (in keys; several where rule cannot tell) and all words of the noun phrase."""

    heads: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def agrees(self, other: "Counted") -> bool | None:
        """Tell whether two figures count the same things; None when one does not name them."""
        if not self.heads or not other.heads:
            return None
        return bool(self.heads & other.words or other.heads & self.words)


def key_of(word: str) -> str:
    """Return what the singular, the plural and every spelling of a word share."""
    key = word_key(word).removesuffix("'s").removesuffix("'")
    if len(key) > 4 and key.endswith("ies"):
        key = key[:-3] + "y"
    elif len(key) > 4 and key.endswith(("sses", "ches", "shes", "xes")):
        key = key[:-2]
    elif len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is")):
        key = key[:-1]
    return _SAME.get(key, key)


def content(
    text: str, leave_out: Iterable[tuple[int, int]] = (), start: int = 0, end: int | None = None
) -> frozenset[str]:
    """Return the keys of the words of `text[start:end]` that carry meaning, without those in the spans `leave_out`."""
    end = len(text) if end is None else end
    spans = _within(leave_out, start, end)
    found = set()
    for match in _WORD.finditer(text, start, end):
        if any(match.start() < last and first < match.end() for first, last in spans):
            continue
        for part in (match.group(), *(match.group().split("-") if "-" in match.group() else ())):
            key = key_of(part)
            if len(key) > 2 and key not in _STOP and part.lower() not in _NO_MEANING:
                found.add(key)
    return frozenset(found)


def names(text: str, start: int, end: int, leave_out: Iterable[tuple[int, int]] = ()) -> frozenset[str]:
    """Return the keys of the capitalised words of `text[start:end]` that carry meaning.

    The first word of the sentence counts unless it may be a plain plural; where it is none, fewer figures are compared.
    """
    spans = _within(leave_out, start, end)
    found = set()
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if not word[0].isupper() or any(match.start() < last and first < match.end() for first, last in spans):
            continue
        key = key_of(word)
        opens = not text[start : match.start()].strip(" *“\"'‘")
        if len(key) > 1 and key not in _STOP and word.lower() not in _NO_MEANING and not (opens and _is_plural(word)):
            found.add(key)
    return frozenset(found)


def clause(text: str, start: int, end: int, first: int, stop: int) -> tuple[int, int]:
    """Return where the clause around `text[start:end]` begins and ends in the sentence `text[first:stop]`."""
    before = [match.end() for match in _CLAUSE_ENDS.finditer(text, first, start)]
    after = _CLAUSE_ENDS.search(text, end, stop)
    return (before[-1] if before else first), (after.start() if after else stop)


def _within(spans: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(first, last) for first, last in spans if start < last and first < end]


def weight(keys: Iterable[str]) -> float:
    """Return how much shared words tell: words that are in every speech tell little."""
    return sum(0.25 if key in _WEAK else 1.0 for key in keys)


def counted(text: str, end: int, stop: int, *, unit: bool) -> Counted:
    """Return what is counted after a figure that ends at `end`; with a unit only what follows `of` (of homes)."""
    if unit and not re.match(r"\s+(?:of|in)\s", text[end : end + 6]):
        return Counted()
    lead = _LEADING.match(text, end, stop)
    words = list(_noun_words(text, lead.end() if lead else end, stop))
    if not words:
        return Counted()
    many = [word for word in words if _is_plural(word)]
    heads = many[-1:] if many else words[-1:] if unit else words
    return Counted(frozenset(map(key_of, heads)), frozenset(map(key_of, words)))


def _noun_words(text: str, start: int, stop: int) -> Iterator[str]:
    at = start
    for _ in range(_MOST_COUNTED):
        match = _WORD.match(text, at, stop)
        if match is None or match.group().lower() in _NO_NOUN:
            return
        yield match.group()
        following = _BLANKS.match(text, match.end(), stop)
        if following is None or (_is_plural(match.group()) and not _goes_on(text, following.end(), stop)):
            return
        at = following.end()


def _goes_on(text: str, at: int, stop: int) -> bool:
    """Tell whether the noun phrase may go on after a plural: sales managers."""
    match = _WORD.match(text, at, stop)
    return match is not None and _is_plural(match.group())


def _is_plural(word: str) -> bool:
    plain = word.lower()
    return plain in _MANY or (
        len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is", "’s", "'s"))
    )
