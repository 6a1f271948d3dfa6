"""The precedent panel of a case file, and the note when a rating breaks with what was found before."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.speakers import standing_for
from verification.admin.file.panel import Panel
from verification.models import Rating, Review
from verification.publishing.moments import moment
from verification.review import precedents
from verification.review.precedents import Precedent
from verification.review.standing import Standing


def panel(request: HttpRequest, standing: Standing) -> Panel:
    """Return earlier verdicts on the claim and its speaker, with a note where there are none."""
    found = precedents.of(standing.review)
    speaker = standing.review.claim.speaker
    context = {"found": found, "speaker": standing_for(speaker) if speaker else None}
    return Panel("precedents", _("Precedents"), "desk/file_precedents.html", context, len(found))


def breaks_told(review: Review, rating: Rating | None) -> list[str]:
    """Return a sentence for each verdict on the same claim that a rating differs from; of others' ratings, nothing."""
    if rating is None:
        return []
    return [_told(each) for each in precedents.breaks_with(review, rating)]


def _told(precedent: Precedent) -> str:
    day = moment(precedent.at, precedent.precision)
    rating = f"{precedent.rating}, {day.day}" if day else precedent.rating
    if precedent.review:
        return _("This rating breaks with %(case)s (%(rating)s).") % {"case": precedent.review.number, "rating": rating}
    by = precedent.name or _("an earlier check")
    return _("This rating breaks with %(by)s, before this desk (%(rating)s).") % {"by": by, "rating": rating}
