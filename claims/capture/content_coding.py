"""Content codings (RFC 9110 §8.4) undone up to a cap: a decompression bomb stops at its first byte too many."""

import zlib
from typing import Final

from claims.capture.errors import BadResponse, TooLarge
from claims.wording import words

ACCEPT_ENCODING: Final = "gzip, deflate"
"""What `decoded` undoes, as a request offers it."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"


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
        return _inflated(body, limit) if names[0] == "deflate" else _gunzipped(body, limit)
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


def _inflated(body: bytes, limit: int) -> bytes:
    """Undo `deflate`: zlib by the RFC, raw by some servers; the header's check bits tell (RFC 1950 §2.2)."""
    zlib_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    stream = zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)
    entity = stream.decompress(body, limit + 1)
    if len(entity) > limit:
        raise too_large(limit)
    if not stream.eof:
        raise zlib.error("incomplete")
    return entity


def _gunzipped(body: bytes, limit: int) -> bytes:
    """Undo `gzip`, member after member (RFC 1952 §2.2); what follows the last member and is none is dropped."""
    entity = bytearray()
    rest = body
    while True:
        stream = zlib.decompressobj(_GZIP)
        entity += stream.decompress(rest, limit + 1 - len(entity))
        if len(entity) > limit:
            raise too_large(limit)
        if not stream.eof:
            raise zlib.error("incomplete")
        rest = stream.unused_data
        if not rest.startswith(_GZIP_MAGIC):
            return bytes(entity)
