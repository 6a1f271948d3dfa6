"""A doubt about what is published, as somebody raised it: written down, and the check is looked at again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.file.changes import cited_pages
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Challenge
from verification.review import challenges
from verification.review.refusals import Refused
from verification.review.transitions import Actor

FIELDS = ("origin", "text", "contact")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what somebody says against a published check; a further one is filed beside the first."""
    page = open_step(request, pk, "challenge")
    further = page.elsewhere and page.review.publication is not None
    if request.method != "POST":
        return page.send_away() if page.elsewhere and not further else _page(page, further=further)
    wish, seen = {name: typed(request, name) for name in FIELDS}, revision(request)
    if page.was_done(seen, origin=wish["origin"], reason=wish["text"].strip()):
        return page.tell_done()
    try:
        challenges.challenge(page.review, Actor(page.person), seen, **wish)
    except Refused as error:
        now = page.again()
        return _page(now, wish, error, further=now.elsewhere and now.review.publication is not None)
    if further:
        messages.success(request, _("Filed beside the challenge that is being looked at."))
    else:
        messages.success(request, _("Recorded. What is published stays up, and says that it is being looked at again."))
    return to_case(pk)


def _page(
    page: StepPage, wish: dict[str, str] | None = None, error: Refused | None = None, *, further: bool
) -> HttpResponse:
    origins = [each for each in Challenge.Origin if each != Challenge.Origin.WATCH]
    context = page.context(
        _("Challenge"),
        origins=[(each.value, each.label) for each in origins],
        wish=wish or dict.fromkeys(FIELDS, ""),
        further=further,
        changed=cited_pages(page.review, page.person, changed=True),
        published=page.review.publication.verdict if page.review.publication else None,
        error=str(error or ""),
        longest=challenges.LONGEST_CONTACT,
    )
    if further:
        context["why_not"] = ""
    return show(page.request, "desk/challenge.html", context, status=409 if error else 200)


ROUTES: list[Route] = [("<int:pk>/challenge/", challenge, "case_challenge")]
