"""What is worth checking: the desk's own weights, looked at before they are saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.weighing import MOST_TOPICS, MOST_WORDS, Weights, in_force
from verification.admin.pages import Route, desk_page, person_of, revision, show, tell_refusal
from verification.admin.weights.form import WeightsForm, mark_of
from verification.admin.weights.preview import preview, waiting_claims
from verification.admin.weights.telling import features_told, history
from verification.review.refusals import Refused
from verification.review.weighing import save_weights


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("weights")
def weights(request: HttpRequest) -> HttpResponse:
    """Show what counts how much; show what other weights would change; save them as they were looked at."""
    stand = in_force()
    if request.method != "POST":
        return _page(request, stand, WeightsForm(stand))
    if request.POST.get("do") == "shipped":
        return _page(request, stand, WeightsForm(Weights()), Weights())
    form = WeightsForm(sent=request.POST)
    if not form.is_valid():
        return _page(request, stand, form, status=422)
    wanted = form.weights
    if request.POST.get("do") != "save":
        return _page(request, stand, form.again(), wanted)
    if request.POST.get("looked_at") != mark_of(wanted):
        messages.warning(request, _("Something was changed after you looked: this is what it would do now."))
        return _page(request, stand, form.again(), wanted, status=409)
    try:
        saved = save_weights(person_of(request), wanted.factors, wanted.topics, revision(request))
    except Refused as error:
        tell_refusal(request, error)
        return _page(request, in_force(), form.again(), wanted, status=409)
    if saved:
        messages.success(request, _("Saved. The claims that wait in triage are being weighed again."))
    else:
        messages.info(request, _("These weights are in force already; nothing was changed."))
    return redirect("admin:weights")


def _page(
    request: HttpRequest, stand: Weights, form: WeightsForm, wanted: Weights | None = None, status: int = 200
) -> HttpResponse:
    """Show the form; with `wanted`, what these weights would change, and the button that saves them."""
    waiting = waiting_claims()
    told = features_told([review.claim for review in waiting])
    context = {
        "title": _("What is worth checking"),
        "form": form,
        "features": [(feature, form.factors[feature.name]) for feature in told],
        "seen": stand.number,
        "as_shipped": not stand.factors and not stand.topics,
        "preview": preview(wanted, stand, waiting) if wanted is not None else None,
        "looked_at": mark_of(wanted) if wanted is not None else "",
        "is_change": wanted is not None and not wanted.counts_like(stand),
        "most_topics": MOST_TOPICS,
        "most_words": MOST_WORDS,
        "history": history(),
    }
    return show(request, "desk/weights.html", context, status)


ROUTES: list[Route] = [("weights/", weights, "weights")]
