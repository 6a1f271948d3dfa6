"""What the desk says of an earlier check in a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from verification.models import EarlierCheck
from verification.publishing.moments import moment
from verification.review.similar import CheckedEarlier


def reason_of(earlier: Sequence[CheckedEarlier], cited: str | None) -> str:
    """Return the reason to decline a claim that cites one of those shown (by public id), empty for none of them."""
    check = next((each.check for each in earlier if str(each.check.public) == cited), None)
    return told(check) if check else ""


def told(check: EarlierCheck) -> str:
    """Return who checked it when, with what rating, and where that stands."""
    day = moment(check.published, check.published_precision)
    by = ", ".join(filter(None, [check.publisher, day.words if day else None]))
    rating = {"rating": check.rating_label, "url": check.url, "by": by}
    if not by:
        return _("Checked before, “%(rating)s”: %(url)s") % rating
    return _("Checked before by %(by)s, “%(rating)s”: %(url)s") % rating
