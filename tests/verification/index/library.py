"""A small library for tests: documents of an invented harbour board, stored and indexed as the import does it."""

import random
from collections.abc import Collection, Mapping, Sequence

from tests.factories import make_snapshot
from verification.index.postgres import PostgresIndex
from verification.index.protocol import Found, IndexDocument, IndexQuery
from verification.models import Document, Source

SYLLABLES = ("ba", "do", "fi", "ku", "lem", "nor", "pas", "rit", "sol", "tun", "vek", "zam")


def make_document(text: str, title: str = "", language: str = "en", **fields: object) -> Document:
    """Store a document that is not indexed yet."""
    source, _ = Source.objects.get_or_create(name="Harbour Board", defaults={"speaks_for": "Harbour Board"})
    values = {
        "source": source,
        "snapshot": make_snapshot(),
        "stable_id": f"document {Document.objects.count() + 1}",
        "tier": 1,
        "title": title,
        "language": language,
        "text": text,
        "text_sha256": "",
    }
    return Document.objects.create(**values | fields)


def index_document(document: Document) -> IndexDocument:
    """Return a document as the index takes it."""
    return IndexDocument(document.pk, document.title or "", document.text, document.language or "und")


def add_to_library(text: str, title: str = "", language: str = "en", **fields: object) -> Document:
    """Store and index a document; each call makes a segment of its own."""
    document = make_document(text, title, language, **fields)
    PostgresIndex().add([index_document(document)])
    return document


def found_ids(text: str, language: str = "en", context: str = "", exclude: Collection[int] = ()) -> set[int]:
    """Return the ids of the documents that a search finds."""
    return {hit.document_id for hit in search(text, language, context, exclude).hits}


def search(text: str, language: str = "en", context: str = "", exclude: Collection[int] = ()) -> Found:
    """Search the index."""
    return PostgresIndex().search(IndexQuery(text, language, context, exclude))


def invented_texts(count: int, words: int, seed: int = 7) -> list[str]:
    """Return texts of invented words, some common and some rare, in sentences of a dozen."""
    draw = random.Random(seed)
    vocabulary = ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(400)]
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    return [_sentences(draw.choices(vocabulary, weights, k=draw.randint(words // 2, words))) for _ in range(count)]


def _sentences(words: Sequence[str]) -> str:
    return " ".join(f"{' '.join(words[first : first + 12]).capitalize()}." for first in range(0, len(words), 12))


def scores(found: Found) -> Mapping[int, tuple[float, ...]]:
    """Return the scores of each hit, rounded as far as single precision goes."""
    return {
        hit.document_id: tuple(round(value, 4) for value in (hit.passage, hit.body, hit.title, hit.context))
        for hit in found.hits
    }
