"""What somebody is shown who asks for what is not there, is not theirs or makes no sense, or whose page fails.

Who asked below the readers' addresses is led back there, under the desk's name; everybody else to the desk.
"""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse

from verification.models import Desk


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that made no sense; what was wrong with it is not told."""
    return _page(request, 400, _desk_name(request))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for what is not this person's, with the sentence that the refusal bears."""
    return _page(request, 403, _desk_name(request), exception=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for what is not there."""
    return _page(request, 404, _desk_name(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed, without the database, which may be what failed."""
    return _page(request, 500)


def _page(request: HttpRequest, status: int, desk_name: str = "", **told: str) -> HttpResponse:
    context = {"is_for_readers": _is_for_readers(request), "desk_name": desk_name, **told}
    # Without the request: the context processors would look up who is logged in.
    return HttpResponse(loader.render_to_string(f"{status}.html", context), status=status)


def _desk_name(request: HttpRequest) -> str:
    """Return the desk's name for readers; empty where it is not shown, and while the database cannot be asked."""
    if not _is_for_readers(request):
        return ""
    try:
        return Desk.get().name
    except Error:
        return ""


def _is_for_readers(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("public:checks"))
