"""Who has this version: for each published version of a case, who took it, and by name who has not."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.admin.file.panel import Panel
from verification.publishing.reach.told import told_of
from verification.review.standing import Standing


def panel(request: HttpRequest, standing: Standing) -> Panel | None:
    """Return where a case's versions went, the newest first; None for a case of which nothing was published."""
    if standing.review.publication is None:
        return None
    return Panel("reach", _("Who has this version"), "desk/file_reach.html", {"told": told_of(standing.review)})
