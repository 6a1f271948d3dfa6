"""The parts of a compound claim: one line each, in words or as the case that checks it already."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.wording import words
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Review, Rollup
from verification.review import dividing
from verification.review.dividing import PartWish
from verification.review.parts import whole_of, whole_that_has
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
        dividing.set_parts(page.review, page.person, seen, wishes, rule)
    except Refused as error:
        if _was_done(page, seen, lines, rollup):
            return page.tell_done()
        return _page(page.again(), lines, rollup, str(error), 409)
    messages.success(request, _("The parts are set.") if wishes else _("The claim has no parts any more."))
    return to_case(pk)


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
