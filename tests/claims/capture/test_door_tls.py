"""Certificates prove the name while the address is pinned."""

import ssl
import time
from pathlib import Path

import pytest
import trustme

from claims.capture.door import Door
from claims.capture.errors import (
    TlsFailed,
    TooSlow,
)
from claims.capture.policy import DoorPolicy, PrivateTarget
from tests.claims.capture.doors import AGENT, door, nobody, url
from tests.claims.capture.loopback import LoopbackServer, redirect, response


def authority(tmp_path: Path, *names: str) -> tuple[ssl.SSLContext, str]:
    """Return a server's TLS context for `names` and the path of the authority that vouches for it."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(*names).configure_cert(context)
    pem = tmp_path / "authority.pem"
    issuer.cert_pem.write_to_path(str(pem))
    return context, str(pem)


def test_tls_proves_the_name_while_the_address_is_pinned(tmp_path: Path) -> None:
    context, pem = authority(tmp_path, "site.example")
    with LoopbackServer({"/": response(b"secured")}, tls=context) as server, door(server, ca_file=pem) as opened:
        capture = opened.fetch(url(server, scheme="https"))
    assert capture.body == b"secured"
    assert capture.certificate_sha256 is not None
    assert len(capture.certificate_sha256) == 64
    assert server.server_names == ["site.example"]


def test_a_certificate_for_another_name_is_not_accepted(tmp_path: Path) -> None:
    context, pem = authority(tmp_path, "other.example")
    with LoopbackServer({"/": response(b"secured")}, tls=context) as server, door(server, ca_file=pem) as opened:
        with pytest.raises(TlsFailed) as refused:
            opened.fetch(url(server, scheme="https"))
        assert refused.value.permanent
        assert server.requests == []


def test_a_certificate_from_an_unknown_authority_is_not_accepted(tmp_path: Path) -> None:
    context, _ = authority(tmp_path, "site.example")
    with LoopbackServer({"/": response(b"x")}, tls=context) as server, door(server) as opened:
        with pytest.raises(TlsFailed):
            opened.fetch(url(server, scheme="https"))
        assert server.requests == []


def test_https_to_a_port_that_speaks_something_else_is_a_failed_handshake() -> None:
    with LoopbackServer(greeting=b"220 mail.example ready\r\n") as server, door(server) as opened:
        with pytest.raises(TlsFailed) as failed:
            opened.fetch(url(server, scheme="https"))
        assert not failed.value.permanent


def test_a_handshake_that_never_ends_is_given_up_on(server: LoopbackServer) -> None:
    began = time.monotonic()
    with door(server, connect_seconds=0.3) as opened, pytest.raises(TooSlow):
        opened.fetch(url(server, scheme="https"))
    assert time.monotonic() - began < 1


def test_a_redirect_from_https_to_http_is_followed_and_noted(tmp_path: Path, server: LoopbackServer) -> None:
    context, pem = authority(tmp_path, "site.example")
    server.answers["/"] = response(b"in the clear")
    with LoopbackServer({"/": redirect(url(server))}, tls=context) as secured:
        targets = tuple(PrivateTarget.parse(f"site.example=127.0.0.1:{port}") for port in (server.port, secured.port))
        with Door(DoorPolicy(AGENT, targets, ca_file=pem), nobody) as opened:
            capture = opened.fetch(url(secured, scheme="https"))
    assert capture.body == b"in the clear"
    assert [hop.downgraded for hop in capture.redirects] == [True]
    assert capture.certificate_sha256 is None
