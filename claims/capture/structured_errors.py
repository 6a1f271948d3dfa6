"""Errors told in JSON or XML under a status of 200, and answers of another kind than was asked for."""

import json
import re
from typing import Any, Final

from claims.capture.error_page_signs import BROKEN, CHALLENGED, DENIED, DOWN, MISSING, THROTTLED, WALLED, Sign
from claims.capture.media import binary_name, first_tag, starts_as_html
from claims.wording import Words, words

_MOST: Final = 20_000
"""Bytes: an error is told in fewer."""

_UNTELLING: Final = re.compile(
    r"(?:error|err|fault|exception|message|msg|detail|description|title|status|code|type|instance|reason|request|trace|"
    r"success|ok|result|path|timestamp|time|date|doc|documentation|help|link|url|name|info|hint|more|level|severity|"
    r"response|http|reference|ref|id|key|retry|after|text|class|method|version|api|domain|ext|data)s?"
)
"""Words of which the names of keys are made where an object holds an error and nothing else."""

_ERRORS: Final = re.compile(r"errors?|error_?(?:message|description|code|type)|fault(?:string|code)?|exceptions?", re.I)
_SAYS: Final = re.compile(r"messages?|msg|detail|details|description|error_description|reason|title", re.IGNORECASE)
_FAILED: Final = re.compile(r"error|err|fail(?:ed|ure)?|ko|\w*(?:not_processed|_failed|_error)\w*", re.IGNORECASE)
_KEY_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_XML_ERROR: Final = re.compile(
    rb"<(?:\w+:)?(?:errors?|exception(?:report)?|faults?|error_?response|service_?exception\w*|problem)\b",
    re.IGNORECASE,
)

_MEANS: Final = (CHALLENGED, THROTTLED, DENIED, WALLED, MISSING, DOWN)

_ASKED_FOR: Final = {
    "json": words("JSON was asked for, and something else came: the source may have changed, or tells of a fault."),
    "xml": words(
        "A feed or XML was asked for, and something else came: the source may have changed, or tells of a fault."
    ),
    "pdf": words("A PDF was asked for, and something else came: open the address in a browser and see."),
    "other": words("The site answered with a web page, and not with what was asked for."),
}


def error_in_json(body: bytes, media_type: str | None) -> Sign | None:
    """Return what an object means that holds an error and nothing else; None for any other answer."""
    if len(body) > _MOST or body.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict) or not (_is_error(found) or media_type == "application/problem+json"):
        return None
    return meant(" ".join(_strings(found)))


def error_in_xml(body: bytes) -> Sign | None:
    """Return what a document means whose root is an error; None for any other."""
    if len(body) > _MOST or not _XML_ERROR.match(first_tag(body)):
        return None
    return meant(re.sub(rb"<[^>]+>", b" ", body).decode("utf-8", "replace"))


def meant(text: str) -> Sign:
    """Return what the words of an error mean: throttled, refused, missing, or else a fault."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|[_:-]", " ", text).lower().replace("’", "'")
    return next((sign for sign in _MEANS if sign.telling.search(plain)), BROKEN)


def not_as_asked(body: bytes, accept: str | None) -> Words | None:
    """Return what to say where `body` is none of the kinds that the request's Accept header names; else None.

    A header that takes web pages, or names nothing but wildcards, is content with everything.
    """
    kinds = _asked(accept)
    if not kinds or "html" in kinds:
        return None
    if starts_as_html(body):
        return _ASKED_FOR[next((kind for kind in ("json", "xml", "pdf") if kind in kinds), "other")]
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if kinds == {"json"} and start not in b'{["-0123456789tfn':
        return _ASKED_FOR["json"]
    if kinds == {"xml"} and start != b"<" and binary_name(body) is None:
        return _ASKED_FOR["xml"]
    if kinds == {"pdf"} and b"%PDF-" not in body[:1024]:
        return _ASKED_FOR["pdf"]
    return None


def _asked(accept: str | None) -> set[str]:
    kinds = set()
    for asked in (accept or "").lower().split(","):
        name, _, parameters = asked.strip().partition(";")
        if not name or name.endswith("/*") or re.search(r"q\s*=\s*0(?:\.0*)?\s*(?:;|$)", parameters):
            continue
        known = ("html", "json", "xml", "pdf")
        name = name.replace("xhtml+xml", "html").replace("rss", "xml").replace("atom", "xml")
        kinds.add(next((kind for kind in known if kind in name), "other"))
    return kinds


def _is_error(found: dict[str, Any]) -> bool:
    """Say whether an object tells of an error and of nothing else. What is empty or a number tells nothing."""
    telling = {key: value for key, value in found.items() if value not in (None, "", [], {}, False)}
    strange = [key for key, value in telling.items() if not _is_of_errors(key) and not isinstance(value, int | float)]
    if strange or any(_holds_more(telling.get(key)) for key in ("data", "response", "result", "results")):
        return False
    if any(_ERRORS.fullmatch(key) for key in telling):
        return True
    if found.get("success") is False or found.get("ok") is False:
        return True
    status = [found[key] for key in ("status", "statusCode", "code", "state", "result") if key in found]
    if any(isinstance(value, str) and _FAILED.fullmatch(value) for value in status):
        return True
    if any(isinstance(value, int) and 400 <= value < 600 for value in status):
        return True
    says = [key for key, value in telling.items() if _SAYS.fullmatch(key) and isinstance(value, str | list)]
    return bool(says) and not found.get("ok") and not found.get("success")


def _holds_more(value: Any) -> bool:
    """Say whether what stands beside an error is more than its number over again."""
    if isinstance(value, dict):
        return any(not _is_of_errors(key) or isinstance(inner, dict | list) for key, inner in value.items() if inner)
    return isinstance(value, list)


def _is_of_errors(key: str) -> bool:
    parts = _KEY_WORD.findall(key)
    return bool(parts) and all(_UNTELLING.fullmatch(part.lower()) for part in parts)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (key, *_strings(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    return [str(value)]
