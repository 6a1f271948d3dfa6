"""Which hubs were told of a publication."""

from dataclasses import dataclass

from verification.models import Hub, Publication, SealEntry
from verification.publishing.webhooks.making import PUBLISH, published_by


@dataclass(frozen=True, slots=True)
class HubTold:
    """A hub that is in use, and whether it took word of a publication: None where that is not sealed yet."""

    hub: Hub
    told: bool | None


def hubs_told(publication: Publication) -> list[HubTold]:
    """Return the hubs in use, and whether each was told of a publication; none of a minor edit, which is not told.

    A hub that was added later counts as told: what went out before is not its business.
    """
    lines = SealEntry.objects.filter(event__review=publication.review_id, event__verb=PUBLISH).select_related("event")
    place = next((line.pk for line in lines.order_by("pk") if published_by(line.event) == publication), None)
    if place is None and publication.edited_at:
        return []
    hubs = Hub.objects.filter(off_at=None).order_by("pk")
    return [HubTold(hub, None if place is None else hub.told_up_to >= place) for hub in hubs]
