"""The shipped catalogue: each entry is a source that its connector can be made of."""

import re
from zoneinfo import ZoneInfo

import pytest

from claims.capture.urls import parse_url
from verification.connectors.issuers.catalogue import CatalogueEntry, entries
from verification.connectors.issuers.registry import CONNECTORS


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.key)
def test_an_entry_is_a_source_as_it_stands(entry: CatalogueEntry) -> None:
    connector = CONNECTORS[entry.connector](entry.configuration)
    assert all(parse_url(url).scheme == "https" for url in connector.examples())
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry.key)
    assert max(len(entry.key), 60) == 60
    assert 0 < len(entry.name) <= 200
    assert max(len(entry.speaks_for), len(entry.licence)) <= 200
    assert 0 <= entry.tier <= 5
    assert entry.every_minutes >= 15
    assert not entry.zone or entry.zone == ZoneInfo(entry.zone).key
    assert entry.configuration.get("zone", entry.zone) == entry.zone
    assert bool(entry.also_called) <= bool(entry.speaks_for)


def test_no_two_entries_have_one_name() -> None:
    for names in ([entry.key for entry in entries()], [entry.name for entry in entries()]):
        assert len(set(names)) == len(names)
