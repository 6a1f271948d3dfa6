"""Puts hostile lines into every text that the database holds, as though somebody had typed them there.

Written as the owner, past the triggers, so that no text is spared because a verb would have refused it today. What a
column holds is asked of the models: a new field is poisoned from the day it is there, or listed in `SPARED` with why.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models

from config.database import as_owner
from tests.injection_shapes import SHORT
from tests.injections import addresses
from tests.journeys.spared import SPARED
from tests.journeys.triggers import triggers

APPS = ("claims", "verification", "auth", "admin")
# So many lines stand at least in one text without a limit: all of them, where a table has only few rows.
IN_A_TEXT = 12
# No text is longer than a long article, those of all rows of a table together not much longer.
LONGEST_TEXT, LONG_TEXT = 60_000, 5_000
# Too narrow for a line: a line that was cut runs nothing and is no markup, so that nothing would be seen of it.
NARROW = 40
# No address is longer: those that are looked up stand in an index, which holds no more.
LONGEST_ADDRESS = 2000
ADDRESSES = {"url", "homepage", "final_url", "requested_url", "reference", "origin"}
# What the database itself holds a text to.
LONGEST = {"WebhookAttempt.answer": 2000, "PageChange.exact": 2000}
BEGINS = {"Webhook.url": "https://x.example/?", "Hub.url": "https://x.example/?"}
# Lists of somebody's names for things, of which a single word is one too.
NAMES = {"aliases", "also_called", "columns", "languages", "headers", "redirects", "roles", "query"}
# A text that another's is a passage of: the passage becomes the whole of it.
PASSAGES = ("article", "document")
# Prose has a blank in it; what programs exchange has none.
PROSE = re.compile(r"\S\s+\S")
NO_WORDS = {"msgid", "id", "class", "op", "role", "stance", "kind"}
Column = str


class Lines:
    """Deals out the lines in turn; no field gets the same ones as the field before it."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Begin with the first."""
        self._lines, self._next, self._short = lines, 0, cycle(SHORT)
        self._columns: dict[Column, int] = {}
        self._addresses = [line for line in addresses(list(lines)) if len(line) <= LONGEST_ADDRESS]

    def share(self, column: Column, rows: int) -> str:
        """Return this row's share of all the lines there are, so that all of them stand somewhere in the column."""
        begin = self._columns.setdefault(column, self._next)
        share = max(IN_A_TEXT, -(-len(self._lines) // rows))
        self._columns[column] = begin + share
        text = "\n".join(self._lines[place % len(self._lines)] for place in range(begin, begin + share))
        return text[: max(LONG_TEXT, LONGEST_TEXT // rows)]

    def take(self, most: int) -> str:
        """Return what fits into so many characters."""
        if most < NARROW:
            return next(self._short)[:most]
        text = self._fitting(most)
        while len(more := f"{text} {self._fitting(most)}") <= most:
            text = more
        return text

    def address(self, most: int | None = None, begins: str = "") -> str:
        """Return a line that stands where an address is asked for."""
        for _ in self._addresses:
            self._next += 1
            line = self._addresses[self._next % len(self._addresses)]
            if line.startswith(begins) and (most is None or len(line) <= most):
                return line
        return self._fitting(most or LONGEST_ADDRESS)

    def _one(self) -> str:
        self._next += 1
        return self._lines[self._next % len(self._lines)]

    def _fitting(self, most: int) -> str:
        for _ in self._lines:
            if len(line := self._one()) <= most:
                return line
        return self._one()[:most]


def text_columns() -> Iterator[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """Yield every column that holds words or JSON, codes with a fixed list of values left out."""
    texts = (models.CharField, models.TextField, models.JSONField)
    for model in (each for app in APPS for each in apps.get_app_config(app).get_models() if not each._meta.proxy):
        for field in model._meta.concrete_fields:
            if isinstance(field, texts) and not field.choices and not field.primary_key:
                yield model, field


def spared(model: type[models.Model], field: "models.Field[Any, Any]") -> str | None:
    """Return why a column is left as it is, None for one that is poisoned."""
    names = (f"{model.__name__}.{field.name}", f"{model.__name__}.*", field.name)
    return next((SPARED[name] for name in names if name in SPARED), None)


def poison(lines: list[str]) -> dict[Column, int]:
    """Write the lines into every text; return how many texts of each column."""
    dealt, count = Lines(lines), defaultdict[Column, int](int)
    columns = defaultdict[type[models.Model], list["models.Field[Any, Any]"]](list)
    for model, field in text_columns():
        if spared(model, field) is None:
            columns[model].append(field)
    with as_owner():
        for model, fields in columns.items():
            rows = list(model._default_manager.order_by("pk"))
            with triggers(model):
                for column in chain.from_iterable(_poison_row(row, fields, dealt, len(rows)) for row in rows):
                    count[column] += 1
        for model in columns:
            _align(model)
        for group in Group.objects.filter(name__startswith="checkers of"):
            Group.objects.filter(pk=group.pk).update(name=dealt.take(150))
    return count


def _poison_row(
    row: models.Model, fields: Sequence["models.Field[Any, Any]"], dealt: Lines, rows: int
) -> Iterator[Column]:
    changed: dict[str, Any] = {}
    for field in fields:
        value, column = getattr(row, field.attname), f"{type(row).__name__}.{field.name}"
        if isinstance(field, models.JSONField):
            told = [dealt.address()] if field.name == "same_as" else _told(value, dealt, field.name)
        elif field.name == "body" and field.model.__name__ == "EventPayload":
            told = json.dumps(_told(json.loads(value), dealt), ensure_ascii=False)
        elif value in {"", None} and (field.name in {"error", "mail_error", "answer"} or column == "Report.reason"):
            told = value
        elif field.name in ADDRESSES:
            told = dealt.address(field.max_length, BEGINS.get(column, ""))
        else:
            most = field.max_length or LONGEST.get(column)
            told = dealt.take(most) if most else dealt.share(column, rows)
        if told != value:
            changed[field.name] = told
            yield column
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _told(value: Any, dealt: Lines, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _told(each, dealt, key if key in NAMES else name) for name, each in value.items()}
    if isinstance(value, list):
        return [_told(each, dealt, key) for each in value]
    if isinstance(value, str) and key not in NO_WORDS and (key in NAMES or PROSE.search(value)):
        return dealt.take(180)
    return value


def _align(model: type[models.Model]) -> None:
    """Let a passage be the whole text that it is said to be of."""
    names = {field.name for field in model._meta.concrete_fields}
    if not {"exact", "start", "end"} <= names:
        return
    with triggers(model):
        for parent in PASSAGES:
            if parent in names:
                for row in model._default_manager.exclude(**{parent: None}).select_related(parent):
                    text: str = getattr(row, parent).text
                    model._default_manager.filter(pk=row.pk).update(exact=text, start=0, end=len(text))


def chunks(lines: list[str], most: int) -> Iterator[str]:
    """Join the lines to texts of at most so many characters; a longer line stands alone."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) >= most:
            yield text
            text = ""
        text = f"{text} {line}" if text else line
    yield text
