"""The right of reply of a case: whom the desk asked, who else is to be asked, and what they answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from verification.admin.case.days import TimeAhead
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.case.told_replies import ToldReply, told_replies
from verification.admin.pages import Route, desk_page, revision, show
from verification.models import Document, ReplyRequest, Review, State
from verification.review import replies
from verification.review.policy import may
from verification.review.refusals import Refused

ASK, RECORD = "ask_reply", "record_reply"
Outcome = ReplyRequest.Outcome


class AskForm(forms.Form):
    """Whom the desk asks, how, what, and until when."""

    asked = forms.CharField(
        label=gettext_lazy("Whom"),
        max_length=replies.LONGEST_ASKED,
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off"}),
    )
    channel = forms.CharField(
        label=gettext_lazy("How"),
        max_length=replies.LONGEST_CHANNEL,
        required=False,
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off", "aria-describedby": "channel-help"}),
    )
    deadline = TimeAhead(label=gettext_lazy("Answer by"))
    question = forms.CharField(label=gettext_lazy("What"), widget=forms.Textarea({"class": "ro-text", "rows": 4}))
    pause = forms.BooleanField(label=gettext_lazy("Pause my turn until there is an answer"), required=False)


class AnswerForm(forms.Form):
    """What came back. The answer is needed where they gave one; the verb says so."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came"),
        choices=[(each.value, each.label) for each in replies.RECORDED],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether they answered or declined to comment.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("The answer, in their words"),
        required=False,
        widget=forms.Textarea({"class": "ro-text", "rows": 4}),
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Filed as"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=gettext_lazy("not filed as a document"),
        widget=forms.Select({"class": "ro-select"}),
    )
    go_on = forms.BooleanField(label=gettext_lazy("Go on with the case"), required=False)

    def __init__(self, review: Review, *args: Any, **kwargs: Any) -> None:
        """Take the case, then what any form takes."""
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = _beside(review)  # type: ignore[attr-defined]


def _beside(review: Review) -> QuerySet[Document]:
    """Return the documents beside a claim, correspondence first."""
    letters = Case(When(kind=Document.Kind.CORRESPONDENCE, then=Value(0)), default=Value(1))
    found = Document.objects.filter(candidates__claim=review.claim_id, superseded_at__isnull=True)
    return found.defer("text").annotate(other=letters).order_by("other", "title", "pk").distinct()


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def replying(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom the desk asked; note another request, or what came back."""
    if request.method != "POST":
        return _page(open_step(request, pk, ASK, readers=True))
    verb, _colon, public = request.POST.get("do", "").partition(":")
    if verb == "ask":
        return _ask(open_step(request, pk, ASK))
    if verb == "record":
        return _record(open_step(request, pk, RECORD), public)
    raise Http404


def _ask(page: StepPage) -> HttpResponse:
    request = page.request
    form, seen = AskForm(request.POST), revision(request)
    if not form.is_valid():
        return _page(page, asking=form, status=400)
    asked = form.cleaned_data
    question = typed(request, "question")
    try:
        replies.ask_reply(
            page.review,
            page.person,
            seen,
            asked["asked"],
            asked["channel"],
            question,
            asked["deadline"],
            pause_turn=asked["pause"],
        )
    except Refused as error:
        if _is_noted(page, seen, form, question):
            return page.tell_done()
        return _page(page.again(), asking=form, error=str(error), status=409)
    messages.success(request, _("Noted: %(asked)s was asked.") % {"asked": asked["asked"]})
    return redirect("admin:case_replies", page.review.pk)


def _is_noted(page: StepPage, seen: int, form: AskForm, question: str) -> bool:
    """Return whether this person noted this very request on what the form was filled in on: a second click."""
    asked = form.cleaned_data
    told = {"asked": " ".join(asked["asked"].split()), "question": question.strip(), "deadline": asked["deadline"]}
    moved = Review.objects.filter(pk=page.review.pk, revision__lte=seen + (2 if asked["pause"] else 1))
    return moved.exists() and ReplyRequest.objects.filter(review=page.review, by=page.person, **told).exists()


def _record(page: StepPage, public: str) -> HttpResponse:
    request, asked = page.request, _asked(page.review, public)
    form, seen, answer = AnswerForm(page.review, request.POST), revision(request), typed(request, "answer")
    if not form.is_valid():
        return _page(page, answering=form, of=asked, status=400)
    said = form.cleaned_data
    try:
        replies.record_reply(
            page.review, page.person, seen, asked, said["outcome"], answer, said["document"], go_on=said["go_on"]
        )
    except Refused as error:
        asked.refresh_from_db()
        if (asked.outcome, asked.answer) == (said["outcome"], answer.strip()):
            return page.tell_done()
        return _page(page.again(), answering=form, of=asked, error=str(error), status=409)
    messages.success(request, _("Recorded what %(asked)s answered.") % {"asked": asked.asked})
    return redirect("admin:case_replies", page.review.pk)


def _asked(review: Review, public: str) -> ReplyRequest:
    try:
        found = ReplyRequest.objects.filter(review=review, public=UUID(public)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _page(
    page: StepPage,
    *,
    asking: AskForm | None = None,
    answering: AnswerForm | None = None,
    of: ReplyRequest | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    review, person = page.review, page.person
    may_ask, may_record = may(person, ASK, page.standing), may(person, RECORD, page.standing)
    found = told_replies(review, person)
    # Each request that can be answered has its form; what was refused stands in the one it was typed into.
    answers = {each.request.pk: _empty(review, each) for each in found if may_record and each.takes_answer}
    if of and answering:
        answers[of.pk] = answering
    context = page.context(
        _("Replies"),
        here=(ASK, RECORD),
        asked=[(each, answers.get(each.request.pk)) for each in found],
        may_record=may_record,
        of=of,
        asking=asking or AskForm(),
        may_ask=may_ask,
        may_pause=may(person, "await_reply", page.standing),
        awaits=review.state == State.AWAITING_REPLY,
        zone=timezone.get_current_timezone_name(),
        error=error,
    )
    return show(page.request, "desk/replies.html", context, status)


def _empty(review: Review, told: ToldReply) -> AnswerForm:
    return AnswerForm(review, auto_id=f"id_{told.request.pk}_%s")


ROUTES: list[Route] = [("<int:pk>/replies/", replying, "case_replies")]
