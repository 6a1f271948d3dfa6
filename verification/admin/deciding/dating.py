"""For which day a verdict holds, and when what is published is looked at again."""

from datetime import date, datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Review
from verification.review import afterwards
from verification.review.afterwards import AS_OF_STANDS
from verification.review.refusals import Refused

DAY = "%Y-%m-%d"  # how a browser's picker for a day writes it
WRONG = {"invalid": gettext_lazy("Give a day, such as 2031-05-04.")}


def _picker() -> forms.DateInput:
    return forms.DateInput(format=DAY, attrs={"type": "date", "class": "ro-input"})


class DatesForm(forms.Form):
    """Two days, either of which may be left out; each begins at midnight where its reader is."""

    as_of = forms.DateField(
        label=gettext_lazy("The verdict holds for"),
        required=False,
        input_formats=[DAY],
        widget=_picker(),
        error_messages=WRONG,
    )
    review_on = forms.DateField(
        label=gettext_lazy("To be looked at again on"),
        required=False,
        input_formats=[DAY],
        widget=_picker(),
        error_messages=WRONG,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the two days of a case, and change them."""
    page = open_step(request, pk, "set_dates")
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _page(page, _form(page.review))
    form, seen = _form(page.review, request), revision(request)
    if not form.is_valid():
        return _page(page, form, status=400)
    as_of, review_on = form.cleaned_data["as_of"], _midnight(page.review, form)
    told = {"as_of": as_of and as_of.isoformat(), "review_on": review_on and review_on.isoformat()}
    try:
        afterwards.set_dates(page.review, page.person, seen, as_of, review_on)
    except Refused as error:
        return page.tell_done() if page.was_done(seen, **told) else _page(page.again(), form, str(error))
    messages.success(request, _("Saved."))
    return to_case(pk)


def _form(review: Review, request: HttpRequest | None = None) -> DatesForm:
    stands = {"as_of": review.as_of, "review_on": review.review_on and timezone.localtime(review.review_on).date()}
    form = DatesForm(request.POST if request else None, initial=stands)
    form.fields["as_of"].disabled = review.state in AS_OF_STANDS
    return form


def _midnight(review: Review, form: DatesForm) -> datetime | None:
    """Return when the day begins; a day that nobody touched keeps its very time."""
    day: date | None = form.cleaned_data["review_on"]
    if "review_on" not in form.changed_data:
        return review.review_on
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _page(page: StepPage, form: DatesForm, error: str = "", status: int = 200) -> HttpResponse:
    context = page.context(
        _("As-of day and review date"),
        form=form,
        as_of_stands=form.fields["as_of"].disabled,
        zone=timezone.get_current_timezone_name(),
        error=error,
    )
    return show(page.request, "desk/dates.html", context, status=409 if error else status)


ROUTES: list[Route] = [("<int:pk>/dates/", dates, "case_dates")]
