"""Which programs ask for which feed, by the name they give themselves, and how new a feed they were given.

What was written is remembered in this process: a reader who asks again within a minute, while nothing new was
published, costs nothing. Strangers can name programs and combine choices as they like, so there are limits to both; no
address of a person is looked at or stored.
"""

import logging
import re
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.urls import reverse

from verification.models import FeedReader, Publication
from verification.publishing.choosing import Choice, chosen
from verification.publishing.edition import Edition
from verification.publishing.websub.topics import CORRECTIONS, FEEDS, choices_met, is_correction

AGAIN_AFTER: Final = 60.0
"""Seconds after which it is written again that somebody asked."""
MOST_AGENTS: Final = 200
"""Programs that are told apart, for each feed."""
MOST_CHOSEN: Final = 500
"""Feeds of a choice of checks that are noted; those of all checks always are."""
OTHERS: Final = "others"
LONGEST_AGENT, LONGEST_FEED = 120, 300
_REMEMBERED: Final = 20_000

_COMMENT = re.compile(r"\([^()]*\)")
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
# RFC 9110, section 10.1.5: a product, and its version where there is one.
_PRODUCT = re.compile(rf"{_TOKEN}(/{_TOKEN})?")
_NOTE = """
INSERT INTO verification_feedreader AS known (feed, agent, seen_id)
SELECT %(feed)s, %(agent)s, %(seen)s
 WHERE %(agent)s = %(others)s
    OR EXISTS (SELECT FROM verification_feedreader WHERE feed = %(feed)s AND agent = %(agent)s)
    OR (SELECT count(*) FROM verification_feedreader WHERE feed = %(feed)s AND agent <> %(others)s) < %(agents)s
ON CONFLICT (feed, agent) DO UPDATE
   SET last_at = clock_timestamp(), seen_id = GREATEST(known.seen_id, EXCLUDED.seen_id)
"""
_ROOM = """
SELECT EXISTS (SELECT FROM verification_feedreader WHERE feed = %(feed)s)
    OR (SELECT count(DISTINCT feed) FROM verification_feedreader WHERE feed LIKE '%%?%%') < %(feeds)s
"""

logger = logging.getLogger(__name__)
_written: dict[tuple[str, str], tuple[int, float]] = {}
_known: dict[str, frozenset[str]] = {}
"""Of feeds that have as many programs as they may: which those are."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that follows a feed in which a publication stands; `has_it` says that it was given it there."""

    feed: str
    agent: str
    last_at: datetime
    has_it: bool


def note_reader(request: HttpRequest, status: int, choice: Choice, now: Edition) -> None:
    """Note that a program was given a feed as it is `now`, or told that it has it (304).

    A failure to write is logged, and keeps nobody from the feed. Of a choice that nothing was published of nothing is
    noted: whoever asked for it was given no check.
    """
    if request.method != "GET" or status not in {200, 304}:
        return
    feed, agent = request.path + choice.query, agent_of(request.headers.get("User-Agent", ""))
    if agent not in _known.get(feed, {agent}):
        agent = OTHERS
    if len(feed) > LONGEST_FEED or not _due(feed, agent, now.newest_id):
        return
    try:
        _note(feed, agent, choice, now)
    except DatabaseError:
        logger.exception("the reader of a feed could not be noted")


def agent_of(header: str) -> str:
    """Return the products a User-Agent names, on one line and at most 120 characters; comments are left out.

    In comments stand addresses, of mail too, and how many people read along.
    """
    text = header[:1000]
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    products = [word for word in text.split() if _PRODUCT.fullmatch(word)]
    return " ".join(products)[:LONGEST_AGENT].rstrip() or "unnamed"


def feed_readers(publication_id: int) -> list[Reader]:
    """Return the programs that follow a feed of this publication, those that were given it first, newest first."""
    publication = Publication.objects.select_related("verdict__supersedes", "review__claim__speaker__joined_to").get(
        pk=publication_id
    )
    names = (*FEEDS, *CORRECTIONS) if is_correction(publication) else FEEDS
    paths = {reverse(f"public:{name}") for name in names}
    met = {pair for choice in choices_met(publication) for pair in choice.pairs.items()}
    readers = [
        Reader(row.feed, row.agent, row.last_at, (row.seen_id or 0) >= publication_id)
        for row in FeedReader.objects.order_by("-last_at")
        if _holds(row.feed, paths, met)
    ]
    return sorted(readers, key=lambda reader: not reader.has_it)


def forget() -> None:
    """Forget what this process has written."""
    _written.clear()
    _known.clear()
    _has_checks.cache_clear()


def _holds(feed: str, paths: set[str], met: set[tuple[str, str]]) -> bool:
    path, _mark, query = feed.partition("?")
    return path in paths and set(parse_qsl(query)) <= met


def _due(feed: str, agent: str, newest: int) -> bool:
    """Return whether this is to be written; whoever asks next is told that it was."""
    seen, at = _written.get((feed, agent), (-1, 0.0))
    moment = time.monotonic()
    if newest <= seen and moment - at < AGAIN_AFTER:
        return False
    if len(_written) >= _REMEMBERED:
        _written.clear()
    _written[feed, agent] = (newest, moment)
    return True


def _note(feed: str, agent: str, choice: Choice, now: Edition) -> None:
    if choice.pairs and not (_has_checks(now.digest, choice) and _has_room(feed)):
        return
    if not _upsert(feed, agent, now):
        rows = FeedReader.objects.filter(feed=feed).values_list("agent", flat=True)
        _known[feed] = frozenset(rows[: MOST_AGENTS + 1])
        _upsert(feed, OTHERS, now)


def _upsert(feed: str, agent: str, now: Edition) -> bool:
    """Write the row; return False where the feed has as many programs as it may, and this is none of them."""
    values = {"feed": feed, "agent": agent, "seen": now.newest_id or None, "others": OTHERS, "agents": MOST_AGENTS}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NOTE, values)
        return bool(cursor.rowcount)


def _has_room(feed: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ROOM, {"feed": feed, "feeds": MOST_CHOSEN})
        (room,) = cursor.fetchone()
    return bool(room)


@lru_cache(maxsize=500)
def _has_checks(_digest: str, choice: Choice) -> bool:
    return chosen(choice).exists()
