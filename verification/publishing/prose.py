"""A verdict's explanation as HTML: paragraphs, and `[1]` as a link to the evidence of that number."""

import re
from collections.abc import Collection

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

_CITATION = re.compile(r"\[(\d{1,3})\]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of plain text: what blank lines part."""
    return [part.strip() for part in _BLANK_LINE.split(text.replace("\r\n", "\n")) if part.strip()]


def prose_html(text: str, numbers: Collection[int], page: str = "") -> SafeString:
    """Return the explanation as escaped HTML paragraphs.

    `numbers` are those of the evidence given; `page` is the address the links lead to, empty on the page itself. A
    number without evidence stays as it was written.
    """
    return format_html_join(
        "\n", '<p dir="auto">{}</p>', ((_linked(part, numbers, page),) for part in paragraphs(text))
    )


def _linked(paragraph: str, numbers: Collection[int], page: str) -> SafeString:
    pieces, at = [], 0
    for cited in _CITATION.finditer(paragraph):
        number = int(cited[1])
        if number not in numbers:
            continue
        label = gettext("Evidence %(number)s") % {"number": cited[0]}
        link = format_html('<a href="{}#e{}" aria-label="{}">{}</a>', page, number, label, cited[0])
        pieces += [(paragraph[at : cited.start()],), (link,)]
        at = cited.end()
    return format_html_join("", "{}", [*pieces, (paragraph[at:],)])
