"""The format of the log's two chains. It cannot change: verdicts already published are proved with it.

**Case chain.** `hash` of an event is SHA-256 of these lines, joined with LF, in UTF-8:

    readout-event-1
    <public id of the case>
    <seq: 1, 2, 3 …>
    <at: YYYY-MM-DDTHH:MM:SS.ffffffZ>
    <cycle>
    <actor>
    <verb>
    <from_state, may be empty>
    <to_state, may be empty>
    <payload_hash, hex>
    <public id of the event whose payload this one erases, may be empty>
    <hash of the event before it, hex; 64 zeros for the first>

`payload_hash` is SHA-256 of salt (32 random bytes) followed by the payload's JSON in UTF-8. The chain holds only that
hash, so a payload can be erased (with its salt, which makes guessing useless) and the chain still verifies.

**Global chain.** A seal's hash is SHA-256 of these lines, joined with LF, in UTF-8:

    readout-seal-1
    <number: 1, 2, 3 …>
    <at, as above>
    <hash of the seal before it, hex; 64 zeros for the first>
    <hash of each event it holds, hex, in its order, one a line>

The same functions exist in SQL (`event_chain` migration), because the database writes the case chain itself.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class EventFields:
    """What an event's hash covers."""

    review: str
    seq: int
    at: datetime
    cycle: int
    actor: str
    verb: str
    from_state: str
    to_state: str
    payload_hash: bytes
    erases: str
    prev_hash: bytes


def stamp(at: datetime) -> str:
    """Return a time as the chains write it: UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def event_hash(event: EventFields) -> bytes:
    """Return the 32 bytes that chain this event to the one before it."""
    lines = (
        "readout-event-1",
        event.review,
        str(event.seq),
        stamp(event.at),
        str(event.cycle),
        event.actor,
        event.verb,
        event.from_state,
        event.to_state,
        event.payload_hash.hex(),
        event.erases,
        event.prev_hash.hex(),
    )
    return hashlib.sha256("\n".join(lines).encode()).digest()


def payload_body(payload: Mapping[str, object]) -> str:
    """Return the payload as the JSON text that is stored and hashed: sorted keys, no blanks, not escaped.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. Raises ValueError for NaN and infinities, which JSON
    cannot hold.
    """
    body = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def payload_hash(salt: bytes, body: str) -> bytes:
    """Return the 32 bytes that stand for a payload in the chain."""
    return hashlib.sha256(salt + body.encode()).digest()


def seal_hash(number: int, at: datetime, prev_hash: bytes, event_hashes: Iterable[bytes]) -> bytes:
    """Return the 32 bytes that chain this seal to the one before it."""
    lines = ["readout-seal-1", str(number), stamp(at), prev_hash.hex(), *(value.hex() for value in event_hashes)]
    return hashlib.sha256("\n".join(lines).encode()).digest()
