"""Trying a source out: what it would bring now, asked live at its host's pace. Nothing is archived, nothing stored."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.capture.asking import Interrupted, Later
from claims.capture.outcome import Outcome
from claims.fetching import PoliteFetch
from claims.translation import say
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import (
    Captures,
    Connector,
    Lists,
    Page,
    Polls,
    Query,
    Searches,
    SourceEntry,
    Window,
)
from verification.connectors.kinds import kind_of, tier_of
from verification.publishing.plain_text import one_line

logger = logging.getLogger(__name__)

# Somebody waits for the page: so long for an answer, and for a host's next free moment (seconds).
SECONDS, AHEAD = 15.0, 3.0
MOST_SHOWN = 10
EXCERPT = 300
# How far back a list is asked.
DAYS = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it would be kept: kind and tier as they would be told of its document, unless a person says so."""

    title: str
    url: str
    published: datetime | None
    precision: str | None
    offset: int | None
    origin: str | None
    kind: str
    tier: int

    @classmethod
    def of(cls, entry: SourceEntry, source_tier: int) -> "Entry":
        """Return what is shown of an entry."""
        kind = entry.kind or kind_of(entry.title)
        by_kind = tier_of(kind) if source_tier <= 1 else source_tier
        return cls(
            one_line(entry.title or "", 200),
            entry.url,
            entry.published,
            entry.precision,
            entry.offset,
            entry.date_origin,
            kind,
            by_kind if entry.tier is None else entry.tier,
        )


@dataclass(frozen=True, slots=True)
class Read:
    """The first entry's document: its title and how it begins, or in one sentence why it could not be had."""

    title: str = ""
    text: str = ""
    letters: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it. `how` says what was asked; `sentence` what went wrong; `left_out` entries more were shown."""

    how: str
    outcome: str
    sentence: str = ""
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    first: Read | None = None
    requests: int = 0


def try_out(connector: Connector, source_tier: int, words: str = "") -> Tried:
    """Ask a source for what is newest (for `words` where it is searched), and read the first document.

    An archive of the web is asked for the newest copy of the page whose address the words are.
    """
    with PoliteFetch(keep=False, ahead=AHEAD, seconds=SECONDS) as fetch:
        how, ask = _question(connector, words)
        if ask is None:
            return Tried(how, "")
        try:
            page = ask(fetch)
        except Exception as error:  # whatever a page does to a connector, whoever waits gets a sentence
            outcome, sentence = _why(error)
            return Tried(how, outcome, sentence, requests=fetch.requests)
        reads = page.entries and not isinstance(connector, Captures)
        first = _first(connector, fetch, page.entries[0]) if reads else None
        return Tried(
            how,
            page.outcome,
            say(page.sentence) if page.sentence else "",
            tuple(Entry.of(entry, source_tier) for entry in page.entries[:MOST_SHOWN]),
            max(0, len(page.entries) - MOST_SHOWN),
            first,
            fetch.requests,
        )


def _question(connector: Connector, words: str) -> tuple[str, Callable[[PoliteFetch], Page] | None]:
    if isinstance(connector, Captures):
        return _capture(connector, words)
    if words and isinstance(connector, Searches):
        query = Query(phrase=words)
        return _("Searched for “%(words)s”") % {"words": words}, lambda fetch: connector.search(fetch, query, Window())
    if isinstance(connector, Polls):
        return _("Asked for what is newest"), connector.poll
    if isinstance(connector, Lists):
        today = timezone.localdate()
        window = Window(today - timedelta(days=DAYS), today)
        told = _("Listed the last %(days)s days") % {"days": DAYS}
        return told, lambda fetch: connector.list_by_date(fetch, window)
    return _("Say what to search for: this source has no list of what is newest."), None


def _capture(archive: Captures, url: str) -> tuple[str, Callable[[PoliteFetch], Page] | None]:
    if not url:
        return _("Say of which page: an archive of the web is asked for a copy of one."), None

    def ask(fetch: PoliteFetch) -> Page:
        found = archive.find_capture(fetch, url)
        if found is None:
            return Page(outcome=Outcome.EMPTY)
        origin = "memento"
        copy = SourceEntry(found.raw_url, found.url, found.original, found.captured_at, "second", 0, origin)
        return Page((copy,))

    return _("Asked for the newest copy of %(page)s") % {"page": one_line(url, 200)}, ask


def _first(connector: Connector, fetch: PoliteFetch, entry: SourceEntry) -> Read:
    try:
        text = connector.fetch(fetch, entry).text
    except Exception as error:  # as above
        return Read(sentence=_why(error)[1])
    if not isinstance(text, SourceText):
        return Read(sentence=say(text.reason))
    return Read(one_line(text.title or "", 200), one_line(text.text, EXCERPT), len(text.text))


def _why(error: Exception) -> tuple[str, str]:
    if isinstance(error, Later):
        told = _("%(why)s It may be asked again in %(count)s s.")
        return Outcome.THROTTLED, told % {"why": say(error.sentence), "count": max(1, round(error.seconds))}
    if isinstance(error, Interrupted):
        return error.outcome, say(error.sentence)
    logger.error("a source that was tried out", exc_info=error)
    return Outcome.FAILED, _("It answered in a shape that its connector does not know.")
