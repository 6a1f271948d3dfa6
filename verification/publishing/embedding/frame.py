"""The frame in which another page shows a check's card: one element of HTML, without a script."""

from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from verification.publishing.addresses import Addresses
from verification.publishing.plain_text import one_line
from verification.publishing.published import PublishedVerdict

TITLE_LENGTH: Final = 110


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a frame in CSS pixels."""

    width: int = 600
    height: int = 380

    def within(self, width: int | None, height: int | None) -> "Size":
        """Return the size cut to at most so wide and so high; None is no limit."""
        return Size(min(self.width, width or self.width), min(self.height, height or self.height))


def title_of(verdict: PublishedVerdict) -> str:
    """Return what a check is called where others show one line: its rating, or that it was withdrawn, and the claim.

    The rating comes first: what is cut off at the end is never that.
    """
    rating = gettext("Withdrawn") if verdict.void else verdict.rating.label
    return one_line(f"{rating}: {one_line(verdict.claim, TITLE_LENGTH)}", 2 * TITLE_LENGTH)


def frame(verdict: PublishedVerdict, addresses: Addresses, size: Size | None = None) -> SafeString:
    """Return the iframe for a check's card.

    It is as narrow as the page where that is narrower. It may open the check in a window of its own and do nothing else
    (`sandbox`). Of the page it stands on the desk is told scheme and host at most (`referrerpolicy`), so that it knows
    who has which version.
    """
    size = size or Size()
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="max-width:100%;border:0"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"'
        ' referrerpolicy="strict-origin-when-cross-origin"></iframe>',
        addresses.embed(verdict.check),
        title_of(verdict),
        size.width,
        size.height,
    )
