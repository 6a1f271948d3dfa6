"""Cited pages on the replay site: documents as the desk fetched them, cases that rest on a passage, looks as they come.

The words are our own.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import F

from claims import work
from claims.capture.asking import Ask
from claims.capture.text import text_sha256
from claims.fetching import PoliteFetch
from claims.models import Snapshot, Work
from claims.models.clock import read_clock
from claims.running import run_leased
from tests.cases import Walk, make_candidate
from tests.replay.documents import ReplayDocument
from tests.replay.site import ReplaySite
from verification.connectors.contract import SourceText
from verification.connectors.files import read_page
from verification.models import Candidate, Challenge, Document, PageWatch, Role, Source, Stance
from verification.research.importing import document_of
from verification.research.page_look import look_again
from verification.research.page_watch import LOOK, enlist_looks
from verification.review.judgments import Pick

OPENING = "Warden Quillfeather spoke with the captains of Port Example on Tuesday about the lamps."
CLOSING = "The board will meet again when the spring tides are over, and the minutes will be read aloud."


def cited(number: int) -> str:
    """Return the sentence that is cited from a document, unlike any other's."""
    return f"We bought {number + 40} lamps for berth {number}, and no captain will pay a penny for any of them."


def documents(count: int) -> list[ReplayDocument]:
    """Return documents, each with what is cited from it between two other paragraphs."""
    day = datetime(2031, 5, 4, 19, 30, tzinfo=UTC)
    return [
        ReplayDocument(
            number,
            "statements-releases",
            f"remarks-on-berth-{number}",
            f"Remarks on Berth {number}",
            day + timedelta(minutes=number),
            (OPENING, cited(number), f"Berth {number} was dredged in the year before.", CLOSING),
        )
        for number in range(1, count + 1)
    ]


def paragraphs(number: int, **changed: str) -> list[str]:
    """Return a document's paragraphs with some of them changed: `cited`, `opening`, `closing`."""
    usual = {"opening": OPENING, "cited": cited(number), "more": f"Berth {number} was dredged in the year before."}
    return list((usual | {"closing": CLOSING} | changed).values())


def fetched(site: ReplaySite, page: ReplayDocument, source: Source | None = None) -> Document:
    """Fetch a page and store it as a document of the port's."""
    source = source or Source.objects.get_or_create(name="Port Example", defaults={"tier": 1})[0]
    with PoliteFetch() as fetch:
        answer = fetch(Ask(site.address(page.path)))
    assert answer.ok
    assert answer.snapshot
    text = read_page(answer.url, answer.body, answer.media_type, url=answer.url, charset=answer.charset)
    assert isinstance(text, SourceText)
    document = document_of(text, source, Snapshot.objects.get(pk=answer.snapshot))
    document.text_sha256 = text_sha256(text.text)
    document.save()
    return document


def passage(walk: Walk, document: Document, words: str) -> Candidate:
    """Lay a passage of a document beside a case's claim."""
    start = document.text.index(words)
    return make_candidate(
        walk.review.claim, document, exact=words, start=start, end=start + len(words), rank=2, score=0.5
    )


def proposed(document: Document, *words: str, second_check: bool = False) -> Walk:
    """Walk a case to its first judgment, which rests on these passages of a document."""
    walk = Walk(second_check=second_check).accepted().taken()
    picks = [Pick(passage(walk, document, each), Role.TESTS_CLAIM, Stance.REFUTES) for each in words]
    return walk.proposed(picks=picks)


def published(document: Document, *words: str) -> Walk:
    """Publish a case that rests on these passages of a document."""
    walk = proposed(document, *words)
    walk.drafted().approved().published()
    return walk


def look_at_all(after: timedelta = timedelta(hours=2)) -> int:
    """Look at every page as if so much time had passed since the last look; returns how many looks were done."""
    enlist_looks()
    PageWatch.objects.update(next_at=read_clock() - timedelta(minutes=1))
    PageWatch.objects.filter(missing_since__isnull=False).update(missing_since=F("missing_since") - after)
    looked = 0
    while enlist_looks():
        for row in Work.objects.filter(kind=LOOK, done_at__isnull=True):
            looked += run_leased(row.pk, look)
    return looked


def look(lease: work.Lease) -> None:
    """Look at one page, as the task does."""
    look_again(PageWatch.objects.select_related("document__snapshot", "snapshot").get(pk=lease.subject), lease)


def page(site: ReplaySite, number: int = 1) -> Document:
    """Fetch one of the first three documents, and store it."""
    return fetched(site, next(each for each in documents(3) if each.number == number))


def alarms() -> list[str]:
    """Return what the source watch raised, in order."""
    return list(Challenge.objects.order_by("pk").values_list("text", flat=True))


def the_watch() -> PageWatch:
    """Return the one page that is watched."""
    return PageWatch.objects.get()
