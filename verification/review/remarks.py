"""What the machine notes in a case's log, wherever the case stands: it moves nothing and asks nobody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.models import AppearanceFate, Fate
from claims.models.clock import ClockTimestamp
from verification.models import Review
from verification.review.log import Entry, append_many
from verification.review.transitions import Actor

WATCH = Actor(service="watch")
SOURCE_CHANGED, APPEARANCE_CHANGED = "source_changed", "appearance_changed"
LONGEST: Final = 240
"""Characters of a passage that a sentence quotes."""
AT_ONCE: Final = 500


def remark(verb: str, told: Sequence[tuple[Review, Mapping[str, object]]]) -> None:
    """Note one of the two verbs in the log of each of these cases, in the caller's transaction.

    The payload says what changed, in a sentence (`note`) and in particulars. The cases have to be locked, or read after
    their lock: an event begins and ends where its case stands.
    """
    append_many([Entry(review, WATCH.written, verb, review.state, review.state, payload) for review, payload in told])


def tell_appearances() -> int:
    """Note in their cases' logs which claims stand in an article in other words now, or no more; return how many.

    Each is told once. A claim that joined another case is told in both logs. Two sweeps at once are safe: what one has
    locked the other passes over.
    """
    with transaction.atomic():
        news = AppearanceFate.objects.filter(
            fate__in=(Fate.CHANGED, Fate.GONE), told_at__isnull=True, appearance__claim__review__isnull=False
        )
        locked = news.select_for_update(skip_locked=True, of=("self",)).select_related(
            "appearance__article__outlet", "appearance__claim__review", "article"
        )
        fates = list(locked.order_by("pk")[:AT_ONCE])
        by_case: defaultdict[int, list[AppearanceFate]] = defaultdict(list)
        for fate in fates:
            review = fate.appearance.claim.review
            for pk in filter(None, (review.pk, review.duplicate_of_id)):
                by_case[pk].append(fate)
        cases = Review.objects.select_for_update(no_key=True).filter(pk__in=by_case).order_by("pk")
        remark(APPEARANCE_CHANGED, [(case, _payload(fate)) for case in list(cases) for fate in by_case[case.pk]])
        AppearanceFate.objects.filter(pk__in=[fate.pk for fate in fates]).update(told_at=ClockTimestamp())
    return len(fates)


def shortened(text: str) -> str:
    """Return a passage on one line, as a sentence quotes it."""
    return Truncator(" ".join(text.split())).chars(LONGEST)


def _payload(fate: AppearanceFate) -> dict[str, object]:
    former = fate.appearance.article
    outlet = former.outlet.name if former.outlet else ""
    said = {"article": shortened(str(former)), "was": shortened(fate.appearance.exact), "now": shortened(fate.exact)}
    if outlet:
        said["article"] = f"{said['article']} ({outlet})"
    if fate.fate == Fate.CHANGED:
        note = _("In “%(article)s” stood: “%(was)s” It says now: “%(now)s”")
    elif fate.article:
        note = _("In “%(article)s” nothing is like it any more: “%(was)s”")
    else:
        note = _("“%(article)s” is not there any more. In it stood: “%(was)s”")
    return {"article": str(former.public), "fate": fate.fate, "note": note % said}
