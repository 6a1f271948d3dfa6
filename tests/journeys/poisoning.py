"""Puts hostile lines into every text that the database holds, as though somebody had typed them there.

Written as the owner, past the triggers, so that no text is spared because a verb would have refused it today. What a
column holds is asked of the models: a new field is poisoned from the day it is there.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection, models

from config.database import as_owner
from tests.injections import addresses

APPS = ("claims", "verification")
# How many lines stand in one text without a limit.
IN_A_TEXT = 12
# Columns that no person's words reach: codes, digests, names of programs, and what is looked up by its value.
CODES = {
    *("sha256", "snapshot_sha256", "text_sha256", "warc_sha256", "certificate_sha256", "digest", "fingerprint"),
    *("kind", "verb", "actor", "from_state", "to_state", "held_from", "hat", "approval_hat", "claim_kind", "closed_as"),
    *("connector", "catalogue", "zone", "language", "step", "version", "mail", "media_type", "text_normaliser"),
    *("outcome", "state", "origin", "key", "key_id", "term", "answer_code", "stable_id", "item_id", "published_origin"),
    *("date_origin", "extracted_by", "etag", "last_modified", "host", "query", "email"),
}
# Tables whose text is read by programs only.
PROGRAMS = {"Work", "Seal", "SealEntry", "LogStep", "LogKey", "Checkpoint", "Posting", "CasePosting", "EarlierPosting"}
ADDRESSES = {"url", "homepage", "final_url", "requested_url", "reference"}
# A text that another's is a passage of: the passage becomes the whole of it.
PASSAGES = ("article", "document")
# Prose has a blank in it; what programs exchange has none.
PROSE = re.compile(r"\S\s+\S")
NO_WORDS = {"msgid", "id", "class", "op", "role", "stance", "kind"}


class Lines:
    """Deals out the lines in turn; no field gets the same ones as the field before it."""

    def __init__(self, lines: list[str], start: int) -> None:
        """Begin with the line at `start`."""
        self._lines, self._addresses, self._next = lines, addresses(lines), start

    def take(self, most: int | None = None) -> str:
        """Return a text of several lines, or of what fits into so many characters."""
        if most is None:
            return "\n".join(self._one() for _ in range(IN_A_TEXT))
        text = self._fitting(most)
        while len(more := f"{text} {self._fitting(most)}") <= most:
            text = more
        return text

    def address(self, most: int | None = None) -> str:
        """Return a line that stands where an address is asked for."""
        fits = [line for line in self._addresses if most is None or len(line) <= most]
        self._next += 1
        return fits[self._next % len(fits)]

    def _one(self) -> str:
        self._next += 1
        return self._lines[self._next % len(self._lines)]

    def _fitting(self, most: int) -> str:
        for _ in self._lines:
            if len(line := self._one()) <= most:
                return line
        return self._one()[:most]


def poison(lines: list[str], start: int = 0) -> int:
    """Write the lines into every text; return how many texts were written. `start` is where in the lines to begin."""
    dealt, count = Lines(lines, start), 0
    tables = [model for app in APPS for model in apps.get_app_config(app).get_models() if not model._meta.proxy]
    with as_owner():
        for model in tables:
            if model.__name__ not in PROGRAMS:
                _triggers(model, "DISABLE")
                count += sum(_poison_row(row, dealt) for row in model._default_manager.order_by("pk"))
                _triggers(model, "ENABLE")
        for model in tables:
            _align(model)
        for person in User.objects.order_by("pk"):
            person.first_name, person.last_name = dealt.take(150), dealt.take(150)
            person.save(update_fields=["first_name", "last_name"])
            count += 2
        for group in Group.objects.filter(name__startswith="checkers of"):
            Group.objects.filter(pk=group.pk).update(name=dealt.take(150))
    return count


def _triggers(model: type[models.Model], what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} {what} TRIGGER USER")


def _poison_row(row: models.Model, dealt: Lines) -> int:
    changed: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in CODES or field.choices or field.primary_key:
            continue
        if isinstance(field, models.JSONField):
            changed[field.name] = [dealt.address()] if field.name == "same_as" else _told(value, dealt)
        elif field.name == "body" and field.model.__name__ == "EventPayload":
            changed[field.name] = json.dumps(_told(json.loads(value), dealt), ensure_ascii=False)
        elif isinstance(field, models.CharField | models.TextField):
            kept_empty = value in {"", None} and field.name in {"error", "mail_error", "answer"}
            if not kept_empty:
                changed[field.name] = _words(field, dealt)
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
    return len(changed)


def _words(field: "models.Field[Any, Any]", dealt: Lines) -> str:
    if field.name in ADDRESSES:
        return dealt.address(field.max_length)
    return dealt.take(field.max_length)


def _told(value: Any, dealt: Lines, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _told(each, dealt, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_told(each, dealt, key) for each in value]
    if isinstance(value, str) and key not in NO_WORDS and PROSE.search(value):
        return dealt.take(180)
    return value


def _align(model: type[models.Model]) -> None:
    """Let a passage be the whole text that it is said to be of."""
    names = {field.name for field in model._meta.concrete_fields}
    if not {"exact", "start", "end"} <= names:
        return
    _triggers(model, "DISABLE")
    for parent in PASSAGES:
        if parent in names:
            for row in model._default_manager.select_related(parent):
                text: str = getattr(row, parent).text
                model._default_manager.filter(pk=row.pk).update(exact=text, start=0, end=len(text))
    _triggers(model, "ENABLE")


def chunks(lines: list[str], most: int) -> Iterator[str]:
    """Join the lines to texts of at most so many characters; a longer line stands alone."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) >= most:
            yield text
            text = ""
        text = f"{text} {line}" if text else line
    yield text
