"""The format of the log's signed heads, which feeds carry and witnesses keep. It cannot change. Knows no Django.

A checkpoint is a signed note (`signed_note`) of these lines:

    <name of the log, which is that of the key>
    <number of the newest seal>
    <base64 of that seal's hash>
    readout-log-1 <events sealed so far> <time of the seal: YYYY-MM-DDTHH:MM:SS.ffffffZ>
"""

import base64
from dataclasses import dataclass
from datetime import datetime

from claims.wording import words
from verification.review.log_format import stamp
from verification.review.signed_note import NoteFault, SignerKey, VerifierKey, body_of, sign

FORMAT = "readout-log-1"


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: number and hash (32 bytes) of the newest seal, how many events were sealed by then."""

    log: str
    number: int
    hash: bytes
    events: int


def write_head(key: SignerKey, head: Head, at: datetime) -> str:
    """Return a head as a note that this key signed; `at` is the time of its seal."""
    value = base64.b64encode(head.hash).decode()
    return sign(f"{head.log}\n{head.number}\n{value}\n{FORMAT} {head.events} {stamp(at)}\n", key)


def read_head(note: str, key: VerifierKey) -> Head:
    """Return what a checkpoint says, once its signature holds. Raises NoteFault where it cannot be believed."""
    lines = body_of(note, key).splitlines()
    try:
        log, number, head, (form, events, _at) = lines[0], int(lines[1]), lines[2], lines[3].split(" ")
        found = Head(log, number, base64.b64decode(head, validate=True), int(events))
    except (IndexError, ValueError) as error:
        raise NoteFault(words("This is no checkpoint of a Readout log.")) from error
    if form != FORMAT or len(found.hash) != 32 or log != key.name:
        raise NoteFault(words("This is no checkpoint of a Readout log."))
    return found
