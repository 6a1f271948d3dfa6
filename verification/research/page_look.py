"""One look at a cited page: what became of each passage that is cited, told once, and whom it concerns.

A look is done when the page was read, or was not there twice, an hour apart; whatever else came back says nothing of
the passages, raises no alarm and is made up for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from claims import work
from claims.capture.outcome import Outcome
from claims.capture.text import text_sha256
from claims.extraction.contract import Selector
from claims.extraction.fates import Fate, PassageFate, fates_of, worst
from claims.models import Snapshot
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from claims.wording import Words, words
from verification.connectors.contract import SourceText
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Document, PageChange, PageWatch, Source
from verification.research.importing import document_of
from verification.research.page_alarms import alarm, cited_passages
from verification.research.page_reading import NOT_THERE, Sight, current_of, is_page, see
from verification.research.page_watch import LEFT_ALONE, THEN_EVERY, gap_after, gap_after_failure

SURE_AFTER: Final = timedelta(hours=1)
"""A page that is missing twice, so far apart, is missing: sites that are rebuilt lose pages for minutes."""
SURROUNDINGS: Final = 120
"""Characters shown on either side of what stands there now."""
ALARMING: Final = frozenset({Fate.CHANGED, Fate.GONE})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look came to. `fates` are those of the passages, in their order; none where it came to nothing."""

    outcome: Outcome
    passages: Sequence[Selector] = ()
    fates: Sequence[PassageFate] = ()
    sentence: Words | None = None
    missing: bool = False
    wait: timedelta | None = None

    @property
    def counts(self) -> bool:
        """Whether it was a look."""
        return bool(self.fates)


def look_again(watch: PageWatch, lease: work.Lease) -> None:
    """Look at a watched page, under a lease; tell what became of the passages that are cited from it, once.

    Raises Later where its host may not be asked yet, and LeaseLost where another worker took over.
    """
    document, current = watch.document, current_of(watch.document)
    passages = cited_passages(document)
    if not passages:
        with transaction.atomic():
            work.complete(lease)
            PageWatch.objects.filter(pk=watch.pk).update(next_at=ClockTimestamp() + THEN_EVERY)
        return
    sight = see(watch, current)
    finding = judged(watch, document, passages, sight, read_clock())
    with transaction.atomic():
        work.complete(lease)
        PageWatch.objects.select_for_update(no_key=True).get(pk=watch.pk)
        if finding.counts:
            _keep_version(document, sight, finding)
            if changed := _changes(watch, finding, sight):
                alarm(document, watch.url, changed)
        _keep(watch, finding, sight)


def judged(watch: PageWatch, document: Document, passages: Sequence[Selector], sight: Sight, now: datetime) -> Finding:
    """Return what the sight of a page says of the passages that are cited from it."""
    of_page = is_page(document.snapshot)
    if sight.outcome in NOT_THERE:
        return _missing(watch, passages, sight, now, was_there=of_page or watch.looks > 0)
    if sight.text is None:
        wait = LEFT_ALONE if sight.outcome is Outcome.REFUSED else gap_after_failure(watch.looks)
        return Finding(sight.outcome, sentence=sight.sentence, wait=wait)
    fates = fates_of(passages, document.text, sight.text)
    found = worst([each.fate for each in fates])
    if sight.elsewhere:
        if all(each.fate is Fate.GONE for each in fates):
            told = words("It leads to another page, %(url)s, which has nothing of what is cited.", url=sight.elsewhere)
            sight = replace(sight, sentence=told)
            return _missing(watch, passages, sight, now, was_there=of_page or watch.looks > 0)
        fates = [replace(each, fate=Fate.MOVED) if each.fate is Fate.SAME else each for each in fates]
    by_list = document.snapshot.part_of_id is not None
    if found in ALARMING and by_list and sight.read is not None and not watch.looks:
        # What was cited is what a list carried, and nobody knows that the page ever said it in these words.
        told = words("The page has not the words that the source’s list had: it cannot be compared with them.")
        return Finding(sight.outcome, sentence=told, wait=LEFT_ALONE)
    return Finding(sight.outcome, passages, fates)


