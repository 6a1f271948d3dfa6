"""From a text to readers: sign-off by somebody else, and publication."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.translation import say
from verification.admin.case.step_page import StepPage, open_step
from verification.admin.deciding.before_after import BeforeAfter, Cited, side_of, side_of_standing
from verification.admin.deciding.beside_text import beside_text
from verification.admin.deciding.package import package_of
from verification.admin.deciding.preview import Preview, preview
from verification.admin.deciding.whose_text import copy_edit_of, legal_notes, words_before
from verification.admin.file.precedents import breaks_told
from verification.admin.keys import Key
from verification.admin.pages import Route, desk_page, revision, show, tell_refusal, to_case
from verification.admin.queue.deadlines import LocalTimeField
from verification.models import Draft, Hat, Judgment, Review, Verdict, VerdictEvidence
from verification.review import drafting, verdicts
from verification.review.gate import checklist
from verification.review.judgments import facts_of, submitted_judgments
from verification.review.refusals import Refused, Unmet

READ_KEYS = (
    Key("f", gettext_lazy("feed entry")),
    Key("v", gettext_lazy("ClaimReview, checked")),
    Key("w", gettext_lazy("web archive")),
)
SIGN_OFF_KEYS = (*READ_KEYS, Key("e", gettext_lazy("embargo")), Key("Ctrl+Enter", gettext_lazy("approve")))
PUBLISH_KEYS = (*READ_KEYS, Key("c", gettext_lazy("confirm")), Key("Ctrl+Enter", gettext_lazy("publish")))
LONGEST_EMBARGO = timedelta(days=366)
RETURNS = ("return_to_drafting", "return_to_research", "drop_legal_read")
# An adjudicator decides on what two gates let through: these were asked of both checkers, not again.
ASKED_BEFORE = {"both_sides", "warnings", "reasoning", "sourcing"}


class EmbargoForm(forms.Form):
    """When a version may go out at the earliest, in the zone of whoever says so."""

    embargo_until = LocalTimeField(
        required=False, error_messages={"invalid": gettext_lazy("Give a day and a time, such as 2031-05-04 17:00.")}
    )

    def clean_embargo_until(self) -> datetime | None:
        """Refuse what has passed, and what nobody means."""
        until: datetime | None = self.cleaned_data["embargo_until"]
        now = timezone.now()
        if until and until <= now:
            raise forms.ValidationError(_("This time has passed: leave the embargo empty, or give a later one."))
        if until and until > now + LONGEST_EMBARGO:
            raise forms.ValidationError(_("An embargo lasts a year at most."))
        return until


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before a version goes out; `how` says what to do when it does not."""

    label: str
    met: bool
    how: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an editor what readers will see and what was checked; approve it, at once or under embargo."""
    page = open_step(request, pk, "approve")
    form = EmbargoForm(request.POST if request.method == "POST" else None)
    if page.elsewhere:
        return _approved_already(page, form) if request.method == "POST" else page.send_away()
    try:
        return _approve(page, form) if request.method == "POST" and form.is_valid() else _sign_off_page(page, form)
    except Unmet as error:
        # Between opening the page and drawing it up the case was returned.
        tell_refusal(request, error)
        return to_case(pk)


def _draft(page: StepPage) -> Draft:
    return page.standing.draft or drafting.draft_of(page.review, page.person)


def _approve(page: StepPage, form: EmbargoForm) -> HttpResponse:
    until = form.cleaned_data["embargo_until"]
    verdict, pieces = verdicts.draw_up(page.review, _draft(page))
    drawn = preview(page.request, verdict, pieces, verdicts.attached_to(verdict))
    if drawn.faults:
        return _sign_off_page(page, form, " ".join(drawn.faults))
    try:
        verdict = verdicts.approve(page.review, page.person, revision(page.request), embargo_until=until)
    except Refused as error:
        now = page.again()
        return _approved_already(page, form) if now.elsewhere else _sign_off_page(now, form, str(error))
    messages.success(page.request, _("Signed off as version %(version)s.") % {"version": verdict.version})
    return to_case(page.review)


def _approved_already(page: StepPage, form: EmbargoForm) -> HttpResponse:
    until = form.cleaned_data.get("embargo_until") if form.is_valid() else None
    if page.was_done(revision(page.request), embargo_until=until.isoformat() if until else None):
        return page.tell_done()
    return page.again().send_away()


def _sign_off_page(page: StepPage, form: EmbargoForm, error: str = "") -> HttpResponse:
    review, submitted, draft = page.review, submitted_judgments(page.review), _draft(page)
    before_it = words_before(review, draft)
    page = replace(page, why=page.why or verdicts.wrote_it(page.standing, draft, page.person, before_it))
    context = page.context(_("Sign-off"), here=RETURNS)
    verdict, pieces = verdicts.draw_up(review, draft, submitted)
    drawn = preview(page.request, verdict, pieces, verdicts.attached_to(verdict), context["places"])
    context |= _shown(drawn, verdict, pieces) | {
        "form": form,
        "checks": [*_of_the_gate(verdict.judgment, pieces), *_checks(page, drawn)],
        "judged": submitted,
        "copy_edit": copy_edit_of(draft, before_it),
        "legal_notes": legal_notes(review),
        "breaks": breaks_told(review, verdict.rating),
        "beside": beside_text(review, page.person),
        "zone": timezone.get_current_timezone_name(),
        "error": error,
        "page_keys": READ_KEYS if page.why else SIGN_OFF_KEYS,
    }
    return show(page.request, "desk/sign_off.html", context, status=409 if error or form.errors else 200)


def _shown(drawn: Preview, verdict: Verdict, pieces: Sequence[VerdictEvidence]) -> dict[str, object]:
    """Return what both pages show of the version: as others will have it, beside what stands, and the archive."""
    before, after = drawn.standing, side_of(verdict, map(Cited.of, pieces))
    return {
        "preview": drawn,
        "verdict": drawn.verdict,
        "prose": drawn.prose,
        "package": package_of(verdict.review),
        "compared": BeforeAfter(side_of_standing(before), after, verdict.change) if before else None,
    }


def _of_the_gate(judgment: Judgment, pieces: Sequence[VerdictEvidence]) -> list[Check]:
    asked = ASKED_BEFORE if judgment.hat == Hat.ADJUDICATOR else set()
    items = [item for item in checklist(facts_of(judgment, pieces)) if item.key not in asked]
    return [Check(say(item.label), item.met, say(item.how)) for item in items]


def _checks(page: StepPage, drawn: Preview) -> list[Check]:
    uncovered = ", ".join(f"[{number}]" for number in drawn.uncovered)
    missing = _("There is no evidence of this number: %(numbers)s.") % {"numbers": uncovered}
    found = [Check(_("Every number the text cites has its evidence"), not uncovered, missing)]
    if not drawn.verdict.void:
        found.append(Check(_("ClaimReview as search engines want it"), not drawn.faults, " ".join(drawn.faults)))
    others = page.why is not None and page.why.guard == "four_eyes"
    waived = page.standing.waived(page.person.pk, Hat.APPROVER)
    alone, beside = _("You have no other part in this case"), _("An exception lets you sign beside your other part")
    found.append(Check(beside if waived else alone, not others, str(page.why or "")))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a publisher the approved version as readers get it, and put it out."""
    page = open_step(request, pk, "publish")
    seen = revision(request)
    if page.elsewhere:
        return page.tell_done() if page.was_done(seen) else page.send_away()
    verdict = Verdict.objects.filter(review=page.review).select_related("supersedes").order_by("-version").first()
    if verdict is None:
        return to_case(pk)
    verdict.review = page.review
    pieces = list(verdict.evidence.select_related("document__source", "snapshot").defer("document__text"))
    records = verdict.searches.select_related("search_run__source")
    context = page.context(_("Publish"))
    drawn = preview(request, verdict, pieces, list(records), context["places"])
    if request.method == "POST" and (done := _put_out(page, drawn, seen)):
        return done
    unread = request.method == "POST"
    waits = bool(page.review.embargo_until and page.review.embargo_until > timezone.now())
    context |= _shown(drawn, verdict, pieces) | {
        "waits": waits,
        "before": verdict.supersedes,
        "error": _("Say that you have read it: once it is out it cannot be taken back.") if unread else "",
        "page_keys": READ_KEYS if waits or drawn.faults else PUBLISH_KEYS,
    }
    return show(request, "desk/publish.html", context, status=409 if unread else 200)


def _put_out(page: StepPage, drawn: Preview, seen: int) -> HttpResponse | None:
    """Publish, and say where to go; None where the publisher has not said that they read it."""
    if drawn.faults:
        messages.error(page.request, " ".join(drawn.faults))
        return redirect("admin:case_publish", page.review.pk)
    if "read" not in page.request.POST:
        return None
    try:
        publication = verdicts.publish(page.review, page.person, seen)
    except Refused as error:
        if page.was_done(seen):
            return page.tell_done()
        tell_refusal(page.request, error)
        return to_case(page.review)
    told = format_html(
        _("Version {version} is published: {link}"),
        version=publication.verdict.version,
        link=_public_link(page.review),
    )
    messages.success(page.request, told)
    return to_case(page.review)


def _public_link(review: Review) -> str:
    return format_html('<a href="{}">{}</a>', reverse("public:check", args=[review.public]), _("see it as readers do"))


ROUTES: list[Route] = [
    ("<int:pk>/sign-off/", sign_off, "case_sign_off"),
    ("<int:pk>/publish/", publish, "case_publish"),
]
