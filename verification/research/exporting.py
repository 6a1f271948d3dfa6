"""Captures as one web archive (WACZ) that a stranger can open and check: those of a case, or single ones.

What came by an exchange goes in with its whole exchange; what a person handed in, and an item of a feed, as a record of
its bytes alone. What is withheld from readers stays out unless it is asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from claims.archiving import SOFTWARE, archive
from claims.capture.archive import WARC, Store
from claims.capture.wacz import Page, WarcFile, resource_file, write_wacz
from claims.models import AppearanceFate, Article, Snapshot
from verification.models import Candidate, Document, Evidence, PageChange, Review, SearchRun, VerdictEvidence


@dataclass(frozen=True, slots=True)
class Selected:
    """What is to be exported, and how many captures are left out because they are withheld."""

    snapshots: QuerySet[Snapshot]
    left_out: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A capture as a list of contents tells of it; `source` is empty where nobody's name is known."""

    snapshot: Snapshot
    source: str
    title: str
    is_kept_back: bool

    @property
    def address(self) -> str:
        """What the archive lists it under."""
        return _address(self.snapshot)


def of_case(review: Review, *, withheld: bool = False) -> Selected:
    """Return what a case rests on: its article, all that was found for its claim or cited, the answers of the sources
    that were asked, and newer copies of any of them."""
    claim = review.claim_id
    found = Candidate.objects.filter(claim=claim)
    cited = Q(pk__in=Evidence.objects.filter(judgment__review=review).values("snapshot")) | Q(
        pk__in=VerdictEvidence.objects.filter(verdict__review=review).values("snapshot")
    )
    changes = PageChange.objects.filter(watch__document__in=found.values("document"), snapshot__isnull=False)
    captures = Snapshot.objects.filter(
        cited
        | Q(appearance__claim=claim)
        | Q(pk__in=found.values("snapshot"))
        | Q(pk__in=SearchRun.objects.filter(claim=claim, exchange__isnull=False).values("exchange"))
        | Q(pk__in=changes.values("snapshot"))
        | Q(pk__in=AppearanceFate.objects.filter(appearance__claim=claim).values("snapshot"))
    ).distinct()
    return _selected(captures, withheld=withheld)


def of_captures(names: Iterable[str], *, withheld: bool = False) -> Selected:
    """Return single captures by their public names (UUIDs)."""
    return _selected(Snapshot.objects.filter(public__in=list(names)), withheld=withheld)


def export(selected: Selected, into: IO[bytes], title: str) -> int:
    """Write the archive and return how many captures are in it. The same captures make the same file.

    Raises `BytesMissing` and `BytesDamaged` where one of them cannot be had: no archive is made that lacks evidence.
    """
    rows = list(
        selected.snapshots.select_related("revisits", "part_of__revisits")
        .prefetch_related(
            Prefetch("documents", Document.objects.only("snapshot", "title").order_by("pk")),
            Prefetch("articles", Article.objects.only("snapshot", "title").order_by("pk")),
        )
        .order_by("pk")
    )
    if rows:
        created = max(row.taken_at for row in rows)
        pages = [_page(row) for row in rows if row.outcome == Snapshot.Outcome.OK]
        write_wacz(into, pages, _files(rows, archive()), title=title, software=SOFTWARE, created=created)
    return len(rows)


def contents(review: Review) -> list[Packed]:
    """Return what a case's archive holds and what is kept back from it, in the archive's order (one query)."""
    here = OuterRef("pk")
    documents = Document.objects.filter(snapshot=here).order_by("pk")
    articles = Article.objects.filter(snapshot=here).order_by("pk")
    asked = SearchRun.objects.filter(claim=review.claim_id, exchange=here).order_by("pk")
    found = of_case(review, withheld=True).snapshots.annotate(
        is_kept_back=Exists(documents.filter(withheld=True)),
        named=Coalesce(
            Subquery(documents.values("source__name")[:1]),
            Subquery(articles.values("outlet__name")[:1]),
            Subquery(asked.values("source__name")[:1]),
            Value(""),
            output_field=TextField(),
        ),
        titled=Coalesce(
            Subquery(documents.values("title")[:1]),
            Subquery(articles.values("title")[:1]),
            "filename",
            Value(""),
            output_field=TextField(),
        ),
    )
    return [Packed(row, row.named, row.titled, row.is_kept_back) for row in found.order_by("pk")]


def _selected(captures: QuerySet[Snapshot], *, withheld: bool) -> Selected:
    if withheld:
        return Selected(captures, 0)
    kept_back = Document.objects.filter(withheld=True).values("snapshot")
    return Selected(captures.exclude(pk__in=kept_back), captures.filter(pk__in=kept_back).count())


def _files(rows: Iterable[Snapshot], store: Store) -> Iterator[WarcFile]:
    for row in rows:
        exchange = row.part_of or row
        for each in (exchange.revisits, exchange):
            if each and each.warc_sha256:
                yield WarcFile(each.warc_sha256, store.get(each.warc_sha256, suffix=WARC))
        if row.part_of or not row.warc_sha256:
            body = store.get(row.sha256)
            yield resource_file(_address(row), body, row.media_type, row.taken_at, row.public)


def _address(row: Snapshot) -> str:
    """Return what a capture is listed under: bytes that no exchange brought are named by their hash."""
    return row.final_url if row.final_url and row.warc_sha256 else f"urn:sha256:{row.sha256}"


def _page(row: Snapshot) -> Page:
    titles = [*(document.title for document in row.documents.all()), *(article.title for article in row.articles.all())]
    title = next(filter(None, titles), row.filename)
    return Page(row.public.hex, _address(row), row.taken_at, title, row.size)
