"""The correction of what went out: another cycle is opened, and what stands stays up meanwhile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.deciding.before_after import BeforeAfter, standing
from verification.admin.keys import Key
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Change
from verification.review import afterwards
from verification.review.refusals import Refused

PAGE_KEYS = (Key("r", gettext_lazy("reason")), Key("Ctrl+Enter", gettext_lazy("open it again")))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Open another cycle of a published case, as a correction, an update or a withdrawal."""
    page = open_step(request, pk, "correct")
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _correct_page(page)
    change, reason, seen = typed(request, "change"), typed(request, "reason"), revision(request)
    try:
        opened = afterwards.correct(page.review, page.person, seen, change, reason)
    except Refused as error:
        if page.was_done(seen, change=change, reason=reason.strip()):
            return page.tell_done()
        return _correct_page(page.again(), change, reason, error)
    queue = format_html('<a href="{}">{}</a>', reverse("admin:verification_review_changelist"), _("the queue"))
    told = _("{number} is in {queue} again, cycle {cycle}. What is published stays up until the new version goes out.")
    review = opened.review
    messages.success(request, format_html(told, number=review.number, queue=queue, cycle=review.cycle))
    return to_case(review)


def _correct_page(page: StepPage, change: str = "", reason: str = "", error: Refused | None = None) -> HttpResponse:
    kinds = [
        (Change.CORRECTION, _("Correction"), _("We were wrong: readers are told what, and why.")),
        (Change.UPDATE, _("Update"), _("We were right on what was known; there is something new.")),
        (Change.VOID, _("Withdrawal"), _("It should not stand at all: the rating goes, the reason stays.")),
    ]
    before = standing(page.review)
    context = page.context(
        _("Correct"),
        kinds=kinds,
        change=change,
        reason=reason,
        compared=BeforeAfter(before, None) if before else None,
        error=str(error or ""),
        page_keys=PAGE_KEYS,
    )
    return show(page.request, "desk/correct.html", context, status=409 if error else 200)


ROUTES: list[Route] = [("<int:pk>/correct/", correct, "case_correct")]
