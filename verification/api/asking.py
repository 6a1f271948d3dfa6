"""What is read of a request: a JSON body of limited size, in UTF-8 and not compressed."""

import codecs
import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from verification.api.problems import LengthMissing, TooLarge
from verification.publishing.plain_text import printable

MOST_BYTES: Final = 1_000_000
"""Of a body. The longest judgment has some 100,000 characters."""
_DIGITS: Final = len(str(MOST_BYTES))
_SHOWN: Final = 60


def must_be_read(request: Request) -> None:
    """Raise LengthMissing (411) or TooLarge (413) for a body that is not read at all, by what its headers say of it."""
    length = request.headers.get("Content-Length", "")
    if not length and "Transfer-Encoding" in request.headers:
        raise LengthMissing(_("Send the length of the body: “Content-Length”."))
    if length.isdecimal() and (len(length) > _DIGITS or int(length) > MOST_BYTES):
        raise _too_large()


class JSON(JSONParser):
    """One JSON object in UTF-8 (RFC 8259)."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the object. Raises ParseError (400), UnsupportedMediaType (415) and TooLarge (413)."""
        request = (parser_context or {})["request"]
        charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
        if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity" or not _is_utf8(charset):
            raise UnsupportedMediaType(media_type or "")
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise _too_large()
        try:
            said = json.loads(body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
        except UnicodeDecodeError as error:
            raise ParseError(_("The body is not UTF-8.")) from error
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            raise ParseError(_("The body is no JSON: see its line %(line)d, column %(column)d.") % place) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The JSON is nested too deep, or holds a number that is none.")) from error
        if not isinstance(said, dict):
            raise ParseError(_("Send one JSON object."))
        return said


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset.strip()).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _too_large() -> TooLarge:
    return TooLarge(_("The body is larger than %(limit)s MB.") % {"limit": f"{MOST_BYTES / 1_000_000:.0f}"})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. Raises ParseError where a name is in it twice: which of the two was meant?"""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ParseError(
                _("The JSON has the name “%(name)s” twice: send it once.") % {"name": printable(name)[:_SHOWN]}
            )
        found[name] = value
    return found


def _no_number(_name: str) -> None:
    raise ValueError
