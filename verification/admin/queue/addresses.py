"""The state of the list is in its address: what of a query string it keeps, when a form hands one back."""

from collections.abc import Collection
from typing import Final
from urllib.parse import parse_qsl

from django.utils.http import urlencode

from verification.publishing.plain_text import printable

# What narrows the list down or shows it otherwise; the page one is at does not belong to it.
KEPT: Final = ("q", "due", "quote", "checker", "state", "kind", "topic", "outlet", "columns")
LONGEST: Final = 2000


def cleaned(query: str, without: Collection[str] = ()) -> str:
    """Return a query string with the list's own parameters only, in one order, each once; empty for one too long."""
    if len(query) > LONGEST:
        return ""
    given = dict(parse_qsl(query.removeprefix("?")))
    return urlencode({name: printable(given[name]) for name in KEPT if given.get(name) and name not in without})
