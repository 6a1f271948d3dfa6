"""What a connector is: it asks through a `fetch` it is handed, and returns what the source showed. No network, no rows.

A connector is one class in one file of this folder, and one line in `registry`. What it can do is which of the
protocols below it has: `Searches`, `Lists`, `Polls`, `Resolves`, and, for archives of the web, `Captures`. All but an
archive can fetch the document of an entry.

    FederalRegister({"type": "PRESDOCU"}).list_by_date(fetch, window, cursor=None) -> Page

Every question is asked page by page: what a page showed is stored before the next one is asked for, and `cursor` is all
that is needed to go on, so that a worker may die anywhere. A page that cannot be had raises `Interrupted` (from
`claims.capture.asking`): it is never the end of a list. `Later` passes through.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, runtime_checkable

from claims.capture.asking import Answer, Fetch, Secret
from claims.capture.outcome import Outcome
from claims.wording import Words
from verification.connectors.contract import Skipped, SourceText


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One entry of a list, feed or search. Unknown is None.

    `stable_id` is the source's own name for the document (a feed's guid, a document number), else its address: the same
    document has the same one for ever. `published` is aware, midnight UTC where `precision` is "day" or coarser, and
    only a *claim* of the source; `offset` is the zone it wrote, in minutes east of UTC; `date_origin` says where it was
    read ("pubDate", "signing_date"). `updated` is never a publication date. `original_url` is what an archived copy was
    first published at. `kind` and `tier` (0 to 5) are told where the source itself tells them. `inline` is the text
    (HTML, or plain with `inline_type`) where the list carries it and no page is fetched for it. `memo` is what the
    connector wants to remember for `fetch` (JSON).
    """

    stable_id: str
    url: str
    title: str | None = None
    published: datetime | None = None
    precision: str | None = None
    offset: int | None = None
    date_origin: str | None = None
    updated: datetime | None = None
    kind: str | None = None
    tier: int | None = None
    language: str | None = None
    snippet: str = ""
    original_url: str | None = None
    inline: str | None = None
    inline_type: str = "text/html"
    memo: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that the source showed: another one means that the entry was changed."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return the entry as it is stored; `from_json` reads it."""
        stored = asdict(self)
        for name in ("published", "updated"):
            stored[name] = stored[name].isoformat() if stored[name] else None
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SourceEntry":
        """Return the entry that `to_json` stored."""
        times = {name: datetime.fromisoformat(stored[name]) for name in ("published", "updated") if stored.get(name)}
        return cls(**{**stored, "published": None, "updated": None, **times})


@dataclass(frozen=True, slots=True)
class Page:
    """What one question showed: entries in the source's order, and how to go on (None: that was all).

    `outcome` is OK, EMPTY (asked, and nothing there), NOT_MODIFIED, NOT_PUBLISHED or STALE; `sentence` says why where
    it is none of the first three. `answers` are the exchanges it was read from.
    """

    entries: tuple[SourceEntry, ...] = ()
    next_cursor: str | None = None
    outcome: Outcome = Outcome.OK
    sentence: Words | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """One document. `inline` says that its bytes are a part of the answer it was read from, not the whole of it."""

    text: SourceText | Skipped
    answer: Answer | None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last day, both counted in, in the source's own zone; None is open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: an exact phrase where there is one, else words; names are of people and bodies."""

    phrase: str | None = None
    words: Sequence[str] = ()
    names: Sequence[str] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a desk says of a source in the admin. `kind`: text, texts, url, urls, choice, choices, number,
    flag.

    `choices` are pairs of value and label. A `required` one has no default.
    """

    name: str
    label: Words
    help: Words | None = None
    kind: str = "text"
    default: Any = None
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()


class BadConfiguration(ValueError):
    """A source's configuration that the connector cannot use: which setting, and one sentence that says what to do."""

    def __init__(self, setting: str, sentence: Words) -> None:
        """Keep both."""
        self.setting = setting
        self.sentence = sentence
        super().__init__(f"{setting}: {sentence}")


class Connector(ABC):
    """One family of issuers. What stands in the class is what `docs/sources.md` is generated from."""

    key: ClassVar[str]
    """As `Source.connector` stores it; never changed."""
    title: ClassVar[Words]
    summary: ClassVar[Words]
    """What is asked and what is read, in two or three sentences."""
    quirks: ClassVar[tuple[Words, ...]] = ()
    """What one has to know of the source, and what this connector does about it."""
    settings: ClassVar[tuple[Setting, ...]] = ()
    secret: ClassVar[Secret | None] = None
    """The key it needs, which the operator puts into SOURCE_KEYS; None where it needs none."""
    hand_book: ClassVar[str]
    """The section of the sources hand-book it was built from."""

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration; what it leaves out has its default. Raises `BadConfiguration`."""
        from verification.connectors.issuers.configuring import configured  # noqa: PLC0415 (it needs this module)

        self.configuration = configured(self.settings, configuration)

    @abstractmethod
    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the document of an entry. Raises `Interrupted` where it cannot be had."""

    @abstractmethod
    def examples(self) -> Sequence[str]:
        """Return addresses that `probe` asks first, to see whether the source still answers in this shape."""


@runtime_checkable
class Searches(Protocol):
    """Can be asked for words."""

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return what the source finds. Raises `Interrupted`."""


@runtime_checkable
class Lists(Protocol):
    """Can list what was published between two days."""

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return one page of the list. Raises `Interrupted`."""


@runtime_checkable
class Polls(Protocol):
    """Has feeds, or lists that serve as one: what is new, asked with validators."""

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return one page of what is newest. Raises `Interrupted`."""


@runtime_checkable
class Resolves(Protocol):
    """Knows documents by a name that stands in a text: an address, a number, a symbol."""

    def recognise(self, text: str) -> Sequence[str]:
        """Return the identifiers of this source that a text names, in its order, each once. Asks nobody."""

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the entry of one. Raises `Interrupted`, NOT_PUBLISHED where the source says there is none."""


@dataclass(frozen=True, slots=True)
class Memento:
    """A capture of a page in an archive of the web: where it lies, what it is of, when it was made."""

    url: str
    original: str
    captured_at: datetime
    raw_url: str
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class SaveJob:
    """A capture that was asked for: `memento` once it is made; `sentence` where it failed, for good if `permanent`."""

    job_id: str | None
    memento: Memento | None = None
    sentence: Words | None = None
    permanent: bool = False


@runtime_checkable
class Captures(Protocol):
    """An archive of the web: no source, but it holds copies of pages, and can be asked to make one."""

    def find_capture(self, fetch: Fetch, url: str, near: datetime | None = None) -> Memento | None:
        """Return the capture nearest to a time; None where there is none. Raises `Interrupted`."""

    def entry(self, memento: Memento, asked_for: datetime | None = None) -> SourceEntry:
        """Return a capture as an entry, whose document `fetch` brings."""

    def save(self, fetch: Fetch, url: str) -> SaveJob:
        """Ask for a capture to be made. Raises `Interrupted`."""

    def saved(self, fetch: Fetch, job: SaveJob) -> SaveJob:
        """Return how a capture that was asked for stands. Raises `Interrupted`."""


CAPABILITIES: Mapping[str, type] = {
    "search": Searches,
    "list_by_date": Lists,
    "poll": Polls,
    "resolve": Resolves,
    "find_capture": Captures,
}


def capabilities(connector: Connector | type[Connector]) -> list[str]:
    """Return what a connector can do beside fetching, by name, in the order of `CAPABILITIES`."""
    return [name for name in CAPABILITIES if hasattr(connector, name)]
