"""Exchanges as a WARC/1.1 file (ISO 28500:2017), one gzip member a record, and the last response read back from one.

    warc_file(capture.exchanges, software="readout/1", user_agent="Readout/1 (+https://desk.example/fetching)")

The same exchanges make the same file, byte for byte: the names of records are made from what is in them. Heads stand as
they went over the wire, and that is why the records are put together here and not by `warcio`, whose writer parses and
rewrites them; `warcio` reads them back, and its check passes. Three headers differ from the wire:

- a secret is withheld from the request;
- `Transfer-Encoding` reads `X-Orig-Transfer-Encoding`, as other archives write it: the payload of a record has its
  transfer coding undone (§6.3.2), and a reader that believed the header would undo it once more;
- so does a `Content-Encoding` that was never offered (`br`): nobody can read such a page, and warcio 1.8 with
  Brotli 1.2 falls over it.

Digests are SHA-256 in hex. The payload's is of the bytes as coded by the server (gzip), so not always the page's own.
The format has no field for a certificate; ours is `WARC-TLS-Certificate-SHA256`, and readers ignore what they do not
know (§5.1).
"""

import gzip
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from warcio.archiveiterator import ArchiveIterator

from claims.capture.content_coding import decoded
from claims.capture.exchange import Exchange, head_and_rest, headers_in, status_in

VERSION: Final = b"WARC/1.1"

NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL_PAYLOAD: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_RECORDS: Final = UUID("5b0f7f0e-0b0e-5d0f-9c53-6a3a1f3f6a52")
"""The namespace of our records' names (RFC 9562 §5.5)."""

_MISLEADING: Final = re.compile(
    rb"^transfer-encoding(?=[ \t]*:)|^content-encoding(?=[ \t]*:(?![ \t]*(?:x-gzip|gzip|deflate|identity)?[ \t]*\r?$))",
    re.IGNORECASE | re.MULTILINE,
)


class Revisited(NamedTuple):
    """The response that brought a payload before: its record's address and date, and the payload's SHA-256 (hex)."""

    target_uri: str
    date: datetime
    payload_sha256: str


@dataclass(frozen=True, slots=True)
class Archived:
    """The last response of a WARC file. `payload` is None where the record only refers to the one that brought it."""

    target_uri: str
    date: datetime
    status: int | None
    headers: tuple[tuple[str, str], ...]
    payload: bytes | None
    payload_sha256: str | None
    truncated: str | None
    refers_to_uri: str | None
    refers_to_date: datetime | None

    def entity(self, limit: int = 50_000_000) -> bytes:
        """Return the page, its content coding undone: the bytes whose hash a Snapshot names.

        Raises `TooLarge` over `limit` bytes, `BadResponse` where they are damaged, `ValueError` for a revisit.
        """
        if self.payload is None:
            raise ValueError("this record only refers to the one that brought the page")
        codings = (value for name, value in self.headers if name.lower() == "content-encoding")
        return decoded(self.payload, ", ".join(codings), limit)


def warc_file(
    exchanges: Sequence[Exchange],
    *,
    software: str,
    user_agent: str,
    operator: str = "",
    revisit_of: Revisited | None = None,
) -> bytes:
    """Return the file that holds `exchanges`, in their order: a warcinfo record, then a request and a response each.

    `revisit_of` is what the last exchange may have brought again: a 304, or the same payload, becomes a revisit of it.
    `operator` says whom to ask about this archive. Raises `ValueError` where there is no exchange.
    """
    if not exchanges:
        raise ValueError("a WARC file holds at least one exchange")
    told = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": operator,
        "http-header-user-agent": user_agent,
        "robots": "RFC 9309",
    }
    block = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in told.items() if value).encode()
    info = _Record("warcinfo", exchanges[0].started_at, "application/warc-fields", block)
    records = [info]
    for place, exchange in enumerate(exchanges, start=1):
        of = revisit_of if place == len(exchanges) else None
        records += _pair(exchange, of, info.name)
    return b"".join(record.written() for record in records)


