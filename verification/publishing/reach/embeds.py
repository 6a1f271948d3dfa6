"""Which sites show a check's card, and which version they fetched last: what a correction has reached.

Noted is the origin (scheme and host) of the page a card stands on, as the reader's browser names it in `Referer`, and
no reader: no address, no path, nothing of who looked. Pages that let no origin be told are not known of.
"""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, InterfaceError, connection, transaction

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from verification.models import EmbedSite

MOST_OF_A_CHECK: Final = 50
MOST: Final = 5000
LONGEST: Final = 200
MAKES_ROOM_AFTER: Final = timedelta(days=1)
"""A site that was not seen for so long makes room for a new one."""
PAUSE: Final = 60
"""Seconds in which one site's fetching of one version is written once by this process."""
_MOST_REMEMBERED: Final = 10_000

_NOTE = """
INSERT INTO verification_embedsite AS known (review_id, origin, version)
SELECT publication.review_id, %(origin)s, verdict.version
  FROM verification_publication AS publication
  JOIN verification_verdict AS verdict ON verdict.id = publication.verdict_id
 WHERE publication.id = %(publication)s
   AND (EXISTS (SELECT FROM verification_embedsite WHERE review_id = publication.review_id AND origin = %(origin)s)
        OR ((SELECT count(*) FROM verification_embedsite WHERE review_id = publication.review_id) < %(most_of_a_check)s
            AND (SELECT count(*) FROM verification_embedsite) < %(most)s))
ON CONFLICT (review_id, origin) DO UPDATE
   SET version = greatest(known.version, EXCLUDED.version), last_at = clock_timestamp()
"""
# The site that was not seen for longest makes room: one of this check where the check has as many as it may, else any.
_MAKE_ROOM = """
DELETE FROM verification_embedsite WHERE id = (
    SELECT site.id
      FROM verification_embedsite AS site, verification_publication AS publication
     WHERE publication.id = %(publication)s
       AND site.last_at < clock_timestamp() - %(unseen_for)s * interval '1 second'
       AND (site.review_id = publication.review_id
            OR (SELECT count(*) FROM verification_embedsite WHERE review_id = publication.review_id)
               < %(most_of_a_check)s)
     ORDER BY site.last_at LIMIT 1)
"""
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_noted: dict[tuple[int, str], float] = {}


@dataclass(frozen=True, slots=True)
class Embed:
    """A site that shows a check's card: the version it fetched last, and when; when it was seen first."""

    origin: str
    version: int
    last_at: datetime
    first_at: datetime

    @property
    def stays(self) -> bool:
        """Whether it was seen on two days: what asked once may be a name that somebody made up."""
        return self.last_at - self.first_at >= timedelta(days=1)


def origin_of(address: str) -> str:
    """Return scheme and host of a page's address, with a port that is not the scheme's own; empty for anything else."""
    try:
        target = parse_url(address)
    except BadUrl:
        return ""
    origin = f"{target.scheme}://{target.host_header}"
    return origin if len(origin) <= LONGEST else ""


def note_embed(origin: str, publication: int) -> None:
    """Note that a site was given the card of this publication, or has it already.

    At most once a minute for each site and publication, and within the limits above. Where there are as many as may be,
    one that was not seen for a day makes room. That it could not be written is
    logged, never raised: the card is shown whatever becomes of the note.
    """
    if not origin or not _is_due((publication, origin)):
        return
    values: dict[str, str | int | float] = {
        "origin": origin,
        "publication": publication,
        "most_of_a_check": MOST_OF_A_CHECK,
        "most": MOST,
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_NOTE, values)
            if not cursor.rowcount:
                cursor.execute(_MAKE_ROOM, values | {"unseen_for": MAKES_ROOM_AFTER.total_seconds()})
                if cursor.rowcount:
                    cursor.execute(_NOTE, values)
    except (DatabaseError, InterfaceError):
        _log.warning("A site that embeds a card could not be noted.", exc_info=True)


def embeds_of(review_id: int) -> list[Embed]:
    """Return the sites that show the card of a case (its key), the one that fetched it last first."""
    found = EmbedSite.objects.filter(review=review_id).order_by("-last_at", "pk")
    return [Embed(*row) for row in found.values_list("origin", "version", "last_at", "first_at")]


def _is_due(key: tuple[int, str]) -> bool:
    now = time.monotonic()
    with _lock:
        if now - _noted.get(key, -PAUSE) < PAUSE:
            return False
        if len(_noted) >= _MOST_REMEMBERED:
            _noted.clear()
        _noted[key] = now
    return True
