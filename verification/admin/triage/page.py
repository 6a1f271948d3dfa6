"""Triage: which claims the desk checks. A list of articles, and one article with its claims in place."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from claims.models import Article
from verification.admin.case.versions import Clash
from verification.admin.earlier.telling import reason_of
from verification.admin.keys import LISTS, Key
from verification.admin.pages import Route, desk_page, person_of, revision, show, tell_refusal
from verification.admin.triage.decisions import DONE, VERBS, TriageForm, decide, was_done
from verification.admin.triage.lines import ASSERTED, STRONG, UNDOES, Line, View, asserting, lines_of, next_to_decide
from verification.admin.triage.listing import articles_in_triage, listed
from verification.admin.triage.merging import MERGE, merge
from verification.admin.triage.merging import told as told_merged
from verification.admin.triage.naming import tokens
from verification.admin.triage.sheet import sheet_of
from verification.admin.triage.together import TOGETHER, decide_together
from verification.admin.triage.undoing import UNDO, undo
from verification.models import Review, State
from verification.review.refusals import Moved, NotYours, Refused
from verification.review.similar import what_was_shown

PER_PAGE = 50
USE_WORDING = "use_wording"
PAGE_KEYS = (
    Key("j k", gettext_lazy("next, previous claim")),
    Key("a", gettext_lazy("accept")),
    Key("w", gettext_lazy("reword")),
    Key("p", gettext_lazy("split")),
    Key("m", gettext_lazy("merge")),
    Key("d", gettext_lazy("duplicate of")),
    Key("x", gettext_lazy("not checkable")),
    Key("]", gettext_lazy("next article")),
    Key("u", gettext_lazy("undo")),
    Key("v", gettext_lazy("use the proposed wording")),
)


@require_GET
@desk_page("triage")
def triage(request: HttpRequest) -> HttpResponse:
    """List the articles that have claims to decide: the newest first, or the one with the strongest claim."""
    order = "score" if request.GET.get("order") == "score" else "newest"
    page = Paginator(articles_in_triage(order), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Triage"),
        "articles": listed(page.object_list),
        "page": page,
        "order": order,
        "strong": STRONG,
        "page_keys": LISTS,
    }
    return show(request, "desk/triage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("triage")
def triage_article(request: HttpRequest, article: UUID) -> HttpResponse:
    """Show an article with its claims in place, and take the decisions on them."""
    found = get_object_or_404(Article.objects.select_related("outlet", "snapshot"), public=article)
    if request.method != "POST":
        return _page(request, found, _uuid(request.GET.get("claim")))
    verb, _colon, original = request.POST.get("do", "").partition(":")
    if verb in TOGETHER:
        try:
            decide_together(request, found, verb)
        except Refused as error:
            return _page(request, found, None, status=422, rest_error=str(error))
        return _to(request, found, None)
    if verb == UNDO:
        return _to(request, found, undo(request, found))
    if verb not in {*VERBS, USE_WORDING, MERGE}:
        raise Http404
    return _decide(request, found, verb, original)


def _page(
    request: HttpRequest,
    article: Article,
    claim: UUID | None,
    form: TriageForm | None = None,
    *,
    moved: bool = False,
    status: int = 200,
    rest_error: str = "",
) -> HttpResponse:
    """Show the page; with a form, as it was filled in, whether it was refused or there is more to do with it."""
    sheet = sheet_of(article, person_of(request), _view(request), claim)
    line = sheet.selected
    review = line.review if line else None
    took_over = form is not None and form.verb == USE_WORDING
    cited = request.GET.get("cite")
    clashes = [Clash(_("Wording"), review.wording, form.cleaned_data["wording"])] if moved and review and form else []
    if form is None:
        stands = {"wording": review.wording, "deadline": review.deadline} if review else {}
        day = line.due_ahead if line else None
        form = TriageForm("", initial={**stands, "not_before": day, "reason": reason_of(sheet.earlier, cited)})
    context = {
        "title": _("Triage"),
        "sheet": sheet,
        "strong": STRONG,
        "form": form,
        "moved": moved,
        "clashes": clashes,
        # Nothing was saved by taking the wording over: the form is still the one that was filled in back then.
        "seen": revision(request) if took_over else None,
        "other": request.POST.get("other", ""),
        "rest_error": rest_error,
        "rest_reason": request.POST.get("reason", "") if rest_error else "",
        "page_keys": PAGE_KEYS,
    }
    return show(request, "desk/triage_article.html", context, status=status)


def _decide(request: HttpRequest, article: Article, verb: str, original: str) -> HttpResponse:
    person, claim = person_of(request), _uuid(request.POST.get("claim"))
    if claim is None:
        raise Http404
    cases = Review.objects.select_related("claim")
    review = cases.filter(claim__public=claim, claim__appearances__article=article).first()
    if review is None:
        raise Http404
    given = request.POST.copy()
    if original:
        given["original"] = original
    if verb == USE_WORDING and review.claim.standalone:
        given["wording"] = review.claim.standalone
    form = TriageForm(verb, given)
    if verb == USE_WORDING:
        return _page(request, article, claim, form)
    if not form.is_valid():
        return _page(request, article, claim, form, status=422)
    try:
        if verb == MERGE:
            return _merged(request, article, review, form)
        shown = what_was_shown(review, request.POST.getlist("shown"))
        decided = decide(review, person, revision(request), verb, form.cleaned_data, shown)
    except Moved as error:
        if verb == MERGE or not was_done(review, person, revision(request), verb, form.cleaned_data):
            tell_refusal(request, error)
            return _page(request, article, claim, form, moved=True, status=409)
        decided = Review.objects.select_related("duplicate_of").get(pk=review.pk)
    except NotYours as error:
        tell_refusal(request, error)
        return _to(request, article, claim)
    except Refused as error:
        form.add_error(error.refusal.guard if error.refusal.guard in form.fields else None, str(error))
        return _page(request, article, claim, form, status=422)
    original = decided.duplicate_of.number if decided.duplicate_of else ""
    told = "accept_for_later" if verb == "accept" and decided.held_until else verb
    undoes = tokens([decided]) if decided.state in UNDOES else ""
    messages.success(request, DONE[told] % {"case": review.number, "original": original}, extra_tags=undoes)
    return _to(request, article, claim) if verb == "reword" else _on(request, article, claim)


def _merged(request: HttpRequest, article: Article, review: Review, form: TriageForm) -> HttpResponse:
    """Merge, and go on with the claim that stands, its form as it was filled in, or else with the next one."""
    stands, joined = merge(request, article, review)
    messages.success(request, told_merged(stands, joined), extra_tags=tokens([joined]))
    if stands.pk == review.pk and stands.state == State.TRIAGE:
        return _page(request, article, review.claim.public, form)
    return _on(request, article, review.claim.public)


def _on(request: HttpRequest, article: Article, claim: UUID) -> HttpResponse:
    """Go to the next claim to decide after one that was decided."""
    view = _view(request)
    following = next_to_decide(asserting(lines_of(article, view.order), view.asserts), claim)
    if following is None:
        all_decided = (
            _("All claims of this kind are decided.") if view.asserts else _("All claims of this article are decided.")
        )
        messages.info(request, all_decided)
    return _to(request, article, following.claim.public if following else None, following)


def _to(request: HttpRequest, article: Article, claim: UUID | None, line: Line | None = None) -> HttpResponse:
    query = ({"claim": str(claim)} if claim else {}) | _view(request).query
    address = reverse("admin:triage_article", args=[article.public])
    anchor = f"#f{line.number}" if line else ""
    return redirect(f"{address}?{urlencode(query)}{anchor}" if query else address)


def _view(request: HttpRequest) -> View:
    order, asserts = request.GET.get("order"), request.GET.get("asserts", "")
    return View("score" if order == "score" else "text", asserts if asserts in ASSERTED else "")


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


ROUTES: list[Route] = [
    ("triage/", triage, "triage"),
    ("triage/<uuid:article>/", triage_article, "triage_article"),
]
