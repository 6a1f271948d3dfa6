"""What the robots.txt of each origin says, kept for a day at most (RFC 9309 §2.3, §2.4).

    found = standing(target, Asker(ask, "Readout", pace, patience=20))

An origin is scheme, host and port. A file that is there is obeyed; where there is none (4xx), everything may be asked
for. Where nobody knows (5xx, 429, a broken connection) nothing may, until the file is asked for again: after as long as
it has been away, at least a minute and at most an hour. One that is away for thirty days counts as it did before that,
or as none. The exchange is no evidence of anything and is not archived: what was obeyed stands in `RobotsFile`.
"""

import re
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection

from claims.capture.asking import Later
from claims.capture.door import Capture
from claims.capture.errors import BadUrl, DoorError, ForbiddenAddress, NameNotFound, TooLarge, TooManyRedirects
from claims.capture.outcome import Outcome
from claims.capture.robots import MAX_BYTES, Rules
from claims.capture.urls import Target, parse_url
from claims.lanes import Pace, note_crawl_delay
from claims.models import RobotsFile
from claims.models.clock import ClockTimestamp, read_clock
from claims.wording import words

ACCEPT: Final = "text/plain,*/*;q=0.5"
LONGEST: Final = timedelta(hours=24)
SHORTEST: Final = timedelta(minutes=10)
"""How long a file is kept at most, and at least, whatever its Cache-Control says: else each page would cost two."""
AWAY: Final = timedelta(minutes=1), timedelta(hours=1)
"""How soon, and how late, one that could not be had is asked for again."""
LONG_AWAY: Final = timedelta(days=30)

_LOOK_AGAIN: Final = 0.2
_MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_AT_ONCE: Final = re.compile(r"no-store|no-cache", re.IGNORECASE)
_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and how: `ask` goes through the host's lane and the door, and raises `DoorError` or `Later`.

    `token` is the product token, `patience` how many seconds to wait for somebody else who is asking for the same file.
    """

    ask: Callable[[Target], Capture]
    token: str
    pace: Pace
    patience: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for the addresses of an origin, for so many `seconds`; without `rules` nothing may be asked for."""

    rules: Rules | None
    status: int | None
    seconds: float


def standing(target: Target, asker: Asker) -> Standing:
    """Return what counts for an address: as it is kept, or after asking. Of many who need it at once, one asks.

    Raises the `DoorError` of an address that nobody can ask, and `Later` where the lane or who asks takes too long.
    """
    origin = f"{target.scheme}://{target.host_header}"
    until = time.monotonic() + asker.patience
    while (kept := _kept(origin)) is None:
        with _alone(origin) as alone:
            if alone and _kept(origin) is None:
                _ask(origin, target, asker)
        if not alone:
            if time.monotonic() > until:
                raise Later(5.0, words("The robots.txt of “%(host)s” is being asked for.", host=target.host))
            time.sleep(_LOOK_AGAIN)
    closed = kept.answer == RobotsFile.Answer.CLOSED
    rules = None if closed else Rules.read(kept.body.encode() if kept.answer == RobotsFile.Answer.RULES else b"")
    return Standing(rules, kept.status, (kept.expires_at - read_clock()).total_seconds())


def _kept(origin: str) -> RobotsFile | None:
    return RobotsFile.objects.filter(origin=origin, expires_at__gt=ClockTimestamp()).first()


@contextmanager
def _alone(origin: str) -> Iterator[bool]:
    """Say whether nobody else asks for this file now; a worker that dies is not waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 9309))", [origin])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 9309))", [origin])


def _ask(origin: str, target: Target, asker: Asker) -> None:
    try:
        capture = asker.ask(parse_url("/robots.txt", base=target))
    except TooManyRedirects:
        _store(origin, RobotsFile.Answer.OPEN, None, LONGEST)
        return
    except TooLarge as error:
        body = _beginning(error)
        if body is None:
            _store_away(origin, None)
        else:
            _store_rules(origin, target, asker, body, 200, LONGEST)
        return
    except (BadUrl, ForbiddenAddress, NameNotFound) as error:
        if not error.exchanges:
            raise
        _store_away(origin, None)
        return
    except DoorError:
        _store_away(origin, None)
        raise
    if capture.outcome is Outcome.REFUSED and capture.status < 300:
        _store_away(origin, capture.status)
    elif 200 <= capture.status < 300:
        _store_rules(origin, target, asker, capture.body, capture.status, _fresh_for(capture))
    elif 400 <= capture.status < 500 and capture.status != 429:
        note_crawl_delay(target.host, None, asker.pace)
        _store(origin, RobotsFile.Answer.OPEN, capture.status, _fresh_for(capture))
    else:
        _store_away(origin, capture.status)


def _beginning(error: TooLarge) -> bytes | None:
    """Return the beginning of a file that is larger than the door takes; None where nothing of it was read."""
    last = error.exchanges[-1] if error.exchanges else None
    if last is None or last.status != 200 or not last.payload:
        return None
    coding = next((value.strip().lower() for name, value in last.headers if name.lower() == "content-encoding"), "")
    if coding in ("", "identity"):
        return last.payload
    try:
        return zlib.decompressobj(_GZIP_OR_ZLIB).decompress(last.payload, MAX_BYTES + 1)
    except zlib.error:
        return None


def _fresh_for(capture: Capture) -> timedelta:
    said = dict(capture.headers).get("cache-control", "")
    age = _MAX_AGE.search(said)
    seconds = 0.0 if _AT_ONCE.search(said) else float(age[1]) if age else LONGEST.total_seconds()
    return min(max(timedelta(seconds=seconds), SHORTEST), LONGEST)


def _store_rules(origin: str, target: Target, asker: Asker, body: bytes, status: int, fresh: timedelta) -> None:
    note_crawl_delay(target.host, Rules.read(body).crawl_delay(asker.token), asker.pace)
    _store(origin, RobotsFile.Answer.RULES, status, fresh, _storable(body))


def _store(origin: str, answer: RobotsFile.Answer, status: int | None, fresh: timedelta, body: str = "") -> None:
    now = read_clock()
    told = {"answer": answer, "status": status, "body": body, "fetched_at": now, "expires_at": now + fresh}
    RobotsFile.objects.update_or_create(origin=origin, defaults={**told, "unreachable_since": None})


def _store_away(origin: str, status: int | None) -> None:
    """Keep that nobody knows; what was known before stays, for the case that it does not come back."""
    now = read_clock()
    before = RobotsFile.objects.filter(origin=origin).first()
    since = (before and before.unreachable_since) or now
    known = RobotsFile.Answer.RULES if before and before.body else RobotsFile.Answer.OPEN
    RobotsFile.objects.update_or_create(
        origin=origin,
        defaults={
            "answer": RobotsFile.Answer.CLOSED if now - since < LONG_AWAY else known,
            "status": status,
            "fetched_at": now,
            "expires_at": now + min(max(now - since, AWAY[0]), AWAY[1]),
            "unreachable_since": since,
        },
    )


def _storable(body: bytes) -> str:
    """Return a file as text that PostgreSQL holds and that reads the same: NUL ends a line's sense as a comment does,
    and what is no UTF-8 is compared in its escaped form."""
    cut = body[: MAX_BYTES + 1].decode("utf-8", "surrogateescape").replace("\0", "#")
    return re.sub("[\udc80-\udcff]", lambda found: f"%{ord(found[0]) - 0xDC00:02X}", cut)
