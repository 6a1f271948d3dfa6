"""Feeds that are made to cost their reader time, memory or secrets."""

import time

import pytest

from claims.capture.feeds import NotAFeed, read_feed
from tests.claims.capture.test_feeds import RSS, URL, only, rss

pytestmark = pytest.mark.long


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    bomb = '<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c SYSTEM "file:///etc/passwd">'
    body = f"<?xml version='1.0'?><!DOCTYPE rss [{bomb}]>" + RSS.partition("?>")[2]
    item = only(body.replace("{items}", "<item><guid>1</guid><title>&b;&c;</title></item>").encode())
    assert item.title == "&b;&c;"


@pytest.mark.parametrize(
    "body",
    [
        rss(*["<title>Lamp</title><guid>1</guid>"] * 25_000),
        rss("<title>" + "&" * 9_000_000 + "</title>"),
        rss("<title>" + "<a " * 3_000_000),
        rss("<title><![CDATA[" + "<a " * 3_000_000 + "]]></title>"),
        rss("<a>" * 3_000_000),
        rss("<![CDATA[" * 1_000_000),
        b"<!DOCTYPE rss [" + b'<!ENTITY a "b">' * 600_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 3_000_000 + b"{}]}",
        b"[" * 9_000_000,
        rss("<title>Lamp</title>") + b" " * 20_000_000,
    ],
    ids=[
        "items",
        "ampersands",
        "tags without end",
        "the same in CDATA",
        "depth",
        "CDATA",
        "entities",
        "objects",
        "lists",
        "20 MB",
    ],
)
def test_a_hostile_feed_ends_quickly(body: bytes) -> None:
    began = time.perf_counter()
    try:
        read_feed(body, URL)
    except NotAFeed as refused:
        assert str(refused.sentence)
    assert time.perf_counter() - began < 15
