"""What an administrator does with outlets' feeds and with hosts: adds and changes feeds, switches them, sets a pace."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from claims.models import HostLane, Outlet, OutletFeed
from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.review.refusals import Refusal, Unmet


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """All that is said of a feed: the outlet by its name, a normal address, an `OutletFeed.Kind`, and minutes."""

    outlet: str
    url: str
    kind: str
    every_minutes: int


def add_feed(kept: KeptFeed) -> OutletFeed:
    """Store a new feed, switched off, and its outlet where it is new. Raises Unmet where the address is followed."""
    try:
        with transaction.atomic():
            outlet, _made = Outlet.objects.get_or_create(name=kept.outlet)
            return OutletFeed.objects.create(
                outlet=outlet, url=kept.url, kind=kept.kind, every_minutes=kept.every_minutes
            )
    except IntegrityError as error:
        raise _followed_already() from error


def change_feed(feed: OutletFeed, kept: KeptFeed) -> None:
    """Store what is said of a feed; one that lies elsewhere is asked from its beginning.

    Raises Unmet where the address is followed already.
    """
    try:
        with transaction.atomic():
            stands = OutletFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
            elsewhere = (stands.url, stands.kind) != (kept.url, kept.kind)
            stands.outlet, _made = Outlet.objects.get_or_create(name=kept.outlet)
            stands.url, stands.kind, stands.every_minutes = kept.url, kept.kind, kept.every_minutes
            columns = ["outlet", "url", "kind", "every_minutes"]
            if elsewhere:  # what another address answered says nothing of this one
                stands.etag, stands.last_modified, stands.newest_at = "", "", None
                columns += ["etag", "last_modified", "newest_at"]
            stands.save(update_fields=columns)
            if elsewhere:
                OutletFeed.objects.filter(pk=feed.pk).update(next_at=ClockTimestamp())
    except IntegrityError as error:
        raise _followed_already() from error


def switch_feed(feed: OutletFeed, *, on: bool) -> bool:
    """Switch a feed on or off; return whether it was otherwise before. One that is switched on is asked at once."""
    otherwise = OutletFeed.objects.filter(pk=feed.pk, enabled=not on)
    if on:
        return bool(otherwise.update(enabled=True, next_at=ClockTimestamp(), failures=0))
    return bool(otherwise.update(enabled=False))


def ask_feed_now(feed: OutletFeed) -> bool:
    """Make a feed due at once; False for one that is switched off."""
    return bool(OutletFeed.objects.filter(pk=feed.pk, enabled=True).update(next_at=ClockTimestamp()))


def set_pace(lane: HostLane, *, gap_ms: int | None, daily_budget: int | None) -> None:
    """Set a host's own gap between two requests and its budget of requests a day; None is the desk's."""
    HostLane.objects.filter(pk=lane.pk).update(gap_ms=gap_ms, daily_budget=daily_budget)


def _followed_already() -> Unmet:
    return Unmet(Refusal("url", words("This address is followed already.")))
