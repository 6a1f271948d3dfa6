"""Posts as the REST interface of WordPress returns them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from claims.capture.asking import Answer, NotAsExpected, needed
from claims.capture.feed_items import address, one_line
from claims.wording import words
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import SourceEntry, Window
from verification.connectors.issuers.json_answers import Record

SHOWN = "id,date,date_gmt,modified_gmt,slug,link,guid,type,title,excerpt"
WHOLE = f"{SHOWN},content"
PER_PAGE = 100
SNIPPET = 500
PAST_THE_END = "rest_post_invalid_page_number"
DAY = timedelta(days=1)


def is_past_the_end(answer: Answer) -> bool:
    """Say whether an answer tells that a list has no such page."""
    if answer.status != 400:
        return False
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("code") == PAST_THE_END


def posts_in(answer: Answer) -> list[Record]:
    """Return the posts in an answer. Raises `Interrupted` for one that is no list of posts."""
    listed = needed(answer).json()
    if not isinstance(listed, list) or not all(isinstance(each, dict) and "id" in each for each in listed):
        raise NotAsExpected(answer, words("%(url)s answered without a list of posts.", url=answer.url))
    return [Record(answer, each) for each in listed]


def post_entry(post: Record, rest_base: str) -> SourceEntry:
    """Return the entry of a post. Its text is asked for by its number, which the memo keeps. Raises `NotAsExpected`."""
    link = address(post.told("link"), post.answer.url)
    if link is None:
        raise post.wrong("link")
    published, offset = _times(post)
    day = _day_only(post) if published is None else None
    return SourceEntry(
        clean_id(one_line(_rendered(post, "guid")) or link),
        link,
        title=one_line(_rendered(post, "title")) or None,
        published=published or day,
        precision="second" if published else "day" if day else None,
        offset=offset if published else None,
        date_origin="date_gmt" if published else "date" if day else None,
        updated=_time(post.text("modified_gmt")),
        snippet=one_line(_rendered(post, "excerpt"))[:SNIPPET],
        memo={"type": rest_base, "id": post.count("id")},
    )


def text_of(post: Record) -> str:
    """Return the markup of a post's text, "" for one that is behind a password. Raises `NotAsExpected`."""
    content = post.record("content")
    if content is None:
        raise post.wrong("content")
    return content.text("rendered") or ""


def days(window: Window) -> list[tuple[str, str]]:
    """Return what narrows a list to days, which are the site's own: both bounds are left out by WordPress."""
    pairs = []
    if window.since:
        pairs.append(("after", (datetime.combine(window.since, time()) - timedelta(seconds=1)).isoformat()))
    if window.until:
        pairs.append(("before", datetime.combine(window.until + DAY, time()).isoformat()))
    return pairs


def kept_to(posts: Sequence[Record], window: Window) -> list[Record]:
    """Return the posts of these days of the site. Raises `NotAsExpected` where it did not listen to the question.

    A day more or less is another reading of the bounds.
    """
    kept = []
    for post in posts:
        day = _local(post)
        if day is None:
            kept.append(post)
            continue
        early = bool(window.since and day.date() < window.since)
        far = (window.since and day.date() < window.since - DAY) or (window.until and day.date() > window.until + DAY)
        if far:
            raise NotAsExpected(
                post.answer, words("%(url)s answered with other days than it was asked for.", url=post.answer.url)
            )
        if not early and not (window.until and day.date() > window.until):
            kept.append(post)
    return kept


def _rendered(post: Record, name: str) -> str:
    """Return a field that is an object with its text in `rendered`, "" where it is left out."""
    value: Any = post.fields.get(name)
    return value if isinstance(value, str) else ((record := post.record(name)) and record.text("rendered")) or ""


def _times(post: Record) -> tuple[datetime | None, int | None]:
    """Return when a post was published, and the offset of the site's own time from UTC then, in minutes."""
    published, local = _time(post.text("date_gmt")), _local(post)
    if published is None or local is None:
        return published, None
    minutes = round((local - published.replace(tzinfo=None)).total_seconds() / 60)
    return published, minutes if abs(minutes) <= 14 * 60 else None


def _local(post: Record) -> datetime | None:
    at = _time(post.text("date"))
    return at.replace(tzinfo=None) if at else None


def _day_only(post: Record) -> datetime | None:
    local = _local(post)
    return datetime.combine(local.date(), time(), UTC) if local else None


def _time(written: str | None) -> datetime | None:
    """Read a time that is written without a zone; one that was never set has zeros for its date."""
    try:
        at = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
