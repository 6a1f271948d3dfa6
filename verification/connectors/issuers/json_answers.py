"""Answers in JSON, read field by field: what is not as the source writes it is told, and never guessed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, needed
from claims.capture.outcome import Outcome
from claims.wording import Words, words
from verification.connectors.issuers.contract import Query

JSON = "application/json"
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Record:
    """One object of an answer. A field that is missing or null is None; one of another kind raises `NotAsExpected`."""

    answer: Answer
    fields: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """Return a text, or a number as one; None where it is blank."""
        value = self.fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None or isinstance(value, str):
            return (value or "").strip() or None
        raise self.wrong(name)

    def told(self, name: str) -> str:
        """Return a text that every such object has."""
        if text := self.text(name):
            return text
        raise self.wrong(name)

    def number(self, name: str) -> int | None:
        """Return a whole number."""
        value = self.fields.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self.wrong(name)

    def count(self, name: str) -> int:
        """Return a whole number, 0 or more, that every such object has."""
        number = self.number(name)
        if number is None or number < 0:
            raise self.wrong(name)
        return number

    def record(self, name: str) -> "Record | None":
        """Return an object."""
        value = self.fields.get(name)
        if value is None:
            return None
        if isinstance(value, dict):
            return Record(self.answer, value)
        raise self.wrong(name)

    def records(self, name: str) -> list["Record"]:
        """Return a list of objects, empty where there is none."""
        value = self.fields.get(name)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return [Record(self.answer, each) for each in value]
        raise self.wrong(name)

    def wrong(self, name: str) -> NotAsExpected:
        """Return what is raised where a field is not as the source writes it."""
        return NotAsExpected(
            self.answer,
            words("%(url)s answered without “%(field)s” as it is known.", url=self.answer.url, field=name),
        )


def address(base: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return an address with its query, whose pairs stay in their order."""
    return f"{base}?{urlencode(pairs)}" if pairs else base


def term_of(query: Query) -> str:
    """Return what a search is asked for: the phrase between quotation marks, else names and words."""
    if query.phrase:
        return f'"{bare(query.phrase)}"'
    return " ".join(map(bare, (*query.names, *query.words)))


def bare(text: str) -> str:
    """Return words without the quotation marks that would end a phrase."""
    return " ".join(text.replace('"', " ").split())


def asked(fetch: Fetch, ask: Ask, *, absent: Words | None = None) -> Record:
    """Ask, and return the object that came back. Raises `Interrupted`.

    Where the answer says in JSON what is wrong, its words are told. `absent` is what a 404 means, where it means that
    the source has no such document: NOT_PUBLISHED.
    """
    return record_of(fetch(ask), absent=absent)


def record_of(answer: Answer, *, absent: Words | None = None) -> Record:
    """Return the object in an answer. Raises `Interrupted`, as `asked` does."""
    if absent and answer.outcome is Outcome.NOT_FOUND:
        raise Interrupted(Outcome.NOT_PUBLISHED, absent, answer)
    if not answer.ok and (said := complaint(answer)):
        raise Interrupted(
            answer.outcome,
            words("%(url)s answered %(status)s and says: %(said)s", url=answer.url, status=answer.status, said=said),
            answer,
        )
    value = needed(answer).json()
    if not isinstance(value, dict):
        raise NotAsExpected(answer, words("%(url)s answered with JSON of another shape.", url=answer.url))
    return Record(answer, value)


def complaint(answer: Answer) -> str | None:
    """Return what an answer in JSON says is wrong, on one line; None where it says nothing."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    error = value.get("error") if isinstance(value, dict) else None
    for said in (error, value):
        if isinstance(said, str):
            return _line(said)
        if isinstance(said, dict) and isinstance(said.get("message"), str):
            code = said.get("code")
            return _line(f"{code}: {said['message']}" if isinstance(code, str) else said["message"])
    return None


def _line(said: str) -> str | None:
    line = " ".join(said.split())
    return (line if len(line) <= SHOWN else f"{line[:SHOWN]}…") or None
