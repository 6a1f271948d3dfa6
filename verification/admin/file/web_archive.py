"""The web archive of a case, as its file offers it: everything the case rests on, for others to open and check."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.admin.file.panel import Panel
from verification.research.exporting import of_case
from verification.review.standing import Standing


def panel(request: HttpRequest, standing: Standing) -> Panel | None:
    """Return how many captures there are, and how many are withheld; None where there is none (two queries)."""
    selected = of_case(standing.review)
    count = selected.snapshots.count()
    if not count:
        return None
    context = {"case": standing.review, "left_out": selected.left_out}
    return Panel("web-archive", _("Web archive"), "desk/file_web_archive.html", context, count)
