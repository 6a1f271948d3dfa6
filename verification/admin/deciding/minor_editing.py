"""A typo in what is published: put right without a new cycle, logged, and not broadcast."""

from dataclasses import replace
from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.translation import say
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.deciding.before_after import BeforeAfter, standing
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Change
from verification.review import drafting, minor_edits
from verification.review.refusals import Refused
from verification.review.verdicts import next_version

FIELDS = ("headline", "explanation")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def minor_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit headline and explanation of the version that stands; once what changes was looked at, put them out."""
    page = open_step(request, pk, "minor_edit")
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _page(page)
    text = drafting.tidy({name: typed(request, name) for name in FIELDS})
    reason, seen = typed(request, "reason"), revision(request)
    if page.why is None and request.POST.get("looked_at") != _digest(text):
        return _page(page, text, reason)
    try:
        publication = minor_edits.minor_edit(
            page.review, page.person, seen, **text, reason=reason, meaning_stays="meaning_stays" in request.POST
        )
    except Refused as error:
        if page.was_done(seen, after=text, reason=reason.strip()):
            return page.tell_done()
        return _page(page.again(), text, reason, error)
    version = publication.verdict.version
    messages.success(request, _("Edited: version %(version)s is out.") % {"version": version})
    return to_case(pk)


def _page(
    page: StepPage, text: dict[str, str] | None = None, reason: str = "", error: Refused | None = None
) -> HttpResponse:
    published = page.review.publication.verdict if page.review.publication else None
    shown = text or {name: getattr(published, name, "") for name in FIELDS}
    asked = minor_edits.asked_of(published, **shown) if published and text else ()
    compared = None
    if text and (before := standing(page.review)):
        after = replace(
            before,
            version=next_version(page.review),
            headline=text["headline"],
            explanation=text["explanation"],
            note=reason,
        )
        compared = BeforeAfter(before, after, Change.MINOR)
    context = page.context(
        _("Minor edit"),
        text=shown,
        reason=reason,
        published=published,
        compared=compared,
        looked_at=_digest(text) if text else "",
        asked=[say(each) for each in asked],
        confirmed="meaning_stays" in page.request.POST,
        error=str(error or ""),
        longest=drafting.HEADLINE_LENGTH,
    )
    return show(page.request, "desk/minor_edit.html", context, status=409 if error else 200)


def _digest(text: dict[str, str]) -> str:
    """Return what says of a form that these very words were looked at beside those that stand."""
    return sha256("\0".join(text[name] for name in FIELDS).encode()).hexdigest()


ROUTES: list[Route] = [("<int:pk>/minor-edit/", minor_edit, "case_minor_edit")]
