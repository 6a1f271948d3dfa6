"""Makes an earlier check of what a file says in its fields, whatever its kind: each cleaned and bounded here.

What is required and missing, or cannot be what it says it is, costs this check only, and is told in a sentence.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import unescape
from urllib.parse import urlsplit

from claims.capture.dates import parse_stamp
from claims.capture.errors import BadUrl
from claims.capture.text import normalise
from claims.capture.urls import parse_url
from claims.wording import Words, words
from verification.connectors.contract import Skipped
from verification.connectors.earlier.contract import EarlierText
from verification.connectors.fields import LANGUAGE, MAX_LANGUAGE, MAX_TITLE, MAX_URL, clean_id

# A claim is a sentence or a few; what is longer is an article in the wrong column.
MAX_CLAIM = 5000
# What the columns hold (EarlierCheck); a longer one is cut, and shows it.
MAX_NAME = 200
# A number longer than this is none that a scale of ratings has.
MAX_NUMBER = 40
# Which of several checks on one page an address means. Dropped where it holds what an address should not.
FRAGMENT = re.compile(r"[\w.~!$&'()*+,;=:@/?%-]{1,200}", re.ASCII)

NO_CLAIM = words("It names no claim.")
NO_RATING = words("It has no rating in words.")
NO_URL = words("It has no address: the page where it was published.")
NO_WEB_URL = words("Its address is none of a web page (http or https).")
LONG_CLAIM = words("Its claim is longer than %(limit)s characters.", limit=MAX_CLAIM)
LONG_URL = words("Its address is longer than %(limit)s characters.", limit=MAX_URL)


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of a check as the file has them, of whatever type; what it does not have is None."""

    claim: object = None
    claimant: object = None
    said: object = None
    rating: object = None
    value: object = None
    worst: object = None
    best: object = None
    url: object = None
    title: object = None
    publisher: object = None
    language: object = None
    published: object = None


def check_of(place: str, facts: Facts) -> EarlierText | Skipped:
    """Return the check that a file tells of at `place`, or Skipped where it lacks claim, rating or address."""
    found = _checked(clean_id(place), facts)
    return Skipped(clean_id(place), found) if isinstance(found, Words) else found


def _checked(place: str, facts: Facts) -> EarlierText | Words:
    claim = text_of(facts.claim)
    if claim is None:
        return NO_CLAIM
    if len(claim) > MAX_CLAIM:
        return LONG_CLAIM
    rating = text_of(facts.rating) or _number_in_words(facts)
    if rating is None:
        return NO_RATING
    url = _address(facts.url)
    if isinstance(url, Words):
        return url
    said, said_precision = _time(facts.said)
    published, published_precision = _time(facts.published)
    return EarlierText(
        place=place,
        claim_text=claim,
        claimant=_cut(text_of(facts.claimant), MAX_NAME),
        said=said,
        said_precision=said_precision,
        rating_label=_cut(rating, MAX_NAME) or rating,
        rating_value=number_of(facts.value),
        rating_worst=number_of(facts.worst),
        rating_best=number_of(facts.best),
        title=_cut(text_of(facts.title), MAX_TITLE) or "",
        url=url,
        publisher=_cut(text_of(facts.publisher), MAX_NAME),
        language=_language(facts.language),
        published=published,
        published_precision=published_precision,
    )


def text_of(value: object) -> str | None:
    """Return a field's text on one line, a careless template's character references resolved once; None if empty.

    Of a JSON-LD object its value, name or text; of a list its first text.
    """
    for _depth in range(4):
        if isinstance(value, list):
            value = next((each for each in value if each), None)
        elif isinstance(value, Mapping):
            value = next((value[key] for key in ("@value", "name", "text", "@id") if value.get(key)), None)
        else:
            break
    if not isinstance(value, str):
        return None
    return " ".join(normalise(unescape(value)).split()) or None


def number_of(value: object) -> float | None:
    """Return a finite number, also one written as text; None for anything else. True is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > MAX_NUMBER:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _number_in_words(facts: Facts) -> str | None:
    """Return the rating of a check that gives none in words: its value as written, with its best where given."""
    if isinstance(facts.value, str) and number_of(facts.value) is None:
        return text_of(facts.value)  # "False" in the place of a number
    value, best = number_of(facts.value), number_of(facts.best)
    if value is None:
        return None
    return f"{value:g}" if best is None else f"{value:g}/{best:g}"


def _address(value: object) -> str | Words:
    """Return an address in its normal form, without credentials; its fragment tells two checks of a page apart."""
    written = text_of(value)
    if written is None:
        return NO_URL
    try:
        href = parse_url(written).href
        fragment = urlsplit(written).fragment
    except (BadUrl, ValueError):
        return NO_WEB_URL
    url = f"{href}#{fragment}" if FRAGMENT.fullmatch(fragment) else href
    return url if len(url) <= MAX_URL else LONG_URL


def _time(value: object) -> tuple[datetime, str] | tuple[None, None]:
    """Return a time as it is stored, and the unit that is certain; unknown where it is no full date."""
    written = text_of(value)
    dated = parse_stamp(written) if written else None
    if dated is None:
        return None, None
    if isinstance(dated.value, datetime):
        try:
            return dated.value.astimezone(UTC), dated.precision
        except OverflowError:
            return None, None
    return datetime.combine(dated.value, time(), UTC), dated.precision


def _language(value: object) -> str | None:
    if isinstance(value, Mapping):  # schema.org's Language: the code is its other name
        value = value.get("alternateName") or value.get("name")
    tag = text_of(value) or ""
    return tag.replace("_", "-") if len(tag) <= MAX_LANGUAGE and LANGUAGE.fullmatch(tag) else None


def _cut(text: str | None, limit: int) -> str | None:
    return f"{text[: limit - 1]}…" if text and len(text) > limit else text
