"""What whoever hands an article in knows of it: it fills in what the bytes themselves do not say."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from claims.capture.readable import Readable

ORIGIN: Final = "told by whoever handed it in"
"""`Readable.published_origin` of a date that no page stated."""


@dataclass(frozen=True, slots=True)
class Told:
    """A person's word on an article; what they do not know is `None`."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None


def filled_in(page: Readable, told: Told) -> Readable:
    """Return `page` with what was told where it says nothing itself; a told date is known to the day."""
    page = replace(
        page,
        title=page.title or told.title,
        outlet=page.outlet or told.outlet,
        canonical_url=page.canonical_url or told.url,
    )
    if page.published is not None or told.published is None:
        return page
    return replace(page, published=told.published, published_precision="day", published_origin=ORIGIN)
