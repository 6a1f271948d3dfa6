"""The index's SQL. Arrays travel as they are stored, so rows are read and written in PostgreSQL's binary format."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

import psycopg
from django.db import connection
from psycopg.rows import TupleRow

from verification.index.packing import POSTING_BYTES
from verification.index.scoring import SegmentRow
from verification.index.weighing import Holding

_HOLDING = f"""
    SELECT term, sum(octet_length(documents)) / {POSTING_BYTES}, sum(octet_length(titles)) / {POSTING_BYTES},
           sum(octet_length(passages)) / {POSTING_BYTES}
    FROM verification_posting
    WHERE segment_id = ANY(ARRAY(SELECT id FROM verification_segment)) AND term = ANY(%s)
    GROUP BY term
"""  # nosec B608 (a constant is filled in)
# One statement sees one state of the index: segments and postings of before a merge, or of after it.
_SEGMENTS_AND_POSTINGS = """
    SELECT id, NULL, removed, document_ids, document_lengths, title_lengths, passage_counts, passage_lengths
    FROM verification_segment
    UNION ALL
    SELECT segment_id, term, NULL,
           CASE WHEN term = ANY(%(in_documents)s) THEN documents END,
           CASE WHEN term = ANY(%(in_titles)s) THEN titles END,
           CASE WHEN term = ANY(%(in_passages)s) THEN passages END, NULL, NULL
    FROM verification_posting
    WHERE segment_id = ANY(ARRAY(SELECT id FROM verification_segment)) AND term = ANY(%(all)s)
"""
_SPANS = """
    SELECT document_id, number, start, "end"
    FROM verification_passage JOIN unnest(%s::bigint[], %s::int[]) AS wanted (document, place)
    ON document_id = wanted.document AND number = wanted.place
"""
_TERM_ROWS = """
    SELECT segment_id, term, documents, titles, passages FROM verification_posting
    WHERE segment_id = ANY(%s) AND term = ANY(%s) ORDER BY term, segment_id
"""
COLUMNS = {
    "verification_posting": (("segment_id", "term", "documents", "titles", "passages"), "int8 text bytea bytea bytea"),
    "verification_passage": (("document_id", "number", "start", '"end"'), "int8 int4 int4 int4"),
    "verification_indexeddocument": (("document_id", "segment_id", "number"), "int8 int8 int4"),
}

# A term's packed postings by segment id.
PostingsByTerm: TypeAlias = dict[str, dict[int, bytes]]


class TermRow(NamedTuple):
    """A row of postings as it is stored."""

    segment: int
    term: str
    documents: bytes
    titles: bytes
    passages: bytes


class Postings(NamedTuple):
    """Packed postings of some terms."""

    documents: PostingsByTerm
    titles: PostingsByTerm
    passages: PostingsByTerm


@contextmanager
def binary_cursor() -> Iterator[psycopg.Cursor[TupleRow]]:
    """Open a cursor of the current connection, within its transaction, whose results come in binary format."""
    connection.ensure_connection()
    # Django's own cursors bind on the client's side, which cannot ask for binary results.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.format = psycopg.pq.Format.BINARY
        yield cursor


def copy_rows(table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows of `COLUMNS`' order into one of the index's tables."""
    names, types = COLUMNS[table]
    with (
        binary_cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(types.split())
        for row in rows:
            copy.write_row(row)


def read_holding(terms: Collection[str]) -> dict[str, Holding]:
    """Return in how many documents, titles and passages each term stands; terms that stand nowhere are left out."""
    with binary_cursor() as cursor:
        rows = cursor.execute(_HOLDING, [list(terms)])
        return {name: Holding(int(documents), int(titles), int(passages)) for name, documents, titles, passages in rows}


def read_postings(
    in_documents: Collection[str], in_titles: Collection[str], in_passages: Collection[str]
) -> tuple[list[SegmentRow], Postings]:
    """Return all segments, and the terms' postings in documents, titles and passages."""
    segments: list[SegmentRow] = []
    postings = Postings({}, {}, {})
    wanted = {"in_documents": list(in_documents), "in_titles": list(in_titles), "in_passages": list(in_passages)}
    everything = list({*in_documents, *in_titles, *in_passages})
    with binary_cursor() as cursor:
        for segment, name, removed, *arrays in cursor.execute(_SEGMENTS_AND_POSTINGS, {**wanted, "all": everything}):
            if name is None:
                segments.append(SegmentRow(segment, removed, *arrays))
                continue
            for held, packed in zip(postings, arrays, strict=False):
                if packed:
                    held.setdefault(name, {})[segment] = packed
    return segments, postings


def read_spans(places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return start and end of passages by document id and number."""
    with binary_cursor() as cursor:
        rows = cursor.execute(_SPANS, [[document for document, _ in places], [number for _, number in places]])
        return {(document, number): (start, end) for document, number, start, end in rows}


def read_terms(segments: Sequence[int]) -> list[str]:
    """Return the terms of some segments, each once, in order."""
    query = "SELECT DISTINCT term FROM verification_posting WHERE segment_id = ANY(%s) ORDER BY term"
    with binary_cursor() as cursor:
        return [name for (name,) in cursor.execute(query, [list(segments)])]


def read_term_rows(segments: Sequence[int], terms: Sequence[str]) -> list[TermRow]:
    """Return the segments' rows of some terms, by term and segment id."""
    with binary_cursor() as cursor:
        return [TermRow(*row) for row in cursor.execute(_TERM_ROWS, [list(segments), list(terms)])]
