"""A feed as its readers' programs read it: feedparser and atoma the XML, the schema of JSON Feed the rest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import atoma
import feedparser
import jsonschema
from django.test import Client

SCHEMA = json.loads((Path(__file__).parent / "json_feed.schema.json").read_text(encoding="utf-8"))
FORMATS = ["rss", "atom", "json"]
MEDIA = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Followed:
    """A page of a feed: its ids in order, when each was updated as it is written, and where it leads."""

    title: str
    ids: list[str]
    updated: list[str]
    links: dict[str, list[str]]
    header: dict[str, list[str]]
    text: str

    @property
    def following(self) -> str | None:
        """Return the address of the next page, None on the last."""
        return next(iter(self.links.get("next", [])), None)


def follow(client: Client, address: str) -> Followed:
    """Return a feed that every reader reads without complaint."""
    parts = urlsplit(address)
    answer = client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    assert answer.status_code == 200, (address, answer.content)
    form = parts.path.rpartition(".")[2]
    assert answer["Content-Type"] == f"{MEDIA[form]}; charset=utf-8"
    text = answer.content.decode()
    header = links_of(answer["Link"])
    return read_json(text, header) if form == "json" else read_xml(text, form, header)


def walk(client: Client, address: str) -> Iterator[Followed]:
    """Yield a feed's pages from the newest to the first that there is."""
    at: str | None = address
    while at:
        page = follow(client, at)
        yield page
        at = page.following


def links_of(header: str) -> dict[str, list[str]]:
    """Return the addresses of a Link header by their relation."""
    found: dict[str, list[str]] = {}
    for part in header.split(", "):
        address, _mark, rel = part.partition("; ")
        found.setdefault(rel.removeprefix('rel="').removesuffix('"'), []).append(address.strip("<>"))
    return found


def read_xml(text: str, form: str, header: dict[str, list[str]]) -> Followed:
    """Return what feedparser and atoma read in RSS or Atom; fails where they read different entries."""
    read: Any = feedparser.parse(text.encode())
    assert not read.bozo, read.get("bozo_exception")
    links: dict[str, list[str]] = {}
    for link in read.feed.links:
        links.setdefault(link.rel, []).append(link.href)
    ids = [entry.id for entry in read.entries]
    assert _by_atoma(text, form) == ids
    return Followed(read.feed.title, ids, [entry.updated for entry in read.entries], links, header, text)


def _by_atoma(text: str, form: str) -> list[str]:
    if form == "atom":
        return [entry.id_ for entry in atoma.parse_atom_bytes(text.encode()).entries]
    return [item.guid for item in atoma.parse_rss_bytes(text.encode()).items]


def read_json(text: str, header: dict[str, list[str]]) -> Followed:
    """Return what stands in a JSON Feed that holds to the schema."""
    feed = json.loads(text)
    jsonschema.validate(feed, SCHEMA)
    links = {"self": [feed["feed_url"]], "alternate": [feed["home_page_url"]]}
    links |= {"next": [feed["next_url"]]} if "next_url" in feed else {}
    links |= {"hub": [hub["url"] for hub in feed["hubs"]]} if "hubs" in feed else {}
    updated = [item["date_modified"] for item in feed["items"]]
    return Followed(feed["title"], [item["id"] for item in feed["items"]], updated, links, header, text)
