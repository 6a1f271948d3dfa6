"""Which hubs were told of a publication."""

from dataclasses import dataclass

from verification.models import Change, Hub, Publication
from verification.publishing.reach.places import place_of


@dataclass(frozen=True, slots=True)
class HubTold:
    """A hub that is in use, and whether it took word of a publication: None where that is not sealed yet."""

    hub: Hub
    told: bool | None


def hubs_told(publication: Publication) -> list[HubTold]:
    """Return the hubs in use, and whether each was told of a publication; none of a minor edit, which is not told.

    A hub that was added later counts as told: what went out before is not its business.
    """
    if publication.verdict.change == Change.MINOR:
        return []
    place = place_of(publication)
    hubs = Hub.objects.filter(off_at=None).order_by("pk")
    return [HubTold(hub, hub.told_up_to >= place if place else None) for hub in hubs]
