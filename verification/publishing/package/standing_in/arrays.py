"""Of NumPy, what the alignment of a quotation asks of it: rows and tables of whole numbers, added and compared.

It is brought as `numpy`, so names and signatures are that library's. A row of a table is the table's own: what is
written into it (`out`) stands in the table.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

int32 = int


class NDArray:
    """A row of numbers."""

    def __class_getitem__(cls, _item: object) -> type["NDArray"]:
        """Let annotations name what is in it."""
        return cls

    def __init__(self, values: Iterable[Any]) -> None:
        self.values = list(values)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)

    def __getitem__(self, place: Any) -> Any:
        found = self.values[place]
        return NDArray(found) if isinstance(place, slice) else found

    def __setitem__(self, place: Any, value: Any) -> None:
        self.values[place] = value.values if isinstance(value, NDArray) else value

    def __add__(self, other: Any) -> "NDArray":
        return self._with(other, int.__add__)

    def __sub__(self, other: Any) -> "NDArray":
        return self._with(other, int.__sub__)

    def __mul__(self, other: Any) -> "NDArray":
        return self._with(other, int.__mul__)

    def __eq__(self, other: object) -> "NDArray":  # type: ignore[override]  # as NumPy compares: item by item
        return NDArray(each == other for each in self.values)

    __hash__ = None  # type: ignore[assignment]  # as NumPy's

    def _with(self, other: Any, work: Callable[[int, int], int]) -> "NDArray":
        if isinstance(other, NDArray):
            return NDArray(map(work, self.values, other.values))
        return NDArray(work(each, other) for each in self.values)

    def max(self) -> int:
        """Return the greatest."""
        return int(max(self.values))

    def argmax(self) -> int:
        """Return where the greatest stands first."""
        return self.values.index(max(self.values))

    def tolist(self) -> list[Any]:
        """Return the numbers."""
        return list(self.values)


class _Table:
    """Rows of equal length: `table[i]`, `table[i, j]`, `table[i, a:b]`."""

    def __init__(self, rows: int, columns: int, value: int) -> None:
        self.rows = [NDArray([value] * columns) for _row in range(rows)]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place[0]][place[1]] if isinstance(place, tuple) else self.rows[place]

    def __setitem__(self, place: tuple[int, Any], value: Any) -> None:
        self.rows[place[0]][place[1]] = value


def array(values: Iterable[int], dtype: object = None) -> NDArray:
    """Return a row of these numbers."""
    return NDArray(values)


def arange(stop: int, dtype: object = None) -> NDArray:
    """Return 0, 1, 2 … below `stop`."""
    return NDArray(range(stop))


def zeros(shape: tuple[int, int], dtype: object = None) -> _Table:
    """Return a table of zeros."""
    return _Table(*shape, 0)


def full(shape: tuple[int, int], value: int, dtype: object = None) -> _Table:
    """Return a table of one number."""
    return _Table(*shape, value)


def empty(shape: tuple[int, int], dtype: object = None) -> _Table:
    """Return a table to be filled."""
    return _Table(*shape, 0)


def where(condition: NDArray, yes: int, no: int) -> NDArray:
    """Return the one number where the condition holds, the other where not."""
    return NDArray(yes if each else no for each in condition)


class _Maximum:
    """The greater of two, item by item."""

    def __call__(self, one: NDArray, other: NDArray, out: NDArray | None = None) -> NDArray:
        found = NDArray(map(max, one.values, other.values))
        if out is None:
            return found
        out.values[:] = found.values
        return out

    def accumulate(self, row: NDArray) -> NDArray:
        """Return the greatest so far, at each place."""
        found, most = [], row.values[0]
        for each in row.values:
            most = max(most, each)
            found.append(most)
        return NDArray(found)


maximum = _Maximum()
