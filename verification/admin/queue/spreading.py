"""Assign automatically: who should check which queued case, and why; an editor confirms, then each is given."""

from collections import Counter, defaultdict

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from verification.admin.pages import Route, desk_page, person_of, show
from verification.admin.queue.deadlines import due
from verification.admin.queue.workloads import checkers
from verification.models import Hat, Review, Turn
from verification.review import assignment
from verification.review.refusals import Refused
from verification.review.spreading import spread
from verification.review.standing import name_of

# How many cases are looked at, unless another number is asked for, and at most.
USUAL, MOST = 20, 100


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("assign")
def proposals(request: HttpRequest) -> HttpResponse:
    """Show who should check the first cases of the queue, and why; give those that were ticked."""
    if request.method == "POST":
        return _confirm(request)
    limit, now = _limit(request.GET.get("cases", "")), timezone.now()
    found = spread(limit)
    context = {
        "title": _("Assign automatically"),
        "limit": limit,
        "most": MOST,
        "placed": [(each, due(each.review.deadline, now)) for each in found if each.person],
        "left": [each for each in found if each.person is None],
        "loads": Counter(name_of(each.person) for each in found if each.person).most_common(),
    }
    return show(request, "desk/spread.html", context)


def _limit(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return min(number, MOST) or USUAL


def _confirm(request: HttpRequest) -> HttpResponse:
    """Give each case that was ticked as it was proposed; those that moved meanwhile are named, with the reason."""
    people = {str(person.pk): person for person in checkers()}
    given, before, refused = 0, list[str](), defaultdict[str, list[str]](list)
    for written in request.POST.getlist("give")[:MOST]:
        case, seen, to = _read(written)
        review, person = Review.objects.filter(pk=case).first(), people.get(to)
        if review is None or person is None:
            refused[_("Whoever should have it is no checker now.")].append(review.number if review else "?")
            continue
        try:
            assignment.assign(review, person_of(request), person, seen=seen)
            given += 1
        except Refused as error:
            if _has(person, review):
                before.append(review.number)
            else:
                refused[str(error)].append(review.number)
    _tell(request, given, before, refused)
    return redirect("admin:spread" if refused or not given + len(before) else "admin:verification_review_changelist")


def _read(written: str) -> tuple[int, int, str]:
    """Return case, revision and checker of a tick; numbers that no row has where it says something else."""
    case, _colon, rest = written.partition(":")
    seen, _colon, to = rest.partition(":")
    numbers = [int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1 for text in (case, seen)]
    return numbers[0], numbers[1], to


def _has(person: User, review: Review) -> bool:
    return Turn.objects.filter(review=review, hat=Hat.FIRST, closed_at__isnull=True, duty__person=person).exists()


def _tell(request: HttpRequest, given: int, before: list[str], refused: dict[str, list[str]]) -> None:
    if given:
        told = ngettext("%(count)d case is given.", "%(count)d cases are given.", given)
        messages.success(request, told % {"count": given})
    if before:
        messages.info(request, _("%(numbers)s: given already.") % {"numbers": ", ".join(before)})
    for why, numbers in refused.items():
        messages.error(request, f"{', '.join(numbers)}: {why}")
    if not (given or before or refused):
        messages.warning(request, _("Tick the cases that are to be given."))


ROUTES: list[Route] = [("spread/", proposals, "spread")]
