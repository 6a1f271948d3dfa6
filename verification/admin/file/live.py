"""The panel of a case file that tells what live sources were asked for the claim, and has them asked again."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import work
from claims.models import Work
from claims.translation import tell
from verification.admin.case.adding import SEARCHING, open_to
from verification.admin.case.search_record import asked_in_words
from verification.admin.file.panel import Panel
from verification.admin.pages import Route, desk_page, person_of, posted, to_case
from verification.connectors.plan import CAPTURE, COUNTERPART, LISTED, PHRASE, RESOLVE
from verification.models import SearchRun, Source
from verification.models.candidate import OWN_WORDS
from verification.research.live_search import search_now
from verification.research.stretch import SEARCH_LIVE
from verification.review.further_sources import may_add
from verification.review.standing import Standing

MOST_SHOWN = 60
STEPS: dict[str, str | Promise] = {
    RESOLVE: gettext_lazy("a number or link in the text"),
    LISTED: gettext_lazy("its list of those days"),
    PHRASE: gettext_lazy("searched for words"),
    COUNTERPART: gettext_lazy("another side’s own account"),
    CAPTURE: gettext_lazy("an archived copy"),
}
# What is told in a line of its own, or by the step's name.
TOLD_OTHERWISE = {"why"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one source: by which step of the plan, and in words what was asked and why."""

    run: SearchRun
    step: str

    @property
    def why(self) -> list[str]:
        """Why this source was asked this."""
        return tell(self.run.query.get("why", ()))

    @property
    def told(self) -> Iterator[str]:
        """What was asked, each with its label."""
        query = {name: value for name, value in self.run.query.items() if name not in TOLD_OTHERWISE}
        return (f"{each.label}: {', '.join(each.values)}" for each in asked_in_words(query))


def panel(request: HttpRequest, standing: Standing) -> Panel:
    """Return what was asked of live sources, newest first (three queries)."""
    review = standing.review
    runs = (
        SearchRun.objects.filter(claim=review.claim_id)
        .exclude(step__in=["", OWN_WORDS])
        .select_related("source")
        .order_by("-pk")
    )
    asked = [Asked(run, str(STEPS.get(run.step, run.step))) for run in runs[:MOST_SHOWN]]
    waiting = Work.objects.filter(work.OPEN, kind=SEARCH_LIVE, subject=review.claim_id).first()
    context = {
        "asked": asked,
        "waiting": waiting,
        "since": date_format(localtime(waiting.created_at), "H:i") if waiting else "",
        "sources": Source.objects.filter(enabled=True).exists(),
        "may_add": may_add(person_of(request), standing),
    }
    return Panel("live", _("Live sources"), "desk/file_live.html", context, len(asked))


@posted
@desk_page("case")
def search_live(request: HttpRequest, pk: int) -> HttpResponse:
    """Have live sources asked for the claim; workers do it, each source at its host's pace."""
    review = open_to(request, pk)
    if search_now(review.claim):
        asked = _("Live sources are being asked, each at its own pace. What comes stands here.")
        messages.info(request, asked, extra_tags=SEARCHING)
    else:
        messages.warning(request, _("No source that is switched on could be asked anything about this claim."))
    if request.POST.get("back") == "case":
        return to_case(pk)
    return redirect(f"{reverse('admin:case_file', args=[pk])}#live")


ROUTES: list[Route] = [("<int:pk>/search/live/", search_live, "case_search_live")]
