"""Probes: real sites are asked whether they still answer as their connectors expect; what was found is kept.

probe_connector(connector, "GOV.UK")   asks, and stores nothing
probe_source(source, connector)        asks for a stored source, and keeps what was found as a visit (SourceRun)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from claims import work
from claims.capture.asking import Answer
from claims.capture.outcome import ANSWERED, Outcome
from claims.capture.redacting import redacted
from claims.fetching import PoliteFetch
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from verification.connectors.issuers.contract import Connector
from verification.connectors.issuers.probing import Step, probe
from verification.models import Source, SourceRun

# Whoever probes sits at a terminal: so long (seconds) a host's lane is waited for, and an answer.
AHEAD, SECONDS = 120.0, 60.0


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of one probe: its steps in order, and how many requests they took."""

    name: str
    connector: str
    steps: tuple[Step, ...]
    requests: int
    started_at: datetime

    @property
    def differs(self) -> int:
        """How many things differ from what the connector expects."""
        return sum(len(step.differs) for step in self.steps)

    @property
    def outcome(self) -> Outcome:
        """How it ended: the first question that was not answered tells."""
        return next((step.outcome for step in self.steps if step.outcome not in ANSWERED), Outcome.OK)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored and printed, sentences in the active language."""
        return {
            "name": self.name,
            "connector": self.connector,
            "differs": self.differs,
            "steps": [_step(step) for step in self.steps],
        }


def probe_connector(connector: Connector, name: str) -> Probe:
    """Ask the site of a connector, politely; nothing is archived."""
    started = read_clock()
    with PoliteFetch(keep=False, ahead=AHEAD, seconds=SECONDS) as fetch:
        steps = tuple(probe(connector, fetch, started.date()))
        return Probe(name, connector.key, steps, fetch.requests, started)


def probe_source(source: Source, connector: Connector) -> Probe:
    """Ask the site of a stored source, and keep what was found with it."""
    found = probe_connector(connector, source.name)
    count = found.differs
    told = ngettext("%(count)d thing differs.", "%(count)d things differ.", count) % {"count": count}
    with transaction.atomic():
        SourceRun.objects.create(
            source=source,
            verb=SourceRun.Verb.PROBE,
            outcome=found.outcome,
            sentence=work.storable(told) if count else "",
            requests=found.requests,
            shown=sum(step.shown for step in found.steps),
            details=_storable(found.to_json()),
            started_at=found.started_at,
        )
        Source.objects.filter(pk=source.pk).update(probed_at=ClockTimestamp())
    return found


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "outcome": str(step.outcome),
        "shown": step.shown,
        "differs": [redacted(say(told)) for told in step.differs],
        "notes": [redacted(say(told)) for told in step.notes],
        "answers": [_answer(answer) for answer in step.answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "method": answer.ask.method,
        "url": redacted(answer.ask.url),
        "status": answer.status,
        "media_type": answer.media_type,
        "outcome": str(answer.outcome),
    }


def _storable(value: Any) -> Any:
    """Return JSON without what PostgreSQL cannot hold: an answer may put anything into a sentence."""
    if isinstance(value, str):
        return work.storable(value)
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return [_storable(each) for each in value] if isinstance(value, list) else value
