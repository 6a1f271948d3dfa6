"""What is read of a request: a JSON body of limited size, in UTF-8 and not compressed."""

import codecs
import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import JSONParser

from verification.api.problems import TooLarge

MOST_BYTES: Final = 1_000_000
"""Of a body. The longest judgment has some 100,000 characters."""


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
            raise TooLarge(_("The body is larger than %(limit)s MB.") % {"limit": f"{MOST_BYTES / 1_000_000:.0f}"})
        try:
            said = json.loads(body.decode("utf-8"), parse_constant=_no_number)
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


def _no_number(_name: str) -> None:
    raise ValueError
