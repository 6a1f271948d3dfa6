"""Names out of bylines."""

import re
from typing import Final

from claims.capture.dates import find_written_date

_BY: Final = re.compile(
    r"^[^\w@]*(?:(?:(?:posted|published|written|reported|edited|article|story|text|words|veröffentlicht|geschrieben)\b\W*)*"
    r"(?:by(?:[\s:]+|$)|(?:von|par|por|di|door|przez)[\s:]+(?=(?-i:[A-ZÀ-Þ])\S*\s+\S)|(?:autor(?:in)?|author|text)\s*:\s*))?",
    re.IGNORECASE,
)
"""What stands before the name: "By", "Written by", "Veröffentlicht von", "Author:". The words for "by" that names begin
with too (Di Maria, von der Leyen) count only before two further words, the first with a capital."""

_AFTER_NAME: Final = re.compile(
    r"\s+[|•·–—/](?:\s+|$)|\s*\bhttps?:|\s*\S+@\S+|\s*@\w+"
    r"|[\s,]+(?:published|updated|posted|erstellt|am|on|at|le|follow)(?:\s|$)",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch", re.IGNORECASE
)
_NAME_LIKE: Final = re.compile(r"[^\W\d_]")
_NOBODY: Final = frozenset(
    {"admin", "administrator", "webmaster", "super user", "user", "root", "unknown", "none", "null", "posted", "follow"}
)
"""Accounts and buttons that stand where a name should."""

_LONGEST_LINE: Final = 400
_LONGEST: Final = 120
_MOST_WORDS: Final = 16


def clean_byline(text: str) -> str | None:
    """Return the name or names in a byline: without "By", without what follows them; `None` when it names nobody."""
    if len(text) > _LONGEST_LINE:
        return None
    name = _BY.sub("", " ".join(text.split()))
    found = find_written_date(name)
    if found is not None:
        name = name[: found[1]]
    name = _AFTER_NAME.split(name)[0]
    name = name.strip(" ,;:|-–—")
    if (
        not _NAME_LIKE.search(name)
        or len(name) > _LONGEST
        or len(name.split()) > _MOST_WORDS
        or name.casefold() in _NOBODY
    ):
        return None
    return None if name.startswith(("www.", "/")) or _WEEKDAY.fullmatch(name) else name
