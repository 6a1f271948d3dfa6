"""What the pages share that do one step of a case: who may, what was typed, and a form that was sent twice."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verification.admin.case.head import head
from verification.admin.case.timeline import payload_of
from verification.admin.pages import person_of, to_case
from verification.models import Review, ReviewEvent
from verification.publishing.plain_text import printable
from verification.review.policy import refusal, roles_of
from verification.review.refusals import Refusal
from verification.review.standing import Standing, standing_of
from verification.review.states import REMARKS, TABLE, Step
from verification.review.transitions import Actor


@dataclass(frozen=True, slots=True)
class StepPage:
    """A case as opened by a person for one step. `why` is what keeps them from it now, None when nothing does."""

    request: HttpRequest
    standing: Standing
    step: Step
    why: Refusal | None

    @property
    def review(self) -> Review:
        """The case."""
        return self.standing.review

    @property
    def person(self) -> User:
        """Who opened it."""
        return person_of(self.request)

    @property
    def elsewhere(self) -> bool:
        """Whether the case stands where this step does not apply."""
        return self.why is not None and self.why.guard == "state"

    def again(self) -> "StepPage":
        """Return the case as it stands now."""
        return open_step(self.request, self.review.pk, self.step.verb)

    def send_away(self) -> HttpResponse:
        """Say why there is nothing to do here, and go to the case."""
        messages.warning(self.request, str(self.why))
        return to_case(self.review)

    def was_done(self, seen: int, **told: object) -> bool:
        """Return whether this form was sent before: its step is the last thing logged but remarks, and says the same.

        `seen` is the revision the form was filled in on, `told` what the log holds of such a step.
        """
        revision = Review.objects.values_list("revision", flat=True).get(pk=self.review.pk)
        steps = ReviewEvent.objects.filter(review=self.review).exclude(verb__in=REMARKS)
        last = steps.select_related("payload").order_by("-seq").first()
        if last is None or revision != seen + 1:
            return False
        payload = payload_of(last) or {}
        same = all(payload.get(name) == (value or None) for name, value in told.items())
        return (last.verb, last.actor) == (self.step.verb, Actor(self.person).written) and same

    def tell_done(self) -> HttpResponse:
        """Say that a form was sent twice, and go to the case."""
        messages.info(self.request, _("This was done already; nothing was done twice."))
        return to_case(self.review)

    def context(self, crumb: str, *, here: tuple[str, ...] = (), **more: object) -> dict[str, Any]:
        """Return what the page shows: the head of the case without the buttons that stand on the page (`here`)."""
        shown = head(self.request, self.review, self.standing)
        own = {self.step.verb, *here}
        return {
            **shown,
            "title": f"{crumb}, {shown['title']}",
            "crumb": crumb,
            "buttons": [button for button in shown["buttons"] if button.action.verb not in own],
            "on_page": [button for button in shown["buttons"] if button.action.verb in here],
            "why_not": str(self.why or ""),
            **more,
        }


def open_step(request: HttpRequest, pk: int, verb: str, *, readers: bool = False) -> StepPage:
    """Open a case for a step. Raises Http404, and PermissionDenied when a person's role does not include the step.

    With `readers`, whoever may read cases may open it too, though not do the step.
    """
    step, person = TABLE[verb], person_of(request)
    if not readers and not roles_of(person) & set(step.roles):
        raise PermissionDenied(_("Your role does not include this page."))
    cases = Review.objects.select_related("claim__speaker__joined_to", "publication__verdict", "duplicate_of")
    standing = standing_of(get_object_or_404(cases, pk=pk))
    return StepPage(request, standing, step, refusal(person, step, standing))


def typed(request: HttpRequest, name: str) -> str:
    """Return a text as it was typed, without what neither the database nor a feed could hold."""
    return printable(request.POST.get(name, "").replace("\r\n", "\n"))
