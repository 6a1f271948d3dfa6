"""`matching`: is the claim that a post repeats among the first that are shown?

Data: claims, JSON lines `{"id","text","title"}`, and queries `{"id","query","gold":[claim id]}`. The claims go into a
throw-away PostgreSQL (as English), are searched by the product's index, and ordered by `verification.matching.same`.
"""

import argparse
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from benchmarks.corpus import CorpusDocument, read_rows
from benchmarks.library import store
from benchmarks.result import Result
from benchmarks.scratch import scratch_database
from verification.matching.same.reading import read
from verification.matching.same.scoring import KnownClaim, same_claims
from verification.matching.vectors import MiniLM, Remembered, installed

TOP = 5
FIRST_STAGE = 100


@dataclass(frozen=True, slots=True)
class Query:
    """One post and the claims that it repeats."""

    text: str
    gold: frozenset[str]


@dataclass(slots=True)
class Tally:
    """What one method answered, query by query."""

    precisions: list[float] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, query: Query, ranked: Sequence[str], seconds: float) -> None:
        """Count one answer: average precision over the first five, and whether the first is right."""
        found, total = 0, 0.0
        for place, id_ in enumerate(ranked[:TOP], 1):
            if id_ in query.gold:
                found += 1
                total += found / place
        self.precisions.append(total / min(len(query.gold), TOP))
        self.hits.append(float(ranked[0] in query.gold) if ranked else 0.0)
        self.seconds.append(seconds)

    def metrics(self) -> dict[str, float]:
        """Return the metrics of design §5: means over the queries, and milliseconds."""
        return {
            "map_at_5": float(np.mean(self.precisions)),
            "hit_at_1": float(np.mean(self.hits)),
            "p50_ms": float(np.percentile(self.seconds, 50) * 1000),
        }


def run(argv: list[str]) -> Result:
    """Order the known claims for every query; raises ValueError for a query without a right claim among them.

    Peers, on the same queries: bm25s over title and text, in memory; and with `--vectors` ours with vectors beside the
    words, which needs the extra of requirements/vectors.in.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks matching", description=__doc__)
    parser.add_argument("--claims", type=Path, required=True, help="known claims, JSONL")
    parser.add_argument("--data", type=Path, required=True, help="queries, JSONL")
    parser.add_argument("--vectors", action="store_true", help="measure also with vectors")
    options = parser.parse_args(argv)
    if options.vectors and not installed():
        parser.error("--vectors needs the extra that requirements/vectors.in names")
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    started = time.perf_counter()
    claims = [
        CorpusDocument(str(row["id"]), row.get("title") or "", None, row["text"]) for row in read_rows(options.claims)
    ]
    queries = [Query(row["query"], frozenset(map(str, row["gold"]))) for row in read_rows(options.data)]
    known = {claim.id for claim in claims}
    if stray := next((query for query in queries if not query.gold & known), None):
        raise ValueError(f"{options.data.name}: no claim that this repeats is among the claims: {stray.text}")
    measured = _run_ours(claims, queries, options.vectors)
    peers = {"bm25s title and text": _run_peer(claims, queries), **measured}
    return Result("matching", len(queries), peers.pop("words"), time.perf_counter() - started, peers)


def _run_ours(
    claims: Sequence[CorpusDocument], queries: Sequence[Query], with_vectors: bool
) -> dict[str, Mapping[str, float]]:
    """Return the metrics by method: "words", and "words and vectors" where asked for."""
    vectors = Remembered(MiniLM()) if with_vectors else None
    tallies = {"words": Tally()} | ({"words and vectors": Tally()} if vectors else {})
    with scratch_database():
        # Django's models can be imported only where the settings are known.
        from verification.index.postgres import PostgresIndex  # noqa: PLC0415
        from verification.index.protocol import IndexQuery  # noqa: PLC0415
        from verification.index.rebuilding import rebuild  # noqa: PLC0415

        numbers = store(claims)
        rebuild()
        ids = {number: id_ for id_, number in numbers.items()}
        texts = {claim.id: claim for claim in claims}
        index = PostgresIndex()
        for query in queries:
            started = time.perf_counter()
            hits = index.search(IndexQuery(read(query.text).wanted), FIRST_STAGE).hits
            found = {hit.document_id: hit.body for hit in hits}
            looked_up = time.perf_counter() - started
            for method, tally in tallies.items():
                started = time.perf_counter()
                likely = same_claims(
                    query.text,
                    [
                        KnownClaim(number, texts[ids[number]].text, texts[ids[number]].title, share)
                        for number, share in found.items()
                    ],
                    limit=TOP,
                    vectors=vectors if method != "words" else None,
                )
                tally.add(query, [ids[each.id] for each in likely], looked_up + time.perf_counter() - started)
    return {method: tally.metrics() for method, tally in tallies.items()}


def _run_peer(claims: Sequence[CorpusDocument], queries: Sequence[Query]) -> Mapping[str, float]:
    stemmer = Stemmer.Stemmer("english")
    retriever = bm25s.BM25()
    texts = [f"{claim.title}\n{claim.text}" for claim in claims]
    retriever.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)
    tally = Tally()
    for query in queries:
        started = time.perf_counter()
        words = bm25s.tokenize(query.text, stemmer=stemmer, return_ids=False, show_progress=False)[0]
        order = np.argsort(-retriever.get_scores(words), kind="stable")[:TOP]
        tally.add(query, [claims[place].id for place in order], time.perf_counter() - started)
    return tally.metrics()
