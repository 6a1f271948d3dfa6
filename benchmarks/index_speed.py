"""`index-speed`: how long the passage index takes to be built, against bm25s on the same passages.

    python -m benchmarks index-speed --corpus FOLDER|ARCHIVE|JSONL [--documents N]

`ours` is `reindex` on a library whose index is empty: documents read from PostgreSQL, cut, analysed, and postings,
passages and places written to PostgreSQL, to be searched by any process. The peer is handed the passages cut already,
stems them with the same Snowball algorithm and keeps its index in memory.
"""

import argparse
import logging
import resource
import time
from itertools import islice
from pathlib import Path

import bm25s
import Stemmer

from benchmarks.corpus import read_corpus
from benchmarks.library import passages_of, store
from benchmarks.result import Result
from benchmarks.scratch import scratch_database


def run(argv: list[str]) -> Result:
    """Build both; metrics are seconds, their ratio (lower is better), and peak memory of ours in MB."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks index-speed", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder or archive of .md files, or JSONL")
    parser.add_argument("--documents", type=int, help="only the first so many")
    options = parser.parse_args(argv)
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    with scratch_database():
        from verification.index.postgres import PostgresIndex  # noqa: PLC0415 (Django is set up by now)
        from verification.index.rebuilding import rebuild  # noqa: PLC0415

        store(islice(read_corpus(options.corpus), options.documents))
        started = time.perf_counter()
        rebuild()
        ours = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = PostgresIndex().size()
    documents = islice(read_corpus(options.corpus), options.documents)
    passages = [passage for document in documents for passage in passages_of(document)]
    started = time.perf_counter()
    tokens = bm25s.tokenize(passages, stemmer=Stemmer.Stemmer("english"), show_progress=False)
    bm25s.BM25().index(tokens, show_progress=False)
    peer = time.perf_counter() - started
    metrics = {"ours": ours, "peer": peer, "ratio": ours / peer, "segments": size.segments, "peak_mb": memory}
    peers = {"bm25s in memory": {"seconds": peer, "passages": len(passages)}}
    return Result("index-speed", size.passages, metrics, ours + peer, peers)
