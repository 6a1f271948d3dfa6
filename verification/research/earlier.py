"""Earlier checks are stored: rows with the file they were read from, and their place in the index.

One transaction a batch, so that an import killed anywhere is continued by running it again: what is here already is
counted and passed over, nothing is stored twice, and a check once stored is never changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from claims.archiving import archive
from claims.models import Snapshot
from claims.wording import words
from verification.connectors.contract import Skipped
from verification.connectors.earlier.contract import EarlierFile, EarlierText
from verification.index.collection import EARLIER
from verification.index.postgres import PostgresIndex
from verification.models import EarlierCheck

BATCH = 1000
# "EARL": one import writes at a time, and sees what the one before it wrote.
IMPORT_LOCK = 0x4541524C


@dataclass(slots=True)
class EarlierReport:
    """What an import did: checks added and known already, and what was not stored, each with its place and why."""

    added: int = 0
    known: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def handled(self) -> int:
        """How many checks were looked at."""
        return self.added + self.known + len(self.skipped)


def import_earlier(
    files: Iterable[EarlierFile | Skipped],
    *,
    publisher: str = "",
    origin: Snapshot.Origin = Snapshot.Origin.IMPORTED,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> EarlierReport:
    """Store and index the checks of files; `progress` is told how many more were handled after each batch.

    `publisher` stands in where a check names none. With `dry_run` all is read and compared, and nothing is stored.
    """
    report = EarlierReport()
    seen: dict[str, str] = {}
    for file in files:
        if isinstance(file, Skipped):
            report.skipped.append(file)
            progress(1)
            continue
        for batch in _batches(file.rows):
            texts = _once(batch, seen, report)
            if dry_run:
                new = _new(texts, report)
                report.added += len(new)
            elif texts:
                _store(file, texts, publisher, origin, report)
            progress(len(batch))
    return report


def remove(check: EarlierCheck) -> None:
    """Take a check out again, from the index too: a row is never corrected, only removed and imported anew."""
    with transaction.atomic():
        PostgresIndex(EARLIER).remove([check.pk])
        check.delete()


def _batches(rows: Iterator[EarlierText | Skipped]) -> Iterator[Sequence[EarlierText | Skipped]]:
    while batch := tuple(islice(rows, BATCH)):
        yield batch


def _once(batch: Sequence[EarlierText | Skipped], seen: dict[str, str], report: EarlierReport) -> list[EarlierText]:
    """Return the checks of a batch whose address did not stand in this import before; the others are told."""
    texts = []
    for text in batch:
        if isinstance(text, Skipped):
            report.skipped.append(text)
        elif text.url not in seen:
            seen[text.url] = text.claim_text
            texts.append(text)
        elif seen[text.url] == text.claim_text:
            report.known += 1
        else:
            report.skipped.append(_taken(text, seen[text.url]))
    return texts


def _taken(text: EarlierText, claim: str) -> Skipped:
    cut = claim if len(claim) <= 80 else f"{claim[:79]}…"
    return Skipped(text.place, words("Its address stands for another claim already: “%(claim)s”.", claim=cut))


def _new(texts: Sequence[EarlierText], report: EarlierReport) -> list[EarlierText]:
    """Return the checks that are not stored yet; count the others, tell those whose address another claim has."""
    stored = EarlierCheck.objects.filter(url__in=[text.url for text in texts])
    claims = dict(stored.values_list("url", "claim_text"))
    for text in texts:
        if claims.get(text.url) == text.claim_text:
            report.known += 1
        elif text.url in claims:
            report.skipped.append(_taken(text, claims[text.url]))
    return [text for text in texts if text.url not in claims]


def _store(
    file: EarlierFile, texts: Sequence[EarlierText], publisher: str, origin: Snapshot.Origin, report: EarlierReport
) -> None:
    digest = hashlib.sha256(file.body).hexdigest()
    archive().put(file.body)
    told = EarlierReport()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        new = _new(texts, told)
        if new:
            snapshot = _snapshot(file, digest, origin)
            checks = EarlierCheck.objects.bulk_create(_check(text, publisher, snapshot) for text in new)
            PostgresIndex(EARLIER).add([EARLIER.text_of(check) for check in checks])
    report.added += len(new)
    report.known += told.known
    report.skipped += told.skipped


def _snapshot(file: EarlierFile, digest: str, origin: Snapshot.Origin) -> Snapshot:
    """Return the row of a file's bytes: that of an import that was stopped, where there is one."""
    same = Snapshot.objects.filter(sha256=digest, origin=origin, filename=file.name)
    return same.first() or Snapshot.objects.create(
        origin=origin, filename=file.name, media_type=file.media_type, size=len(file.body), sha256=digest
    )


def _check(text: EarlierText, publisher: str, snapshot: Snapshot) -> EarlierCheck:
    return EarlierCheck(
        claim_text=text.claim_text,
        claimant=text.claimant,
        said=text.said,
        said_precision=text.said_precision,
        rating_label=text.rating_label,
        rating_value=text.rating_value,
        rating_worst=text.rating_worst,
        rating_best=text.rating_best,
        title=text.title,
        url=text.url,
        publisher=text.publisher or publisher or None,
        language=text.language,
        published=text.published,
        published_precision=text.published_precision,
        snapshot=snapshot,
    )
