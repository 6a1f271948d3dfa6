"""What is written can be checked, read back and told apart by others' tools."""

import gzip
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from claims.capture.errors import BadResponse, DoorError
from claims.capture.exchange import Exchange, Truncated
from claims.capture.warc import Archived, Revisited, response_in, warc_file
from tests.claims.capture.doors import AGENT, door, url
from tests.claims.capture.loopback import Answer, LoopbackServer, redirect, response
from tests.claims.capture.test_door_tls import authority

PAGE = ("<title>Lamps</title>" + "<p>Forty lamps were bought for the northern mole, says Grünau.</p>" * 40).encode()
PACKED = gzip.compress(PAGE, mtime=0)
CHUNKED = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (700, PAGE[:700], len(PAGE) - 700, PAGE[700:])
DAY = datetime(2032, 5, 4, 10, 30, 0, 250_000, UTC)

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
KINDS: dict[str, Answer] = {
    "plain": response(PAGE, headers=["Content-Type: text/html"]),
    "empty": response(b""),
    "chunked": PLAIN + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "gzip": response(PACKED, headers=["Content-Encoding: gzip"]),
    "gzip in chunks": PLAIN + b"Content-Encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n"
    + b"%x\r\n%s\r\n0\r\n\r\n" % (len(PACKED), PACKED),
    "not gzip": response(PAGE, headers=["Content-Encoding: gzip"]),
    "damaged gzip": response(PACKED[:60] + b"damage" + PACKED[66:], headers=["Content-Encoding: gzip"]),
    "unknown coding": response(PAGE, headers=["Content-Encoding: br"]),
    "ended by closing": PLAIN + b"\r\n" + PAGE,
    "not modified": response(status="304 Not Modified", headers=['ETag: "7"']),
    "refused": response(b"<h1>Access denied</h1>", status="403 Forbidden", headers=["Set-Cookie: a=b"]),
    "throttled": response(b"slow down", status="429 Too Many Requests", headers=["Retry-After: 30"]),
    "odd heads": b"HTTP/1.1 200 Gr\xc3\xbcn\r\nX-A: Gr\xc3\xbcn\r\nX-B: Gr\xfcn\r\nX-C: a;b=\xfc\r\n"
    b"Content-Length: 1\r\n\r\nx",
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 2\n\n\n\n",
    "too large": response(bytes(600_000)),
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + PAGE,
    "cut in a chunk": PLAIN + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED[:300],
    "cut in its gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99999\r\n\r\n" + PACKED[:90],
    "cut in its head": b"HTTP/1.1 200 OK\r\nX: y",
    "not HTTP": b"\x16\x03\x01\x00\x05hello\r\n\r\nand more",
    "moved": redirect("/plain"),
    "moved without end": redirect("/moved%20without%20end"),
}  # fmt: skip


def exchanges(server: LoopbackServer, kind: str) -> tuple[Exchange, ...]:
    """Fetch one of `KINDS` and return what went over the wire, whatever came of it."""
    server.answers |= {"/" + name.replace(" ", "%20"): answer for name, answer in KINDS.items()}
    with door(server, max_wire_bytes=500_000, total_seconds=3) as opened:
        try:
            return opened.fetch(url(server, f"/{kind}")).exchanges
        except DoorError as error:
            return error.exchanges


def written(exchanges: Sequence[Exchange], revisit_of: Revisited | None = None) -> bytes:
    return warc_file(exchanges, software="readout/1", user_agent=AGENT, operator="Lake Desk", revisit_of=revisit_of)


