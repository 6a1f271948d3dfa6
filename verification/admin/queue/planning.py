"""Priority, deadline and second check of one case, set by an editor."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.admin.pages import Route, desk_page, person_of, revision, show, tell_refusal, to_case
from verification.admin.queue.deadlines import FURTHEST, LocalTimeField
from verification.models import Review, Topic
from verification.review import triage
from verification.review.policy import refusal
from verification.review.refusals import Moved, Refused
from verification.review.standing import standing_of
from verification.review.states import TABLE

PICKER = "%Y-%m-%dT%H:%M"  # how a browser's picker for date and time writes them
# Whether a second person judges the case blind; None is not decided yet.
SECOND_CHECKS: dict[str, tuple[bool | None, str | Promise]] = {
    "yes": (True, gettext_lazy("a second person judges it, blind")),
    "no": (False, gettext_lazy("one judgment is enough")),
    "later": (None, gettext_lazy("an editor decides when the first judgment is in")),
}


class PlanForm(forms.Form):
    """How urgent a case is, until when, and whether a second person judges it."""

    priority = forms.IntegerField(
        label=gettext_lazy("Priority, 0 to 100"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "ro-input"}),
    )
    deadline = LocalTimeField(
        label=gettext_lazy("Deadline"),
        required=False,
        input_formats=[PICKER],
        widget=forms.DateTimeInput(format=PICKER, attrs={"type": "datetime-local", "class": "ro-input"}),
    )
    second_check = forms.ChoiceField(
        label=gettext_lazy("Second check"),
        choices=[(name, label) for name, (_value, label) in SECOND_CHECKS.items()],
        widget=forms.RadioSelect,
    )

    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"),
        required=False,
        queryset=Topic.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, given: Sequence[Topic] = (), **kwargs: Any) -> None:
        """Offer the topics in use, and those that the case has already (`given`)."""
        super().__init__(*args, **kwargs)
        offered = Topic.objects.filter(Q(in_use=True) | Q(pk__in=[topic.pk for topic in given]))
        boxes = self.fields["topics"]
        assert isinstance(boxes, forms.ModelMultipleChoiceField)  # nosec B101 (as declared above)
        boxes.queryset = offered
        self.initial["topics"] = [topic.pk for topic in given]

    def clean_deadline(self) -> datetime | None:
        """Refuse a new deadline that has passed already, or is far out; one that stands may stay."""
        deadline: datetime | None = self.cleaned_data["deadline"]
        if "deadline" in self.changed_data and deadline and deadline < timezone.now():
            raise forms.ValidationError(_("That time has passed."))
        if "deadline" in self.changed_data and deadline and deadline > timezone.now() + FURTHEST:
            raise forms.ValidationError(_("A deadline lies within a hundred years."))
        return deadline


@desk_page("assign")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form, and save it. When the case was changed meanwhile, what was typed stays beside what stands now."""
    review = get_object_or_404(Review.objects.select_related("claim__speaker__joined_to"), pk=pk)
    stands: dict[str, object] = {
        # The form shows whole steps of 100; a priority nobody touched keeps its fraction.
        "priority": round(100 * review.priority),
        "deadline": review.deadline and timezone.localtime(review.deadline).replace(second=0, microsecond=0),
        "second_check": _name(review.second_check),
    }
    given = list(review.topics.all())
    form, moved, status = PlanForm(request.POST or None, initial=stands, given=given), False, 200
    if request.method == "POST" and not form.is_valid():
        status = 400
    elif request.method == "POST":
        wish = form.cleaned_data
        try:
            triage.plan(
                review,
                person_of(request),
                revision(request),
                priority=wish["priority"] / 100 if "priority" in form.changed_data else review.priority,
                deadline=wish["deadline"] if "deadline" in form.changed_data else review.deadline,
                second_check=SECOND_CHECKS[wish["second_check"]][0],
                about=list(wish["topics"]) if "topics" in form.changed_data else None,
            )
        except Refused as error:
            tell_refusal(request, error)
            moved, status = isinstance(error, Moved), 409
        else:
            messages.success(request, _("Saved."))
            return to_case(review)
    context = {
        "title": _("Priority and deadline of %(number)s") % {"number": review.number},
        "review": review,
        "form": form,
        "stands": stands | {"second_check": SECOND_CHECKS[_name(review.second_check)][1]} if moved else None,
        "zone": timezone.localtime().tzname(),
        "why_not": refusal(person_of(request), TABLE["plan"], standing_of(review)),
    }
    return show(request, "desk/plan.html", context, status)


def _name(second_check: bool | None) -> str:
    return next(name for name, (value, _label) in SECOND_CHECKS.items() if value is second_check)


ROUTES: list[Route] = [("<int:pk>/plan/", plan, "plan")]
