"""Content codings (RFC 9110 §8.4) undone up to a cap: a decompression bomb stops at its first byte too many."""

import zlib
from typing import Final

from claims.capture.errors import BadResponse, TooLarge
from claims.wording import words

ACCEPT_ENCODING: Final = "gzip, deflate"
"""What `decoded` undoes, as a request offers it."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"
_PIECE: Final = 65_536


def decoded(body: bytes, coding: str, limit: int) -> bytes:
    """Return the entity in `body`, undoing `coding` (the value of Content-Encoding), at most `limit` bytes.

    Raises `TooLarge` over the limit; `BadResponse` for a coding that was not offered (one at a time is undone), and for
    compressed bytes that are damaged or end early.
    """
    names = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in ("", "identity")]
    if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
        raise BadResponse(
            words("The site sent the page in an encoding that was not asked for (%(coding)s).", coding=coding[:80])
        )
    if not names or not body:
        if len(body) > limit:
            raise too_large(limit)
        return body
    try:
        return _unpacked(body, _zlib_kind(body) if names[0] == "deflate" else _GZIP, limit)
    except zlib.error as error:
        raise BadResponse(words("The compressed page arrived damaged: try again."), permanent=False) from error


def too_large(limit: int) -> TooLarge:
    """Return the error for a response of more than `limit` bytes."""
    return TooLarge(
        words(
            "The page is larger than %(megabytes)s MB: save the article alone and upload it.",
            megabytes=f"{limit / 1_000_000:g}",
        )
    )


def _zlib_kind(body: bytes) -> int:
    """Return how to undo `deflate`: zlib by RFC 1950, raw by some servers; the header's check bits tell (§2.2)."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _unpacked(body: bytes, kind: int, limit: int) -> bytes:
    """Unpack piece by piece: a bomb costs the memory of its cap once, and not once more for each copy.

    gzip may have members one after another (RFC 1952 §2.2); what follows the last and is none is dropped.
    """
    pieces: list[bytes] = []
    size = fed = 0
    stream = zlib.decompressobj(kind)
    while True:
        taken = stream.unconsumed_tail
        if not taken:
            taken = body[fed : fed + _PIECE]
            fed += len(taken)
        piece = stream.decompress(taken, _PIECE)
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        if stream.eof:
            fed -= len(stream.unused_data)
            if kind != _GZIP or not body.startswith(_GZIP_MAGIC, fed):
                return b"".join(pieces)
            stream = zlib.decompressobj(kind)
        elif not taken and not piece:
            raise zlib.error("incomplete")
