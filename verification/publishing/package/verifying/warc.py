"""WARC files read and checked: every record's digest, and the page that the last response brought."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from claims.capture.content_coding import decoded
from claims.capture.exchange import head_and_rest, headers_in

MOST_UNPACKED: Final = 256 << 20
"""Bytes that one file may unpack to: no capture of ours is larger, and a bomb stops there."""
_PIECE: Final = 1 << 16


class WarcFault(ValueError):
    """A file that is not such an archive, or a digest in it that does not fit."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its named fields, by lower-case name, and its block."""

    fields: Mapping[str, str]
    block: bytes


def records(data: memoryview, limit: int | None = None) -> Iterator[Record]:
    """Yield the records of a file, each a gzip member, its block digest checked. Raises `WarcFault`.

    The file may unpack to `limit` bytes, and never to more than `MOST_UNPACKED`.
    """
    place, left = 0, min(MOST_UNPACKED, MOST_UNPACKED if limit is None else limit)
    while place < len(data):
        member, place = _member(data, place, left)
        left -= len(member)
        head, blank, rest = member.partition(b"\r\n\r\n")
        first, *lines = head.decode("utf-8", "replace").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = fields.get("content-length", "")
        if not (blank and first.startswith("WARC/1.") and length.isdecimal() and len(length) < 12):
            raise WarcFault("a record without its head")
        block = rest[: int(length)]
        if rest[int(length) :] != b"\r\n\r\n" or len(block) != int(length):
            raise WarcFault("a record that does not end where it should")
        _check(fields.get("warc-block-digest"), block)
        yield Record(fields, block)


def page_in(data: memoryview, limit: int | None = None) -> tuple[bytes | None, int]:
    """Return the page that the last response of a file brought, its content coding undone, and how many bytes it took.

    The page is None for a revisit. Reads, and checks, the whole file. Raises `WarcFault` where it holds no response.
    """
    last, unpacked = None, 0
    for record in records(data, limit):
        unpacked += len(record.block)
        if record.fields.get("warc-type") in ("response", "revisit"):
            last = record
    if last is None:
        raise WarcFault("no response in it")
    if last.fields["warc-type"] == "revisit":
        return None, unpacked
    head, payload = head_and_rest(last.block)
    _check(last.fields.get("warc-payload-digest"), payload)
    codings = (value for name, value in headers_in(head) if name.lower() == "content-encoding")
    page = decoded(payload, ", ".join(codings), MOST_UNPACKED)
    return page, unpacked + len(page)


def _member(data: memoryview, place: int, limit: int) -> tuple[bytes, int]:
    stream, pieces, size = zlib.decompressobj(31), [], 0
    fed = place
    while not stream.eof:
        taken = stream.unconsumed_tail
        if not taken:
            taken = bytes(data[fed : fed + _PIECE])
            fed += len(taken)
        try:
            piece = stream.decompress(taken, _PIECE)
        except zlib.error as error:
            raise WarcFault("damaged") from error
        if not taken and not piece:
            raise WarcFault("cut off")
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise WarcFault("it unpacks to more than any capture")
    return b"".join(pieces), fed - len(stream.unused_data)


def _check(digest: str | None, data: bytes) -> None:
    if digest and digest.startswith("sha256:") and digest != f"sha256:{hashlib.sha256(data).hexdigest()}":
        raise WarcFault("a digest in it does not fit")
