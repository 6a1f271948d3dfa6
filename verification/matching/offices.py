"""Persons as official texts write them: country or institution, office and name, in any of the usual orders.

"President Emmanuel Macron of France", "NATO Secretary General Jens Stoltenberg", "the Prime Minister of X, Given Name",
"Given Name, Foreign Minister of X", "Presidents A and B". Nothing is known of the world here: an institution is told in
the words of the text, or not at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verification.matching.markup import INVISIBLE
from verification.matching.office_words import (
    AFTER,
    BEFORE,
    HEADS,
    HONORIFICS,
    NO_NAMES,
    OF_INSTITUTIONS,
    PARTICLES,
    PORTFOLIO,
    SUFFIXES,
)

_POSSESSIVE = re.compile(r"['’]s?$")
_TOKEN = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]\.|(?:Dr|Mr|Mrs|Ms|St|Jr|Sr|Gen)\.|[^\W_][\w’'\-–]*|[,;:.()&/]"
)
_WRAP = re.compile(r"(?<=[^\s.!?:;…”\"#])[ \t]*\n(?=[ \t]*[^\s#>*•–+\-\d])|(?<=[^\s.!?:;…”\"#])\n(?=\d+ [a-z])")
MOST_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a text; `name` may be a surname, or the office where no name is given; None is unknown."""

    name: str
    office: str | None
    institution: str | None

    @property
    def surname(self) -> str:
        """Return the last word of the name that is no suffix, casefolded."""
        words = [word for word in self.name.casefold().split() if word.rstrip(".,") not in SUFFIXES]
        return _POSSESSIVE.sub("", words[-1]) if words else ""


def unwrapped(text: str) -> str:
    """Return a text of the same length in which a line that was wrapped goes on after a blank.

    A line break stays where a sentence ends before it, or where an item of a list or a blank line follows.
    """
    return _WRAP.sub(" ", text)


def plain_text(text: str) -> str:
    """Return a text on one line: without invisible marks, with every blank, NBSP too, as one space."""
    return re.sub(r"\s+", " ", re.sub(f"[{INVISIBLE}]", "", text)).strip()


def persons(text: str) -> list[Person]:
    """Return the persons that a stretch of plain text names with an office, in order; those without one are passed."""
    return _Reader(_TOKEN.findall(text)).run()


def bare_names(text: str) -> list[str]:
    """Return the items of an enumeration that are nothing but a name of two words and more."""
    found = []
    for item in re.split(r",\s*(?:and\s+)?|;\s*|\s+and\s+|\n", text):
        words = [word for word in item.strip(" .:*-•").split() if _plain(word) not in HONORIFICS]
        whole = 2 <= len(words) <= MOST_NAME_WORDS and all(_may_name(word) for word in words)
        if whole and not any(_singular(_plain(word)) in HEADS | BEFORE | OF_INSTITUTIONS for word in words):
            found.append(_POSSESSIVE.sub("", " ".join(words)))
    return found


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.casefold()).rstrip(".")


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _may_name(word: str) -> bool:
    return (_capital(word) or word in PARTICLES) and _plain(word) not in NO_NAMES


