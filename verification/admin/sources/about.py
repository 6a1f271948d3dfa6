"""A connector as pages tell of it (what it asks, what one has to know, what it needs), and the tabs above all pages."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import OutletFeed
from claims.translation import say
from verification.connectors.issuers.contract import Connector
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source
from verification.research.following import can_be_followed
from verification.research.source_keeping import FAILING, missing_key

# How documents come in where no connector asks for them.
BY_HAND = {"import": gettext_lazy("imported files"), "desk": gettext_lazy("handed in by the desk")}


@dataclass(frozen=True, slots=True)
class About:
    """One connector in the reader's language.

    One that is not `is_followed` has nothing that shows what is new: it is asked when a claim is looked up, and to be
    tried out it needs what `tries` names. `missing_key` is the key that the operator has not set; None where none is.
    """

    key: str
    title: str
    summary: str
    quirks: tuple[str, ...]
    can: tuple[str, ...]
    is_followed: bool
    tries: str
    missing_key: str | None

    @classmethod
    def of(cls, connector: type[Connector]) -> "About":
        """Return what is told of a connector."""
        can = {
            "poll": _("shows what is new"),
            "list_by_date": _("lists what was published between two days"),
            "search": _("can be searched"),
            "resolve": _("knows documents by their number or address"),
            "find_capture": _("finds copies of pages, and makes them"),
        }
        return cls(
            connector.key,
            say(connector.title),
            say(connector.summary),
            tuple(say(quirk) for quirk in connector.quirks),
            tuple(words for name, words in can.items() if hasattr(connector, name)),
            can_be_followed(connector),
            _tries(connector),
            missing_key(connector),
        )


def _tries(connector: type[Connector]) -> str:
    if hasattr(connector, "find_capture"):
        return _("Address of a page to find a copy of")
    return _("Words to search for") if hasattr(connector, "search") else ""


def connector_name(key: str) -> str:
    """Return what a source's connector is called; how its documents come in where there is none."""
    known = CONNECTORS.get(key)
    return say(known.title) if known else str(BY_HAND.get(key, key))


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about sources; `failing` is how many of what it lists need somebody."""

    url: str
    label: str
    is_here: bool
    failing: int = 0


def tabs(here: str) -> list[Tab]:
    """Return the pages about sources, of which one is `here` (one query)."""
    sources, outlets = (
        rows.filter(FAILING).values_list(Value(name, output_field=CharField()))
        for name, rows in (("sources", Source.objects.all()), ("outlets", OutletFeed.objects.all()))
    )
    failing = Counter(name for (name,) in sources.union(outlets, all=True))
    pages = (
        ("sources", "admin:verification_source_changelist", _("Sources")),
        ("outlets", "admin:source_outlets", _("Outlets")),
        ("hosts", "admin:source_hosts", _("Hosts and archive")),
        ("catalogue", "admin:source_catalogue", _("Catalogue")),
    )
    return [Tab(url, label, key == here, failing[key]) for key, url, label in pages]
