"""How often suggestions were right, and how far so few of them tell. Knows no Django."""

from dataclasses import dataclass
from math import sqrt

# Fewer decided ones tell nothing: even all of them right leaves a third of the scale open.
FEWEST = 8
# Two-sided, 95 %.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's interval (E. B. Wilson, 1927): 0 to 1, whole where nothing is known."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.right / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval."""
        return max(0.0, self._middle - self._half) if self.of else 0.0

    @property
    def high(self) -> float:
        """The upper end of the 95 % interval."""
        return min(1.0, self._middle + self._half) if self.of else 1.0

    @property
    def tells(self) -> bool:
        """Whether there are enough to say anything."""
        return self.of >= FEWEST

    @property
    def _middle(self) -> float:
        return (self.right + _Z * _Z / 2) / (self.of + _Z * _Z)

    @property
    def _half(self) -> float:
        spread = self.right * (self.of - self.right) / self.of + _Z * _Z / 4
        return _Z * sqrt(spread) / (self.of + _Z * _Z)
