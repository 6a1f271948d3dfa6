"""The desk's addresses and, at `/peer.atom`, stock Django syndication over the same rows."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import path
from django.utils.feedgenerator import Atom1Feed

from config.urls import urlpatterns as of_the_desk
from verification.models import Verdict, VerdictEvidence


class StockFeed(Feed):  # type: ignore[type-arg]  # generic for the type checker only
    """The newest fifty checks with their text and evidence, as Django's documentation would have one write it."""

    feed_type = Atom1Feed
    title = "Checks"
    link = "/checks/"

    def items(self) -> Iterable[Verdict]:
        """Return the rows, with what an entry tells of."""
        rows = Verdict.objects.filter(publication__current_of__isnull=False).select_related("publication", "review")
        return rows.prefetch_related("evidence__document__source").order_by("-publication__published_at", "-pk")[:50]

    def item_title(self, item: Verdict) -> str:
        """Return the headline."""
        return item.headline

    def item_description(self, item: Verdict) -> str:
        """Return claim, explanation and evidence."""
        return f"{item.claim_text}\n{item.explanation}\n{'; '.join(map(_cited, item.evidence.all()))}"

    def item_link(self, item: Verdict) -> str:
        """Return the check's address."""
        return f"/checks/{item.review.public}/"

    def item_pubdate(self, item: Verdict) -> datetime:
        """Return when it was first published."""
        return item.publication.first_published_at

    def item_updateddate(self, item: Verdict) -> datetime:
        """Return when this version was published."""
        return item.publication.published_at


def _cited(piece: VerdictEvidence) -> str:
    return f"{piece.document.source.name}: {piece.exact}"


urlpatterns = [path("peer.atom", StockFeed()), *of_the_desk]
