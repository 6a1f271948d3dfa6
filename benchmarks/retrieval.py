"""`retrieval`: is the document that a sentence speaks of, or was quoted from, among the candidates?

Data: JSON lines `{"id","query","gold":[document id]}`; `date` (ISO day), `source` (a document that is never an answer)
and `speaker` are optional. The corpus is imported into a throw-away PostgreSQL and searched as the product does it.
"""

import argparse
import json
import logging
import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from benchmarks.corpus import CorpusDocument, read_corpus
from benchmarks.result import Result
from benchmarks.scratch import scratch_database
from verification.connectors.markdown import plain
from verification.index.passages import read_passages
from verification.index.terms import WORD

TOP = 10
# A query that is one quotation, from mark to mark.
QUOTED = re.compile(r"\s*[“\"]([^“”\"]+)[”\"]\s*\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One query: its day, the right documents, and those that cannot be answers."""

    query: str
    speaker: str | None
    day: date | None
    gold: frozenset[str]
    source: str | None
    latest: date | None

    def excludes(self, document: CorpusDocument) -> bool:
        """Tell whether a document cannot be an answer: it is the query's own, or came later."""
        late = self.latest is not None and document.date is not None and document.date > self.latest
        return late or document.id == self.source


@dataclass(slots=True)
class Tally:
    """What one method answered, row by row."""

    hits: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    gains: list[float] = field(default_factory=list)
    first_stage: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, row: Row, ranked: Sequence[str], found: Sequence[str], seconds: float) -> None:
        """Count one answer: the ranked ids, and those the first stage found."""
        right = [place for place, id_ in enumerate(ranked[:TOP]) if id_ in row.gold]
        ideal = sum(1 / math.log2(place + 2) for place in range(min(len(row.gold), TOP)))
        self.hits.append(float(0 in right))
        self.recalls.append(len(right) / len(row.gold))
        self.gains.append(sum(1 / math.log2(place + 2) for place in right) / ideal)
        self.first_stage.append(len(row.gold.intersection(found)) / len(row.gold))
        self.seconds.append(seconds)

    def metrics(self) -> dict[str, float]:
        """Return the metrics of design §5: means over the rows, and milliseconds."""
        return {
            "hit_at_1": float(np.mean(self.hits)),
            "recall_at_10": float(np.mean(self.recalls)),
            "ndcg_at_10": float(np.mean(self.gains)),
            "gold_in_first_stage": float(np.mean(self.first_stage)),
            "p50_ms": float(np.percentile(self.seconds, 50) * 1000),
            "p95_ms": float(np.percentile(self.seconds, 95) * 1000),
        }


