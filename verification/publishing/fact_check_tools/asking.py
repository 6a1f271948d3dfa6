"""What a request for `claims:search` asks, and what is wrong with it, as Google's API reads and tells both.

The parameters are those of the reference of `factchecktools.googleapis.com/v1alpha1/claims/search`, and the system
parameters that every Google API takes. Names may be written in either case: `pageSize` or `page_size`; those of the
system with a dollar sign before them, too: `$fields`.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

DEFAULT_SIZE: Final = 10
MOST: Final = 100
"""Results of a page, at most; a larger `pageSize` is read as this."""

LONGEST: Final = 2000
"""Characters of a query that are looked for; the rest is cut off."""

_INT32: Final = 2**31
_CAMEL: Final = re.compile(r"(?<=[a-z])([A-Z])")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_NUMBERS: Final = ("max_age_days", "page_size", "offset")
_TEXTS: Final = ("query", "language_code", "review_publisher_site_filter", "page_token")
# System parameters (cloud.google.com/apis/docs/system-parameters). Nobody needs a key here, so one is not looked at.
_IGNORED: Final = ("key", "access_token", "oauth_token", "quota_user", "upload_type", "upload_protocol", "$.xgafv")
_SYSTEM: Final = ("alt", "fields", "pretty_print", "callback")


class Wrong(Exception):
    """A request that is answered 400 INVALID_ARGUMENT; `field` is the parameter at fault, where there is one."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep both."""
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was understood.

    `site` is a host in lower case, `language` the primary subtag of a BCP 47 code (the region is not considered, as the
    reference says); both are empty where they do not matter. `start` counts from 0. `max_age` is in days, None for any.
    `fields` is what of the answer is wanted (empty: all of it), `pretty` whether it is to be indented.
    """

    query: str
    language: str = ""
    site: str = ""
    max_age: int | None = None
    size: int = DEFAULT_SIZE
    start: int = 0
    fields: str = ""
    pretty: bool = True

    def token(self, start: int) -> str:
        """Return the page token that goes on at `start`, good for this search alone."""
        text = json.dumps([start, self._search()], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    def starting(self, token: str) -> int:
        """Return where a page token goes on. Raises Wrong for one that was not given for this search."""
        try:
            start, search = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        except (ValueError, TypeError, RecursionError):
            start, search = None, ""
        if type(start) is not int or not 0 <= start < _INT32 or search != self._search():
            raise Wrong("Invalid page token: it goes with the very parameters it was given for.", "page_token")
        return start

    def _search(self) -> str:
        told = json.dumps([self.query, self.language, self.site, self.max_age])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def read(pairs: Iterable[tuple[str, str]]) -> Asked:
    """Return what the parameters of a request (name and value; of one that comes twice the last counts) ask.

    Raises Wrong.
    """
    given = {_plain(name): (name, value) for name, value in pairs}
    for name, _value in (given[each] for each in given if each not in {*_NUMBERS, *_TEXTS, *_IGNORED, *_SYSTEM}):
        raise Wrong(
            f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
            f"Field '{name}' could not be found in request message."
        )
    texts = {name: given[name][1].replace("\0", "").strip() if name in given else "" for name in (*_TEXTS, *_SYSTEM)}
    numbers = {name: _number(name, given[name][1]) for name in _NUMBERS if name in given}
    if texts["alt"] not in {"", "json"}:
        raise Wrong("Only alt=json is answered here.", "alt")
    if texts["callback"]:
        raise Wrong("No callback is answered here: read the JSON itself, any origin may.", "callback")
    site = _site(texts["review_publisher_site_filter"])
    if not texts["query"] and not site:
        raise Wrong("Request contains an invalid argument: query or reviewPublisherSiteFilter is needed.", "query")
    asked = Asked(
        query=texts["query"][:LONGEST],
        language=_language(texts["language_code"]),
        site=site,
        max_age=numbers.get("max_age_days") or None,
        size=min(numbers.get("page_size", 0) or DEFAULT_SIZE, MOST),
        start=numbers.get("offset", 0),
        fields=texts["fields"],
        pretty=texts["pretty_print"].lower() not in {"false", "0"},
    )
    if not texts["page_token"]:
        return asked
    start = asked.starting(texts["page_token"])
    return Asked(**{name: getattr(asked, name) for name in asked.__slots__} | {"start": start})


def _plain(name: str) -> str:
    """Return a parameter's name in one case; that of a system parameter may have a dollar sign before it."""
    plain = _CAMEL.sub(r"_\1", name).lower()
    bare = plain.removeprefix("$")
    return bare if bare in {*_SYSTEM, *_IGNORED} else plain


def _number(name: str, text: str) -> int:
    whole = re.fullmatch(r"-?[0-9]{1,10}", text.strip())
    if text.strip() and not (whole and -_INT32 <= int(whole[0]) < _INT32):
        raise Wrong(f"Invalid value at '{name}' (TYPE_INT32), {json.dumps(text)}", name)
    number = int(whole[0]) if whole else 0
    if number < 0:
        raise Wrong(f"Request contains an invalid argument: {name} must not be negative.", name)
    return number


def _language(code: str) -> str:
    if code and not _LANGUAGE.fullmatch(code):
        raise Wrong(f"Request contains an invalid argument: {json.dumps(code)} is no language code.", "language_code")
    return re.split("[-_]", code)[0].lower()


def _site(text: str) -> str:
    """Return the host of a site, whether or not it comes with a scheme, a port, a path or `www.`."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text.strip().lower()).partition("/")[0]
    return re.sub(r":\d*$", "", host).removeprefix("www.")
