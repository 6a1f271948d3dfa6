"""Which hubs a feed names."""

from functools import lru_cache

from verification.models import Hub
from verification.publishing.choosing import Choice
from verification.publishing.edition import Edition


def hubs_for(choice: Choice, now: Edition) -> tuple[str, ...]:
    """Return the addresses of the hubs that are told of what is new in a feed.

    A feed of several choices at once has none: there are too many to tell a hub of each.
    """
    return _in_use(now.digest) if len(choice.pairs) <= 1 else ()


@lru_cache(maxsize=2)
def _in_use(_digest: str) -> tuple[str, ...]:
    # Kept as long as the edition is: a trigger says a public change where a hub is added, switched on or off.
    return tuple(Hub.objects.filter(off_at=None).order_by("pk").values_list("url", flat=True))
