"""A check goes to a colleague: a case that is on a desk is handed over, a blind second check is assigned."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.admin.queue.assigning import checker_of, warn_if_beyond
from verification.admin.queue.workloads import checkers
from verification.models import Absence, Hat, Review
from verification.review import handing
from verification.review.refusals import Refused
from verification.review.standing import Standing, name_of


@dataclass(frozen=True, slots=True)
class Giving:
    """One way to give a check: its verb, which hat it gives, and how its page reads."""

    verb: str
    hat: Hat
    act: Callable[[Review, User, User, int, str], Standing]
    title: str | Promise
    button: str | Promise
    told: str | Promise


HAND_OVER = Giving(
    "hand_over",
    Hat.FIRST,
    handing.hand_over,
    gettext_lazy("Hand over"),
    gettext_lazy("Hand it over"),
    gettext_lazy("Their judgment begins as a copy of the draft so far; the draft itself is kept."),
)
SECOND = Giving(
    "assign_second",
    Hat.SECOND,
    handing.assign_second,
    gettext_lazy("Assign the second check"),
    gettext_lazy("Assign"),
    gettext_lazy("They judge the case blind: do not write in the note what anybody found."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Show to whom a case can be handed over, and do it."""
    return _give(open_step(request, pk, HAND_OVER.verb), HAND_OVER)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def assign_second(request: HttpRequest, pk: int) -> HttpResponse:
    """Show to whom a second check can be given, and do it."""
    return _give(open_step(request, pk, SECOND.verb), SECOND)


def _give(page: StepPage, giving: Giving) -> HttpResponse:
    if page.request.method != "POST":
        return page.send_away() if page.elsewhere else _form(page, giving)
    to, note = checker_of(page.request.POST.get("person", "")), typed(page.request, "note").strip()
    if to is None:
        return _form(page, giving, _("Choose the checker whom it goes to."), 400)
    seen = revision(page.request)
    try:
        giving.act(page.review, page.person, to, seen, note)
    except Refused as error:
        if page.was_done(seen, to=to.pk, **({"note": note} if note else {})):
            return page.tell_done()
        return _form(page.again(), giving, str(error), 409)
    told = {"number": page.review.number, "name": name_of(to)}
    messages.success(page.request, _("%(number)s is with %(name)s now.") % told)
    warn_if_beyond(page.request, to)
    return to_case(page.review)


def _form(page: StepPage, giving: Giving, error: str = "", status: int = 200) -> HttpResponse:
    context = page.context(
        str(giving.title),
        giving=giving,
        # Who is left out of the list tells who has a part in the case.
        choices=[] if page.why else list(_choices(page.standing, giving.hat)),
        person=page.request.POST.get("person", ""),
        note=typed(page.request, "note"),
        error=error,
    )
    return show(page.request, "desk/give.html", context, status)


def _choices(standing: Standing, hat: Hat) -> Iterator[tuple[str, str]]:
    """List who could have a check, those with least on their desk first (one query).

    Left out are who has it, who plays another part in the case, and who is away today.
    """
    has = standing.turn(hat)
    others = {duty.person_id for duty in standing.duties if not standing.duty_of(duty.person_id, hat)}
    today = timezone.localdate()
    away = Absence.objects.filter(since__lte=today, until__gte=today).values("person")
    able = checkers().exclude(pk__in=others | ({has.duty.person_id} if has else set())).exclude(pk__in=away)
    turns = Count("duties__turns", filter=Q(duties__turns__closed_at__isnull=True), distinct=True)
    yield "", _("Choose a checker")
    for person in able.annotate(open_turns=turns).order_by("open_turns", "first_name", "last_name", "pk"):
        told = ngettext("%(name)s, %(count)d open", "%(name)s, %(count)d open", person.open_turns)
        yield str(person.pk), told % {"name": name_of(person), "count": person.open_turns}


ROUTES: list[Route] = [
    ("<int:pk>/hand-over/", hand_over, "case_hand_over"),
    ("<int:pk>/assign-second/", assign_second, "case_assign_second"),
]
