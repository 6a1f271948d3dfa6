"""Where a page of a long feed ends, so that the next one goes on there, whatever is published meanwhile."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q, QuerySet

from verification.models import Verdict

# Some three thousand years, and a number that PostgreSQL can hold.
_WRITTEN = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class CursorUnread(ValueError):
    """What stands in an address is no cursor that a feed has given."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place behind a publication: when it went out, and its number.

    Both are those that feeds are ordered by (`history.NEWEST_FIRST`) and never change, so that what is published later
    moves nothing from one page to another.
    """

    at: datetime
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the cursor that was written so: microseconds since 1970, and the number. Raises CursorUnread."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise CursorUnread(text[:40])
        return cls(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2]))

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.number}"

    def older(self, verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
        """Return those that went out before this place."""
        # The first condition says nothing new: it lets the index on both columns begin at the place.
        within = verdicts.filter(publication__published_at__lte=self.at)
        return within.filter(Q(publication__published_at__lt=self.at) | Q(publication__pk__lt=self.number))
