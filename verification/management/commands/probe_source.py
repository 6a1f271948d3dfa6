"""`probe_source`: asks real sites whether they still answer as their connectors expect, and reports what differs."""

import io
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from rich.console import Console

from claims.translation import say
from verification.connectors.issuers.catalogue import entries
from verification.connectors.issuers.contract import BadConfiguration, Captures, Connector
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source
from verification.research.probe_table import conclusion, print_probe
from verification.research.probing import Probe, probe_connector, probe_source
from verification.research.readiness import NotSetUp, require_tables
from verification.research.report import as_json
from verification.research.source_keeping import connector_of, missing_key
from verification.research.table import encodable

# Columns of the report where it goes to a file or a pipe.
PLAIN_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Wanted:
    """One that is to be probed: how, or `why_not`."""

    name: str
    probe: Callable[[], Probe] | None = None
    why_not: str = ""


class Command(BaseCommand):
    """For an operator whose machine reaches the internet. Exits with 1 when something differs."""

    help = "Ask the real sites of sources, politely, whether they answer as their connectors expect; tell what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which, and how to show it."""
        parser.add_argument("names", nargs="*", metavar="NAME", help="a source of this desk, or a key of the catalogue")
        parser.add_argument("--all", action="store_true", help="every source of this desk that can be asked")
        parser.add_argument("--connector", action="append", default=[], metavar="KEY", help="a connector, as shipped")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Probe one after the other, print what was found, and exit with 1 when something differs."""
        try:
            require_tables()
            wanted = list(_wanted(options["names"], options["connector"], every=options["all"]))
        except NotSetUp as error:
            raise CommandError(str(error)) from error
        except BadConfiguration as error:
            raise CommandError(say(error.sentence)) from error
        if not wanted:
            raise CommandError(gettext("Name a source, or say --all or --connector KEY."))
        notes = Console(file=sys.stderr, soft_wrap=True)
        found: list[Probe] = []
        passed: list[dict[str, str]] = []
        for each in wanted:
            if each.probe is None:
                passed.append({"name": each.name, "why": each.why_not})
                notes.print(gettext("“%(name)s” is not asked. %(why)s") % passed[-1], markup=False)
                continue
            notes.print(gettext("Asking %(name)s …") % {"name": each.name}, markup=False)
            found.append(each.probe())
            if not options["json"]:
                self._show(found[-1])
        differs = sum(probe.differs for probe in found)
        encoding = getattr(self.stdout, "encoding", None)
        if options["json"]:
            probes = [probe.to_json() for probe in found]
            self.stdout.write(as_json({"differs": differs, "probed": probes, "not_probed": passed}, encoding))
        else:
            self.stdout.write(encodable(conclusion(len(found), differs), encoding))
        if differs:
            sys.exit(1)

    def _show(self, probe: Probe) -> None:
        terminal, text = self.stdout.isatty(), io.StringIO()
        print_probe(
            probe.to_json(), Console(file=text, force_terminal=terminal, width=None if terminal else PLAIN_WIDTH)
        )
        self.stdout.write(encodable(text.getvalue(), getattr(self.stdout, "encoding", None)))


def _wanted(names: Sequence[str], keys: Sequence[str], *, every: bool) -> Iterator[Wanted]:
    """Yield what is to be probed. Raises CommandError for what there is not, and BadConfiguration."""
    offered = {entry.key: entry for entry in entries()}
    for name in names:
        if source := Source.objects.filter(name=name).first():
            yield _stored(source)
        elif entry := offered.get(name):
            yield _shipped(entry.name, CONNECTORS[entry.connector](entry.configuration))
        else:
            told = gettext("There is no source called “%(name)s”, and no such key in the catalogue.")
            raise CommandError(told % {"name": name})
    for key in keys:
        if key not in CONNECTORS:
            told = gettext("There is no connector “%(key)s”: there are %(known)s.")
            raise CommandError(told % {"key": key, "known": ", ".join(CONNECTORS)})
        connector = CONNECTORS[key]({})
        yield _shipped(say(connector.title), connector)
    for source in Source.objects.filter(connector__in=list(CONNECTORS)).order_by("name") if every else ():
        try:
            yield _stored(source)
        except BadConfiguration as error:
            yield Wanted(source.name, why_not=say(error.sentence))


def _stored(source: Source) -> Wanted:
    connector = connector_of(source)
    if connector is None:
        told = gettext("“%(name)s” is handed in or imported: there is nobody to ask.")
        raise CommandError(told % {"name": source.name})
    why_not = _lacks_key(connector)
    return Wanted(source.name, None if why_not else partial(probe_source, source, connector), why_not)


def _shipped(name: str, connector: Connector) -> Wanted:
    why_not = _lacks_key(connector)
    return Wanted(name, None if why_not else partial(probe_connector, connector, name), why_not)


def _lacks_key(connector: Connector) -> str:
    """Return what is missing. An archive finds copies without a key: only asking for one takes it."""
    key = None if isinstance(connector, Captures) else missing_key(type(connector))
    return gettext("It needs the key “%(name)s” in SOURCE_KEYS.") % {"name": key} if key else ""
