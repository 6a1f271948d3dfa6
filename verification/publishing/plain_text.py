"""Text from anywhere, made fit for XML, JSON and one line."""

import re

from django.utils.text import Truncator

# What XML 1.0 cannot hold even when escaped, lone surrogates included (its production `Char`, the other way round).
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def printable(text: str) -> str:
    """Return the text without the characters that no XML document may hold."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str, length: int) -> str:
    """Return the text on one line, cut to `length` characters with an ellipsis."""
    return Truncator(" ".join(printable(text).split())).chars(length)


def web_address(url: str | None) -> str | None:
    """Return the address when a browser may be sent there: http or https, and nothing that would run."""
    return printable(url).strip() if url and _WEB.match(url.strip()) else None
