"""Which programs ask for which feed, by the name they give themselves, and how new a feed they were given.

What was written is remembered in this process: a reader who asks again within a minute, while nothing new was
published, costs nothing. Strangers can name programs and combine choices as they like, so there are limits to both; no
address of a person is looked at or stored.
"""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from verification.models import FeedReader, Publication
from verification.publishing.choosing import Choice, chosen
from verification.publishing.edition import Edition
from verification.publishing.websub.topics import CORRECTIONS, FEEDS, choices_met, is_correction

AGAIN_AFTER: Final = 60.0
"""Seconds after which it is written again that somebody asked."""
MOST_AGENTS: Final = 100
"""Programs that are told apart, for each feed."""
MOST_CHOSEN: Final = 200
"""Feeds of a choice of checks that are noted; those of all checks always are."""
MAKES_ROOM_AFTER: Final = timedelta(days=1)
"""A program, or a feed of a choice, that was not seen for so long makes room for a new one."""
FULL_FOR: Final = 600.0
"""Seconds for which this process takes it that a feed has as many programs as it may."""
OTHERS: Final = "others"
LONGEST_AGENT, LONGEST_FEED = 120, 300
_REMEMBERED: Final = 20_000

_COMMENT = re.compile(r"\([^()]*\)")
_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
# RFC 9110, section 10.1.5: a product, and its version where there is one.
_PRODUCT = re.compile(rf"{_WORD}(/{_WORD})?")
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
_AGENT_LEAVES = """
DELETE FROM verification_feedreader WHERE id = (
    SELECT id FROM verification_feedreader
     WHERE feed = %(feed)s AND agent <> %(others)s
       AND last_at < clock_timestamp() - %(unseen_for)s * interval '1 second'
     ORDER BY last_at LIMIT 1)
"""
_FEED_LEAVES = """
DELETE FROM verification_feedreader WHERE feed = (
    SELECT feed FROM verification_feedreader WHERE feed LIKE '%%?%%' GROUP BY feed
    HAVING max(last_at) < clock_timestamp() - %(unseen_for)s * interval '1 second'
     ORDER BY max(last_at) LIMIT 1)
"""

logger = logging.getLogger(__name__)
_written: dict[tuple[str, str], tuple[int, float]] = {}
_known: dict[str, tuple[frozenset[str], float]] = {}
"""Of feeds that have as many programs as they may: which those are, and until when that is taken for true."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that follows a feed, and when it asked last."""

    feed: str
    agent: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """How many were given a publication by a feed it stands in, how many were not, and some of these."""

    have: int
    lack: int = 0
    lacking: tuple[Reader, ...] = ()


def note_reader(request: HttpRequest, status: int, choice: Choice, now: Edition) -> None:
    """Note that a program was given a feed as it is `now`, or told that it has it (304).

    A failure to write is logged, and keeps nobody from the feed. Of a choice that nothing was published of nothing is
    noted: whoever asked for it was given no check.
    """
    if request.method != "GET" or status not in {200, 304}:
        return
    feed, agent = request.path + choice.query, agent_of(request.headers.get("User-Agent", ""))
    known, until = _known.get(feed, (frozenset(), 0.0))
    if agent not in known and time.monotonic() < until:
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


def followed(publications: Sequence[Publication], named: int) -> dict[int, Followed]:
    """Return for a case's publications, minor edits left out and the newest first, who has each, by its key.

    Of the newest those are counted too that do not have it yet, and `named` of them given, who asked last first. Who
    came when a publication had been replaced never had it. Their verdicts with what these replaced, and the case with
    its claim's speaker, are at hand. Counted is in the database, all at once: there are some 200 feeds at most, and
    some 20 000 programs.
    """
    if not publications:
        return {}
    all_feeds = list(FeedReader.objects.order_by("feed").values_list("feed", flat=True).distinct())
    of = {row.pk: _standing_in(row, all_feeds) for row in publications}
    given = {}
    for row, later in zip(publications, (None, *publications), strict=False):
        in_time = Q(first_at__lt=later.published_at) if later else Q()
        given[f"given_{row.pk}"] = Count("pk", filter=Q(seen__gte=row.pk) & in_time)
    readers = FeedReader.objects.filter(feed__in=set().union(*of.values()))
    counts: dict[str, dict[str, Any]] = {
        each["feed"]: dict(each) for each in readers.values("feed").annotate(all=Count("pk"), **given)
    }
    have = {pk: sum(counts[feed][f"given_{pk}"] for feed in feeds if feed in counts) for pk, feeds in of.items()}
    newest, lacking = publications[0].pk, readers.filter(feed__in=of[publications[0].pk])
    lacking = lacking.filter(Q(seen=None) | Q(seen__lt=newest)).order_by("-last_at", "pk")
    some = tuple(Reader(*each) for each in lacking.values_list("feed", "agent", "last_at")[:named])
    lack = sum(counts[feed]["all"] for feed in of[newest] if feed in counts) - have[newest]
    return {pk: Followed(have[pk]) for pk in of} | {newest: Followed(have[newest], lack, some)}


def forget() -> None:
    """Forget what this process has written."""
    _written.clear()
    _known.clear()
    _has_checks.cache_clear()


def _standing_in(publication: Publication, feeds: Sequence[str]) -> set[str]:
    names = (*FEEDS, *CORRECTIONS) if is_correction(publication) else FEEDS
    paths = {reverse(f"public:{name}") for name in names}
    met = {pair for choice in choices_met(publication) for pair in choice.pairs.items()}
    return {feed for feed in feeds if _holds(feed, paths, met)}


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
    if _upsert(feed, agent, now) or (_makes_room(_AGENT_LEAVES, feed) and _upsert(feed, agent, now)):
        return
    rows = FeedReader.objects.filter(feed=feed).values_list("agent", flat=True)
    _known[feed] = frozenset(rows[: MOST_AGENTS + 1]), time.monotonic() + FULL_FOR
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
    return bool(room) or _makes_room(_FEED_LEAVES, feed)


def _makes_room(leaves: str, feed: str) -> bool:
    """Delete what was not seen for longest, if that is a day; return whether anything was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(leaves, {"feed": feed, "others": OTHERS, "unseen_for": MAKES_ROOM_AFTER.total_seconds()})
        return bool(cursor.rowcount)


@lru_cache(maxsize=500)
def _has_checks(_digest: str, choice: Choice) -> bool:
    return chosen(choice).exists()
