"""Whether a package can still be given out: it cannot once words that it tells were erased."""

from verification.models import ReviewEvent, Verdict, VerdictPackage
from verification.publishing.package.gathering_log import DISCLOSED


def erased_since(verdict: Verdict, package: VerdictPackage) -> bool:
    """Tell whether words that a package may tell were erased after its log ended (one query)."""
    out = verdict.publication.edited_at or verdict.publication.published_at
    erased = {"erases__verb__in": DISCLOSED, "erases__at__lte": package.built_at}
    return ReviewEvent.objects.filter(review=verdict.review_id, at__gte=out, **erased).exists()
