"""From the source as written to the name it stands for in this article: surnames, titles, roles and pronouns.

A name is given only when the text tells whose it is. “Officials” are nobody in particular, “US officials” are as
named as they get; a pronoun goes to the person its sentence, or the one before it, is about, and to nobody when two
would fit.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from claims.extraction.cast import Cast, Mention, Parsed, Person, name_parts, name_words, rank, without_generation
from claims.extraction.names import BODIES, ROLES, SPEAKERS
from claims.extraction.roles import role_beside

_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_DETERMINERS = re.compile(
    r"^(?:the|a|an|this|that|these|those|some|many|several|other|all|both|one|two|any)\s+", re.IGNORECASE
)
_SMALL_WORDS = frozenset(["ADP", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ"])
_OWNER = re.compile(r"^(?:the|a|an|its|his|her|their|our|my)\s+", re.IGNORECASE)
_LONGEST_ROLE = 80
_OFFICIAL = frozenset(["official", "officials"])
_PLACES_BACK = 2
"""Paragraphs that a pronoun may look back over."""


@dataclass(frozen=True, slots=True)
class Who:
    """What a source stands for; what the text does not tell is None."""

    name: str | None = None
    kind: str | None = None
    role: str | None = None


NOBODY = Who()


class Speakers:
    """Resolves the sources of one article."""

    def __init__(self, parsed: Parsed, is_quoted: Callable[[int], bool]) -> None:
        """Collect who is named in `parsed` and follow the pronouns that lead their sentences, in order."""
        self._cast = Cast(parsed, is_quoted)
        self._mentions: dict[int, list[Mention]] = {}
        for mention in self._cast.mentions:
            self._mentions.setdefault(mention.paragraph, []).append(mention)
        self._pronouns: dict[int, Person | None] = {}
        for number, ((start, _), doc) in enumerate(parsed):
            for token in doc:
                if token.lower_ in _GENDERS and token.pos_ == "PRON" and not is_quoted(start + token.idx):
                    self._follow(token, start, number)

    def of_pronoun(self, index: int) -> str | None:
        """Return the name that a pronoun at this character of the article stands for, None where that is not told."""
        return _of(self._pronouns.get(index)).name

    def who(self, source: Tokens, offset: int) -> Who:
        """Return name, kind and role of `source`, a phrase of the paragraph that begins at `offset`."""
        head = source.root
        if head.pos_ == "PRON" or head.lower_ in _GENDERS:
            return _of(self._pronouns.get(offset + head.idx))
        if head.pos_ != "PROPN" and head.text[:1].isupper() and len(source) == 1:
            person = self._cast.find([head])
            if person is not None:
                return _of(person)
        if head.pos_ == "PROPN" or head.ent_type_ in ("PERSON", "ORG", "GPE"):
            return self._proper(source, head)
        return self._apposed(source, head) or self._common(source, head, offset)

    def _proper(self, source: Tokens, head: Token) -> Who:
        entity = next((entity for entity in source.doc.ents if entity.start <= head.i < entity.end), None)
        run = [token for token in source if token.i <= head.i or token.dep_ in ("flat", "appos")]
        joined = [token for token in source if token.dep_ == "conj"]
        if joined:
            inside = entity is not None and all(entity.start <= token.i < entity.end for token in joined)
            return Who(_phrase(source), "organisation" if inside and head.ent_type_ == "ORG" else None)
        if any(token.lower_ in _OFFICIAL and token.is_title and token.i > source.start for token in run[:-1]):
            return Who(_phrase(source), "organisation")
        words = name_words(run if entity is None or entity.label_ != "PERSON" else list(entity))
        if words and not without_generation(words):
            return NOBODY
        person = self._cast.find(words) if words else None
        if person is not None:
            return _of(person)
        if entity is not None and entity.label_ == "PERSON" and words:
            return Who(" ".join(name_parts(words)), "person", role_beside(source.doc, words))
        if name := _name_at_end(source):
            return Who(name, "person", _office_before(source, name))
        return Who(_phrase(source), _kind(head))

    def _apposed(self, source: Tokens, head: Token) -> Who | None:
        """Return the person whose name follows an office between commas (`the board’s spokesman, Jo Marsh,`)."""
        doc, comma = source.doc, source.end
        if head.tag_ != "NN" or comma + 2 >= len(doc) or doc[comma].text != ",":
            return None
        entity = next((entity for entity in doc[comma + 1 : comma + 8].ents if entity.start == comma + 1), None)
        if entity is None or entity.label_ != "PERSON" or entity.end + 1 >= len(doc) or doc[entity.end].text != ",":
            return None
        following = doc[entity.end + 1]
        words = name_words(list(entity))
        if not without_generation(words) or following.pos_ == "CCONJ" or following.ent_type_ == "PERSON":
            return None
        person = self._cast.find(words)
        if person is None and len(words) < 2:
            return None
        name = person.name if person is not None else " ".join(name_parts(words))
        return Who(name, "person", _without_owner(source) if person is None else person.role or _without_owner(source))

    def _common(self, source: Tokens, head: Token, offset: int) -> Who:
        if head.lower_ in ROLES and _is_definite(source):
            modifiers = {token.lower_ for token in source if token.dep_ in ("compound", "amod") and token.i < head.i}
            person = self._cast.with_role(head.lower_, modifiers, offset + head.idx)
            if person is not None:
                return _of(person)
        speaks = head.lower_ in ROLES or head.lemma_.lower() in SPEAKERS
        if speaks and any(token.pos_ == "PROPN" or token.ent_type_ in ("NORP", "ORG", "GPE") for token in source):
            return Who(_phrase(source), _kind(head))
        return NOBODY

    def _follow(self, pronoun: Token, start: int, paragraph: int) -> None:
        position = start + pronoun.idx
        person = self._antecedent(_GENDERS[pronoun.lower_], position, start + pronoun.sent.start_char, paragraph)
        self._pronouns[position] = person
        if person is not None and rank(pronoun):
            person.called = person.called or _GENDERS[pronoun.lower_]
            leading = Mention(position, person, rank(pronoun), paragraph, start + pronoun.sent.start_char)
            self._mentions.setdefault(paragraph, []).append(leading)

    def _antecedent(self, gender: str, position: int, sentence: int, paragraph: int) -> Person | None:
        earlier = [
            mention
            for back in range(_PLACES_BACK + 1)
            for mention in self._mentions.get(paragraph - back, ())
            if mention.start < position and _could_be(mention, gender)
        ]
        by_sentence: dict[int, list[Mention]] = {}
        for mention in earlier:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        for _, mentions in sorted(by_sentence.items(), reverse=True):
            person = _most_salient(mentions)
            if person is not None:
                return person
            if len({id(mention.person) for mention in mentions}) > 1:
                return None
        return None


def _of(person: Person | None) -> Who:
    return Who(person.name, "person", person.role) if person is not None else NOBODY


def _kind(head: Token) -> str | None:
    """Tell a body from a person by the last word of a source; several people are neither."""
    if any(child.dep_ == "relcl" and any(word.lower_ == "who" for word in child.lefts) for child in head.rights):
        return "person" if head.tag_ in ("NN", "NNP") else None
    if head.ent_type_ in ("ORG", "GPE") or head.lower_ in BODIES:
        return "organisation"
    return "person" if head.lower_ in ROLES and head.tag_ in ("NN", "NNP") else None


def _office_before(source: Tokens, name: str) -> str | None:
    """Return what stands before a name that ends its source."""
    return _DETERMINERS.sub("", " ".join(source.text.split())[: -len(name)], count=1).strip() or None


def _without_owner(source: Tokens) -> str | None:
    """Return an office as written, without its article or the pronoun of whose it is."""
    text = " ".join(source.text.split())
    return _OWNER.sub("", text, count=1)[:_LONGEST_ROLE].rstrip() or None


def _could_be(mention: Mention, gender: str) -> bool:
    """Tell whether he or she can stand for a mention; a lone word that no title, given name or verb backs is no
    person.
    """
    known = mention.person.gender
    return known == gender or (known is None and (mention.rank > 0 or bool(mention.person.given)))


def _most_salient(mentions: Sequence[Mention]) -> Person | None:
    """Return the one person who leads the sentence, else the one who leads a clause, else the only one in it."""
    for least in (2, 1, 0):
        people = {id(mention.person): mention.person for mention in mentions if mention.rank >= least}
        if people:
            return next(iter(people.values())) if len(people) == 1 else None
    return None


def _is_definite(source: Tokens) -> bool:
    return source[0].lower_ == "the" or source[0].dep_ == "poss" or source[0].lower_ in ("his", "her", "their")


def _name_at_end(source: Tokens) -> str | None:
    """Return the capitalised words that end a source after an office in small letters (`harbour warden Ada Quill`)."""
    words = list(source)
    name = list(reversed(list(takewhile(lambda token: token.text[:1].isupper(), reversed(words)))))
    office = words[: len(words) - len(name)]
    # The parser is unsure of rare offices (a "harbour warden" can be two verbs to it), so only small words are barred.
    if len(name) < 2 or not office or not office[-1].is_lower or office[-1].pos_ in _SMALL_WORDS:
        return None
    return " ".join(name_parts(name))


def _phrase(source: Tokens) -> str | None:
    """Return a source that is no person as it stands, without its article and closing marks."""
    text = _DETERMINERS.sub("", source.text.strip(), count=1).strip(" ,;:—–-()[]\"“”'’\n")
    return " ".join(text.split()) or None
