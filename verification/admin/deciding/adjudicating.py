"""The decision between two judgments: what they agree on, where they differ, and whose words go out."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.wording import words
from verification.admin.case.judgment_form import offered
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.case.steps import keep
from verification.admin.deciding.side_by_side import comparison_of
from verification.admin.keys import Key
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Draft, Rating
from verification.review import adjudication
from verification.review.judgments import renamed
from verification.review.refusals import Refusal, Refused, Unmet
from verification.review.whose_words import OWN
from verification.review.withheld_names import withheld_from

DECIDING_KEYS = (
    Key("a", gettext_lazy("take A")),
    Key("b", gettext_lazy("take B")),
    Key("o", gettext_lazy("another rating")),
    Key("r", gettext_lazy("reason")),
    Key("Ctrl+Enter", gettext_lazy("decide")),
)


NUMBERS = ("1", "1 2", "1 2 3", *(f"1 – {last}" for last in range(4, 10)))
SOURCE_KEYS: tuple[tuple[Key, ...], ...] = ((), *((Key(press, gettext_lazy("open a source")),) for press in NUMBERS))
"""What opens a source, by how many there are: nine have a key at most."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands in the form."""

    rating: Rating | None = None
    reason: str = ""
    whose: str = OWN


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def adjudicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide between two judgments; who gave them is shown where the desk says so."""
    page = open_step(request, pk, "adjudicate")
    if request.method == "POST":
        return _decide(page)
    return page.send_away() if page.elsewhere else _form(page, Decision())


def _decide(page: StepPage) -> HttpResponse:
    request, chosen = page.request, page.request.POST.get("rating", "")
    numbered = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
    rating = Rating.objects.filter(pk=chosen, scale__in_use=True).first() if numbered else None
    decision = Decision(rating, typed(request, "reason"), request.POST.get("whose") or OWN)
    seen = revision(request)
    try:
        if rating is None:
            raise Unmet(Refusal("rating", words("Choose a rating.")))
        if why := renamed(request.POST.get(f"called-{rating.pk}", ""), rating):
            raise Unmet(why)
        adjudication.adjudicate(page.review, page.person, seen, rating, decision.reason, decision.whose)
    except Refused as error:
        told = {"reasoning": decision.reason.strip(), "words_of": decision.whose}
        if rating and page.was_done(seen, rating=rating.label, **told):
            return page.tell_done()
        return _form(page.again(), decision, error)
    messages.success(request, _("Decided. The text comes next."))
    return to_case(page.review)


def _form(page: StepPage, decision: Decision, error: Refused | None = None) -> HttpResponse:
    comparison = comparison_of(page.review)
    if comparison is None:
        # A case that was returned for research meanwhile has nothing to compare any more.
        return keep(page, error, decision.reason) if error else page.send_away()
    ratings, given = offered(), {side.judgment.rating_id for side in comparison.sides}
    context = page.context(
        _("Adjudicate"),
        comparison=comparison,
        ratings=ratings,
        another=next((rating for rating in ratings if rating.pk not in given), None),
        decision=decision,
        nameless=bool(withheld_from(page.person, page.review)),
        begun=Draft.objects.filter(review=page.review, cycle=page.review.cycle).exists(),
        error=str(error or ""),
        page_keys=(*(() if page.why else DECIDING_KEYS), *SOURCE_KEYS[min(len(comparison.passages), 9)]),
    )
    return show(page.request, "desk/adjudicate.html", context, status=409 if error else 200)


ROUTES: list[Route] = [("<int:pk>/adjudicate/", adjudicate, "case_adjudicate")]