def records(data: bytes) -> list[tuple[str, dict[str, str], bytes]]:
    """Return each record's type, fields and block."""
    return [
        (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
        for record in ArchiveIterator(BytesIO(data), no_record_parse=True)
    ]


def checked(path: Path) -> str:
    """Run `warcio check` on a file and return what it complained of."""
    run = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert not re.search(r"fail|unknown|exception|problem", run.stdout, re.IGNORECASE), run.stdout
    return run.stdout


def an_exchange(**told: object) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
    known = {
        "url": "https://lake.example/mole?a=b", "method": "GET", "request_head": b"GET /mole?a=b HTTP/1.1\r\n\r\n",
        "request_body": b"", "response_head": head, "payload": b"word", "truncated": None, "address": "192.31.196.1",
        "certificate_sha256": None, "started_at": DAY,
    }  # fmt: skip
    make: Callable[..., Exchange] = Exchange
    return make(**{**known, **told})


def earlier(payload: bytes = b"word") -> Revisited:
    return Revisited("https://lake.example/mole", DAY - timedelta(days=1), hashlib.sha256(payload).hexdigest())


def test_warcio_finds_every_kind_of_exchange_sound(server: LoopbackServer, tmp_path: Path) -> None:
    path = tmp_path / "all.warc.gz"
    path.write_bytes(b"".join(written(exchanges(server, kind)) for kind in KINDS))
    responses = [record for record in records(path.read_bytes()) if record[0] == "response"]
    assert len(responses) == len(KINDS) + 1 + 5
    # A request and a response pass each; a head that broke off and what is not HTTP have no payload to check.
    assert checked(path).count("digest pass") == len(KINDS) + 2 * len(responses)


@pytest.mark.parametrize(
    ("kind", "page"),
    [("plain", PAGE), ("empty", b""), ("chunked", PAGE), ("gzip", PAGE), ("gzip in chunks", PAGE), ("moved", PAGE),
     ("ended by closing", PAGE), ("refused", b"<h1>Access denied</h1>"), ("bare line feeds", b"\n\n"),
     ("odd heads", b"x"), ("not modified", b"")],
)  # fmt: skip
def test_the_page_read_back_is_the_page_that_was_served(server: LoopbackServer, kind: str, page: bytes) -> None:
    found = response_in(written(exchanges(server, kind)))
    assert found.entity() == page
    assert found.truncated is None


def test_a_page_read_back_that_is_too_large_or_damaged_is_told(server: LoopbackServer) -> None:
    with pytest.raises(BadResponse):
        response_in(written(exchanges(server, "damaged gzip"))).entity()
    with pytest.raises(DoorError, match="larger"):
        response_in(written(exchanges(server, "gzip"))).entity(limit=100)


def test_the_heads_are_those_of_the_wire(server: LoopbackServer) -> None:
    (exchange,) = exchanges(server, "odd heads")
    (_, _, _), (_, _, request), (_, _, answer) = records(written([exchange]))
    assert request == server.requests[-1]
    assert answer == KINDS["odd heads"]


def test_a_transfer_coding_that_was_undone_is_no_longer_announced(server: LoopbackServer) -> None:
    (_, _, block) = records(written(exchanges(server, "gzip in chunks")))[-1]
    assert block == PLAIN + b"Content-Encoding: gzip\r\nX-Orig-transfer-encoding: chunked\r\n\r\n" + PACKED


def test_another_reader_gets_the_page_out(server: LoopbackServer) -> None:
    for kind in ("plain", "chunked", "gzip", "gzip in chunks"):
        found = [record for record in ArchiveIterator(BytesIO(written(exchanges(server, kind))))
                 if record.rec_type == "response" and record.content_stream().read() == PAGE]  # fmt: skip
        assert len(found) == 1, kind


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("too large", "length"), ("cut", "disconnect"), ("cut in a chunk", "disconnect"),
     ("cut in its head", "disconnect"), ("cut in its gzip", "disconnect"), ("not HTTP", "unspecified"),
     ("plain", None), ("not gzip", None)],
)  # fmt: skip
def test_what_was_cut_short_says_why(server: LoopbackServer, kind: str, reason: str | None) -> None:
    assert response_in(written(exchanges(server, kind))).truncated == reason


def test_each_hop_is_a_request_and_a_response_that_name_each_other(server: LoopbackServer) -> None:
    found = records(written(exchanges(server, "moved")))
    assert [kind for kind, _, _ in found] == ["warcinfo", "request", "response", "request", "response"]
    for (_, request, _), (_, answer, _) in (found[1:3], found[3:5]):
        assert request["WARC-Concurrent-To"] == answer["WARC-Record-ID"]
        assert request["WARC-Target-URI"] == answer["WARC-Target-URI"]
        assert request["WARC-Date"] == answer["WARC-Date"]
        assert answer["WARC-IP-Address"] == "127.0.0.1"
        assert answer["WARC-Warcinfo-ID"] == found[0][1]["WARC-Record-ID"]
    assert found[4][1]["WARC-Target-URI"] == url(server, "/plain")


def test_the_first_record_tells_who_wrote_the_file_and_how() -> None:
    (kind, fields, block), *_ = records(
        warc_file([an_exchange()], software="readout/1", user_agent="Readout/1\r\n(x)", operator="Lake\nrobots: none")
    )
    told = block.decode().split("\r\n")
    assert kind == "warcinfo"
    assert fields["Content-Type"] == "application/warc-fields"
    assert "software: readout/1" in told
    assert "http-header-user-agent: Readout/1 (x)" in told
    assert "operator: Lake robots: none" in told


