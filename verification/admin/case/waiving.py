"""Break-glass: an editor lets somebody play two parts in a case, and says why."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Hat
from verification.review.refusals import Refused
from verification.review.standing import name_of
from verification.review.states import CHECKER, EDITOR
from verification.review.waiving import WAIVE, hats_to_waive, waive


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def let(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who is let do what beside their part, and why; then let them."""
    page = open_step(request, pk, WAIVE)
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _form(page)
    chosen, hat = request.POST.get("person", ""), typed(request, "hat")
    person = next((each for each in _colleagues() if str(each.pk) == chosen), None)
    if person is None or hat not in Hat.values:
        return _form(page, _("Choose who is let do what."), 400)
    reason, seen = typed(request, "reason"), revision(request)
    try:
        waive(page.review, page.person, person, hat, seen, reason)
    except Refused as error:
        if page.was_done(seen, person=person.pk, hat=hat, reason=reason.strip()):
            return page.tell_done()
        return _form(page.again(), str(error), 409)
    told = {"name": name_of(person), "hat": Hat(hat).label}
    messages.success(request, _("%(name)s may be %(hat)s of this case beside their other part.") % told)
    return to_case(pk)


def _form(page: StepPage, error: str = "", status: int = 200) -> HttpResponse:
    context = page.context(
        _("Let somebody play two parts"),
        people=[(str(each.pk), name_of(each)) for each in _colleagues()],
        hats=[(hat.value, hat.label) for hat in hats_to_waive(page.review)],
        person=page.request.POST.get("person", ""),
        hat=typed(page.request, "hat"),
        reason=typed(page.request, "reason"),
        error=error,
    )
    return show(page.request, "desk/waive.html", context, status)


def _colleagues() -> list[User]:
    people = User.objects.filter(groups__name__in=[CHECKER, EDITOR], is_active=True)
    return list(people.distinct().order_by("first_name", "last_name", "pk"))


ROUTES: list[Route] = [("<int:pk>/two-parts/", let, "case_waive")]
