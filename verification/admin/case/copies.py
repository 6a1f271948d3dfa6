"""Archived copies, shown safely: the text as read, with the passage marked; the original only as a download."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.archiving import archive
from claims.capture.errors import BytesMissing
from claims.models import Article, Snapshot
from verification.admin.pages import Route, desk_page, show
from verification.matching.marking import pieces
from verification.models import Document


@desk_page("copies")
def document_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document's text; `start` and `end` in the address mark a passage."""
    document = get_object_or_404(Document.objects.select_related("source", "snapshot"), pk=pk)
    return _copy(request, document.text, document.snapshot, {"title": str(document), "document": document})


@desk_page("copies")
def article_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article's text as it was read."""
    article = get_object_or_404(Article.objects.select_related("outlet", "snapshot"), pk=pk)
    return _copy(request, article.text, article.snapshot, {"title": str(article), "article": article})


@desk_page("copies")
def original(request: HttpRequest, sha256: str) -> HttpResponse:
    """Hand out the archived bytes as a file, never as a page: they are a stranger's, and may hold script."""
    snapshot = Snapshot.objects.filter(sha256=sha256).order_by("pk").first()
    if snapshot is None:
        raise Http404
    try:
        body = archive().get(sha256)
    except BytesMissing as error:
        raise Http404(str(error)) from error
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{sha256[:16]}.bin"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _copy(request: HttpRequest, text: str, snapshot: Snapshot, context: dict[str, object]) -> HttpResponse:
    start, end = _place(request, len(text))
    shown = {"pieces": pieces(text, [(start, end)] if start < end else []), "snapshot": snapshot}
    return show(request, "desk/copy.html", {**context, **shown, "subtitle": _("Archived copy")})


def _place(request: HttpRequest, length: int) -> tuple[int, int]:
    asked = [request.GET.get(name, "") for name in ("start", "end")]
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in asked):
        return 0, 0
    start, end = (min(int(text), length) for text in asked)
    return start, end


ROUTES: list[Route] = [
    ("copies/document/<int:pk>/", document_copy, "document_copy"),
    ("copies/article/<int:pk>/", article_copy, "article_copy"),
    ("copies/original/<slug:sha256>/", original, "original"),
]