def test_a_post_is_kept_with_what_it_asked(tmp_path: Path) -> None:
    data = written([an_exchange(method="POST", request_head=b"POST / HTTP/1.1\r\n\r\n", request_body=b'{"a": 1}')])
    (tmp_path / "post.warc.gz").write_bytes(data)
    assert checked(tmp_path / "post.warc.gz").count("digest pass") == 3
    assert records(data)[1][2] == b'POST / HTTP/1.1\r\n\r\n{"a": 1}'


def test_the_certificate_of_the_server_is_named(tmp_path: Path) -> None:
    context, pem = authority(tmp_path, "site.example")
    with LoopbackServer({"/": response(b"x")}, tls=context) as server, door(server, ca_file=pem) as opened:
        capture = opened.fetch(url(server, scheme="https"))
    _, fields, _ = records(written(capture.exchanges))[-1]
    assert fields["WARC-TLS-Certificate-SHA256"] == capture.certificate_sha256
    (tmp_path / "tls.warc.gz").write_bytes(written(capture.exchanges))
    checked(tmp_path / "tls.warc.gz")


def test_a_304_is_a_revisit_of_what_it_says_is_still_so(tmp_path: Path) -> None:
    head = b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n\r\n'
    data = written([an_exchange(response_head=head, payload=b"")], earlier())
    kind, fields, block = records(data)[-1]
    assert (kind, block) == ("revisit", head)
    assert fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert fields["WARC-Refers-To-Target-URI"] == "https://lake.example/mole"
    assert fields["WARC-Refers-To-Date"] == "2032-05-03T10:30:00.250000Z"
    assert "WARC-Payload-Digest" not in fields
    found = response_in(data)
    assert (found.payload, found.refers_to_uri, found.refers_to_date) == (None, earlier().target_uri, earlier().date)
    with pytest.raises(ValueError, match="refers"):
        found.entity()
    (tmp_path / "304.warc.gz").write_bytes(data)
    checked(tmp_path / "304.warc.gz")


def test_the_same_payload_again_is_a_revisit_without_it(tmp_path: Path) -> None:
    data = written([an_exchange()], earlier())
    kind, fields, block = records(data)[-1]
    assert (kind, block) == ("revisit", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
    assert fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert fields["WARC-Payload-Digest"] == f"sha256:{earlier().payload_sha256}"
    assert fields["WARC-Truncated"] == "length"
    assert response_in(data).payload_sha256 == earlier().payload_sha256
    (tmp_path / "same.warc.gz").write_bytes(data)
    checked(tmp_path / "same.warc.gz")


@pytest.mark.parametrize(
    ("exchange", "before"),
    [
        (an_exchange(), earlier(b"other words")),
        (an_exchange(truncated=Truncated.DISCONNECT), earlier()),
        (an_exchange(payload=b""), earlier(b"")),
        (an_exchange(response_head=b"HTTP/1.1 304 Not Modified\r\n\r\n", payload=b""), None),
    ],
)
def test_what_brings_nothing_again_is_no_revisit(exchange: Exchange, before: Revisited | None) -> None:
    assert records(written([exchange], before))[-1][0] == "response"


def test_only_the_last_exchange_can_be_a_revisit() -> None:
    kinds = [kind for kind, _, _ in records(written([an_exchange(), an_exchange()], earlier()))]
    assert kinds == ["warcinfo", "request", "response", "request", "revisit"]


def test_the_same_exchanges_make_the_same_file_and_others_other_names() -> None:
    data = written([an_exchange(), an_exchange(started_at=DAY + timedelta(microseconds=1))])
    later = DAY.astimezone(timezone(timedelta(hours=2)))
    assert data == written([an_exchange(started_at=later), an_exchange(started_at=DAY + timedelta(microseconds=1))])
    names = [fields["WARC-Record-ID"] for _, fields, _ in records(data)]
    assert len(set(names)) == 5
    assert all(re.fullmatch(r"<urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>", name) for name in names)


def test_a_file_without_exchange_or_response_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        written([])
    with pytest.raises(ValueError, match="no response"):
        response_in(b"")


def test_what_is_read_back_tells_when_and_where_it_was_fetched() -> None:
    found = response_in(written([an_exchange()]))
    assert found == Archived(
        "https://lake.example/mole?a=b", DAY, 200, (("Content-Length", "4"),), b"word", earlier().payload_sha256,
        None, None, None,
    )  # fmt: skip