def response_in(data: bytes) -> Archived:
    """Return the last response, or revisit, of a WARC file. Raises `ValueError` where there is none."""
    found = None
    for record in ArchiveIterator(BytesIO(data), no_record_parse=True):
        if record.rec_type in ("response", "revisit"):
            found = (record.rec_type, record.rec_headers, record.raw_stream.read())
    if found is None:
        raise ValueError("this file holds no response")
    kind, fields, block = found
    head, payload = head_and_rest(block)
    digest = fields.get_header("WARC-Payload-Digest")
    referred = fields.get_header("WARC-Refers-To-Date")
    return Archived(
        fields.get_header("WARC-Target-URI"),
        datetime.fromisoformat(fields.get_header("WARC-Date")),
        status_in(head),
        headers_in(head),
        payload if kind == "response" else None,
        digest.removeprefix("sha256:") if digest else None,
        fields.get_header("WARC-Truncated"),
        fields.get_header("WARC-Refers-To-Target-URI"),
        datetime.fromisoformat(referred) if referred else None,
    )


class _Record:
    """One record: its name is made from its content, so that the same content has the same name."""

    def __init__(
        self, kind: str, date: datetime, content_type: str, block: bytes, fields: Sequence[tuple[str, str]] = ()
    ) -> None:
        self._block = block
        self._fields = [
            ("WARC-Type", kind),
            ("WARC-Date", _date(date)),
            ("Content-Type", content_type),
            *fields,
            ("WARC-Block-Digest", _digest(block)),
            ("Content-Length", str(len(block))),
        ]
        told = "\n".join(f"{name}: {value}" for name, value in self._fields)
        self.name = f"<urn:uuid:{uuid5(_RECORDS, told)}>"

    def written(self) -> bytes:
        """Return the record as a gzip member of its own, which carries no time."""
        lines = [f"{name}: {value}" for name, value in (("WARC-Record-ID", self.name), *self._fields)]
        head = VERSION + b"\r\n" + "".join(f"{_one_line(line)}\r\n" for line in lines).encode() + b"\r\n"
        return gzip.compress(head + self._block + b"\r\n\r\n", compresslevel=6, mtime=0)


def _pair(exchange: Exchange, revisit_of: Revisited | None, info: str) -> list[_Record]:
    common = [("WARC-Target-URI", exchange.url), ("WARC-IP-Address", exchange.address), ("WARC-Warcinfo-ID", info)]
    if exchange.certificate_sha256:
        common.append(("WARC-TLS-Certificate-SHA256", exchange.certificate_sha256))
    answer = _answer(exchange, revisit_of, common)
    request = _Record(
        "request",
        exchange.started_at,
        "application/http;msgtype=request",
        exchange.request_head + exchange.request_body,
        [
            *common,
            ("WARC-Concurrent-To", answer.name),
            ("WARC-Payload-Digest", _digest(exchange.request_body)),
        ],
    )
    return [request, answer]


def _answer(exchange: Exchange, revisit_of: Revisited | None, common: list[tuple[str, str]]) -> _Record:
    head = _MISLEADING.sub(rb"X-Orig-\g<0>", exchange.response_head)
    kind, fields, payload = "response", list(common), exchange.payload
    if exchange.truncated is not None:
        fields.append(("WARC-Truncated", exchange.truncated))
    elif revisit_of is not None and exchange.status == 304:
        kind = "revisit"
        fields += [("WARC-Profile", NOT_MODIFIED), *_refers_to(revisit_of)]
    elif revisit_of is not None and exchange.payload_sha256 == revisit_of[2] and payload:
        kind, payload = "revisit", b""
        fields += [("WARC-Profile", IDENTICAL_PAYLOAD), ("WARC-Truncated", "length"), *_refers_to(revisit_of)]
        fields.append(("WARC-Payload-Digest", f"sha256:{revisit_of[2]}"))
    if kind == "response" and exchange.head_is_whole:
        fields.append(("WARC-Payload-Digest", _digest(payload)))
    return _Record(kind, exchange.started_at, "application/http;msgtype=response", head + payload, fields)


def _refers_to(revisited: Revisited) -> list[tuple[str, str]]:
    uri, date, _ = revisited
    return [("WARC-Refers-To-Target-URI", uri), ("WARC-Refers-To-Date", _date(date))]


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
