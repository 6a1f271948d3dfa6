"""What readers fetch: the package of a check or of one of its versions, and the verifier to check it with."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.archiving import archive
from claims.capture.archive import FolderArchive
from verification.models import Change, Verdict, VerdictPackage
from verification.publishing.addresses import Addresses
from verification.publishing.package.erased import erased_since
from verification.publishing.package.verifier_file import verifier_file

VERIFIER = "verify_readout.pyz"


@require_safe
def package(request: HttpRequest, check: UUID, version: int | None = None) -> HttpResponseBase:
    """Return the package of a check as it stands, or of one of its versions.

    404 while it is being built; 410 for a version that withdraws the check, and where words that it tells were erased
    since. Each says so in one sentence.
    """
    out = Verdict.objects.filter(review__public=check, publication__isnull=False)
    out = out.select_related("package", "publication")
    out = out.filter(publication__current_of__isnull=False) if version is None else out.filter(version=version)
    verdict = out.first()
    if verdict is None:
        raise Http404
    if verdict.change == Change.VOID:
        gone = {"detail": gettext("This check was withdrawn."), "url": Addresses.of(request).check(check)}
        return JsonResponse(gone, status=410)
    found: VerdictPackage | None = getattr(verdict, "package", None)
    if found is None:
        return _sentence(gettext("The package of this check is being built: come back in a minute."), 404)
    if erased_since(verdict, found):
        return _sentence(
            gettext("Words that the package of this check held were erased: it is no longer given out."), 410
        )
    name = f"check-{str(check)[:8]}-v{verdict.version}.zip"
    return _file(request, found.sha256, found.size, lambda: _opened(found.sha256), name)


@require_safe
def verifier(request: HttpRequest) -> HttpResponseBase:
    """Return the verifier as one file that runs with plain Python and one library."""
    data = verifier_file()
    return _file(request, hashlib.sha256(data).hexdigest(), len(data), lambda: BytesIO(data), VERIFIER)


def _opened(digest: str) -> BinaryIO:
    """Open the bytes where they lie in a folder, so that they go out piece by piece; else read them whole."""
    store = archive()
    if isinstance(store, FolderArchive) and (path := store.path(digest)).is_file():
        return path.open("rb")
    return BytesIO(store.get(digest))


def _sentence(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")


def _file(request: HttpRequest, digest: str, size: int, read: Callable[[], BinaryIO], name: str) -> HttpResponseBase:
    """Return a file to be saved, or 304 to whoever has it: its hash is its validator. HEAD reads nothing."""
    etag = f'"{digest}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        body = BytesIO() if request.method == "HEAD" else read()
        response = FileResponse(body, as_attachment=True, filename=name, content_type="application/zip")
        response.headers["Content-Length"] = str(size)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response
