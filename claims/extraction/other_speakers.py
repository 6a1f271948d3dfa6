"""Who said something, where a name stands right beside a verb of saying; anywhere else the speaker stays unknown.

    „…“, sagte Hafenmeisterin Ida Fenn     Selon la Banque d’Aster, …     Ana Ruiz dijo: «…»

A surname alone stands for the full name that was read before, if there was one such name only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.other_speech import SPEECH
from claims.extraction.sentences import Span

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĶŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ]"
_WORD = rf"{_CAPITAL}(?:[\w’'-]*\w)?"
_PARTICLE = r"(?:(?:von|van|zu|zum|der|den|de|du|des|del|della|dello|dei|di|da|do|dos|das|e|y|la|le|el|al)\s|[dl][’'])"
_RUN = rf"(?:{_CAPITAL}\.\s?)*{_WORD}(?:\s{_PARTICLE}{{0,2}}(?:{_CAPITAL}\.\s)*{_WORD}){{0,5}}"
_BEHIND = {
    language: re.compile(rf"\s(?:{speech.articles})?(?:{speech.roles}\s){{0,3}}{_RUN}")
    for language, speech in SPEECH.items()
}
_BEFORE = {
    language: re.compile(rf"(?<![\w’'.-])((?:{speech.articles})?{_RUN})\s$") for language, speech in SPEECH.items()
}
_BARE = {
    language: re.compile(rf"(?P<article>{speech.articles})?(?P<roles>(?:{speech.roles}(?:\s|$)){{0,3}})")
    for language, speech in SPEECH.items()
}
_LAST_WORD = re.compile(r"([\w’']+)\s*$")
_ADDRESS = re.compile(r"\w+\.|Mme|Mlle|Dr|Pr|Me|Frau|Herrn?|don|doña|signora?", re.IGNORECASE)
_LOOK_BACK = 100
"""Characters before a verb in which its name is looked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who is credited: `mention` at `span`, by the word of saying `cue` at `cue_span`; `speaker` is None if unnamed.

    `role` is as written beside the name; `titled` says that it has one, or a form of address (Mme, Dr., Frau).
    """

    cue: str
    cue_span: Span
    mention: str
    span: Span
    speaker: str | None
    role: str | None
    titled: bool


class Speakers:
    """The names of one article, learnt as they come; its sentences are to be read in order."""

    def __init__(self, language: str, text: str) -> None:
        """Begin an article in one of the languages of `SPEECH`."""
        self._language = language
        self._speech = SPEECH[language]
        self._text = text
        self._known: dict[str, set[str]] = {}

    def sources(self, start: int, end: int) -> list[Source]:
        """Return the sources named in the sentence `start:end`, in order."""
        found = [*self._saying(start, end), *self._according(start, end)]
        return sorted(found, key=lambda source: source.cue_span)

    def _saying(self, start: int, end: int) -> Iterator[Source]:
        for cue in self._speech.said.finditer(self._text, start, end):
            before, behind = self._before(start, cue.start()), self._behind(cue.end(), end)
            if before is not None and (behind is None or self._is_full(before)) and self._is_name(before, start):
                yield self._source(cue.span(), before)
            elif behind is not None:
                yield self._source(cue.span(), behind)

    def _according(self, start: int, end: int) -> Iterator[Source]:
        for cue in self._speech.according.finditer(self._text, start, end):
            behind = self._behind(cue.end(), end)
            if behind is not None:
                yield self._source(cue.span(), behind)
        for cue in self._speech.trailing.finditer(self._text, start, end) if self._speech.trailing else ():
            before = self._before(start, cue.start())
            if before is not None:
                yield self._source(cue.span(), before)

    def _behind(self, index: int, end: int) -> Span | None:
        """Return the name right behind `index`, with its article and role."""
        match = _BEHIND[self._language].match(self._text, index, end)
        if match is None:
            return None
        words = match.group().split()
        return None if words[0].lower() in self._speech.no_subjects else (match.start() + 1, match.end())

    def _before(self, start: int, index: int) -> Span | None:
        """Return the name right before `index`, with its article, without what only begins the sentence."""
        low = max(start, index - _LOOK_BACK)
        match = _BEFORE[self._language].search(self._text, low, index)
        if match is None:
            return None
        first, last = match.span(1)
        while first < last and self._text[first:last].split()[0].lower() in self._speech.no_subjects:
            first += len(self._text[first:last].split()[0])
            first = last if first >= last else first + 1
        leading = _LAST_WORD.search(self._text, low, first)
        if first == last or (leading is not None and leading.group(1).lower() in self._speech.prepositions):
            return None
        return first, last

    def _is_full(self, span: Span) -> bool:
        return " " in self._bare(span)[0]

    def _is_name(self, span: Span, start: int) -> bool:
        """Tell whether a capital is a name's: several words, a known one, neither the sentence's first nor a noun."""
        name, role, _ = self._bare(span)
        if self._is_full(span) or role is not None or name in self._known or name.isupper():
            return True
        opens_sentence = self._text[start : start + len(name)] == name
        return not opens_sentence and not self._speech.nouns_have_capitals

    def _bare(self, span: Span) -> tuple[str, str | None, bool]:
        """Return the name at `span` without article and roles, the roles, and whether an article stood before."""
        mention = self._text[slice(*span)]
        opening = _BARE[self._language].match(mention)
        if opening is None:
            return mention, None, False
        return mention[opening.end() :], opening["roles"].strip() or None, opening["article"] is not None

    def _source(self, cue: Span, span: Span) -> Source:
        name, role, after_article = self._bare(span)
        speaker = self._resolved(name, role, after_article)
        stated = " ".join(word for word in (role or "").split() if not _ADDRESS.fullmatch(word)) or None
        text = self._text
        return Source(text[slice(*cue)], cue, text[slice(*span)], span, speaker, stated, role is not None)

    def _resolved(self, name: str, role: str | None, after_article: bool) -> str | None:
        parts = name.split()
        if not parts or parts[0].lower() in self._speech.unnamed:
            return None
        if self._speech.nouns_have_capitals and after_article and role is None and not name.isupper():
            return None  # `der Hafenmeister`, `der Deutschen Hafenbank`: a noun, or a name in another case
        if len(parts) > 1:
            self._known.setdefault(parts[-1], set()).add(name)
            return name
        known = self._known.get(name, set())
        return next(iter(known)) if len(known) == 1 else name
