"""Items of a feed as entries of a source."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from claims.capture.asking import Answer, NotAsExpected
from claims.capture.feed_items import one_line
from claims.capture.feeds import FeedItem, FeedRead, NotAFeed, read_feed
from claims.wording import Words, words
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import SourceEntry

SNIPPET = 500


def feed_in(answer: Answer) -> FeedRead:
    """Return the feed in an answer. Raises `NotAsExpected` where it is none."""
    try:
        return read_feed(answer.body, answer.url, answer.media_type, answer.charset)
    except NotAFeed as error:
        raise NotAsExpected(
            answer, words("%(url)s is no feed that can be read: %(why)s", url=answer.url, why=error.sentence)
        ) from error


def feed_entry(item: FeedItem, feed_url: str, *, inline: bool) -> SourceEntry:
    """Return an item's entry. With `inline` its text is what the feed carries, at least its title.

    So it is for an item that has no address, which is found in the feed alone.
    """
    carried = item.content or item.summary or item.title or ""
    is_markup = bool(item.content) and item.content_type == "text/html"
    inline = inline or item.url is None
    return SourceEntry(
        clean_id(item.guid),
        item.url or feed_url,
        title=item.title,
        published=item.published,
        precision=item.precision,
        offset=item.offset,
        date_origin=item.date_origin,
        updated=item.updated,
        language=item.language,
        snippet=item.summary[:SNIPPET],
        inline=carried if inline else None,
        inline_type="text/html" if is_markup else "text/plain",
        memo=_memo(item, inline=inline),
    )


def _memo(item: FeedItem, *, inline: bool) -> dict[str, object]:
    """Return what else the feed says of an item: an edited text shows, though it is not kept with the entry."""
    memo: dict[str, object] = {"categories": list(item.categories)} if item.categories else {}
    if item.content and not inline:
        memo["content"] = hashlib.sha256(one_line(item.content).encode()).hexdigest()[:16]
    return memo


def silent(entries: Sequence[SourceEntry], asked_at: datetime | None, days: int | None) -> Words | None:
    """Return what to say of a feed that shows nothing newer than so many days; None for any other."""
    newest = max((at for entry in entries for at in (entry.published, entry.updated) if at), default=None)
    if days is None or asked_at is None or newest is None or asked_at - newest <= timedelta(days=days):
        return None
    return words("The feed answers, but shows nothing newer than %(day)s: has it moved?", day=newest.date().isoformat())
