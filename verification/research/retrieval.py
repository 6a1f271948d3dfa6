"""A claim's candidates: asks the index, fetches facts and passages, and has them put in order. Nothing is stored."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from claims.models import Precision
from verification.index.protocol import DocumentHit, Found, Index, IndexQuery
from verification.models import Document
from verification.ranking.days import Seed
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.ordering import rank
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.ranking.wording import searchable

# Characters read on either side of a passage, at least and at most: passages overlap by some 200 characters, and a
# wording that is longer reaches beyond them.
OVERLAP = 200
LEAST_BESIDE = 100
MOST_BESIDE = 1500

_EXTRACTS = """
    SELECT document.id, wanted.place, substr(document.text, wanted.start, wanted.length)
    FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[]) AS wanted (document, place, start, length)
    JOIN verification_document AS document ON document.id = wanted.document
"""


def find_candidates(
    query: ClaimQuery, index: Index, *, limit: int, exclude: Collection[int] = ()
) -> list[RankedCandidate]:
    """Return the `limit` best documents for a claim, best first; `exclude` are ids that cannot be answers."""
    return order_found(query, first_stage(query, index, exclude), limit)


def first_stage(query: ClaimQuery, index: Index, exclude: Collection[int] = ()) -> Found:
    """Return the documents that could be candidates, in no order."""
    text = "\n".join([query.text, *(quotation for quotation in query.quotations if quotation not in query.text)])
    context = "\n".join(part for part in (query.title, query.context) if part)
    return index.search(IndexQuery(searchable(text), query.language, context, exclude))


def order_found(query: ClaimQuery, found: Found, limit: int) -> list[RankedCandidate]:
    """Return the `limit` best of the documents found, best first."""
    nearest = dict(found.nearest_to_context)
    facts = _facts({hit.document_id for hit in found.hits} | nearest.keys())
    extracts = _extracts(query, found.hits)
    documents = [
        _found(hit, facts[hit.document_id], extracts.get(hit.document_id, ()))
        for hit in found.hits
        if hit.document_id in facts
    ]
    seeds = [Seed(pk, local_day(facts[pk]), share) for pk, share in nearest.items() if pk in facts]
    return rank(query, documents, seeds, _texts, limit)


def _facts(ids: Collection[int]) -> dict[int, Document]:
    documents = Document.objects.filter(pk__in=ids).select_related("source").defer("text")
    return {document.pk: document for document in documents}


def _texts(ids: Sequence[int]) -> Mapping[int, str]:
    return dict(Document.objects.filter(pk__in=ids).values_list("pk", "text"))


def _extracts(query: ClaimQuery, hits: Sequence[DocumentHit]) -> dict[int, tuple[Extract, ...]]:
    longest = max(map(len, (query.text, *query.quotations)))
    beside = min(max(longest - OVERLAP, LEAST_BESIDE), MOST_BESIDE)
    wanted = [(hit.document_id, passage) for hit in hits for passage in hit.passages]
    starts = [max(0, passage.start - beside) for _, passage in wanted]
    lengths = [passage.end + beside - start for (_, passage), start in zip(wanted, starts, strict=True)]
    with connection.cursor() as cursor:
        # SQL counts characters from 1.
        columns = [pk for pk, _ in wanted], list(range(len(wanted))), [start + 1 for start in starts], lengths
        cursor.execute(_EXTRACTS, columns)
        rows = sorted(cursor.fetchall(), key=lambda row: int(row[1]))
    extracts: defaultdict[int, list[Extract]] = defaultdict(list)
    for pk, place, text in rows:
        passage = wanted[place][1]
        extracts[pk].append(Extract(passage.start, passage.end, text, passage.start - starts[place]))
    return {pk: tuple(parts) for pk, parts in extracts.items()}


def _found(hit: DocumentHit, document: Document, extracts: tuple[Extract, ...]) -> FoundDocument:
    return FoundDocument(
        id=hit.document_id,
        title=document.title or "",
        kind=document.kind,
        tier=document.tier,
        speaks_for=document.source.speaks_for,
        published=local_day(document),
        passage_score=hit.passage,
        body_score=hit.body,
        title_score=hit.title,
        context_score=hit.context,
        extracts=extracts,
    )


def local_day(document: Document) -> date | None:
    """Return the day a document was published, where the source stands; None unless its day is known."""
    published: datetime | None = document.published
    if published is None or document.published_precision in (Precision.MONTH, Precision.YEAR):
        return None
    if document.published_precision == Precision.DAY or document.published_offset is None:
        return published.date()
    return (published + timedelta(minutes=document.published_offset)).date()
