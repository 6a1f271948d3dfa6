"""The archive of this desk and its book of record: bytes go into the one, and a Snapshot tells of them in the other.

    keep(capture, outcome, sentence)    one exchange whole: the page, the WARC file of all hops, and the row
    keep_broken(url, exchanges, …)      what came of an exchange that broke off
    part(whole, data, media_type, url)  bytes read out of a larger exchange: an item of a feed
    store_snapshot(handed, …)           the row of what a person handed in

Bytes are on the disk before their row is written: a crash in between leaves a file that nothing names, which does no
harm, and never a row without its bytes.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from itertools import pairwise

from django.conf import settings

from claims.capture.archive import WARC, FolderArchive, Store, sha256_of
from claims.capture.door import KEPT_HEADERS, Capture, Redirect
from claims.capture.errors import ArchiveError
from claims.capture.exchange import Exchange
from claims.capture.media import content_type
from claims.capture.outcome import Outcome
from claims.capture.s3 import Bucket, BucketArchive
from claims.capture.text import TEXT_NORMALISER
from claims.capture.told import Told
from claims.capture.warc import Revisited, response_in, warc_file
from claims.models import Snapshot
from claims.translation import say
from claims.wording import Words
from claims.work import storable

SOFTWARE = "Readout"
_USER_AGENT = re.compile(rb"(?im)^user-agent:[ \t]*([^\r\n]*)")


def archive() -> Store:
    """Return the store of exact bytes that the operator set up."""
    if settings.ARCHIVE_BUCKET:
        return _in_bucket(settings.ARCHIVE_BUCKET, os.getpid())
    return FolderArchive(settings.ARCHIVE_DIR)


@lru_cache(maxsize=4)
def _in_bucket(bucket: Bucket, process: int) -> BucketArchive:
    """Keep one client a process: its connections must not be shared with the process it was forked from."""
    return BucketArchive(bucket)


@dataclass(frozen=True, slots=True)
class Handed:
    """Bytes somebody handed in, or the door brought, and what is known of where they came from."""

    body: bytes
    origin: Snapshot.Origin
    media_type: str | None = None
    filename: str | None = None
    capture: Capture | None = None
    told: Told = field(default_factory=Told)

    @property
    def url(self) -> str | None:
        """The address the bytes finally came from."""
        return self.capture.final_url if self.capture else None


def store_snapshot(handed: Handed, sha256: str, digest: str | None) -> Snapshot:
    """Note what was handed in or fetched; of the latter the exchange is archived as well, as `keep` does it.

    `sha256` is of the bytes, in the archive already; `digest` of their text.
    """
    if handed.capture:
        return keep(handed.capture, handed.capture.outcome, None, digest)
    return Snapshot.objects.create(
        origin=handed.origin,
        # A file name may hold bytes that are not UTF-8; PostgreSQL holds neither those nor NUL.
        filename=handed.filename and handed.filename.encode("utf-8", "backslashreplace").decode().replace("\0", ""),
        media_type=handed.media_type and handed.media_type[:200],
        size=len(handed.body),
        sha256=sha256,
        text_sha256=digest,
        text_normaliser=TEXT_NORMALISER if digest else None,
    )


def keep(capture: Capture, outcome: Outcome, sentence: Words | None, digest: str | None = None) -> Snapshot:
    """Archive one exchange and return its row. `outcome` and `sentence` are what became of it, as somebody judged it.

    `digest` is the SHA-256 of the page's normalised text, where it was read already.

    A page that is the one that came before, byte for byte, or by its server's word (304), `revisits` that one: its
    bytes are not stored twice, neither beside the WARC file nor in it. The row of a 304 is of no bytes, and has the
    hash of none.
    Raises `ArchiveFull` and `ArchiveUnwritable`.
    """
    store = archive()
    first = _brought_before(capture, outcome)
    file = _warc(capture.exchanges, _revisited(first, store))
    sha256 = store.put(capture.body)
    return Snapshot.objects.create(
        origin=Snapshot.Origin.FETCHED,
        outcome=outcome,
        sentence=_told(sentence),
        requested_url=capture.requested_url,
        final_url=capture.final_url,
        redirects=[asdict(redirect) for redirect in capture.redirects],
        status=capture.status,
        headers=[list(pair) for pair in capture.headers],
        media_type=capture.media_type and capture.media_type[:200],
        address=capture.address or None,
        certificate_sha256=capture.certificate_sha256,
        size=len(capture.body),
        sha256=sha256,
        warc_sha256=store.put(file, suffix=WARC),
        revisits=first,
        text_sha256=digest,
        text_normaliser=TEXT_NORMALISER if digest else None,
    )


def keep_broken(
    requested_url: str, exchanges: Sequence[Exchange], outcome: Outcome, sentence: Words | None
) -> Snapshot | None:
    """Archive what came of an exchange that broke off, and return its row; None where not a byte came back.

    The bytes named are those of the last hop as they came: without its end, a content coding cannot be undone.
    Raises `ArchiveFull` and `ArchiveUnwritable`.
    """
    if not exchanges:
        return None
    store, last = archive(), exchanges[-1]
    headers = [(name.lower(), value) for name, value in last.headers if name.lower() in KEPT_HEADERS]
    media_type, _ = content_type(dict(headers).get("content-type", ""))
    hops = [
        Redirect(before.url, before.status or 0, after.url, before.address) for before, after in pairwise(exchanges)
    ]
    return Snapshot.objects.create(
        origin=Snapshot.Origin.FETCHED,
        outcome=outcome,
        sentence=_told(sentence),
        requested_url=requested_url,
        final_url=last.url,
        redirects=[asdict(hop) for hop in hops],
        status=last.status,
        headers=[list(pair) for pair in headers],
        media_type=media_type and media_type[:200],
        address=last.address or None,
        certificate_sha256=last.certificate_sha256,
        size=len(last.payload),
        sha256=store.put(last.payload),
        warc_sha256=store.put(_warc(exchanges, None), suffix=WARC),
    )


def part(whole: Snapshot, data: bytes, media_type: str | None, url: str | None, digest: str | None = None) -> Snapshot:
    """Archive bytes that were read out of a larger exchange, such as an item of a feed, and return their row.

    `url` is the address the whole gives them; `digest` the SHA-256 of their normalised text. Nobody asked that address:
    where the bytes came from, and when, is told by the whole. Raises `ArchiveFull` and `ArchiveUnwritable`.
    """
    return Snapshot.objects.create(
        origin=whole.origin,
        outcome=Snapshot.Outcome.OK,
        requested_url=whole.requested_url,
        final_url=url,
        media_type=media_type and media_type[:200],
        size=len(data),
        sha256=archive().put(data),
        part_of=whole,
        text_sha256=digest,
        text_normaliser=TEXT_NORMALISER if digest else None,
    )


def _brought_before(capture: Capture, outcome: Outcome) -> Snapshot | None:
    """Return the exchange that brought first what this one brought again; None where this is the first."""
    whole = Snapshot.objects.filter(
        requested_url=capture.requested_url, outcome=Outcome.OK, warc_sha256__isnull=False, part_of__isnull=True
    )
    if outcome is Outcome.NOT_MODIFIED:
        newest = whole.select_related("revisits").order_by("-pk").first()
        return (newest.revisits or newest) if newest else None
    if outcome is Outcome.OK and capture.body:
        return whole.filter(sha256=sha256_of(capture.body), revisits__isnull=True).order_by("pk").first()
    return None


def _revisited(first: Snapshot | None, store: Store) -> Revisited | None:
    """Return how a WARC file names that exchange; None where it cannot be read any more, so that all is kept anew."""
    if first is None or first.warc_sha256 is None:
        return None
    try:
        brought = response_in(store.get(first.warc_sha256, suffix=WARC))
    except (ArchiveError, ValueError):
        return None
    if brought.payload_sha256 is None:
        return None
    return Revisited(brought.target_uri, brought.date, brought.payload_sha256)


def _warc(exchanges: Sequence[Exchange], revisited: Revisited | None) -> bytes:
    named = _USER_AGENT.search(exchanges[0].request_head)
    return warc_file(
        exchanges,
        software=SOFTWARE,
        user_agent=named[1].decode("latin-1") if named else "",
        revisit_of=revisited,
    )


def _told(sentence: Words | None) -> str:
    return storable(say(sentence)) if sentence else ""
