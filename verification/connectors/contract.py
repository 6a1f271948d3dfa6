"""What every connector hands over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.wording import Words


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as its source gave it.

    `body` are the exact bytes, `text` what was read from them; `published` is aware, and midnight UTC where `precision`
    is "day" or coarser; `offset` is the zone the source wrote, in minutes east of UTC. Unknown is None. `places` are
    those of `verification.connectors.places`; `kind` is told where the file itself says it; of one that is `withheld`
    readers see only the passage that is cited.
    """

    stable_id: str
    body: bytes
    media_type: str
    text: str
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    precision: str | None = None
    offset: int | None = None
    date_origin: str | None = None
    language: str | None = None
    places: Sequence[Mapping[str, Any]] = ()
    kind: str | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or row that is no document, and why, in one sentence."""

    stable_id: str
    reason: Words


class UnreadableLibrary(Exception):
    """The path holds nothing that can be read; the message is one sentence."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


class UnreadableFile(Exception):
    """One file of a library cannot be read, and those beside it can; the message is one sentence."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))
