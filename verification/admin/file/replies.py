"""The panel of a case file that tells whom the desk asked for a reply."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.admin.case.told_replies import told_replies
from verification.admin.file.panel import Panel
from verification.admin.pages import person_of
from verification.review.policy import may
from verification.review.standing import Standing


def panel(request: HttpRequest, standing: Standing) -> Panel | None:
    """Return whom the desk asked; None where nobody was asked and this person asks nobody now."""
    person = person_of(request)
    asked = told_replies(standing.review, person)
    if not asked and not may(person, "ask_reply", standing):
        return None
    return Panel("replies", _("Right of reply"), "desk/file_replies.html", {"asked": asked}, len(asked))
