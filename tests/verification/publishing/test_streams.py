"""Long streams: a network is sent so many in an hour, and a process sends two at once."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.verification.publishing.rows import publish
from verification.publishing import streams

pytestmark = pytest.mark.django_db
FEED, CSV, JSONL = "/checks/data-feed.json", "/api/v1/export/verdicts.csv", "/api/v1/export/verdicts.jsonl"


@pytest.fixture(autouse=True)
def nobody_has_asked() -> Iterator[None]:
    gc.collect()
    cache.clear()
    yield
    cache.clear()


def refused(answer: Any, status: int) -> None:
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    assert not answer.has_header("ETag")
    assert 0 < int(answer["Retry-After"]) <= streams.HOUR


def test_a_network_is_sent_so_many_in_an_hour_whatever_it_chooses_of_them(settings: Settings) -> None:
    settings.EXPORTS_PER_HOUR = 2
    publish()
    near, far = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.7")
    first = near.get(FEED)
    assert first.getvalue()
    assert near.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert near.get(CSV + "?versions=all&since=1900-01-01").getvalue()
    for path in (FEED, CSV, JSONL):
        answer = near.get(path)
        refused(answer, 429)
        assert "within the hour" in answer.content.decode()
        refused(near.get(path, {"since": "1900-01-01"}), 429)
    assert far.get(JSONL).getvalue()


def test_two_are_sent_at_once_and_whoever_stops_makes_room(client: Client) -> None:
    publish()
    first, second = client.get(FEED), client.get(CSV, {"language": "en"})
    for path in (FEED, CSV, JSONL + "?language=en"):
        refused(client.get(path), 503)
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    next(iter(first.streaming_content))  # type: ignore[attr-defined]  # only a stream has it
    (closer, *_others) = getattr(first, "_resource_closers")  # noqa: B009 (of Django's, and in no stub)
    first._iterator.close()  # type: ignore[attr-defined]  # what a server closes when its reader is gone
    closer()  # twice makes no more room
    assert client.get(JSONL).getvalue()
    assert client.head(JSONL).getvalue() == b""
    assert second.getvalue()
    held = [client.get(FEED), client.get(FEED)]
    refused(client.get(FEED), 503)
    del held
    gc.collect()
    assert client.get(FEED).getvalue()