class _Reader:
    """Walks the words once; `carried` is the office that a plural ("Presidents A and B") lends to the next names."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.found: list[Person] = []
        self.carried: str | None = None

    def run(self) -> list[Person]:
        at = 0
        while at < len(self.words):
            head = self._head(at)
            if head is None:
                if self.carried and _capital(self.words[at]) and _may_name(self.words[at]):
                    name, after = self._name(at)
                    institution, end = self._of(after)
                    self.found.append(Person(name, self.carried, institution))
                    at = max(end, at + 1)
                else:
                    if self.words[at] not in {",", "and", "&"}:
                        self.carried = None
                    at += 1
                continue
            at = self._person(at, head)
        return self.found

    def _head(self, at: int) -> int | None:
        """Return where the office that begins at `at`, with its modifiers, has its head; None where none begins."""
        end = at
        while end < len(self.words) and _capital(self.words[end]) and _plain(self.words[end]) in BEFORE:
            end += 1
        if end < len(self.words) and _capital(self.words[end]) and _plain(self.words[end]) != "leaders":
            return end if _singular(_plain(self.words[end])) in HEADS else None
        return None

    def _person(self, at: int, head: int) -> int:
        plural = _singular(_plain(self.words[head])) != _plain(self.words[head])
        office = [*self.words[at:head], _singular_as_written(self.words[head])]
        after = head + 1
        while after < len(self.words) and _plain(self.words[after]) in AFTER and _capital(self.words[after]):
            office.append(self.words[after])
            after += 1
        if self.words[head].endswith(("’s", "'s", "’", "'")):
            return after  # the president's something
        before = self._before(at)
        portfolio, after = self._portfolio(after)
        office += portfolio
        joined, after = self._joined(after)
        office += joined
        name, after = self._name(after)
        if not name and self._word(after) == "for":
            area, end = self._of(after)
            area, name, end = self._named_after(area, end) if area else ("", "", after)
            office, after = [*office, "for", area], end
        institution, after = self._of(after)
        if not name and institution:
            institution, name, after = self._named_after(institution, after)
        if not name:
            name = self._name_before(at)
            before = "" if name else before
        if institution and before:
            office, before = [*before.split(), *office], ""
        told = " ".join(office).replace(" / ", "/")
        self.carried = told if plural else None
        if name or institution or before:
            held = institution or before or None
            self.found.append(Person(name or _by_office(told, institution, before), told, held))
        return after

    def _word(self, at: int) -> str:
        return self.words[at].casefold() if at < len(self.words) else ""

    def _joined(self, at: int) -> tuple[list[str], int]:
        """Return what makes one office of two: "/Foreign Minister", "and Minister of …", "to the Vice President"."""
        joint = 2 if self._word(at) == "to" and self._word(at + 1) == "the" else 1
        if self._word(at) not in {"/", "and", "to"} or (head := self._head(at + joint)) is None:
            return [], at
        portfolio, after = self._portfolio(head + 1)
        if self._word(at) == "and" and not self._name(after)[0]:
            return [], at
        return [*self.words[at : head + 1], *portfolio], after

    def _before(self, at: int) -> str:
        """Return the capitalised words right before an office: "NATO", "European Commission", "German"."""
        if at > 2 and self.words[at - 1] == ")" and self.words[at - 3] == "(":
            at -= 3  # the institution's initials
        start = at
        while start > 0 and at - start < MOST_NAME_WORDS and _capital(self.words[start - 1]):
            word = self.words[start - 1]
            if _plain(word) in NO_NAMES | HONORIFICS | SUFFIXES or _singular(_plain(word)) in HEADS:
                break
            start -= 1
            if _POSSESSIVE.search(word) and at - start > 1:
                start += 1
                break
        of = start - 2
        if start < at and of >= 0 and self.words[of + 1] == "of" and _plain(self.words[of]) in OF_INSTITUTIONS:
            start = of  # "Republic of Korea Foreign Minister"
        return _POSSESSIVE.sub("", " ".join(self.words[start:at]))

    def _portfolio(self, at: int) -> tuple[list[str], int]:
        if at + 1 >= len(self.words) or self._word(at) not in {"of", "for"}:
            return [], at
        end = at + 1
        while end < len(self.words) and (
            self.words[end] in {"and", "the"} or (_capital(self.words[end]) and _plain(self.words[end]) in PORTFOLIO)
        ):
            end += 1
        while end > at + 1 and not _capital(self.words[end - 1]):
            end -= 1
        return (list(self.words[at:end]), end) if end > at + 1 else ([], at)

    def _name(self, at: int) -> tuple[str, int]:
        """Return the name that begins at `at`, honorifics aside, and where it ends; empty where none does."""
        while at < len(self.words) and _plain(self.words[at]) in HONORIFICS and _capital(self.words[at]):
            at += 1
        end = at
        while end < len(self.words) and end - at < MOST_NAME_WORDS and _may_name(self.words[end]):
            plain = _plain(self.words[end])
            if _singular(plain) in HEADS and plain not in {"king", "prince"}:
                break
            end += 1
            if _POSSESSIVE.search(self.words[end - 1]):
                break
        while end > at and not _capital(self.words[end - 1]):
            end -= 1
        name = _POSSESSIVE.sub("", " ".join(self.words[at:end])) if end > at else ""
        if end + 1 < len(self.words) and self.words[end] == "," and _plain(self.words[end + 1]) in SUFFIXES:
            end += 2  # ", Jr."
        return name, end

    def _of(self, at: int) -> tuple[str | None, int]:
        """Return the country or institution after "of", and where it ends."""
        if at + 1 >= len(self.words) or self._word(at) not in {"of", "for"}:
            return None, at
        start = at + 1 + (self.words[at + 1].casefold() == "the")
        end = start
        while end < len(self.words) and (
            (_capital(self.words[end]) and _plain(self.words[end]) not in NO_NAMES)
            or (end > start and self.words[end] in PARTICLES | {"of", "the"})
        ):
            end += 1
            if _POSSESSIVE.search(self.words[end - 1]):
                break
        while end > start and not _capital(self.words[end - 1]):
            end -= 1
        offices = [i for i in range(start, end) if _singular(_plain(self.words[i])) in HEADS]
        end = offices[0] if offices else end
        return (_POSSESSIVE.sub("", " ".join(self.words[start:end])) or None, end) if end > start else (None, at)

    def _named_after(self, institution: str, at: int) -> tuple[str, str, int]:
        """Return institution and name where the name stands last: "of the European Commission Given Name"."""
        if at + 1 < len(self.words) and self.words[at] == ",":
            name, end = self._name(at + 1)
            if len(name.split()) > 1 and self._head(at + 1) is None:
                return institution, name, end
            return institution, "", at
        words = institution.split()
        last = len(words) - 1
        while last > 1 and words[last - 1] in PARTICLES:
            last -= 1
        if last >= 2 and _plain(words[-1]) not in OF_INSTITUTIONS and "of" not in words and "and" not in words:
            return " ".join(words[: last - 1]), " ".join(words[last - 1 :]), at
        if len(words) == 2 and self._word(at - 3) == "for":
            return words[0], words[1], at
        return institution, "", at

    def _name_before(self, at: int) -> str:
        """Return the name that an office follows in apposition: "Given Name, Foreign Minister of …"."""
        end = at - (at > 0 and self.words[at - 1] == "the")
        if end < 3 or self.words[end - 1] != ",":
            return ""
        start = end - 1
        while start > 0 and end - 1 - start < MOST_NAME_WORDS and _may_name(self.words[start - 1]):
            start -= 1
        words = [word for word in self.words[start : end - 1] if _plain(word) not in HONORIFICS]
        if len(words) < 2 or any(_singular(_plain(word)) in HEADS | OF_INSTITUTIONS for word in words):
            return ""
        name = " ".join(words)
        return "" if any(person.name.endswith(name) for person in self.found) else name


def _singular(plain: str) -> str:
    return plain[:-1] if plain.endswith("s") and plain[:-1] in HEADS else plain


def _singular_as_written(word: str) -> str:
    return word[:-1] if _singular(_plain(word)) != _plain(word) else word


def _by_office(office: str, institution: str | None, before: str) -> str:
    return f"{office} of {institution}" if institution else f"{before} {office}"


def merged(first: Person, second: Person) -> Person:
    """Return one person for two mentions: the longer name, the office of the longer, an institution where one is told.

    The institution after "of" and one before the office may both stand; the earlier mention's is kept.
    """
    fuller = second if len(second.name.split()) > len(first.name.split()) else first
    return replace(
        fuller,
        office=fuller.office or first.office or second.office,
        institution=first.institution or second.institution,
    )
