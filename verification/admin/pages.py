"""What all pages of the desk share: who may open them, how a refusal is told, where one goes next."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from verification.models import Review
from verification.review.policy import may_open, played_a_part
from verification.review.refusals import Refused

View = Callable[..., HttpResponse]
# A path below the case list's own, the view, and the name of its URL.
Route = tuple[str, View, str]


def person_of(request: HttpRequest) -> User:
    """Return who is logged in; pages of the desk are only reached by somebody who is."""
    return cast(User, request.user)


def desk_page(page: str) -> Callable[[View], View]:
    """Let only those open a view whose role may open this page (`verification.review.policy.PAGES`).

    A case's pages are open to whoever played a part in it, too: the draft of somebody who lost a role stays readable.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            case = kwargs.get("pk", next(iter(args), None)) if page == "case" else None
            person = person_of(request)
            if not may_open(person, page) and (case is None or not played_a_part(person, case)):
                raise PermissionDenied(_("Your role does not include this page."))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def posted(view: View) -> View:
    """Let a view be reached by a form only; who comes by its address is taken to the case, or home.

    So comes whoever had to log in when the form was sent: the log-in leads on to the form's address.
    """

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["POST"])
        messages.warning(request, _("Nothing was changed. If you had sent a form, go back to it and send it again."))
        return to_case(kwargs["pk"]) if "pk" in kwargs else redirect("admin:index")

    return taken


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a page of the desk inside the admin's chrome."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context}, status=status)


def revision(request: HttpRequest, name: str = "revision") -> int:
    """Return the revision a form was filled in on; -1, which no row has, when it is missing or no number."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def tell_refusal(request: HttpRequest, error: Refused) -> None:
    """Show why a verb did nothing."""
    messages.error(request, str(error))


def to_case(review: Review | int, place: str = "") -> HttpResponse:
    """Go to a case's page, to a place on it by its id."""
    address = reverse("admin:verification_review_change", args=[review if isinstance(review, int) else review.pk])
    return redirect(f"{address}#{place}" if place else address)
