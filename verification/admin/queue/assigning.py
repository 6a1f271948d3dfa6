"""Cases change hands: a checker takes one, or the next; an editor gives one to a checker."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from verification.admin.pages import Route, desk_page, person_of, posted, revision, show, tell_refusal, to_case
from verification.admin.queue.workloads import checker_choices, checkers
from verification.models import Profile, Review
from verification.publishing.moments import near
from verification.publishing.plain_text import printable
from verification.review import assignment, taking
from verification.review.fitness import is_laden, open_turns
from verification.review.policy import refusal
from verification.review.refusals import Refused
from verification.review.standing import name_of, standing_of
from verification.review.states import TABLE


def checker_of(text: str) -> User | None:
    """Return the checker a form names, None when it names none."""
    known = text.isascii() and text.isdigit() and len(text) < 10
    return checkers().filter(pk=int(text)).first() if known else None


def warn_if_beyond(request: HttpRequest, checker: User) -> None:
    """Tell whoever gave somebody a check that they have more now than they take on, which is no reason to refuse it."""
    has = open_turns(checker)
    profile = Profile.objects.filter(person=checker, capacity__lt=has).first()
    if profile and profile.capacity is not None:
        messages.warning(request, str(is_laden(checker, has, profile.capacity)))


@posted
@desk_page("take")
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent case that this checker may check, and go there."""
    try:
        begun = taking.take_next(person_of(request))
    except Refused as error:
        tell_refusal(request, error)
        return redirect("admin:verification_review_changelist")
    if begun is None:
        nothing = _("Nothing is queued for you: every case is taken, you have a part in it, or it is not for you.")
        messages.info(request, nothing)
        return redirect("admin:verification_review_changelist")
    return _to_taken(request, begun.review, begun.until)


@posted
@desk_page("take")
def take(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one case: `take` a queued one, or `take_second` for a blind second check."""
    if verb not in assignment.HATS:
        raise Http404
    review = get_object_or_404(Review, pk=pk)
    try:
        standing = assignment.take(review, person_of(request), revision(request), verb)
    except Refused as error:
        tell_refusal(request, error)
        return to_case(review)
    turn = standing.turn(assignment.HATS[verb])
    return _to_taken(request, review.pk, turn.until) if turn else to_case(review)


def _to_taken(request: HttpRequest, case: int, until: datetime) -> HttpResponse:
    told = {"number": Review(pk=case).number, "until": near(until, timezone.now())}
    messages.success(request, _("%(number)s is yours until %(until)s.") % told)
    return to_case(case)


@desk_page("assign")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a queued case to a checker, with a note. What was typed stays when it cannot be done."""
    review = get_object_or_404(Review.objects.select_related("claim__speaker__joined_to"), pk=pk)
    status = 200
    if request.method == "POST":
        checker = checker_of(request.POST.get("person", ""))
        note = printable(request.POST.get("note", ""))
        if checker is None:
            messages.error(request, _("Choose the checker whom the case goes to."))
            status = 400
        else:
            try:
                assignment.assign(review, person_of(request), checker, seen=revision(request), note=note)
            except Refused as error:
                tell_refusal(request, error)
                review.refresh_from_db()
                status = 409
            else:
                told = {"number": review.number, "name": name_of(checker)}
                messages.success(request, _("%(number)s is with %(name)s now.") % told)
                warn_if_beyond(request, checker)
                return to_case(review)
    context = {
        "title": _("Assign %(number)s") % {"number": review.number},
        "review": review,
        "why_not": refusal(person_of(request), TABLE["assign"], standing_of(review)),
        "choices": list(checker_choices()),
        "person": request.POST.get("person", ""),
        "note": request.POST.get("note", ""),
    }
    return show(request, "desk/assign.html", context, status)


ROUTES: list[Route] = [
    ("take-next/", take_next, "take_next"),
    ("<int:pk>/take/<str:verb>/", take, "take"),
    ("<int:pk>/assign/", assign, "assign"),
]
