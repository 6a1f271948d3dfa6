"""The verbs of intake: an address becomes bytes, bytes a Snapshot and an Article. Its claims: `claims.extracting`.

    CaptureError (claims.capture.errors)    the bytes hold no article, or the door brought none
    ├── FetchRefused                        the address answered, but not with the page
    └── NotYet                              its host is not to be asked so soon
    DuplicateArticle                        the same words at the same address are on the desk already

Whatever the door brought is kept as a Snapshot, also when it is no article. What a person hands in is kept only if it
is one: nothing half-written stays behind.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import ceil

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from claims import work
from claims.archiving import Handed, archive, store_snapshot
from claims.capture.asking import Ask, Later
from claims.capture.errors import BadUrl, CaptureError
from claims.capture.outcome import Outcome
from claims.capture.readable import Readable, read
from claims.capture.redacting import redacted
from claims.capture.text import text_sha256
from claims.capture.told import filled_in
from claims.capture.urls import parse_url
from claims.fetching import Brought, NotAsked, PoliteFetch
from claims.models import Article, Outlet, Snapshot
from claims.wording import Words, words

EXTRACT = "claims.extract"
MAX_ADDRESS_BYTES = 2000
PATIENCE = 4.0
"""Seconds for which a host's turn is waited: a person then hears when to try again, a worker does other work."""


class DuplicateArticle(Exception):
    """The same words at the same address are registered already; `article` is the one that is there."""

    def __init__(self, article: Article) -> None:
        """Keep the article and say so in a sentence."""
        self.article = article
        day = article.registered_at.date().isoformat()
        super().__init__(gettext("This article is on the desk already, since %(day)s.") % {"day": day})


class FetchRefused(CaptureError):
    """The address answered, but not with the page; the answer is kept as a Snapshot."""


