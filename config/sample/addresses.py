"""Where the sample's pages are: the hosts, the files behind them, and what the library is told of each institution.

A page is the file `site/<host>/<path>.html`; its address is `http://<host>:<port>/<path>`. Its links are relative, so
that the same bytes hold on every port.
"""

from dataclasses import dataclass
from pathlib import Path

from config.sample.feeds import FEEDS, REFUSES

LOOPBACK = "127.0.0.1"
SITE = Path(__file__).parent / "site"

_OUTLETS = ("www.pellwick-courier.example", "www.northmere-ledger.example", "www.twin-shores-wire.example")
"""In the order in which their articles came out."""

_INSTITUTIONS = (
    ("Prime Minister’s Office of Corravane", "pm.corravane.example", 1, "Prime Minister’s Office"),
    ("Presidency of Drennick", "presidency.drennick.example", 1, "Presidency of Drennick"),
    ("State Gazette of Drennick", "gazette.drennick.example", 1, "State Gazette of Drennick"),
    ("Lake Ellowen Commission", "commission.ellowen.example", 2, "Lake Ellowen Commission"),
    ("Corravane Statistics Board", "statistics.corravane.example", 2, "Corravane Statistics Board"),
    ("Ministry of Energy of Corravane", "energy.corravane.example", 1, "Ministry of Energy"),
)
"""Name, host, tier, and the name under which the articles quote it."""


@dataclass(frozen=True, slots=True)
class SampleSource:
    """An institution: its fields are those of `verification.models.Source`, `documents` the addresses of its pages.

    `feed` is the address of its feed, None where it has none.
    """

    name: str
    host: str
    tier: int
    speaks_for: str
    documents: tuple[str, ...]
    feed: str | None


@dataclass(frozen=True, slots=True)
class SampleAddresses:
    """The addresses of everything that the sample desk reads."""

    articles: tuple[str, ...]
    sources: tuple[SampleSource, ...]


def hosts() -> tuple[str, ...]:
    """Return the names under which the site answers."""
    return (*_OUTLETS, *(host for _name, host, _tier, _speaks_for in _INSTITUTIONS))


def pages() -> dict[tuple[str, str], Path]:
    """Return the file of each page by its host and path, `("pm.corravane.example", "/2031/…")`."""
    return {
        (host, f"/{file.relative_to(SITE / host).with_suffix('').as_posix()}"): file
        for host in hosts()
        for file in sorted((SITE / host).rglob("*.html"))
    }


def private_targets(port: int) -> str:
    """Return the value of FETCH_PRIVATE_TARGETS that admits the site on `port`, and nothing else."""
    return ",".join(f"{host}={LOOPBACK}:{port}" for host in hosts())


def addresses(port: int) -> SampleAddresses:
    """Return the articles' addresses in the order they came out, and each institution with those of its documents."""
    found: dict[str, list[str]] = {}
    for host, path in pages():
        found.setdefault(host, []).append(f"http://{host}:{port}{path}")
    return SampleAddresses(
        articles=tuple(url for host in _OUTLETS for url in found[host]),
        sources=tuple(
            SampleSource(name, host, tier, speaks_for, tuple(found[host]), _feed(host, port))
            for name, host, tier, speaks_for in _INSTITUTIONS
        ),
    )


def _feed(host: str, port: int) -> str | None:
    path = FEEDS.get(host) or REFUSES.get(host)
    return path and f"http://{host}:{port}{path}"
