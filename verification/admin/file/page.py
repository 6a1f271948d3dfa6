"""The case file: what belongs to a case beside claim, sources and judgment, a panel each."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verification.admin.case.head import head
from verification.admin.file import challenges, changes, live, parts, precedents, reach, replies, web_archive
from verification.admin.file.panel import Panel
from verification.admin.pages import Route, desk_page, show
from verification.models import Review
from verification.review.standing import Standing, standing_of

# Each reads what it shows of a case; None where there is nothing to show or do.
PANELS: tuple[Callable[[HttpRequest, Standing], Panel | None], ...] = (
    parts.panel,
    live.panel,
    replies.panel,
    challenges.panel,
    reach.panel,
    changes.panel,
    precedents.panel,
    web_archive.panel,
)


@desk_page("case")
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all panels of a case."""
    cases = Review.objects.select_related("claim__speaker__joined_to", "publication__verdict", "duplicate_of")
    standing = standing_of(get_object_or_404(cases, pk=pk))
    panels = [panel for read in PANELS if (panel := read(request, standing))]
    shown = head(request, standing.review, standing)
    context = shown | {"title": f"{_('Case file')}, {shown['title']}", "crumb": _("Case file"), "panels": panels}
    return show(request, "desk/case_file.html", context)


ROUTES: list[Route] = [("<int:pk>/file/", case_file, "case_file")]
