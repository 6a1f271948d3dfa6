"""Long lists, a page at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from verification.models import Verdict

PAGE_LENGTH = 25
LONG_PAGE = 100
"""Of names, of which a page holds more than of checks."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a long list: which of how many, and the addresses of its neighbours."""

    number: int
    total: int
    query: dict[str, str]
    length: int = PAGE_LENGTH

    @classmethod
    def of(cls, request: HttpRequest, total: int, query: dict[str, str], length: int = PAGE_LENGTH) -> "Leaf":
        """Return the page that was asked for; the first or the last where there is no such page."""
        asked = request.GET.get("page", "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        return cls(max(1, min(number, -(-total // length))), total, query, length)

    @property
    def start(self) -> int:
        """How many are on the pages before."""
        return (self.number - 1) * self.length

    @property
    def first(self) -> int:
        """The number of the first on this page, counted from 1."""
        return self.start + 1

    @property
    def last(self) -> int:
        """The number of the last on this page."""
        return min(self.start + self.length, self.total)

    @property
    def here(self) -> str:
        """The query of this page's own address."""
        return self._query(self.number)

    @property
    def newer(self) -> str | None:
        """The query of the page before this one."""
        return self._query(self.number - 1) or "?" if self.number > 1 else None

    @property
    def older(self) -> str | None:
        """The query of the page after this one."""
        return self._query(self.number + 1) if self.last < self.total else None

    def cut(self, verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
        """Return the rows of this page."""
        return verdicts[self.start : self.start + self.length]

    def _query(self, number: int) -> str:
        pairs = self.query | ({"page": str(number)} if number > 1 else {})
        return f"?{urlencode(pairs)}" if pairs else ""
