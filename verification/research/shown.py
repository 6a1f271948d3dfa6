"""Stores the entries that a source showed, each once: what is new or was changed waits to be fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims import work
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import SourceEntry
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source, SourceItem, SourceRun
from verification.research.stretch import FETCH_ITEMS

# The ways by which a source shows its entries, the one that counts first.
WAYS = {SourceRun.Verb.POLL: "poll", SourceRun.Verb.LIST: "list_by_date"}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the entries were new, how many known ones were changed, and the ids of all, by stable id."""

    fresh: int = 0
    changed: int = 0
    items: dict[str, int] | None = None


def store_shown(
    source: Source, entries: Sequence[SourceEntry], exchange: int | None, verb: str, *, fetched: bool = True
) -> Counted:
    """Store entries in the caller's transaction, which holds the source's row.

    `exchange` is the id of the Snapshot that showed them, `verb` how they were asked for (`SourceRun.verb`, or a step
    of a search plan). Unless they are `fetched` otherwise, what is new or changed is made due.
    """
    unique: dict[str, SourceEntry] = {}
    for entry in entries:
        # A list that shows one document twice shows the newer state first.
        unique.setdefault(clean_id(entry.stable_id), entry)
    known = {item.stable_id: item for item in source.items.filter(stable_id__in=unique)}
    tells = _tells_of_changes(source, verb)
    fresh = [_item(source, name, entry, exchange) for name, entry in unique.items() if name not in known]
    changed = [
        _changed(known[name], entry, exchange)
        for name, entry in unique.items()
        if name in known and _is_changed(known[name], entry, tells=tells)
    ]
    SourceItem.objects.bulk_create(fresh)
    columns = ["url", "title", "published", "entry", "fingerprint", "shown_in", "state", "outcome", "sentence"]
    SourceItem.objects.bulk_update(changed, columns)
    if (fresh or changed) and fetched:
        work.enlist(FETCH_ITEMS, [source.pk])
    ids = {item.stable_id: item.pk for item in (*known.values(), *fresh)}
    return Counted(len(fresh), len(changed), {name: ids[name] for name in unique})


def _tells_of_changes(source: Source, verb: str) -> bool:
    """Tell whether an entry that is shown otherwise was changed, or is only shown in another way than before.

    A list and a feed of one source show the same document in different words. Of its ways one counts.
    """
    connector = CONNECTORS.get(source.connector)
    foremost = next((way for way, name in WAYS.items() if hasattr(connector, name)), verb)
    return verb == foremost


def _is_changed(item: SourceItem, entry: SourceEntry, *, tells: bool) -> bool:
    if tells:
        return item.fingerprint != entry.fingerprint
    before = SourceEntry.from_json(item.entry).updated
    return bool(entry.updated and before and entry.updated > before)


def _item(source: Source, stable_id: str, entry: SourceEntry, exchange: int | None) -> SourceItem:
    return SourceItem(source=source, stable_id=stable_id, **_columns(entry, exchange))


def _changed(item: SourceItem, entry: SourceEntry, exchange: int | None) -> SourceItem:
    for name, value in _columns(entry, exchange).items():
        setattr(item, name, value)
    item.state, item.outcome, item.sentence = SourceItem.State.DUE, "", ""
    return item


def _columns(entry: SourceEntry, exchange: int | None) -> dict[str, Any]:
    return {
        "url": work.storable(entry.url),
        "title": work.storable(entry.title) if entry.title else None,
        "published": entry.published,
        "entry": _storable(entry.to_json()),
        "fingerprint": entry.fingerprint,
        "shown_in_id": exchange,
    }


def _storable(value: Any) -> Any:
    """Return JSON without what PostgreSQL cannot hold."""
    if isinstance(value, str):
        return work.storable(value)
    if isinstance(value, dict):
        return {work.storable(name): _storable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value
