"""Reads the page of a cited document as it stands now, the way the document itself was read."""

import logging
from dataclasses import dataclass, replace

from django.db import DatabaseError, InterfaceError

from claims.capture.asking import Answer, Ask, Later
from claims.capture.errors import ArchiveError, CaptureError
from claims.capture.outcome import Outcome
from claims.capture.same_page import is_same_page
from claims.fetching import ARCHIVE_FULL_SECONDS, PoliteFetch, Validators
from claims.models import Snapshot
from claims.wording import Words, words
from verification.connectors.contract import SourceText
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import BadConfiguration, Connector
from verification.models import Document, PageWatch, SourceItem
from verification.research.bringing import bring
from verification.research.source_keeping import connector_of

logger = logging.getLogger(__name__)
# A worker waits at a host for a moment that is near; for a further one it does something else.
AHEAD = 3.0
NOT_THERE = frozenset({Outcome.NOT_FOUND, Outcome.NOT_PUBLISHED})
"""The page is not there, says its site."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as it was seen. `text` is what it says now, None where it could not be read.

    `read` is what was read, None where the desk had it already. `elsewhere` is the address that another page answered
    at: the one that was asked led there.
    """

    outcome: Outcome
    text: str | None = None
    read: SourceText | None = None
    snapshot: int | None = None
    elsewhere: str | None = None
    sentence: Words | None = None


def is_page(snapshot: Snapshot) -> bool:
    """Return whether a document was read from the page itself, not from a list that carried it or a file."""
    return snapshot.origin == Snapshot.Origin.FETCHED and snapshot.part_of_id is None


def current_of(document: Document) -> Document:
    """Return the newest version of a document that the desk has."""
    versions = Document.objects.filter(source=document.source_id, stable_id=document.stable_id)
    return versions.select_related("snapshot", "source").order_by("superseded_at").last() or document


def see(watch: PageWatch, current: Document) -> Sight:
    """Ask for a watched page, if it changed since the desk read it last, and read it. Raises Later.

    `current` is the newest version of its document. What a list carried is told by the list: a newer version says all.
    """
    if current.pk != watch.document_id and current.snapshot.part_of_id is not None:
        return Sight(Outcome.OK, current.text, snapshot=current.snapshot_id)
    with _Looking(_validators(watch, current)) as fetch:
        try:
            sight = _read(fetch, watch, current)
        except (Later, DatabaseError, InterfaceError):
            raise
        except ArchiveError as error:
            raise Later(ARCHIVE_FULL_SECONDS, error.sentence) from error
        except CaptureError as error:
            sight = Sight(Outcome.EMPTY, sentence=error.sentence)
        except BadConfiguration as error:
            sight = Sight(Outcome.FAILED, sentence=error.sentence)
        except Exception as error:
            # A page that its reader cannot bear is no reason to look at it five times.
            logger.exception("%s", watch.url)
            sentence = words("It could not be read: %(error)s", error=repr(error)[:300])
            sight = Sight(Outcome.FAILED, sentence=sentence)
    last = fetch.answers[-1] if fetch.answers else None
    if last is None:
        return sight
    text = current.text if sight.outcome is Outcome.NOT_MODIFIED else sight.text
    return replace(sight, text=text, snapshot=sight.snapshot or last.snapshot, elsewhere=_elsewhere(last))


class _Looking(PoliteFetch):
    """Asks for everything only if it changed, and remembers the answers."""

    def __init__(self, validators: Validators) -> None:
        super().__init__(validators=validators, ahead=AHEAD)
        self.answers: list[Answer] = []

    def __call__(self, ask: Ask) -> Answer:
        self.answers.append(super().__call__(replace(ask, conditional=True)))
        return self.answers[-1]


def _read(fetch: PoliteFetch, watch: PageWatch, current: Document) -> Sight:
    connector = connector_of(current.source)
    item = SourceItem.objects.filter(source=current.source_id, stable_id=current.stable_id).first()
    if connector and item and not item.entry.get("inline"):
        return _by_connector(fetch, connector, item)
    answer = fetch(Ask(watch.url))
    if not answer.ok:
        return Sight(answer.outcome, sentence=answer.sentence)
    filename = current.snapshot.filename if is_page(current.snapshot) else None
    page = read_page(
        current.stable_id, answer.body, answer.media_type, url=answer.url, filename=filename, charset=answer.charset
    )
    if not isinstance(page, SourceText):
        return Sight(Outcome.EMPTY, sentence=page.reason)
    return Sight(Outcome.OK, page.text, page)


def _by_connector(fetch: PoliteFetch, connector: Connector, item: SourceItem) -> Sight:
    brought = bring(connector, fetch, item)
    text = brought.text.text if brought.text else None
    return Sight(brought.outcome, text, brought.text, brought.snapshot, sentence=brought.sentence)


def _validators(watch: PageWatch, current: Document) -> Validators:
    """Return what answers for a conditional ask: the validators of the newest copy that says what `current` says."""
    later = watch.snapshot if watch.snapshot and watch.snapshot.taken_at > current.snapshot.taken_at else None
    copy = later or current.snapshot
    headers = {name.lower(): value for name, value in copy.headers}
    known = (headers.get("etag", ""), headers.get("last-modified", "")) if is_page(copy) else ("", "")
    of_copy = [url for url in (copy.requested_url, copy.final_url) if url]

    def validators(url: str) -> tuple[str, str]:
        return known if any(is_same_page(url, each) for each in of_copy) else ("", "")

    return validators


def _elsewhere(answer: Answer) -> str | None:
    return answer.url if answer.ok and not is_same_page(answer.ask.url, answer.url) else None