def _missing(
    watch: PageWatch, passages: Sequence[Selector], sight: Sight, now: datetime, *, was_there: bool
) -> Finding:
    if not was_there:
        told = words("The page was not there when it was looked at first: what is cited was handed in or imported.")
        return Finding(sight.outcome, sentence=told, wait=LEFT_ALONE)
    if watch.missing_since is None or now - watch.missing_since < SURE_AFTER:
        wait = SURE_AFTER if watch.missing_since is None else SURE_AFTER - (now - watch.missing_since)
        return Finding(sight.outcome, sentence=sight.sentence, missing=True, wait=wait)
    gone = [PassageFate(Fate.GONE)] * len(passages)
    return Finding(sight.outcome, passages, gone, sight.sentence, missing=True)


def _keep(watch: PageWatch, finding: Finding, sight: Sight) -> None:
    looks = watch.looks + finding.counts
    values: dict[str, Any] = {
        "looked_at": ClockTimestamp(),
        "looks": min(looks, 30_000),
        "outcome": finding.outcome,
        "sentence": work.storable(say(finding.sentence)) if finding.sentence else "",
        "next_at": ClockTimestamp() + (finding.wait or gap_after(looks)),
    }
    if finding.missing:
        values["missing_since"] = watch.missing_since or ClockTimestamp()
    elif finding.counts:
        values["missing_since"] = None
    if finding.counts:
        values["fate"] = worst([each.fate for each in finding.fates])
        if sight.outcome is Outcome.OK:
            values["snapshot"] = sight.snapshot
    PageWatch.objects.filter(pk=watch.pk).update(**values)


def _changes(watch: PageWatch, finding: Finding, sight: Sight) -> list[PageChange]:
    """Store what became of each passage where that is news; return what is to be told of."""
    last: dict[str, PageChange] = {each.exact: each for each in watch.changes.order_by("pk")}
    fates: dict[str, PassageFate] = {}
    for passage, fate in zip(finding.passages, finding.fates, strict=True):
        known = fates.get(passage.exact)
        fates[passage.exact] = fate if known is None or worst([known.fate, fate.fate]) is fate.fate else known
    rows = []
    for exact, fate in fates.items():
        change = PageChange(
            watch=watch,
            snapshot_id=sight.snapshot,
            fate=fate.fate,
            exact=exact,
            now=_with_surroundings(fate, sight.text or "") if fate.fate is Fate.CHANGED else "",
            diff=[{"op": part.op, "quote": part.was, "source": part.now} for part in fate.diff],
        )
        before = last.get(exact)
        stood = (before.fate, before.diff) if before else (Fate.SAME, [])
        if stood != (change.fate, change.diff):
            rows.append(change)
    PageChange.objects.bulk_create(rows)
    return [change for change in rows if change.fate in ALARMING]


def _with_surroundings(fate: PassageFate, text: str) -> str:
    if fate.start is None or fate.end is None:
        return ""
    start, end = max(0, fate.start - SURROUNDINGS), min(len(text), fate.end + SURROUNDINGS)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _keep_version(document: Document, sight: Sight, finding: Finding) -> None:
    """Store the page as the newest version of its document, if it says something else; evidence keeps its own copy.

    A file that was handed in is the desk's own copy: it is only replaced where the page says otherwise what is cited.
    """
    read, digest = sight.read, text_sha256(sight.text or "")
    told_otherwise = any(each.fate is Fate.CHANGED for each in finding.fates)
    if read is None or sight.snapshot is None or document.snapshot.part_of_id is not None:
        return
    if not is_page(document.snapshot) and not told_otherwise:
        return
    # Of one source one writer at a time, who sees what the one before wrote.
    source = Source.objects.select_for_update(no_key=True).get(pk=document.source_id)
    current = current_of(document)
    if current.text_sha256 == digest:
        return
    index = PostgresIndex()
    Document.objects.filter(pk=current.pk, superseded_at__isnull=True).update(superseded_at=ClockTimestamp())
    index.remove([current.pk])
    newer = _newer(read, source, current, Snapshot.objects.get(pk=sight.snapshot), digest)
    newer.save()
    index.add([IndexDocument(newer.pk, newer.title or "", newer.text, newer.language or "und")])


def _newer(read: SourceText, source: Source, current: Document, snapshot: Snapshot, digest: str) -> Document:
    """Return the row of a newer version: what the desk said of the document still holds."""
    newer = document_of(read, source, snapshot)
    newer.stable_id, newer.text_sha256 = current.stable_id, digest
    newer.kind, newer.tier, newer.first_seen_at = current.kind, current.tier, current.first_seen_at
    newer.title = newer.title or current.title
    newer.url = newer.url or current.url
    if newer.published is None:
        for name in ("published", "published_precision", "published_offset", "date_origin"):
            setattr(newer, name, getattr(current, name))
    return newer
