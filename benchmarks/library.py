"""A library for measuring the index: documents stored without being indexed, and more of them than there are."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.corpus import CorpusDocument, read_corpus
from verification.connectors.markdown import plain
from verification.index.passages import STEP, read_passages
from verification.index.terms import WORD

BATCH = 500
# Documents that the first stage may hand on.
HITS = 200


@dataclass(frozen=True, slots=True)
class Query:
    """One query: its text, the words around it, the ids of the right documents, and what cannot be answers.

    Those are the document that the query is from (`source`), and all that came after `day`.
    """

    text: str
    context: str
    gold: frozenset[str]
    source: str | None
    day: date | None


def read_documents(path: Path) -> list[CorpusDocument]:
    """Return the documents of a corpus, of those with one id the last; Markdown is read as the import reads it.

    Raises what `benchmarks.corpus.read_corpus` does.
    """
    documents = {document.id: document for document in read_corpus(path)}
    if path.suffix in {".jsonl", ".ndjson"}:
        return list(documents.values())
    return [CorpusDocument(each.id, each.title, each.date, plain(each.text)) for each in documents.values()]


def store(documents: Iterable[CorpusDocument]) -> dict[str, int]:
    """Store documents of one source as if they were English, without indexing them; returns their keys by id."""
    from claims.models import Snapshot  # noqa: PLC0415 (Django is set up by the caller)
    from verification.models import Document, Source  # noqa: PLC0415

    source, _made = Source.objects.get_or_create(name="corpus")
    digest = hashlib.sha256(b"corpus").hexdigest()
    snapshot, _made = Snapshot.objects.get_or_create(sha256=digest, defaults={"origin": "imported", "size": 6})
    keys: dict[str, int] = {}
    stream = iter(documents)
    while batch := list(islice(stream, BATCH)):
        rows = Document.objects.bulk_create(
            Document(
                source=source,
                snapshot=snapshot,
                stable_id=document.id,
                tier=1,
                title=document.title,
                language="en",
                text=document.text,
                text_sha256=digest,
            )
            for document in batch
        )
        keys.update((row.stable_id, row.pk) for row in rows)
    return keys


def passages_of(document: CorpusDocument) -> list[str]:
    """Return the passages that the index cuts a document into."""
    return [document.text[span.start : span.end] for span in read_passages(document.text, WORD).passages]


def mixed(documents: Sequence[CorpusDocument], passages: int, seed: int) -> Iterator[CorpusDocument]:
    """Yield about so many passages of documents made of lines of different ones, as long as real ones are."""
    draw = random.Random(seed)
    lines = [line for document in documents for line in document.text.splitlines() if line.strip()]
    words = 0
    number = 0
    while words < passages * STEP:
        number += 1
        length = len(draw.choice(documents).text)
        text: list[str] = []
        while length > 0:
            line = draw.choice(lines)
            text.append(line)
            length -= len(line)
            words += line.count(" ") + 1
        yield CorpusDocument(f"mixed {seed} {number}", text[0][:100], None, "\n\n".join(text))
