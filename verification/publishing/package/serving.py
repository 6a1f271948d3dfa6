"""What readers fetch: the package of a check or of one of its versions, and the verifier to check it with."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.archiving import archive
from verification.models import Change, Verdict, VerdictPackage
from verification.publishing.addresses import Addresses
from verification.publishing.package.verifier_file import verifier_file

VERIFIER = "verify_readout.pyz"


@require_safe
def package(request: HttpRequest, check: UUID, version: int | None = None) -> HttpResponseBase:
    """Return the package of a check as it stands, or of one of its versions.

    404 while it is being built, 410 for a version that withdraws the check; both say so in one sentence.
    """
    out = Verdict.objects.filter(review__public=check, publication__isnull=False).select_related("package")
    out = out.filter(publication__current_of__isnull=False) if version is None else out.filter(version=version)
    verdict = out.first()
    if verdict is None:
        raise Http404
    if verdict.change == Change.VOID:
        gone = {"detail": gettext("This check was withdrawn."), "url": Addresses.of(request).check(check)}
        return JsonResponse(gone, status=410)
    found: VerdictPackage | None = getattr(verdict, "package", None)
    if found is None:
        sentence = gettext("The package of this check is being built: come back in a minute.")
        return HttpResponse(sentence + "\n", status=404, content_type="text/plain; charset=utf-8")
    name = f"check-{str(check)[:8]}-v{verdict.version}.zip"
    return _file(request, found.sha256, lambda: archive().get(found.sha256), name, "application/zip")


@require_safe
def verifier(request: HttpRequest) -> HttpResponseBase:
    """Return the verifier as one file that runs with plain Python and one library."""
    data = verifier_file()
    return _file(request, hashlib.sha256(data).hexdigest(), lambda: data, VERIFIER, "application/zip")


def _file(request: HttpRequest, digest: str, read: Callable[[], bytes], name: str, media_type: str) -> HttpResponseBase:
    """Return a file to be saved, or 304 to whoever has it: its hash is its validator."""
    etag = f'"{digest}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(BytesIO(read()), as_attachment=True, filename=name, content_type=media_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response
