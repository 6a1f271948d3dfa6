"""What whoever hands an article in knows of it: it fills in what the bytes themselves do not say."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from claims.capture.dates import Precision
from claims.capture.readable import Readable

ORIGIN: Final = "told by whoever handed it in"
"""`Readable.published_origin` of a date that no page stated."""


@dataclass(frozen=True, slots=True)
class Told:
    """A person's word on an article; what they do not know is `None`. `precision` is how well the date is known."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | datetime | None = None
    precision: Precision = "day"
    byline: str | None = None


def filled_in(page: Readable, told: Told) -> Readable:
    """Return `page` with what was told where it says nothing itself."""
    page = replace(
        page,
        title=page.title or told.title,
        outlet=page.outlet or told.outlet,
        byline=page.byline or told.byline,
        canonical_url=page.canonical_url or told.url,
    )
    if page.published is not None or told.published is None:
        return page
    return replace(page, published=told.published, published_precision=told.precision, published_origin=ORIGIN)
