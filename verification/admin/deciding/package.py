"""What the web archive of a case would hold now, so that whoever signs off sees what a stranger can check."""

from collections.abc import Sequence
from dataclasses import dataclass

from verification.models import Review
from verification.research.exporting import Packed, contents

# The archive holds all; the page lists so many, those that are kept back first.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Package:
    """The captures that go in, and those that are kept back because their document is withheld from readers."""

    captures: Sequence[Packed]

    @property
    def inside(self) -> int:
        """How many captures go in."""
        return len(self.captures) - self.kept_back

    @property
    def kept_back(self) -> int:
        """How many captures are kept back."""
        return sum(each.is_kept_back for each in self.captures)

    @property
    def size(self) -> int:
        """How many bytes were captured of what goes in; the archive itself is compressed."""
        return sum(each.snapshot.size for each in self.captures if not each.is_kept_back)

    @property
    def listed(self) -> Sequence[Packed]:
        """What the page lists."""
        return sorted(self.captures, key=lambda each: not each.is_kept_back)[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        """How many more there are."""
        return max(0, len(self.captures) - MOST_LISTED)


def package_of(review: Review) -> Package:
    """Return what the archive that is offered for this case would hold now (one query)."""
    return Package(contents(review))
