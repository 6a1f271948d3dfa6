"""`retrieval-speed`: how long the first stage takes, and how that grows with the library.

    python -m benchmarks retrieval-speed --corpus … --data … [--passages 26000 263000 1000000] [--context 8000]

Data as for `retrieval`. For a size below the corpus documents are drawn, the right ones among them; beyond it more are
made of lines of different documents; within a quarter of it, it is the corpus as it is. A query may not find its own
document nor one that came later. `gold_in_200` is the share of right documents among at most 200 hits.
"""

import argparse
import logging
import math
import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.corpus import CorpusDocument, read_rows
from benchmarks.library import HITS, Query, mixed, passages_of, read_documents, store
from benchmarks.result import Result
from benchmarks.scratch import scratch_database
from benchmarks.speed_peers import Bm25s, GinRareFirst

SEED = 20

# Answers a query with keys of documents, none of those excluded.
Finder = Callable[[Query, Collection[int]], Collection[int]]


@dataclass(slots=True)
class Library:
    """The stored documents in order, and their keys by id."""

    documents: list[CorpusDocument] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)

    def add(self, documents: Sequence[CorpusDocument]) -> None:
        """Store more documents."""
        self.documents += documents
        self.keys |= store(documents)

    def excluded(self, query: Query) -> set[int]:
        """Return the keys of documents that cannot be answers."""
        return {
            self.keys[document.id]
            for document in self.documents
            if document.id == query.source or (query.day and document.date and document.date > query.day)
        }


def run(argv: list[str]) -> Result:
    """Measure each size; `ours`, `peer` and `ratio` are 95th percentiles in ms at the corpus as it is, or the largest.

    `growth` is the exponent of the median time in the size: below 1, time grows more slowly than the library. Peers are
    PostgreSQL's GIN with the rarest lexemes first (the `peer`), and bm25s in memory.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks retrieval-speed", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder or archive of .md files, or JSONL")
    parser.add_argument("--data", type=Path, required=True, help="queries, JSONL")
    parser.add_argument("--passages", type=int, nargs="*", default=[], help="sizes of libraries; none: the corpus")
    parser.add_argument("--context", type=int, default=0, help="so many characters around each query, from its source")
    parser.add_argument("--without-peers", action="store_true", help="measure ours only")
    options = parser.parse_args(argv)
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    started = time.perf_counter()
    documents = read_documents(options.corpus)
    queries = _queries(options.data, documents, options.context)
    metrics: dict[str, float] = {}
    peers: dict[str, dict[str, float]] = {}
    sizes: list[int] = []
    headline = 0
    with scratch_database():
        library = Library()
        for whole, more in _growing(documents, queries, options.passages):
            library.add(more)
            size, measured = _measure_ours(library, queries)
            metrics |= {f"{name}_{size}": value for name, value in measured.items()}
            sizes.append(size)
            headline = size if whole else headline
            if not options.without_peers:
                peers[f"gin {size}"] = measure(GinRareFirst().find, library, queries)
                peers[f"bm25s {size}"] = measure(Bm25s(library.documents, library.keys).find, library, queries)
    headline = headline or sizes[-1]
    metrics["ours"] = metrics[f"p95_ms_{headline}"]
    if peers:
        metrics["peer"] = peers[f"gin {headline}"]["p95_ms"]
        metrics["ratio"] = metrics["ours"] / metrics["peer"]
    if len(sizes) > 1:
        slower = metrics[f"p50_ms_{sizes[-1]}"] / metrics[f"p50_ms_{sizes[0]}"]
        metrics["growth"] = math.log(slower) / math.log(sizes[-1] / sizes[0])
    return Result("retrieval-speed", len(queries), metrics, time.perf_counter() - started, peers)


def measure(find: Finder, library: Library, queries: Sequence[Query]) -> dict[str, float]:
    """Return milliseconds and the share of right documents found."""
    seconds: list[float] = []
    found: list[float] = []
    for query in queries:
        exclude = library.excluded(query)
        started = time.perf_counter()
        answer = set(find(query, exclude))
        seconds.append(time.perf_counter() - started)
        if len(answer) > HITS:
            raise ValueError(f"{len(answer)} documents were found where {HITS} were asked for")
        found.append(len(answer.intersection(library.keys[id_] for id_ in query.gold)) / len(query.gold))
    return {
        "p50_ms": float(np.percentile(seconds, 50) * 1000),
        "p95_ms": float(np.percentile(seconds, 95) * 1000),
        "gold_in_200": float(np.mean(found)),
    }


def _measure_ours(library: Library, queries: Sequence[Query]) -> tuple[int, dict[str, float]]:
    """Index what is new and search; returns how many passages are in the index."""
    from verification.index.postgres import PostgresIndex  # noqa: PLC0415 (Django is set up by now)
    from verification.index.protocol import IndexQuery  # noqa: PLC0415
    from verification.index.rebuilding import rebuild  # noqa: PLC0415

    index = PostgresIndex()

    def find(query: Query, exclude: Collection[int]) -> Collection[int]:
        found = index.search(IndexQuery(query.text, context=query.context, exclude=exclude), limit=HITS // 2)
        return [hit.document_id for hit in found.hits]

    started = time.perf_counter()
    rebuild()
    built = time.perf_counter() - started
    return index.size().passages, measure(find, library, queries) | {"build_s": built}


def _queries(path: Path, documents: Sequence[CorpusDocument], around: int) -> list[Query]:
    known = {document.id: document for document in documents}
    queries = []
    for row in read_rows(path):
        source = known.get(row.get("source", ""))
        text = source.text if source else ""
        first = max(0, text.find(row["query"][:40]) - around // 2)
        gold = frozenset(id_ for id_ in map(str, row["gold"]) if id_ in known)
        day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
        if gold:
            queries.append(Query(row["query"], text[first : first + around], gold, row.get("source"), day))
    return queries


def _growing(
    documents: list[CorpusDocument], queries: Sequence[Query], sizes: Sequence[int]
) -> Iterator[tuple[bool, list[CorpusDocument]]]:
    """Yield, smallest size first, whether the library is then the corpus as it is, and what to add to get there."""
    counts = {document.id: len(passages_of(document)) for document in documents}
    whole = sum(counts.values())
    gold = {id_ for query in queries for id_ in query.gold}
    left = sorted(documents, key=lambda document: (document.id not in gold, random.Random(document.id).random()))
    held = 0
    for size in sorted(sizes) or [whole]:
        target = whole if abs(size - whole) < whole / 4 else size
        more: list[CorpusDocument] = []
        while left and held < target:
            more.append(left.pop(0))
            held += counts[more[-1].id]
        if held < target:
            made = list(mixed(documents, target - held, SEED + len(more)))
            more += made
            held = target
        yield target == whole, more
