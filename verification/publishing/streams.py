"""What is published as one long stream: how many are sent at once, and how often a network is sent one.

Each stream holds one of the server's few threads for as long as its reader takes: the others stay for readers of pages.
"""

import weakref
from collections.abc import Generator, Iterator
from threading import BoundedSemaphore
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.publishing.networks import asked_of_network

AT_ONCE: Final = 2
"""Streams of one process, which answers with four threads."""
HOUR, SOON = 3600, 30
_room: Final = BoundedSemaphore(AT_ONCE)


class NotNow(Exception):
    """Nothing is sent now; `status` is that of HTTP, `seconds` how long to wait, the text says the same in words."""

    def __init__(self, status: int, seconds: int, told: str) -> None:
        """Keep them."""
        super().__init__(told)
        self.status, self.seconds = status, seconds


class Stream:
    """Texts that are sent as they are written. Closed, or forgotten by whoever sent it, it makes room for another."""

    def __init__(self, texts: Generator[str, None, None]) -> None:
        """Take the texts, and the room that was made for them."""
        self._texts = texts
        self._leave = weakref.finalize(self, _room.release)
        self._leave.atexit = False

    def __iter__(self) -> Iterator[str]:
        """Yield the texts; after the last one there is room again, even where nobody closes this."""
        try:
            yield from self._texts
        finally:
            self.close()

    def close(self) -> None:
        """Write no more."""
        try:
            self._texts.close()
        finally:
            self._leave()


def stream(request: HttpRequest, texts: Generator[str, None, None]) -> Stream:
    """Return what streams the texts. Raises NotNow.

    Each counts, whatever was chosen: a choice may leave nothing out.
    """
    if not _room.acquire(blocking=False):
        told = _("Others are being sent a long file just now: ask again in %(seconds)d seconds.")
        raise NotNow(503, SOON, told % {"seconds": SOON})
    made = Stream(texts)
    asked, left = asked_of_network(request, "stream", HOUR)
    if asked > settings.EXPORTS_PER_HOUR:
        made.close()
        raise NotNow(429, left, _("Your network was sent many long files within the hour: wait, then ask again."))
    return made
