"""From a judgment to a text: headline and explanation as they are written."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from verification.admin.autosave import by_script, not_saved, saved
from verification.admin.case.searched import attached_records
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.case.versions import Clash
from verification.admin.deciding.before_after import BeforeAfter, side_of_text, standing
from verification.admin.deciding.beside_text import beside_text
from verification.admin.deciding.evidence_shown import shown
from verification.admin.deciding.whose_text import copy_edit_of, field_names, legal_notes, words_before
from verification.admin.keys import Key
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Change, Draft, Evidence, Judgment, Review, State
from verification.publishing.rich_text import rich
from verification.review import drafting
from verification.review.judgments import deciding_judgment
from verification.review.policy import may
from verification.review.refusals import Moved, Refusal, Refused

FIELD_KEYS = (Key("h", gettext_lazy("headline")), Key("e", gettext_lazy("explanation")))
NOTE_KEYS = (Key("n", gettext_lazy("what changes")),)
SAVE_KEYS = (Key("Ctrl+Enter", gettext_lazy("save")),)
SEND_KEYS = (Key("Ctrl+Enter", gettext_lazy("save and send to sign-off")),)
FIELDS = ("headline", "explanation", "change_note")
# Where the text of this cycle can be read: before that there is none, and a blind second check may still be open.
READABLE = (State.DRAFTING, State.SIGN_OFF, State.APPROVED)


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
    if by_script(request):
        return _write_meanwhile(page, text)
    try:
        drafting.write(page.review, page.person, revision(request, "draft_revision"), **text)
    except Refused as error:
        now = page.again()
        if now.elsewhere and _is_saved(page, text):
            return page.tell_done()
        if not (isinstance(error, Moved) and _is_saved(page, text)):
            return _draft_form(now, text, error)
    if "send" not in request.POST:
        messages.success(request, _("Saved."))
        return redirect("admin:case_draft", page.review.pk)
    seen = revision(request)
    try:
        # What was just saved may have been a step of the case: then it is one further than the form knew.
        drafting.send_to_sign_off(page.review, page.person, seen + page.was_done(seen))
    except Refused as error:
        messages.warning(request, _("Saved, not sent. %(why)s") % {"why": error})
        return redirect(f"{reverse('admin:case_draft', args=[page.review.pk])}#{_field(error.refusal)}")
    messages.success(request, _("Saved and sent to sign-off."))
    return to_case(page.review)


def _write_meanwhile(page: StepPage, text: dict[str, str]) -> HttpResponse:
    try:
        drafting.write(page.review, page.person, revision(page.request, "draft_revision"), **text)
    except Refused as error:
        if not (isinstance(error, Moved) and _is_saved(page, text)):
            return not_saved(error)
    stored, case = drafting.draft_of(page.review, page.person), page.again().review.revision
    return saved(stored.revision, {"explanation-shown": rich(stored.explanation, {})}, case)


def _is_saved(page: StepPage, text: dict[str, str]) -> bool:
    """Return whether the stored draft says what was typed: the same form sent twice is no conflict."""
    stored = Draft.objects.filter(review=page.review, cycle=page.review.cycle).first()
    return stored is not None and all(getattr(stored, name) == tidy for name, tidy in drafting.tidy(text).items())


def _field(why: Refusal | None) -> str:
    """Return the field that a refusal is about, empty where it is about none."""
    guard = why.guard if why else ""
    return "explanation" if guard == "citation" else guard if guard in FIELDS else ""


def _draft_form(page: StepPage, text: dict[str, str] | None = None, error: Refused | None = None) -> HttpResponse:
    review, stored = page.review, drafting.draft_of(page.review, page.person)
    labels = field_names()
    asked = [name for name in FIELDS if name != "change_note" or review.change != Change.INITIAL]
    clashes = []
    if text and isinstance(error, Moved):
        clashes = [Clash(labels[name], getattr(stored, name), drafting.tidy(text)[name]) for name in asked]
    judgment = deciding_judgment(review) if review.state in READABLE else None
    pieces = list(judgment.evidence.select_related("document__source").defer("document__text")) if judgment else []
    may_send = may(page.person, "send_to_sign_off", page.standing)
    missing = drafting.unready(review, stored, judgment) if judgment else None
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
        compared=_compared(review, stored, judgment, pieces),
        copy_edit=copy_edit_of(stored, words_before(review, stored)),
        legal_notes=legal_notes(review),
        missing=str(missing or ""),
        missing_at=_field(missing),
        may_send=may_send,
        error=str(error or ""),
        longest=drafting.HEADLINE_LENGTH,
        beside=beside_text(review, page.person),
        page_keys=() if page.why else _keys(review, may_send),
    )
    return show(page.request, "desk/draft.html", context, status=409 if error else 200)


def _keys(review: Review, may_send: bool) -> tuple[Key, ...]:
    note = () if review.change == Change.INITIAL else NOTE_KEYS
    return (*FIELD_KEYS, *note, *(SEND_KEYS if may_send else SAVE_KEYS))


def _compared(
    review: Review, stored: Draft, judgment: Judgment | None, pieces: Sequence[Evidence]
) -> BeforeAfter | None:
    before = standing(review)
    if before is None:
        return None
    after = side_of_text(review, drafting.words_of(stored), judgment, pieces) if judgment else None
    return BeforeAfter(before, after, review.change)


ROUTES: list[Route] = [
    ("<int:pk>/draft/", draft, "case_draft"),
]
