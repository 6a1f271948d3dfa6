"""What the index found, with the facts and texts that the order needs."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage, `start` to `end` of its document, and a `text` that holds it and what stands beside it.

    `before` is how many characters of the text stand before the passage.
    """

    start: int
    end: int
    text: str
    before: int = 0

    @property
    def passage(self) -> str:
        """Return the passage alone."""
        return self.text[self.before : self.before + self.end - self.start]


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document of the first stage. `published` is None unless its day is known.

    `passage_score`, `body_score` and `context_score` are shares, 0 to 1, `title_score` is BM25, as in
    `verification.index.protocol.DocumentHit`. `tier` is 0 (verbatim record) to 5.
    """

    id: int
    title: str
    kind: str
    tier: int
    speaks_for: str
    published: date | None
    passage_score: float
    body_score: float
    title_score: float
    context_score: float
    extracts: tuple[Extract, ...]
