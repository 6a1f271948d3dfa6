"""The people an article names: full names, the surnames and roles that stand for them, and where each is mentioned."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Token

from claims.extraction.names import TITLES, gender_of
from claims.extraction.roles import plain, role_beside, roles_beside
from claims.extraction.sentences import Span
from claims.extraction.wordset import wordset

Parsed = Sequence[tuple[Span, Doc]]

_PARTICLES = wordset("von van der den de del della di da dos du la le al el bin ibn ben abu st")
_HYPHENS = frozenset("-‐‑")
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv"])
_LONGEST_NAME = 5
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])


@dataclass(slots=True, eq=False)
class Person:
    """One person of the article: `name` is the fullest form seen, `roles` are lower-case role words beside it, `role`
    is the first of those phrases as written. `called` is `m` or `f` once a he or a she was found to be this person.
    """

    name: str
    given: str
    surname: str
    roles: set[str] = field(default_factory=set)
    role: str | None = None
    called: str | None = None

    @property
    def gender(self) -> str | None:
        """Return `m`, `f` or None, from titles, roles and the given name, else from the he or she they were called."""
        return gender_of(self.given, self.roles) or self.called


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a person is named, in characters of the article.

    `rank`: 2 as the subject of the sentence's main verb, 1 as the subject of another, 0 elsewhere.
    """

    start: int
    person: Person
    rank: int
    paragraph: int
    sentence: int


class Cast:
    """Who is named in an article, built once from its parsed paragraphs."""

    def __init__(self, parsed: Parsed, is_quoted: Callable[[int], bool]) -> None:
        """Collect the people; `is_quoted` tells whether a character stands inside quotation marks."""
        self._people: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._by_role: dict[str, dict[int, tuple[int, Person]]] = {}
        named = [
            (number, start, doc, words)
            for number, ((start, _), doc) in enumerate(parsed)
            for words in _person_names(doc)
        ]
        for _, _, _, words in sorted(named, key=lambda entry: len(without_generation(entry[3])) == 1):
            self._enter(words)  # full names first: a surname alone then finds whose it is
        self.mentions: list[Mention] = []
        named += [
            (number, start, doc, [token])
            for number, ((start, _), doc) in enumerate(parsed)
            for token in doc
            if token.ent_type_ != "PERSON" and token.lower_ in self._people and _is_bare_name(token)
        ]
        for number, start, doc, words in named:
            person = self.find(words)
            if person is None:
                continue
            position = start + words[0].idx
            person.role = person.role or role_beside(doc, words)
            for role in roles_beside(doc, words):
                person.roles.add(role)
                self._by_role.setdefault(role, {}).setdefault(id(person), (position, person))
            if not is_quoted(position) and not (words[-1].dep_ == "compound" and words[-1].head not in words):
                sentence = start + words[0].sent.start_char
                self.mentions.append(Mention(position, person, rank(words[-1]), number, sentence))

    def find(self, tokens: Sequence[Token]) -> Person | None:
        """Return the person whom these words of a name stand for, or None when nobody or more than one fits."""
        bare = name_parts(without_generation(tokens))
        if not bare:
            return None
        given, surname = bare[0], _surname(bare)
        known = _of_gender(self._people.get(surname.lower(), []), _titled(tokens))
        if len(bare) > 1:
            known = [person for person in known if _same_given(person.given, given)]
        if len(known) == 1:
            return known[0]
        if not known and len(bare) == 1:
            by_given = self._by_given.get(given, [])
            return by_given[0] if len(by_given) == 1 else None
        return None

    def with_role(self, role: str, modifiers: set[str], before: int) -> Person | None:
        """Return the one person who, before this character, was given `role` (`the spokesman`) and nothing against
        it.
        """
        fitting = [
            person
            for first, person in self._by_role.get(role, {}).values()
            if first < before and modifiers <= person.roles
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _enter(self, words: Sequence[Token]) -> None:
        bare = name_parts(without_generation(words))
        surname = _surname(bare)
        given = bare[0] if len(bare) > 1 else ""
        people = self._people.setdefault(surname.lower(), [])
        if not given:
            if not _of_gender(people, _titled(words)) and bare[0] not in self._by_given:
                people.append(Person(surname, "", surname, {plain(words[0].nbor(-1))} if _titled(words) else set()))
            return
        if any(_same_given(person.given, given) for person in people):
            return
        person = Person(" ".join(name_parts(words)), given, surname)
        people.append(person)
        self._by_given.setdefault(given, []).append(person)


def rank(token: Token) -> int:
    """Return how prominent a noun or pronoun is in its sentence, as in `Mention.rank`."""
    if token.dep_ == "appos":
        return rank(token.head)
    if token.dep_ not in _SUBJECTS:
        return 0
    return 2 if token.head.dep_ == "ROOT" else 1


def name_words(tokens: Sequence[Token]) -> list[Token]:
    """Return the part of a proper name that is the name: no title, role, possessive ending or point after it."""
    words = [token for token in tokens if not token.is_space and not token.is_punct and token.tag_ != "POS"]
    while len(words) > 1 and (plain(words[0]) in TITLES or not words[0].text[0].isupper()):
        if words[0].lower_ in _PARTICLES:
            break
        words = words[1:]
    while words and (words[-1].lower_ in ("’s", "'s") or not words[-1].text[0].isalpha()):
        words = words[:-1]
    return words


def name_parts(words: Sequence[Token]) -> list[str]:
    """Return the words of a name as written; what a hyphen joins is one (Montoya-Lewis)."""
    parts = [token.text for token in words[:1]]
    for previous, token in pairwise(words):
        between = token.doc.text[previous.idx + len(previous) : token.idx]
        if between in _HYPHENS:
            parts[-1] += between + token.text
        else:
            parts.append(token.text)
    return parts


def _is_bare_name(token: Token) -> bool:
    """Tell whether a surname the tagger took for something else stands alone, not as part of a longer name."""
    return (
        token.text[0].isupper()
        and token.dep_ != "compound"
        and not any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.lefts)
    )


def _titled(words: Sequence[Token]) -> str | None:
    """Return the gender that a title before the name tells (Mr., Mrs.)."""
    return gender_of("", {plain(words[0].nbor(-1))}) if words and words[0].i > 0 else None


def _of_gender(people: Sequence[Person], gender: str | None) -> list[Person]:
    return [person for person in people if gender is None or person.gender in (gender, None)]


def _person_names(doc: Doc) -> Iterator[list[Token]]:
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        words = name_words(list(entity))
        if (
            without_generation(words)
            and len(words) <= _LONGEST_NAME
            and all(_can_name(word) for word in words)
            and words[0].text[0].isupper()
        ):
            yield words


def _can_name(token: Token) -> bool:
    return not any(character.isdigit() for character in token.text) and (
        token.text[0].isupper() or token.lower_ in _PARTICLES
    )


def without_generation(words: Sequence[Token]) -> list[Token]:
    """Return the words of a name without Jr., Sr., II, III; none are left of what is no name."""
    return [token for token in words if plain(token) not in _GENERATIONS]


def _surname(words: Sequence[str]) -> str:
    """Return the family name with its particles (von der Leyen)."""
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(words[first:])


def _same_given(one: str, other: str) -> bool:
    """Tell whether two given names can be one person's: equal, an initial, or a short form (Joe, Joseph)."""
    short, long = sorted((one.lower().rstrip("."), other.lower().rstrip(".")), key=len)
    return not short or long.startswith(short) or (len(short) > 2 and short[:2] == long[:2])
