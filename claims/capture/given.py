"""An article as named fields tell of it (a row of a table, an object of JSON): an address to fetch, or a text.

Fields are `url`, `text`, `html`, `title`, `outlet`, `byline`, `published` and `found_at`; beside a text, `url` and
`found_at` both are where it was published. What cannot be what it says it is refuses the article, in one sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from claims.capture.dates import Dated, find_written_date, is_date_line, parse_stamp
from claims.capture.errors import BadUrl, CaptureError
from claims.capture.text import normalise
from claims.capture.told import Told
from claims.capture.urls import parse_url
from claims.wording import words

FIELDS: Final = ("url", "text", "html", "title", "outlet", "byline", "published", "found_at")
MAX_FACT: Final = 1000
"""Characters of a title or a byline; an outlet's name has 200 at most."""
MAX_NAME: Final = 200
_HALVES: Final = re.compile("[\ud800-\udfff]")
_SHOWN: Final = 60


class BadlyGiven(CaptureError):
    """The fields tell of no article that could be taken in."""


@dataclass(frozen=True, slots=True)
class Given:
    """An address to fetch (`url`), or the bytes of a text with what was told of it; never both."""

    url: str | None = None
    body: bytes = b""
    media_type: str | None = None
    told: Told = field(default_factory=Told)


def article_given(fields: Mapping[str, object]) -> Given:
    """Return the article that `fields` tell of; a field that is missing, None or blank says nothing.

    Raises BadlyGiven.
    """
    said = {name: _text(name, fields.get(name)) for name in FIELDS}
    dated = _date(said["published"])
    title, byline, outlet = (
        _fact(said[name], name, limit)
        for name, limit in (("title", MAX_FACT), ("byline", MAX_FACT), ("outlet", MAX_NAME))
    )
    url, found_at = _address(said["url"], "url"), _address(said["found_at"], "found_at")
    text, html = said["text"], said["html"]
    if text is not None and html is not None:
        raise BadlyGiven(words("It has both a text and HTML: give one of the two."))
    if text is None and html is None:
        if url is None:
            raise BadlyGiven(words("It has neither an address nor a text: give one of the two."))
        return Given(url=url)
    told = Told(
        title=title,
        outlet=outlet,
        url=found_at or url,
        published=dated.value if dated else None,
        precision=dated.precision if dated else "day",
        byline=byline,
    )
    media_type = "text/plain" if html is None else "text/html"
    # HTML that names another charset than the one it is encoded in here would be read wrongly; its mark says UTF-8.
    mark = b"" if html is None else b"\xef\xbb\xbf"
    return Given(body=mark + (text or html or "").encode(), media_type=media_type, told=told)


def read_published(text: str) -> Dated | None:
    """Return the date that a text is, with no more precision than it states; None where it is none for certain."""
    line = " ".join(text.split())
    found = find_written_date(line)
    if found is not None:
        beside = f"{line[: found[1]]} {line[found[2] :]}"
        if find_written_date(beside) is not None or not is_date_line(line):
            return None
    return parse_stamp(line)


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadlyGiven(words("“%(name)s” must be text, in quotation marks.", name=name))
    if _HALVES.search(value):
        raise BadlyGiven(
            words("“%(name)s” holds half a character (a lone surrogate): send it as it was written.", name=name)
        )
    value = value.replace("\0", "")  # normalised texts hold none, and bytes with one look like those of a program
    return value if value.strip() else None


def _fact(value: str | None, name: str, limit: int) -> str | None:
    fact = " ".join(normalise(value).split()) if value else ""
    if len(fact) > limit:
        raise BadlyGiven(words("“%(name)s” is longer than %(limit)s characters.", name=name, limit=limit))
    return fact or None


def _address(value: str | None, name: str) -> str | None:
    if value is None:
        return None
    try:
        return parse_url(value.strip()).href
    except BadUrl as error:
        raise BadlyGiven(words("“%(name)s”: %(why)s", name=name, why=error.sentence)) from error


def _date(value: str | None) -> Dated | None:
    if value is None:
        return None
    dated = read_published(value)
    if dated is None:
        shown = " ".join(normalise(value).split())
        raise BadlyGiven(
            words(
                "Its date “%(date)s” cannot be read for certain: write it as 2031-05-04, or leave it out.",
                date=shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…",
            )
        )
    return dated
