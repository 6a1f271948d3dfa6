"""Triage: which claims the desk checks. A list of articles, and one article with its claims in place."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from claims.models import Article
from verification.admin.case.versions import Clash
from verification.admin.earlier.telling import reason_of
from verification.admin.pages import Route, desk_page, person_of, revision, show, tell_refusal
from verification.admin.triage.decisions import DONE, VERBS, TriageForm, decide, was_done
from verification.admin.triage.sheet import STRONG, Line, articles_in_triage, lines_of, listed, next_to_decide, sheet_of
from verification.models import Review
from verification.review.refusals import Moved, NotYours, Refused
from verification.review.similar import answered_before, what_was_shown

PER_PAGE = 50
STRONGEST = "accept_strongest"
# After these the same claim stays selected; after the others the next one to decide is.
STAYS = ("reword", "reconsider")


@require_GET
@desk_page("triage")
def triage(request: HttpRequest) -> HttpResponse:
    """List the articles that have claims to decide, newest first."""
    page = Paginator(articles_in_triage(), PER_PAGE).get_page(request.GET.get("p"))
    return show(request, "desk/triage.html", {"title": _("Triage"), "articles": listed(page.object_list), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("triage")
def triage_article(request: HttpRequest, article: UUID) -> HttpResponse:
    """Show an article with its claims in place, and take the decisions on them."""
    found = get_object_or_404(Article.objects.select_related("outlet", "snapshot"), public=article)
    if request.method != "POST":
        return _page(request, found, _uuid(request.GET.get("claim")))
    verb, _colon, original = request.POST.get("do", "").partition(":")
    if verb == STRONGEST:
        return _accept_strongest(request, found)
    if verb not in VERBS:
        raise Http404
    return _decide(request, found, verb, original)


def _page(
    request: HttpRequest, article: Article, claim: UUID | None, form: TriageForm | None = None, *, moved: bool = False
) -> HttpResponse:
    """Show the page; with a form that was refused, as it was filled in."""
    sheet = sheet_of(article, person_of(request), _order(request), claim)
    review = sheet.selected.review if sheet.selected else None
    status = 200 if form is None else 409 if moved else 422
    clashes = [Clash(_("Wording"), review.wording, form.cleaned_data["wording"])] if moved and review and form else []
    if form is None:
        stands = {"wording": review.wording, "deadline": review.deadline} if review else {}
        form = TriageForm("", initial=stands | {"reason": reason_of(sheet.earlier, request.GET.get("cite"))})
    context = {"title": _("Triage"), "sheet": sheet, "strong": STRONG, "form": form, "moved": moved, "clashes": clashes}
    return show(request, "desk/triage_article.html", context, status=status)


def _decide(request: HttpRequest, article: Article, verb: str, original: str) -> HttpResponse:
    person, claim = person_of(request), _uuid(request.POST.get("claim"))
    if claim is None:
        raise Http404
    review = Review.objects.filter(claim__public=claim, claim__appearances__article=article).first()
    if review is None:
        raise Http404
    given = request.POST.copy()
    if original:
        given["original"] = original
    form = TriageForm(verb, given)
    if not form.is_valid():
        return _page(request, article, claim, form)
    try:
        shown = what_was_shown(review, request.POST.getlist("shown"))
        decided = decide(review, person, revision(request), verb, form.cleaned_data, shown)
    except Moved as error:
        if not was_done(review, person, revision(request), verb, form.cleaned_data):
            tell_refusal(request, error)
            if verb == "reconsider":  # nothing was typed that could be lost
                return _to(request, article, claim)
            return _page(request, article, claim, form, moved=True)
        decided = Review.objects.select_related("duplicate_of").get(pk=review.pk)
    except NotYours as error:
        tell_refusal(request, error)
        return _to(request, article, claim)
    except Refused as error:
        form.add_error(error.refusal.guard if error.refusal.guard in form.fields else None, str(error))
        return _page(request, article, claim, form)
    original = decided.duplicate_of.number if decided.duplicate_of else ""
    told = "accept_for_later" if verb == "accept" and decided.held_until else verb
    messages.success(request, DONE[told] % {"case": review.number, "original": original})
    if verb in STAYS:
        return _to(request, article, claim)
    following = next_to_decide(lines_of(article, _order(request)), claim)
    if following is None:
        messages.info(request, _("All claims of this article are decided."))
    return _to(request, article, following.claim.public if following else None, following)


def _accept_strongest(request: HttpRequest, article: Article) -> HttpResponse:
    """Accept the claims that the button counted, as they stood then.

    What moved meanwhile, or seems to have been checked before, is left for a person to decide by itself, and told.
    """
    person, accepted = person_of(request), 0
    known = {review.pk: similar.review for review, similar in answered_before(article)}
    for case in request.POST.getlist("case"):
        number, _colon, seen = case.partition(":")
        if not (_whole(number) and _whole(seen)):
            continue
        review = Review.objects.filter(pk=int(number), claim__appearances__article=article).first()
        if review is None:
            continue
        if review.pk in known:
            left = _("%(case)s was left to decide by itself: %(original)s has answered it before, it seems.")
            messages.warning(request, left % {"case": review.number, "original": known[review.pk].number})
            continue
        said = {"wording": review.wording, "deadline": review.deadline}
        try:
            decide(review, person, int(seen), "accept", said)
            accepted += 1
        except Refused as error:
            if was_done(review, person, int(seen), "accept", said):
                accepted += 1
            else:
                left = _("%(case)s was left as it is. %(why)s") % {"case": review.number, "why": error}
                messages.warning(request, left)
    told = ngettext(
        "%(count)d claim is accepted and waits in the queue.",
        "%(count)d claims are accepted and wait in the queue.",
        accepted,
    )
    messages.success(request, told % {"count": accepted})
    return _to(request, article, None)


def _to(request: HttpRequest, article: Article, claim: UUID | None, line: Line | None = None) -> HttpResponse:
    query = {"claim": str(claim)} if claim else {}
    if _order(request) == "score":
        query["order"] = "score"
    address = reverse("admin:triage_article", args=[article.public])
    anchor = f"#f{line.number}" if line else ""
    return redirect(f"{address}?{urlencode(query)}{anchor}" if query else address)


def _order(request: HttpRequest) -> str:
    return "score" if request.GET.get("order") == "score" else "text"


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


ROUTES: list[Route] = [
    ("triage/", triage, "triage"),
    ("triage/<uuid:article>/", triage_article, "triage_article"),
]
