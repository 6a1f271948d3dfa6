"""From the source as written to the name it stands for in this article: surnames, titles, roles and pronouns.

A name is given only when the text tells whose it is. “Officials” are nobody in particular, “US officials” are as
named as they get; a pronoun goes to the person its sentence, or the one before it, is about, and to nobody when two
would fit.
"""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from claims.extraction.cast import Cast, Mention, Parsed, Person, name_words, rank, without_generation
from claims.extraction.names import ROLES, SPEAKERS

_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_DETERMINERS = re.compile(
    r"^(?:the|a|an|this|that|these|those|some|many|several|other|all|both|one|two|any)\s+", re.IGNORECASE
)
_SMALL_WORDS = frozenset(["ADP", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ"])
_PLACES_BACK = 2
"""Paragraphs that a pronoun may look back over."""


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

    def name(self, source: Tokens, offset: int) -> str | None:
        """Return the resolved name of `source`, a phrase of the paragraph that begins at `offset`, or None."""
        head = source.root
        if head.pos_ == "PRON" or head.lower_ in _GENDERS:
            person = self._pronouns.get(offset + head.idx)
            return person.name if person is not None else None
        if head.pos_ != "PROPN" and head.text[:1].isupper() and len(source) == 1:
            person = self._cast.find([head])
            if person is not None:
                return person.name
        if head.pos_ == "PROPN" or head.ent_type_ in ("PERSON", "ORG", "GPE"):
            return self._proper(source, head)
        return self._common(source, head, offset)

    def _proper(self, source: Tokens, head: Token) -> str | None:
        entity = next((entity for entity in source.doc.ents if entity.start <= head.i < entity.end), None)
        run = [token for token in source if token.i <= head.i or token.dep_ in ("flat", "appos")]
        if any(token.dep_ == "conj" for token in source):
            return _phrase(source)
        words = name_words(run if entity is None or entity.label_ != "PERSON" else list(entity))
        if words and not without_generation(words):
            return None
        person = self._cast.find(words) if words else None
        if person is not None:
            return person.name
        if entity is not None and entity.label_ == "PERSON" and words:
            return " ".join(word.text for word in words)
        return _name_at_end(source) or _phrase(source)

    def _common(self, source: Tokens, head: Token, offset: int) -> str | None:
        if head.lower_ in ROLES and _is_definite(source):
            modifiers = {token.lower_ for token in source if token.dep_ in ("compound", "amod") and token.i < head.i}
            person = self._cast.with_role(head.lower_, modifiers, offset + head.idx)
            if person is not None:
                return person.name
        speaks = head.lower_ in ROLES or head.lemma_.lower() in SPEAKERS
        if speaks and any(token.pos_ == "PROPN" or token.ent_type_ in ("NORP", "ORG", "GPE") for token in source):
            return _phrase(source)
        return None

    def _follow(self, pronoun: Token, start: int, paragraph: int) -> None:
        position = start + pronoun.idx
        person = self._antecedent(_GENDERS[pronoun.lower_], position, start + pronoun.sent.start_char, paragraph)
        self._pronouns[position] = person
        if person is not None and rank(pronoun):
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
    return " ".join(token.text for token in name)


def _phrase(source: Tokens) -> str | None:
    """Return a source that is no person as it stands, without its article and closing marks."""
    text = _DETERMINERS.sub("", source.text.strip(), count=1).strip(" ,;:—–-()[]\"“”'’\n")
    return " ".join(text.split()) or None
