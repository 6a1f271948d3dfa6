"""What an administrator does with sources: adds one, says how it is asked, switches it on or off, has it asked now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from claims.models import OutletFeed
from claims.models.clock import ClockTimestamp
from claims.wording import Words, words
from claims.work import storable
from verification.connectors.issuers.contract import BadConfiguration, Connector
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source, SourceRun
from verification.review.refusals import Moved, Refusal, Unmet

# Sources and feeds that an administrator has to look at. One that was asked to wait goes on by itself.
FAILING = Q(enabled=True, outcome__in=["NOT_FOUND", "REFUSED", "FAILED", "STALE"])


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is said of a source; `configuration` is what its connector is told, `zone` an IANA name."""

    name: str
    tier: int
    speaks_for: str = ""
    also_called: tuple[str, ...] = ()
    zone: str = ""
    licence: str = ""
    every_minutes: int = 60
    configuration: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source) -> "Kept":
        """Return what is said of a source now."""
        return cls(
            source.name,
            source.tier,
            source.speaks_for,
            tuple(source.also_called),
            source.zone,
            source.licence,
            source.every_minutes,
            source.configuration,
        )

    @property
    def mark(self) -> str:
        """A short hash of all of it: a form that was filled in on another one was filled in on what is past."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def columns(self) -> dict[str, Any]:
        """Return the values as the row holds them."""
        return asdict(self) | {"also_called": list(self.also_called), "configuration": dict(self.configuration)}


def failing() -> Combinable:
    """Return an expression: how many sources and outlets' feeds need somebody to look at them."""
    counted = []
    for kind in (Source, OutletFeed):
        rows = kind._default_manager.filter(FAILING).values(all=Value(1))
        counted.append(Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0))
    return counted[0] + counted[1]


def connector_of(source: Source) -> Connector | None:
    """Return a source's connector, configured; None for one whose documents are handed in or imported.

    Raises BadConfiguration.
    """
    known = CONNECTORS.get(source.connector)
    return known(source.configuration) if known else None


def missing_key(connector: type[Connector]) -> str | None:
    """Return the name of the key that a connector needs and the operator has not set; None where nothing is missing."""
    secret = connector.secret
    return secret.name if secret and not settings.SOURCE_KEYS.get(secret.name) else None


def add_source(kept: Kept, connector: str, *, catalogue: str = "") -> Source:
    """Store a new source, switched off. Raises Unmet where its name is taken."""
    try:
        with transaction.atomic():
            return Source.objects.create(**kept.columns(), connector=connector, catalogue=catalogue)
    except IntegrityError as error:
        raise _name_taken(kept.name) from error


def change_source(source: Source, kept: Kept, seen: str) -> bool:
    """Store what is said of a source; return whether that changed anything.

    A source that is asked otherwise is asked from its beginning. Raises Moved where somebody else changed it since
    `seen` (its mark then), and Unmet where its name is taken.
    """
    try:
        with transaction.atomic():
            stands = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
            now = Kept.of(stands)
            if now == kept:
                return False
            if now.mark != seen:
                raise Moved(Refusal("moved", words("Somebody changed this source after you had opened it.")))
            asked_otherwise = _asked(stands.connector, now) != _asked(stands.connector, kept)
            again: dict[str, Any] = {"cursor": None, "next_at": ClockTimestamp()} if asked_otherwise else {}
            Source.objects.filter(pk=source.pk).update(**kept.columns(), **again)
            if asked_otherwise:
                stands.addresses.all().delete()  # validators are of answers that were read in the former way
    except IntegrityError as error:
        raise _name_taken(kept.name) from error
    return True


def switch(source: Source, *, on: bool) -> bool:
    """Switch a source on or off; return whether it was otherwise before. One that is switched on is asked at once.

    Raises Unmet where it cannot be asked as it stands.
    """
    if on and (why := why_not_on(source)):
        raise Unmet(Refusal("configuration", why))
    anew: dict[str, Any] = {"next_at": ClockTimestamp(), "failures": 0} if on else {}
    return bool(Source.objects.filter(pk=source.pk, enabled=not on).update(enabled=on, **anew))


def why_not_on(source: Source) -> Words | None:
    """Return why a source cannot be asked as it stands, None when it can."""
    try:
        connector = connector_of(source)
    except BadConfiguration as error:
        return error.sentence
    if connector is None:
        return words("Documents of this source are handed in or imported: there is nobody to ask.")
    if name := missing_key(type(connector)):
        return words("It needs the key “%(name)s”, which the operator puts into SOURCE_KEYS.", name=name)
    return None


def ask_now(source: Source) -> bool:
    """Make a source due at once; False for one that is switched off."""
    return bool(Source.objects.filter(pk=source.pk, enabled=True).update(next_at=ClockTimestamp()))


def note_trial(source: Source, outcome: str, sentence: str, *, requests: int, shown: int, began: datetime) -> None:
    """Keep that somebody tried a source out, and how that ended; nothing of what it showed is kept."""
    SourceRun.objects.create(
        source=source,
        verb=SourceRun.Verb.TRY,
        outcome=outcome,
        sentence=storable(sentence),
        requests=requests,
        shown=shown,
        started_at=began,
    )


def _asked(connector: str, kept: Kept) -> Any:
    """Return what a connector reads in a configuration, whether it says what is as usual or not; else what it says."""
    try:
        read = CONNECTORS[connector](kept.configuration).configuration
    except (KeyError, BadConfiguration):
        read = dict(kept.configuration)
    return json.loads(json.dumps(read))


def _name_taken(name: str) -> Unmet:
    return Unmet(Refusal("name", words("There is a source called “%(name)s” already: choose another name.", name=name)))
