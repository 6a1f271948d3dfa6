"""`import-speed`: documents per second into the library, against PostgreSQL's own full-text index on the same texts.

    python -m benchmarks import-speed --corpus FOLDER|ARCHIVE

`ours` reads, archives (fsync), stores and indexes every document, as `import_documents` does. The peer only inserts the
same texts, already read, into one table with a GIN index over `to_tsvector('english', …)`: no snapshot, no bytes, no
passages.
"""

import argparse
import resource
import time
from pathlib import Path

from benchmarks.result import Result
from benchmarks.scratch import scratch_database

PEER_TABLE = "CREATE TEMP TABLE peer (id bigserial PRIMARY KEY, body text NOT NULL)"
PEER_INDEX = "CREATE INDEX ON peer USING gin (to_tsvector('english', body))"


def run(argv: list[str]) -> Result:
    """Import a corpus into a scratch database; metrics are documents per second, seconds and peak memory in MB."""
    parser = argparse.ArgumentParser(prog="import-speed")
    parser.add_argument("--corpus", type=Path, required=True)
    corpus: Path = parser.parse_args(argv).corpus
    with scratch_database():
        from django.db import connection  # noqa: PLC0415 (Django is set up by now)

        from config.database import as_owner  # noqa: PLC0415
        from verification.connectors.files import read_files  # noqa: PLC0415
        from verification.index.postgres import PostgresIndex  # noqa: PLC0415
        from verification.models import Document, Source  # noqa: PLC0415
        from verification.research.importing import import_texts  # noqa: PLC0415

        started = time.perf_counter()
        report = import_texts(read_files(corpus), Source.objects.create(name="benchmark"))
        PostgresIndex().merge()
        ours = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        texts = list(Document.objects.order_by("pk").values_list("text", flat=True))
        with as_owner(), connection.cursor() as cursor:  # the application's role may make no temporary table
            cursor.execute(PEER_TABLE)
            started = time.perf_counter()
            cursor.execute(PEER_INDEX)
            for first in range(0, len(texts), 500):
                batch = [(text,) for text in texts[first : first + 500]]
                cursor.executemany("INSERT INTO peer (body) VALUES (%s)", batch)
            peer = time.perf_counter() - started
    return Result(
        task="import-speed",
        n=report.added,
        metrics={
            "ours": report.added / ours,
            "peer": report.added / peer,
            "ratio": peer / ours,
            "import_seconds": ours,
            "peak_mb": memory,
        },
        seconds=ours + peer,
        peers={"table with GIN index": {"documents_per_second": report.added / peer}},
    )
