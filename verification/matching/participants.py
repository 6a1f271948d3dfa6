"""Who took part in what a document tells of: read from a readout's title and text, with office and institution.

The title names both sides ("Readout of X's Call with Y", sources hand-book §1.2), the opening says who spoke with whom,
and an enumeration ("Participants in the call included …", "Joining … on the call were …") names the rest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.extraction.sentences import paragraphs, sentences
from verification.matching.offices import Person, bare_names, merged, persons, plain_text, unwrapped

# Who spoke with whom is said at the beginning (characters); enumerations may stand last.
OPENING = 1500
# So long a text is a transcript or a collection: nobody enumerates participants beyond (characters).
MOST = 40_000

_AUTHOR = re.compile(r"^(?:joint )?(?:readout|statement)s? (?:from|by) (?:(?!with\b)[^’']){3,60}? on (?=[A-Z])", re.I)
_WITH = re.compile(r"\bwith\b", re.I)
_EVENT = re.compile(
    r"\b(?:spoke|speaks|met|meets|talked|conferred|convened|hosted|hosts|welcomed|received|phoned|telephoned|called|"
    r"(?:held|holds|had|has) (?:an? |the )?(?:[\w-]+ ){0,4}?(?:calls?|conversations?|talks|meetings?|conference|"
    r"videoconference|discussions?|consultations?)|took part|takes part|participated|participates|"
    r"(?:joined|joins|attended|attends)(?=[^.]{0,60}\b(?:call|conversation|talks|meeting|conference|videoconference)\b))\b",
)
# A verb after which the other side is named without "with".
_DIRECT = re.compile(r"(?:hosted|hosts|welcomed|received|phoned|telephoned|called)$")
_TOPIC = re.compile(
    r"\s(?:about|regarding|concerning|ahead of|following|in order|on the margins|on the sidelines|"
    r"to (?!the\b|his\b|her\b)[a-z]+|on (?:[A-Z]\w+ \d|the\b|an?\b|[a-z])|and (?:discussed|reaffirmed|\w+ed)\b)"
)
_ENUMERATION = re.compile(
    r"\b(?:(?:participants?|attendees|those (?:present|taking part|on the call))\b[^.:]{0,70}?"
    r"(?:\bincluded?\b|\bwere\b|:)"
    r"|joining\b[^.:]{0,90}?\b(?:was|were)\b:?"
    r"|(?:was|were)(?: also)? joined\b[^.:]{0,40}?\bby\b:?"
    r"|(?:in attendance|also present|present|taking part|participating)\b[^.:]{0,40}?\b(?:was|were|included)\b:?)",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-*+•–]|\d+[.)])\s")


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part; `own` tells that the text names them first, as the side that it speaks for."""

    name: str
    office: str | None
    institution: str | None
    own: bool

    @property
    def surname(self) -> str:
        """Return the last word of the name that is no suffix, casefolded."""
        return Person(self.name, None, None).surname


def participants(title: str, text: str) -> tuple[Participant, ...]:
    """Return who took part, those the title names first; an institution that the text does not give is None."""
    found = [*_from_title(plain_text(title))]
    opened = False
    for sentence, listed in _telling(unwrapped(text[:MOST])):
        if listed:
            found += _from_enumeration(sentence)
        else:
            # Who speaks first is the text's own side; who is the subject of a later sentence may be anybody.
            found += [(person, own) for person, own in _from_opening(sentence) if not (own and opened)]
            opened = True
    return tuple(_one_each(found))


def tells_who_met(sentence: str) -> bool:
    """Tell whether a sentence says that somebody spoke or met with somebody."""
    event = _EVENT.search(plain_text(sentence))
    return event is not None and bool(_DIRECT.search(event.group()) or _WITH.search(plain_text(sentence), event.end()))


def enumerates(sentence: str) -> bool:
    """Tell whether a sentence does nothing but name who took part."""
    return _ENUMERATION.search(plain_text(sentence)) is not None


def tells_of_an_event(title: str) -> bool:
    """Tell whether a title announces a call, a meeting or talks of somebody with somebody."""
    plain = plain_text(title)
    return bool(
        re.search(r"\b(calls?|meetings?|meets|conversations?|talks|speaks|readout|conference|visit)\b", plain, re.I)
    )


def _from_title(title: str) -> Iterator[tuple[Person, bool]]:
    title = _AUTHOR.sub("", title)
    cut = _WITH.search(title)
    before, after = (title[: cut.start()], title[cut.end() :]) if cut else (title, "")
    yield from ((person, True) for person in persons(before))
    yield from ((person, False) for person in persons(re.sub(r"\s(?:on|about|regarding)\s(?!behalf).*", "", after)))


def _telling(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences that say who took part, with whether they enumerate; bullets come with their heading."""
    spans = [*paragraphs(text)]
    number = 0
    while number < len(spans):
        start, end = spans[number]
        number += 1
        for first, last in sentences(text, start, end):
            sentence = plain_text(text[first:last])
            if _ENUMERATION.search(sentence):
                if last == end and sentence.endswith((":", "were", "included", "by")):
                    while number < len(spans) and (_BULLET.match(text[spans[number][0] : spans[number][1]])):
                        sentence += " " + _items(text[spans[number][0] : spans[number][1]])
                        number += 1
                yield sentence, True
            elif first < OPENING and _EVENT.search(sentence):
                yield sentence, False


def _items(block: str) -> str:
    lines = [plain_text(_BULLET.sub("", line)) for line in block.split("\n")]
    return "; ".join(line for line in lines if line) + ";"


def _from_opening(sentence: str) -> Iterator[tuple[Person, bool]]:
    event = _EVENT.search(sentence)
    if event is None:
        return
    rest = sentence[event.end() :]
    direct = _DIRECT.search(event.group())
    cut = _WITH.search(rest)
    others = rest if direct and not cut else rest[cut.end() :] if cut else ""
    topic = _TOPIC.search(others)
    yield from ((person, True) for person in persons(sentence[: event.start()]))
    yield from ((person, False) for person in persons(others[: topic.start()] if topic else others))


def _from_enumeration(sentence: str) -> Iterator[tuple[Person, bool]]:
    cue = _ENUMERATION.search(sentence)
    if cue is None:
        return
    named = sentence[cue.end() :]
    people = persons(named)
    yield from ((person, False) for person in people)
    told = " ".join(person.name for person in people)
    yield from ((Person(name, None, None), False) for name in bare_names(named) if name not in told)


def _one_each(found: Iterable[tuple[Person, bool]]) -> Iterator[Participant]:
    """Fold the mentions of one person; whoever was named on one side first stays there."""
    people: list[tuple[Person, bool]] = []
    for person, own in found:
        at = next((at for at, (known, _own) in enumerate(people) if _same(known, person)), None)
        if at is None:
            people.append((person, own))
        else:
            people[at] = (merged(people[at][0], person), people[at][1])
    for person, own in people:
        yield Participant(person.name, person.office, person.institution, own)


def _same(known: Person, person: Person) -> bool:
    """Tell whether two mentions are one person: by surname, or by an office that is all one of them gives."""
    if _nameless(known) or _nameless(person):
        fits = None in {known.institution, person.institution} or known.institution == person.institution
        return known.office == person.office and fits
    if known.surname == person.surname:
        return True
    words, other = known.name.casefold().split(), person.name.casefold().split()
    one_word = min(len(words), len(other)) == 1
    return one_word and known.office == person.office and bool(set(words) & set(other))


def _nameless(person: Person) -> bool:
    return bool(person.office) and str(person.office) in person.name
