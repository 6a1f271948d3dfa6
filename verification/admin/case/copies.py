"""Archived copies, shown safely: the text as read, with the passage marked; what was archived only as a download."""

from tempfile import TemporaryFile
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.archiving import archive
from claims.capture.archive import WARC
from claims.capture.errors import ArchiveError
from claims.models import Article, Attestation, Snapshot
from claims.translation import say
from verification.admin.case.copy_marks import marked_pieces, told_by_the_case
from verification.admin.pages import Route, desk_page, person_of, show
from verification.models import Document, Review
from verification.research.exporting import Selected, export, of_captures, of_case
from verification.review.policy import may_open, played_a_part

_CAPTURE = ("snapshot__revisits", "snapshot__part_of")


@desk_page("copies")
def document_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document's text; `start` and `end` in the address mark a passage, `case` says for which claim."""
    document = get_object_or_404(Document.objects.select_related("source", *_CAPTURE), pk=pk)
    return _copy(request, document, {"title": str(document), "document": document})


@desk_page("copies")
def article_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article's text as it was read, marked likewise."""
    article = get_object_or_404(Article.objects.select_related("outlet", *_CAPTURE), pk=pk)
    return _copy(request, article, {"title": str(article), "article": article})


@desk_page("copies")
def original(request: HttpRequest, sha256: str) -> HttpResponse:
    """Hand out the archived bytes as a file, never as a page: they are a stranger's, and may hold script."""
    snapshot = Snapshot.objects.filter(sha256=sha256).order_by("pk").first()
    if snapshot is None:
        raise Http404
    return _download(_archived(sha256), f"{sha256[:16]}.bin")


@desk_page("copies")
def exchange(request: HttpRequest, public: UUID) -> HttpResponse:
    """Hand out the WARC file of a capture: the whole exchange, as it went over the wire."""
    snapshot = get_object_or_404(Snapshot, public=public, warc_sha256__isnull=False)
    sha256 = snapshot.warc_sha256 or ""
    return _download(_archived(sha256, WARC), f"{sha256[:16]}{WARC}")


@desk_page("copies")
def stamp(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a time stamp, for `openssl ts -verify`."""
    attested = get_object_or_404(Attestation.objects.select_related("snapshot"), pk=pk, token__isnull=False)
    return _download(bytes(attested.token or b""), f"{attested.snapshot.sha256[:16]}-{attested.pk}.tst")


@desk_page("copies")
def copy_wacz(request: HttpRequest, public: UUID) -> HttpResponse:
    """Hand out one capture as a web archive."""
    snapshot = get_object_or_404(Snapshot, public=public)
    selected = of_captures([str(public)], withheld=True)
    return _wacz(selected, str(snapshot), f"{snapshot.sha256[:16]}.wacz")


@desk_page("case")
def case_wacz(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out everything a case rests on as a web archive."""
    review = get_object_or_404(Review, pk=pk)
    return _wacz(of_case(review), f"{review.number}: {review.wording}", f"{review.number}.wacz")


def _archived(sha256: str, suffix: str = "") -> bytes:
    try:
        return archive().get(sha256, suffix=suffix)
    except ArchiveError as error:
        raise Http404(say(error.sentence)) from error


def _download(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _wacz(selected: Selected, title: str, name: str) -> HttpResponse:
    into = TemporaryFile()  # noqa: SIM115 (the response closes it when it was sent)
    try:
        count = export(selected, into, title)
    except ArchiveError as error:
        into.close()
        raise Http404(say(error.sentence)) from error
    if not count:
        into.close()
        raise Http404
    into.seek(0)
    response = FileResponse(into, as_attachment=True, filename=name, content_type="application/wacz")
    return cast(HttpResponse, response)  # streamed, so of another branch of Django's tree; pages do not tell them apart


def _copy(request: HttpRequest, of: Document | Article, context: dict[str, object]) -> HttpResponse:
    review, snapshot, passage = _case(request), of.snapshot, _place(request, len(of.text))
    # Without a case there is nothing to tell apart in the passage: all of it is what one came for.
    words = told_by_the_case(review, of, passage) if review else []
    pieces = marked_pieces(of.text, passage, words or [passage])
    shown = {
        "pieces": pieces,
        "first_marked": next((number for number, (_part, kind) in enumerate(pieces) if kind), None),
        "review": review,
        "snapshot": snapshot,
        "exchange": snapshot.part_of or snapshot,
        "attestations": _attestations(snapshot),
    }
    return show(request, "desk/copy.html", {**context, **shown, "subtitle": _("Archived copy")})


def _attestations(snapshot: Snapshot) -> QuerySet[Attestation]:
    """Return what others say of these very bytes, whenever they came."""
    return Attestation.objects.filter(snapshot__sha256=snapshot.sha256).order_by("attested_at", "pk").defer("token")


def _case(request: HttpRequest) -> Review | None:
    """Return the case that one came from, None where this person may not open it."""
    review, person = Review.objects.filter(pk__in=_numbers(request, "case")).first(), person_of(request)
    return review if review and (may_open(person, "case") or played_a_part(person, review.pk)) else None


def _place(request: HttpRequest, length: int) -> tuple[int, int]:
    start, end = _numbers(request, "start", "end") or (0, 0)
    return (min(start, length), min(end, length)) if start < end else (0, 0)


def _numbers(request: HttpRequest, *names: str) -> tuple[int, ...]:
    """Return the numbers that the address names, none at all unless it names each of them."""
    asked = [request.GET.get(name, "") for name in names]
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in asked):
        return ()
    return tuple(int(text) for text in asked)


ROUTES: list[Route] = [
    ("copies/document/<int:pk>/", document_copy, "document_copy"),
    ("copies/article/<int:pk>/", article_copy, "article_copy"),
    ("copies/original/<slug:sha256>/", original, "original"),
    ("copies/exchange/<uuid:public>/", exchange, "exchange"),
    ("copies/stamp/<int:pk>/", stamp, "stamp"),
    ("copies/wacz/<uuid:public>/", copy_wacz, "copy_wacz"),
    ("<int:pk>/wacz/", case_wacz, "case_wacz"),
]