def run(argv: list[str]) -> Result:
    """Search for every row; raises ValueError for rows without a right document in the corpus.

    Peers, on the same rows with the same exclusions: bm25s over whole documents, and over our passages (a document's
    score is that of its best one). Their time is scoring only, in memory.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks retrieval", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder or archive of .md files, or JSONL")
    parser.add_argument("--data", type=Path, required=True, help="queries, JSONL")
    parser.add_argument("--no-date", action="store_true", help="search as if no date were known")
    parser.add_argument("--days-after", type=int, default=0, help="a document so many days later may be an answer")
    parser.add_argument("--without-peers", action="store_true", help="measure ours only")
    options = parser.parse_args(argv)
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    started = time.perf_counter()
    documents = _documents(options.corpus)
    rows = _rows(options.data, {document.id for document in documents}, options.no_date, options.days_after)
    ours = _run_ours(documents, rows)
    peers = {} if options.without_peers else _run_peers(documents, rows)
    return Result("retrieval", len(rows), ours.metrics(), time.perf_counter() - started, peers)


def _documents(path: Path) -> list[CorpusDocument]:
    """Read the corpus; Markdown is read as the import reads it."""
    documents = {document.id: document for document in read_corpus(path)}
    if path.suffix in {".jsonl", ".ndjson"}:
        return list(documents.values())
    return [CorpusDocument(each.id, each.title, each.date, plain(each.text)) for each in documents.values()]


def _rows(path: Path, known: set[str], no_date: bool, days_after: int) -> list[Row]:
    rows = []
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        gold = frozenset(map(str, row["gold"]))
        if not gold & known:
            raise ValueError(f"{path.name}: none of the right documents of {row['id']} is in the corpus")
        day = date.fromisoformat(row["date"][:10]) if row.get("date") and not no_date else None
        latest = day + timedelta(days=days_after) if day else None
        rows.append(Row(str(row["query"]), row.get("speaker"), day, gold, row.get("source"), latest))
    return rows


def _run_ours(documents: Sequence[CorpusDocument], rows: Sequence[Row]) -> Tally:
    tally = Tally()
    with scratch_database():
        # Django's models can be imported only where the settings are known.
        from verification.index.postgres import PostgresIndex  # noqa: PLC0415
        from verification.models import Document  # noqa: PLC0415
        from verification.ranking.query import ClaimQuery  # noqa: PLC0415
        from verification.research.retrieval import first_stage, order_found  # noqa: PLC0415

        _import(documents)
        numbers = dict(Document.objects.values_list("stable_id", "pk"))
        ids = {number: id_ for id_, number in numbers.items()}
        index = PostgresIndex()
        for row in rows:
            exclude = {numbers[document.id] for document in documents if row.excludes(document)}
            quoted = QUOTED.match(row.query)
            query = ClaimQuery(
                text=row.query, quotations=quoted.groups() if quoted else (), speaker=row.speaker, published=row.day
            )
            started = time.perf_counter()
            found = first_stage(query, index, exclude)
            ranked = order_found(query, found, TOP)
            seconds = time.perf_counter() - started
            tally.add(
                row, [ids[each.document_id] for each in ranked], [ids[hit.document_id] for hit in found.hits], seconds
            )
    return tally


def _import(documents: Sequence[CorpusDocument]) -> None:
    """Import the corpus by the product's own verb, into the database that Django is set up on."""
    from claims.capture.languages import vote  # noqa: PLC0415
    from verification.connectors.contract import SourceText  # noqa: PLC0415
    from verification.index.postgres import PostgresIndex  # noqa: PLC0415
    from verification.models import Source  # noqa: PLC0415
    from verification.research.importing import import_texts  # noqa: PLC0415

    texts = (
        SourceText(
            stable_id=document.id,
            body=document.text.encode(),
            media_type="text/plain",
            text=document.text,
            title=document.title or None,
            published=datetime.combine(document.date, datetime.min.time(), UTC) if document.date else None,
            precision="day" if document.date else None,
            language=vote(document.text),
        )
        for document in documents
    )
    import_texts(texts, Source.objects.create(name="corpus"))
    PostgresIndex().merge()


def _run_peers(documents: Sequence[CorpusDocument], rows: Sequence[Row]) -> dict[str, Mapping[str, float]]:
    whole = [f"{document.title}\n{document.text}" for document in documents]
    passages: list[str] = []
    owners: list[int] = []
    for owner, document in enumerate(documents):
        spans = read_passages(document.text, WORD).passages
        passages += [document.text[span.start : span.end] for span in spans] or [document.title]
        owners += [owner] * max(1, len(spans))
    return {
        "bm25s documents": _run_peer(documents, rows, whole, np.arange(len(documents))),
        "bm25s passages": _run_peer(documents, rows, passages, np.array(owners)),
    }


def _run_peer(
    documents: Sequence[CorpusDocument], rows: Sequence[Row], texts: list[str], owners: NDArray[np.int64]
) -> Mapping[str, float]:
    """Rank by bm25s alone; `owners` are the places of the documents that the texts belong to, ascending."""
    stemmer = Stemmer.Stemmer("english")
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    tally = Tally()
    for row in rows:
        excluded = np.array([row.excludes(document) for document in documents])
        started = time.perf_counter()
        words = bm25s.tokenize(row.query, stemmer=stemmer, return_ids=False, show_progress=False)[0]
        scores = np.maximum.reduceat(retriever.get_scores(words), firsts)
        scores[excluded] = -1
        order = np.argsort(-scores)[:200]
        ids = [documents[place].id for place in order]
        tally.add(row, ids, ids, time.perf_counter() - started)
    return tally.metrics()
