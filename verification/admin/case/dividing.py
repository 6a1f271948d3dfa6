"""The parts of a compound claim: one line each, in words or as the case that checks it already."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.models import Article
from claims.wording import words
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Review, Rollup
from verification.review import dividing
from verification.review.dividing import PartWish
from verification.review.parts import whole_of, whole_that_has
from verification.review.policy import may_open
from verification.review.refusals import Refusal, Refused, Unmet

# A line that is only this names a case.
CASE = re.compile(r"R?\s*[-‑–]?\s*([0-9]{1,17})", re.IGNORECASE)
RULES = [rule for rule in Rollup if rule != Rollup.NONE]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def divide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a claim's parts and how they make a rating, and set them."""
    page = open_step(request, pk, "set_parts", readers=request.method != "POST")
    if request.method != "POST":
        return _page(page, "\n".join(_lines(page)), page.review.rollup)
    lines, rollup, seen = typed(request, "parts"), typed(request, "rollup"), revision(request)
    try:
        wishes = read(lines)
        rule = rollup if wishes else Rollup.NONE
        standing = dividing.set_parts(page.review, page.person, seen, wishes, rule)
    except Refused as error:
        if _was_done(page, seen, lines, rollup):
            messages.info(request, _("This was done already; nothing was done twice."))
            return _back(page)
        return _page(page.again(), lines, rollup, str(error), 409)
    whole = whole_of(standing.review)
    if whole is None:
        messages.success(request, _("The claim has no parts any more."))
    else:
        told = _("The parts of %(case)s are set: %(parts)s.")
        parts = ", ".join(part.part.number for part in whole.parts)
        messages.success(request, told % {"case": page.review.number, "parts": parts})
    return _back(page)


def read(lines: str) -> list[PartWish]:
    """Return what the lines of the form ask for. Raises Unmet where a line names a case that there is not."""
    wishes = []
    for line in filter(None, (" ".join(line.split()) for line in lines.splitlines())):
        named = CASE.fullmatch(line)
        case = Review.objects.filter(pk=int(named[1])).first() if named else None
        if named and case is None:
            raise Unmet(Refusal("parts", words("There is no case “%(line)s”.", line=line)))
        wishes.append(PartWish(case.wording, case) if case else PartWish(line))
    return wishes


def _back(page: StepPage) -> HttpResponse:
    """Go where the form was opened from: to the article in triage, at the claim, else to the case."""
    address = _article(page)
    if address is None:
        return to_case(page.review)
    return redirect(f"{address}?{urlencode({'claim': str(page.review.claim.public)})}")


def _article(page: StepPage) -> str | None:
    """Return the triage page that the form was opened from; None where that was elsewhere, or is not theirs to open."""
    try:
        named = UUID(page.request.GET.get("article", ""))
    except ValueError:
        return None
    found = Article.objects.filter(public=named, appearances__claim=page.review.claim_id)
    leads_back = may_open(page.person, "triage") and found.exists()
    return reverse("admin:triage_article", args=[named]) if leads_back else None


def _was_done(page: StepPage, seen: int, lines: str, rollup: str) -> bool:
    """Return whether this form was sent before; a line that names no case was refused then as well."""
    try:
        wishes = read(lines)
    except Unmet:
        return False
    wordings = [" ".join(wish.wording.split()) for wish in wishes]
    return page.was_done(seen, rollup=rollup if wishes else None, wordings=wordings)


def _lines(page: StepPage) -> list[str]:
    """Return the parts as they are; where there are none and they are asked for, those the machine found."""
    if whole := whole_of(page.review):
        return [part.part.number for part in whole.parts]
    found = page.review.claim.parts if "proposed" in page.request.GET else []
    return [" ".join(str(part.get("wording") or part["exact"]).split()) for part in found]


def _page(page: StepPage, lines: str, rollup: str, error: str = "", status: int = 200) -> HttpResponse:
    context = page.context(
        _("Parts of the claim"),
        whole=whole_of(page.review),
        part_of=whole_that_has(page.review),
        lines=lines,
        rollup=rollup,
        rules=RULES,
        fewest=dividing.FEWEST,
        most=dividing.MOST,
        error=error,
    )
    return show(page.request, "desk/parts.html", context, status)


ROUTES: list[Route] = [("<int:pk>/parts/", divide, "case_parts")]