class NotYet(CaptureError):
    """The host is not to be asked so soon: `later` says when. Whoever holds a row of work gives it back until then."""

    permanent = False

    def __init__(self, later: Later) -> None:
        """Keep it and say so to a person."""
        self.later = later
        super().__init__(
            words(
                "This site is not asked again before %(count)s seconds have passed: try again then, or open the page "
                "in a browser, save it and upload it.",
                count=ceil(later.seconds),
            )
            if later.seconds < 120
            else words(
                "This site is not asked again before %(count)s minutes have passed: try again then, or open the page "
                "in a browser, save it and upload it.",
                count=ceil(later.seconds / 60),
            )
        )


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article read in bytes that lie in the archive already: all that is left to do is to store its rows."""

    handed: Handed
    page: Readable
    sha256: str
    text_sha256: str
    url: str | None


def fetch(url: str, seconds: float = 60.0) -> Handed:
    """Bring a page in politely, within so many seconds; for its host's turn a few are waited, and no more.

    Raises DoorError when nothing came back or robots.txt keeps the page, FetchRefused when what came back is not the
    page, and NotYet when the host is not to be asked so soon.
    """
    try:
        with PoliteFetch(seconds=seconds, ahead=PATIENCE) as polite:
            brought = polite.bring(Ask(url))
    except Later as later:
        raise NotYet(later) from later
    capture = brought.capture
    if capture is not None and brought.outcome is Outcome.OK:
        return Handed(capture.body, Snapshot.Origin.FETCHED, capture.media_type, capture=capture)
    brought.kept(url)
    if isinstance(brought.error, NotAsked) and brought.error.later:
        raise NotYet(brought.error.later)
    if brought.error is not None:
        raise brought.error
    raise FetchRefused(_way_out(brought), permanent=brought.resting is None and not brought.is_transient)


def _way_out(brought: Brought) -> Words:
    """Return what a person is told of an answer that is not the page."""
    capture = brought.capture
    if capture is not None and brought.outcome in {Outcome.NOT_FOUND, Outcome.FAILED} and capture.status >= 300:
        return words(
            "%(url)s answered with status %(status)s, not with the page: save it in a browser and hand in the file.",
            url=redacted(capture.final_url),
            status=capture.status,
        )
    return brought.sentence or words("The page did not come: save it in a browser and hand in the file.")


def register_article(handed: Handed) -> Article:
    """Archive the bytes, read the article in them, store Snapshot and Article, and make its extraction due.

    Raises CaptureError when the bytes hold no article, DuplicateArticle when it is here already.
    """
    return store_article(read_article(handed))


def read_article(handed: Handed) -> ReadArticle:
    """Read the article in the bytes and archive them (a file without a row is harmless, a row without its file is not).

    This is the part that takes time and belongs into no transaction. Raises CaptureError when they hold no article.
    """
    try:
        return article_in(handed)
    except CaptureError:
        if handed.capture:
            store_snapshot(handed, archive().put(handed.body), None)
        raise


def article_in(handed: Handed) -> ReadArticle:
    """Read the article in the bytes of an exchange that has its row, and archive them. Raises CaptureError."""
    page = read(
        handed.body,
        handed.media_type,
        url=handed.url,
        filename=handed.filename,
        charset=handed.capture.charset if handed.capture else None,
        max_bytes=settings.INTAKE_MAX_BYTES,
    )
    page = filled_in(page, handed.told)
    url = _address(handed.url, page.canonical_url)
    return ReadArticle(handed, page, archive().put(handed.body), text_sha256(page.text), url)


def store_article(
    ready: ReadArticle,
    *,
    outlet: Outlet | None = None,
    replaces: Article | None = None,
    snapshot: Snapshot | None = None,
) -> Article:
    """Store Snapshot and Article and make the extraction due, in one transaction.

    `outlet` is whose list it came from, `replaces` how it read before, `snapshot` the exchange, where it has its row.
    Raises DuplicateArticle when the same words at the same address, or at no known one, are here already.
    """
    page, same = ready.page, Article.objects.filter(text_sha256=ready.text_sha256)
    if ready.url:
        same = same.filter(Q(url=ready.url) | Q(url__isnull=True))
    try:
        with transaction.atomic():
            if known := same.order_by("pk").first():
                raise DuplicateArticle(known)
            article = Article.objects.create(
                snapshot=snapshot or store_snapshot(ready.handed, ready.sha256, ready.text_sha256),
                outlet=outlet or (Outlet.objects.get_or_create(name=page.outlet[:200])[0] if page.outlet else None),
                title=page.title,
                byline=page.byline,
                language=page.language,
                url=ready.url,
                published=at_midnight(page.published),
                published_precision=page.published_precision,
                published_origin=page.published_origin,
                text=page.text,
                text_sha256=ready.text_sha256,
                replaces=replaces,
            )
            work.enlist(EXTRACT, [article.pk])
    except IntegrityError as error:
        # Somebody else registered it between our look and our write.
        known = same.order_by("pk").first()
        if known is None:
            raise
        raise DuplicateArticle(known) from error
    return article


def _address(came_from: str | None, canonical: str | None) -> str | None:
    """Return the article's address: what the page calls itself, unless it calls itself a page of another host."""
    canonical = _indexable(canonical)
    if not came_from or not canonical:
        return _indexable(came_from) or canonical
    try:
        return canonical if parse_url(canonical).host == parse_url(came_from).host else _indexable(came_from)
    except BadUrl:
        return _indexable(came_from)


def _indexable(url: str | None) -> str | None:
    """Return an address that fits into a row of a B-tree (PostgreSQL: 2,704 bytes); the Snapshot keeps longer ones."""
    return url if url and len(url.encode()) <= MAX_ADDRESS_BYTES else None


def at_midnight(day: date | datetime | None) -> datetime | None:
    """Return a time as stored: a bare date is its midnight in UTC, and its precision says that no more is known."""
    if day is None or isinstance(day, datetime):
        return day
    return datetime.combine(day, time(), UTC)
