"""The index's SQL. Arrays travel as they are stored, so rows are read and written in PostgreSQL's binary format."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
from django.db import connection
from django.db.models import Model
from psycopg import sql
from psycopg.rows import TupleRow

from verification.index.collection import Collection
from verification.index.packing import POSTING_BYTES
from verification.index.scoring import SegmentRow
from verification.index.weighing import Holding, Holdings
from verification.models import EarlierPassage, EarlierPosting, IndexedEarlier
from verification.models.passage import (
    CasePassage,
    CasePosting,
    IndexedCase,
    IndexedDocument,
    IndexedPublication,
    Passage,
    Posting,
    PublicPassage,
    PublicPosting,
)

_HOLDING = sql.SQL("""
    SELECT NULL::text, sum(documents), sum(passages), NULL FROM {segments}
    UNION ALL
    SELECT term, sum(octet_length(documents)) / {bytes}, sum(octet_length(titles)) / {bytes},
           sum(octet_length(passages)) / {bytes}
    FROM {postings}
    WHERE segment_id = ANY(ARRAY(SELECT id FROM {segments})) AND term = ANY(%s)
    GROUP BY term
""")
# One statement sees one state of the index: segments and postings of before a merge, or of after it.
_STATES_AND_POSTINGS = sql.SQL("""
    SELECT id, xmin::text, NULL::text, removed, NULL::bytea, NULL::bytea FROM {segments}
    UNION ALL
    SELECT segment_id, NULL, term,
           CASE WHEN term = ANY(%(in_documents)s) THEN documents END,
           CASE WHEN term = ANY(%(in_titles)s) THEN titles END,
           CASE WHEN term = ANY(%(in_passages)s) THEN passages END
    FROM {postings}
    WHERE segment_id = ANY(ARRAY(SELECT id FROM {segments})) AND term = ANY(%(all)s)
""")
_SEGMENTS = sql.SQL("""
    SELECT xmin::text, id, removed, document_ids, document_lengths, title_lengths, passage_counts, passage_lengths
    FROM {segments} WHERE id = ANY(%s)
""")
_SPANS = sql.SQL("""
    SELECT document_id, number, start, "end"
    FROM {passages} JOIN unnest(%s::bigint[], %s::int[]) AS wanted (document, place)
    ON document_id = wanted.document AND number = wanted.place
""")
_TERMS = sql.SQL("SELECT DISTINCT term FROM {postings} WHERE segment_id = ANY(%s) ORDER BY term")
_TERM_ROWS = sql.SQL("""
    SELECT segment_id, term, documents, titles, passages FROM {postings}
    WHERE segment_id = ANY(%s) AND term = ANY(%s) ORDER BY term, segment_id
""")
_COPY = sql.SQL("COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)")
_POSTING_COLUMNS = ("segment_id int8", "term text", "documents bytea", "titles bytea", "passages bytea")
_SPAN_COLUMNS = ("document_id int8", "number int4", "start int4", "end int4")
_PLACE_COLUMNS = ("document_id int8", "segment_id int8", "number int4")
_COLUMNS: dict[type[Model], Sequence[str]] = {
    **dict.fromkeys((Posting, CasePosting, EarlierPosting, PublicPosting), _POSTING_COLUMNS),
    **dict.fromkeys((Passage, CasePassage, EarlierPassage, PublicPassage), _SPAN_COLUMNS),
    **dict.fromkeys((IndexedDocument, IndexedCase, IndexedEarlier, IndexedPublication), _PLACE_COLUMNS),
}


class TermRow(NamedTuple):
    """A row of postings as it is stored."""

    segment: int
    term: str
    documents: bytes
    titles: bytes
    passages: bytes


class SegmentState(NamedTuple):
    """Which segment, which version of its row, and the numbers of the documents that were taken out of it."""

    id: int
    version: str
    removed: bytes


class PostingRow(NamedTuple):
    """A term's packed postings in one segment, empty where they were not asked for."""

    segment: int
    term: str
    documents: bytes | None
    titles: bytes | None
    passages: bytes | None


