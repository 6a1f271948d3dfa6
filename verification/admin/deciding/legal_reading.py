"""A lawyer reads the text as readers will get it, and says whether it may go out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.deciding.preview import preview
from verification.admin.deciding.whose_text import legal_notes
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.review import drafting, verdicts
from verification.review.refusals import Refused, Unmet


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def legal_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a legal reader the text and its evidence, and record what they say of it."""
    page = open_step(request, pk, "legal_read")
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _page(page)
    outcome, note, seen = typed(request, "outcome"), typed(request, "note"), revision(request)
    try:
        text_seen = revision(request, "draft_revision")
        drafting.legal_read(page.review, page.person, seen, outcome, note, text_seen=text_seen)
    except Refused as error:
        if page.was_done(seen, outcome=outcome, note=note.strip()):
            return page.tell_done()
        return _page(page.again(), outcome, note, error)
    messages.success(request, _("Recorded, and shown beside the text."))
    return to_case(pk)


def _page(page: StepPage, outcome: str = "", note: str = "", error: Refused | None = None) -> HttpResponse:
    review = page.review
    draft = drafting.draft_of(review, page.person)
    outcomes = [
        (drafting.CLEARED, _("It may go out"), _("as it reads now; whoever changes it asks again.")),
        (drafting.HAS_TO_CHANGE, _("It has to change"), _("your note goes to whoever writes; nobody signs it off.")),
    ]
    drawn, unready = None, ""
    try:
        verdict, pieces = verdicts.draw_up(review, draft)
        drawn = preview(page.request, verdict, pieces, verdicts.attached_to(verdict))
    except Unmet as lacks:
        unready = str(lacks)
    context = page.context(
        _("Legal read"),
        draft=draft,
        outcomes=outcomes,
        outcome=outcome,
        note=note,
        legal_notes=legal_notes(review),
        preview=drawn,
        verdict=drawn and drawn.verdict,
        prose=drawn and drawn.prose,
        unready=unready,
        error=str(error or ""),
    )
    return show(page.request, "desk/legal_read.html", context, status=409 if error else 200)


ROUTES: list[Route] = [("<int:pk>/legal-read/", legal_read, "case_legal_read")]
