"""The desk's own feeds, asked as a stranger's program asks them: by the views that answer, read by our own reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from claims.capture.feeds import NotAFeed, read_feed
from claims.translation import say
from verification.publishing.addresses import Addresses
from verification.publishing.machine import FEED_LENGTH

FEEDS: Final = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
# What says who asks, or what of the page they have: a stranger's program sends none of it.
_OWN: Final = (
    *("HTTP_COOKIE", "HTTP_AUTHORIZATION"),
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING"),
)


@dataclass(frozen=True, slots=True)
class FeedTried:
    """One feed: how it was answered, and what a reader finds in it.

    `size` is in bytes. `again` is the status for who has it already (304 where it need not be sent). `fault` says why
    it cannot be read, empty where it can; `elsewhere` counts entries that lead to another host than the feed's.
    """

    name: str
    address: str
    status: int
    media_type: str
    size: int
    etag: str
    again: int
    entries: int = 0
    newest: str = ""
    elsewhere: int = 0
    fault: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it holds as many entries as it may: older ones have left it."""
        return self.entries == FEED_LENGTH

    @property
    def holds(self) -> bool:
        """Whether a program could follow it."""
        return self.status == 200 and self.again == 304 and not self.fault and not self.elsewhere


def try_feeds(request: HttpRequest) -> Iterator[FeedTried]:
    """Yield what each feed answers now, asked below the host of this request."""
    for name, title in FEEDS.items():
        address = Addresses.of(request).page(name)
        answer = _ask(request, name)
        body = getattr(answer, "content", b"")
        etag = answer.headers.get("ETag", "")
        media_type, _rest, charset = answer.headers.get("Content-Type", "").partition("; charset=")
        again = _ask(request, name, HTTP_IF_NONE_MATCH=etag).status_code if etag else answer.status_code
        told = (title, address, answer.status_code, media_type, len(body), etag, again)
        if answer.status_code != 200:
            yield FeedTried(*told, fault=_("It was not answered as a feed is."))
            continue
        try:
            feed = read_feed(body, address, media_type, charset or None)
        except NotAFeed as error:
            yield FeedTried(*told, fault=say(error.sentence))
            continue
        base = Addresses.of(request).base
        elsewhere = sum(not (item.url or "").startswith(f"{base}/") for item in feed.items)
        newest = feed.items[0].title or "" if feed.items else ""
        yield FeedTried(*told, entries=len(feed.items), newest=newest, elsewhere=elsewhere)


def _ask(request: HttpRequest, name: str, **headers: str) -> HttpResponseBase:
    """Ask the view behind a feed's address, as who has no log-in, and return its answer."""
    path = reverse(f"public:{name}")
    kept = {key: value for key, value in request.META.items() if key not in _OWN}
    environment = {
        **kept,
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": "",
        "wsgi.input": BytesIO(),
        **headers,
    }
    view, arguments, named = resolve(path)
    answer: HttpResponseBase = view(WSGIRequest(environment), *arguments, **named)
    return answer