@contextmanager
def binary_cursor() -> Iterator[psycopg.Cursor[TupleRow]]:
    """Open a cursor of the current connection, within its transaction, whose results come in binary format."""
    connection.ensure_connection()
    # Django's own cursors bind on the client's side, which cannot ask for binary results.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.format = psycopg.pq.Format.BINARY
        yield cursor


def _filled(query: sql.SQL, collection: Collection) -> sql.Composed:
    """Fill a collection's table names in."""
    models = {"segments": collection.segments, "postings": collection.postings, "passages": collection.passages}
    tables = {name: sql.Identifier(model._meta.db_table) for name, model in models.items()}
    return query.format(**tables, bytes=sql.Literal(POSTING_BYTES))


def copy_rows(model: type[Model], rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows into a table of the index; their order is that of `_COLUMNS`."""
    columns = [column.split() for column in _COLUMNS[model]]
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns)
    query = _COPY.format(table=sql.Identifier(model._meta.db_table), columns=names)
    with binary_cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types([kind for _, kind in columns])
        for row in rows:
            copy.write_row(row)


def read_holdings(collection: Collection, terms: Iterable[str]) -> Holdings:
    """Return how much is in the index, and in how many documents, titles and passages each term stands."""
    held: dict[str | None, tuple[int, ...]] = {}
    with binary_cursor() as cursor:
        for name, *counts in cursor.execute(_filled(_HOLDING, collection), [list(terms)]):
            held[name] = tuple(count or 0 for count in counts)
    documents, passages, _ = held.pop(None)
    return Holdings(documents, passages, {name: Holding(*counts) for name, counts in held.items() if name})


def read_postings(
    collection: Collection, in_documents: Iterable[str], in_titles: Iterable[str], in_passages: Iterable[str]
) -> tuple[list[SegmentState], list[PostingRow]]:
    """Return all segments, and the terms' postings in documents, titles and passages."""
    wanted = {"in_documents": list(in_documents), "in_titles": list(in_titles), "in_passages": list(in_passages)}
    everything = list({*in_documents, *in_titles, *in_passages})
    states: list[SegmentState] = []
    postings: list[PostingRow] = []
    with binary_cursor() as cursor:
        cursor.execute(_filled(_STATES_AND_POSTINGS, collection), {**wanted, "all": everything})
        for segment, version, name, *arrays in cursor.fetchall():
            if version is None:
                postings.append(PostingRow(segment, name, *arrays))
            else:
                states.append(SegmentState(segment, version, arrays[0]))
    return states, postings


def read_segments(collection: Collection, segments: Sequence[int]) -> dict[tuple[int, str], SegmentRow]:
    """Return the rows of those segments that are still there, by id and version."""
    with binary_cursor() as cursor:
        rows = cursor.execute(_filled(_SEGMENTS, collection), [list(segments)])
        return {(segment, version): SegmentRow(segment, *arrays) for version, segment, *arrays in rows}


def read_spans(collection: Collection, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return start and end of passages by document id and number."""
    with binary_cursor() as cursor:
        rows = cursor.execute(
            _filled(_SPANS, collection), [list(column) for column in zip(*places, strict=True)] or [[], []]
        )
        return {(document, number): (start, end) for document, number, start, end in rows}


def read_terms(collection: Collection, segments: Sequence[int]) -> list[str]:
    """Return the terms of some segments, each once, in order."""
    with binary_cursor() as cursor:
        return [name for (name,) in cursor.execute(_filled(_TERMS, collection), [list(segments)])]


def read_term_rows(collection: Collection, segments: Sequence[int], terms: Sequence[str]) -> list[TermRow]:
    """Return the segments' rows of some terms, by term and segment id."""
    with binary_cursor() as cursor:
        return [TermRow(*row) for row in cursor.execute(_filled(_TERM_ROWS, collection), [list(segments), list(terms)])]
