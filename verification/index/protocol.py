"""What an index of documents and passages does, whatever stands behind it.

It answers the first question only, which documents could hold what a text speaks of, and leaves the order to
`verification.ranking`. Its parts of a score are BM25 (Robertson and Zaragoza 2009, k1 1.2, b 0.75) over Snowball stems.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A document as it is handed in; `language` is a BCP 47 tag, "und" where it is unknown."""

    id: int
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """What to look for: `text` may be long, `context` are the words around it, which only tell what it is about.

    `exclude` are documents that cannot be an answer.
    """

    text: str
    language: str = "en"
    context: str = ""
    exclude: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of a document, as offsets (code points, half open) into its text; `score` is 0 to 1."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that could be an answer.

    `passage` (of the best passage), `body` and `context` are shares, 0 to 1, of the highest score that a text could
    have for these terms; `title` is BM25 as it is, because a title can hold but a few of a long query's terms.
    """

    document_id: int
    passage: float
    body: float
    title: float
    context: float
    passages: tuple[PassageHit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, in no order, and the documents nearest to the context (id and share), nearest first."""

    hits: tuple[DocumentHit, ...] = ()
    nearest_to_context: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How much is in the index."""

    documents: int
    passages: int
    segments: int


class Index(Protocol):
    """An index of documents. All changes belong to the caller's transaction."""

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """Index documents. Those that are in it already are replaced."""

    def remove(self, document_ids: Collection[int]) -> None:
        """Take documents out; ids that are not in it are passed over."""

    def search(self, query: IndexQuery, limit: int = 100) -> Found:
        """Return the `limit` documents with the best passages and the `limit` best as a whole, at most twice `limit`.

        Where the two name the same, up to half of `limit` that are near the context take the room.
        """

    def likest(self, query: IndexQuery, least: float) -> Sequence[tuple[int, float]]:
        """Return every document whose share, of its body or its best passage, is at least `least` (above 0).

        Here words of the text that stand in no document count as well: what shares few of them is not like it.

        Each by its id and that share, the likest first, of those that are equally like the one with the highest id.
        """

    def passages(self, document_id: int) -> tuple[PassageHit, ...]:
        """Return all passages of a document in their order, each with a score of 1; none if it is not in the index."""

    def merge(self) -> int:
        """Tidy up: make search cheaper without changing what it finds. Returns how many segments were merged."""

    def size(self) -> IndexSize:
        """Return how much is in the index."""
