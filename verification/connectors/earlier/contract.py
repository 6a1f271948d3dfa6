"""What every reader of earlier fact checks hands over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from verification.connectors.contract import Skipped


@dataclass(frozen=True, slots=True)
class EarlierText:
    """One fact check as it was told: each field cleaned and bounded, unknown is None.

    `place` is where it stands in its file. Times are aware, and midnight UTC where the precision is "day" or coarser;
    the rating's numbers are as given, on the scale from `rating_worst` to `rating_best` where that was given too.
    """

    place: str
    claim_text: str
    rating_label: str
    url: str
    claimant: str | None = None
    said: datetime | None = None
    said_precision: str | None = None
    rating_value: float | None = None
    rating_worst: float | None = None
    rating_best: float | None = None
    title: str = ""
    publisher: str | None = None
    language: str | None = None
    published: datetime | None = None
    published_precision: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """One file: its exact bytes, and what stands in it, read as one goes; a check that cannot be read is Skipped."""

    name: str
    body: bytes
    media_type: str
    rows: Iterator[EarlierText | Skipped]
