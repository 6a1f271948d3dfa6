"""What a connector tells `probe` of its source: the shape of its answers, and what is known to be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from verification.connectors.issuers.contract import Query, Window


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of answers in JSON whose address holds `address`.

    `keys` gives, by path, the keys of the objects there, parted by blanks: "" is the answer itself, "results[]" each
    object of a list, "details.body" an object in an object. One that may be missing ends in a question mark. Where the
    hand-book's sample leaves keys out (`trimmed`), others than these are expected.
    """

    address: str
    keys: Mapping[str, str]
    trimmed: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """What to ask for: known to be there by the hand-book. What is None is taken from what the source itself shows."""

    query: Query | None = None
    window: Window | None = None
    identifier: str | None = None
    captured: str | None = None


@runtime_checkable
class Probed(Protocol):
    """A connector that says what a probe is to expect."""

    shapes: ClassVar[tuple[Shape, ...]]
    trial: ClassVar[Trial]
