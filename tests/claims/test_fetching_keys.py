"""Keys of sources: put into the request, and nowhere else."""

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from warcio.archiveiterator import ArchiveIterator

from claims.capture.asking import Later, Secret
from claims.capture.outcome import Outcome
from claims.capture.policy import PrivateTarget
from claims.models import Snapshot
from tests.claims.capture.loopback import LoopbackServer, redirect, response
from tests.claims.press_site import ask, press_site, url

pytestmark = pytest.mark.django_db
KEY = "k3y-of-the-harbour"


@pytest.fixture
def server(settings: Settings) -> Iterator[LoopbackServer]:
    with press_site(settings) as running:
        yield running


def test_a_key_goes_into_the_request_and_nowhere_else(
    server: LoopbackServer, settings: Settings, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SOURCE_KEYS = {"harbour": KEY}
    secret = Secret("harbour", "X-Api-Key", "Token {key}")
    with caplog.at_level(logging.DEBUG):
        answers = [ask(server, secret=secret)]
        server.answers["/page"] = response(b"oops", status="401 Unauthorized")
        answers.append(ask(server, secret=secret))
    assert f"X-Api-Key: Token {KEY}\r\n".encode() in server.requests[0]
    stored = [str(row) for row in Snapshot.objects.values()] + [repr(answers), caplog.text]
    assert not any(KEY in text for text in stored)
    files = [path.read_bytes() for path in archive.rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in unpacked(data) for data in files)


def unpacked(data: bytes) -> bytes:
    """Return a WARC file without its compression."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    return b"".join(record.raw_stream.read() for record in ArchiveIterator(BytesIO(data), no_record_parse=True))


@pytest.mark.parametrize("keys", [{}, {"harbour": ""}, {"harbour": "two\nlines"}])
def test_a_key_that_is_missing_or_none_is_named_and_nothing_is_asked(
    server: LoopbackServer, settings: Settings, keys: dict[str, str]
) -> None:
    settings.SOURCE_KEYS = keys
    answer = ask(server, secret=Secret("harbour", "X-Api-Key"))
    assert answer.outcome is Outcome.REFUSED
    assert "SOURCE_KEYS" in str(answer.sentence)
    assert "harbour" in str(answer.sentence)
    assert server.requests == []


@pytest.mark.parametrize("said", [{"secret": Secret("harbour", "X-Api-Key")}, {"invited": True}])
def test_a_service_that_gave_a_key_or_invites_is_asked_whatever_its_robots_txt_says_to_crawlers(
    server: LoopbackServer, settings: Settings, said: dict[str, Any]
) -> None:
    settings.SOURCE_KEYS = {"harbour": KEY}
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /\n")
    assert ask(server).outcome is Outcome.REFUSED
    assert ask(server, **said).outcome is Outcome.OK


def test_where_an_invited_request_is_sent_on_to_robots_txt_counts_again(
    server: LoopbackServer, settings: Settings
) -> None:
    elsewhere = url(server, host="other.example")
    settings.FETCH_PRIVATE_TARGETS += (PrivateTarget.parse(f"other.example=127.0.0.1:{server.port}"),)
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /page\n")
    server.answers["/moved"] = redirect(elsewhere)
    answer = ask(server, "/moved", invited=True)
    assert answer.outcome is Outcome.REFUSED
    assert "robots.txt" in str(answer.sentence)


def test_a_page_that_cannot_be_archived_is_asked_for_later(
    server: LoopbackServer, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "occupied").write_text("no folder")
    settings.ARCHIVE_DIR = tmp_path / "occupied"
    with pytest.raises(Later, match="archive"):
        ask(server)
    assert not Snapshot.objects.exists()


def test_a_key_in_an_address_is_not_told(server: LoopbackServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        answer = ask(server, f"/gone?api_key={KEY}&page=2")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "page=2" in str(answer.sentence)
    assert KEY not in str(answer.sentence)
    assert KEY not in caplog.text
