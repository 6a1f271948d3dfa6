"""From judgments to a text: the decision between two of them, and headline and explanation as they are written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.wording import words
from verification.admin.case.searched import attached_records
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.case.steps import keep
from verification.admin.case.versions import Clash
from verification.admin.deciding.evidence_shown import shown
from verification.admin.deciding.side_by_side import comparison_of
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Change, Draft, Rating, State
from verification.review import judgments, verdicts
from verification.review.judgments import deciding_judgment
from verification.review.policy import may
from verification.review.refusals import Moved, Refusal, Refused, Unmet

FIELDS = ("headline", "explanation", "change_note")
# Where the text of this cycle can be read: before that there is none, and a blind second check may still be open.
READABLE = (State.DRAFTING, State.SIGN_OFF, State.APPROVED)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def adjudicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide between two judgments; who gave them is not shown."""
    page = open_step(request, pk, "adjudicate")
    if request.method == "POST":
        return _decide(page)
    return page.send_away() if page.elsewhere else _adjudication(page)


def _decide(page: StepPage) -> HttpResponse:
    request, chosen = page.request, page.request.POST.get("rating", "")
    reason, seen = typed(request, "reason"), revision(request)
    numbered = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
    rating = Rating.objects.filter(pk=chosen, scale__in_use=True).first() if numbered else None
    try:
        if rating is None:
            raise Unmet(Refusal("rating", words("Choose a rating.")))
        judgments.adjudicate(page.review, page.person, seen, rating, reason)
    except Refused as error:
        if rating and page.was_done(seen, rating=rating.label, reasoning=reason.strip()):
            return page.tell_done()
        return _adjudication(page.again(), error, reason, rating)
    messages.success(request, _("Decided. The text comes next."))
    return to_case(page.review)


def _adjudication(
    page: StepPage, error: Refused | None = None, reason: str = "", rating: Rating | None = None
) -> HttpResponse:
    comparison = comparison_of(page.review)
    if comparison is None:
        # A case that was returned for research meanwhile has nothing to compare any more.
        return keep(page, error, reason) if error else page.send_away()
    context = page.context(
        _("Adjudicate"),
        comparison=comparison,
        ratings=Rating.objects.filter(scale__in_use=True).select_related("scale"),
        chosen=rating,
        reason=reason,
        error=str(error or ""),
    )
    return show(page.request, "desk/adjudicate.html", context, status=409 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write headline and explanation beside what they rest on, and send them to sign-off."""
    page = open_step(request, pk, "write", readers=request.method != "POST")
    if request.method == "POST":
        return _write(page)
    return _draft_form(page) if page.review.state in READABLE else page.send_away()


def _write(page: StepPage) -> HttpResponse:
    request, text = page.request, {name: typed(page.request, name) for name in FIELDS}
    try:
        verdicts.write(page.review, page.person, revision(request, "draft_revision"), **text)
    except Refused as error:
        now = page.again()
        if now.elsewhere and _is_saved(page, text):
            return page.tell_done()
        if not (isinstance(error, Moved) and _is_saved(page, text)):
            return _draft_form(now, text, error)
    if "send" not in request.POST:
        messages.success(request, _("Saved."))
        return redirect("admin:case_draft", page.review.pk)
    try:
        verdicts.send_to_sign_off(page.review, page.person, revision(request))
    except Refused as error:
        messages.warning(request, _("Saved, not sent. %(why)s") % {"why": error})
        return redirect("admin:case_draft", page.review.pk)
    messages.success(request, _("Saved and sent to sign-off."))
    return to_case(page.review)


def _is_saved(page: StepPage, text: dict[str, str]) -> bool:
    """Return whether the stored draft says what was typed: the same form sent twice is no conflict."""
    stored = Draft.objects.filter(review=page.review, cycle=page.review.cycle).first()
    return stored is not None and all(getattr(stored, name) == tidy for name, tidy in _tidy(text).items())


def _tidy(text: dict[str, str]) -> dict[str, str]:
    """Return the words as the verb stores them."""
    return {name: " ".join(each.split()) if name == "headline" else each.strip() for name, each in text.items()}


def _draft_form(page: StepPage, text: dict[str, str] | None = None, error: Refused | None = None) -> HttpResponse:
    review, stored = page.review, verdicts.draft_of(page.review, page.person)
    labels = {"headline": _("Headline"), "explanation": _("Explanation"), "change_note": _("What changes, and why")}
    asked = [name for name in FIELDS if name != "change_note" or review.change != Change.INITIAL]
    clashes = []
    if text and isinstance(error, Moved):
        clashes = [Clash(labels[name], getattr(stored, name), _tidy(text)[name]) for name in asked]
    judgment = deciding_judgment(review) if review.state in READABLE else None
    pieces = judgment.evidence.select_related("document__source").defer("document__text") if judgment else ()
    missing = verdicts.unready(review, stored, judgment) if judgment else None
    context = page.context(
        _("Draft"),
        here=("send_to_sign_off",),
        draft=stored,
        text=text or {name: getattr(stored, name) for name in FIELDS},
        clashes=clashes,
        saved=not stored._state.adding,
        judgment=judgment,
        evidence=[shown(piece, review.wording) for piece in pieces],
        records=attached_records().filter(judgment=judgment),
        published=review.publication.verdict if review.publication else None,
        missing=str(missing or ""),
        may_send=may(page.person, "send_to_sign_off", page.standing),
        error=str(error or ""),
        longest=verdicts.HEADLINE_LENGTH,
    )
    return show(page.request, "desk/draft.html", context, status=409 if error else 200)


ROUTES: list[Route] = [
    ("<int:pk>/adjudicate/", adjudicate, "case_adjudicate"),
    ("<int:pk>/draft/", draft, "case_draft"),
]
