"""What others attest of what is cited: an authority's time stamp, and a copy in a public archive of the web.

    enlist_attestations()          the beat: makes due what is cited and attested by nobody yet
    claims.stamping.stamp          asks the authority (TSA_URL) for a stamp
    capture_elsewhere(…)           finds a copy made about when ours was, or asks for one

Either is off until the operator names an authority, or the desk switches on an archive among its sources.
"""

import time
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims import work
from claims.capture.asking import Fetch, Interrupted, Later
from claims.capture.outcome import Outcome
from claims.models import Attestation, Snapshot, Work
from claims.models.clock import ClockTimestamp
from claims.stamping import STAMP, due_for_stamping
from claims.wording import words
from verification.connectors.issuers.contract import Captures, Memento
from verification.connectors.issuers.registry import CONNECTORS
from verification.connectors.issuers.saveable import why_not_saved
from verification.models import Evidence, PageWatch, Source, VerdictEvidence

CAPTURE: Final = "verification.capture_elsewhere"
NEAR: Final = timedelta(days=1)
"""A copy made this long before or after ours attests it; another one may be of another text."""
RECENT: Final = timedelta(days=3)
"""Copies are asked for of what was cited lately: of an older page they would say little of what we saw."""
GIVE_UP: Final = timedelta(days=2)
AGAIN_SECONDS: Final = 3600.0
LOOK_SECONDS, PATIENCE_SECONDS = 15.0, 150.0
"""How often, and how long, a copy that was asked for is looked for before the worker turns to something else."""
MOST_AT_ONCE: Final = 100


def cited() -> QuerySet[Snapshot]:
    """Return what submitted judgments and verdicts rest on."""
    submitted = Evidence.objects.filter(judgment__submitted_at__isnull=False)
    return Snapshot.objects.filter(
        Q(pk__in=submitted.values("snapshot")) | Q(pk__in=VerdictEvidence.objects.values("snapshot"))
    )


def enlist_attestations() -> None:
    """Make due the stamps and copies of what is cited that are not there yet. Two sweeps at once are safe."""
    work.enlist(STAMP, due_for_stamping(cited()))
    if archive_in_use():
        work.enlist(CAPTURE, _due_for_a_copy())


def archive_in_use() -> Captures | None:
    """Return the archive of the web that the desk has switched on; None where it has none."""
    known = [key for key, connector in CONNECTORS.items() if issubclass(connector, Captures)]
    source = Source.objects.filter(enabled=True, connector__in=known).order_by("pk").first()
    if source is None:
        return None
    connector = CONNECTORS[source.connector](source.configuration)
    return connector if isinstance(connector, Captures) else None


def capture_elsewhere(
    snapshot: Snapshot, archive: Captures | None, fetch: Fetch, lease: work.Lease
) -> Attestation | None:
    """Store where a public copy of a cited page is and when it was made, asking for one where there is none.

    Returns None where none may be asked for, or none could be made; `archive` is None where it was switched off.
    Raises `Later` where it is to be tried again, and LeaseLost.
    """
    memento = None
    if archive and _may_be_public(snapshot) and not _too_late(lease):
        try:
            memento = _found(snapshot, archive, fetch) or _made(snapshot, archive, fetch)
        except Interrupted as told:
            if told.outcome in {Outcome.THROTTLED, Outcome.FAILED}:
                raise Later(AGAIN_SECONDS, told.sentence) from told
    with transaction.atomic():
        work.complete(lease)
        if memento is None:
            return None
        return Attestation.objects.create(
            snapshot=snapshot,
            kind=Attestation.Kind.WAYBACK,
            reference=memento.url,
            attested_at=memento.captured_at,
        )


def _found(snapshot: Snapshot, archive: Captures, fetch: Fetch) -> Memento | None:
    memento = archive.find_capture(fetch, snapshot.final_url or "", snapshot.taken_at)
    return memento if memento and abs(memento.captured_at - snapshot.taken_at) <= NEAR else None


def _made(snapshot: Snapshot, archive: Captures, fetch: Fetch) -> Memento | None:
    """Ask for a copy and wait a while for it; what comes later is found by its address the next time."""
    job, until = archive.save(fetch, snapshot.final_url or ""), time.monotonic() + PATIENCE_SECONDS
    while job.memento is None and job.sentence is None and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        job = archive.saved(fetch, job)
    if job.memento or job.permanent:
        return job.memento
    raise Later(AGAIN_SECONDS, job.sentence or words("The archive has not made the copy yet that it was asked for."))


def _may_be_public(snapshot: Snapshot) -> bool:
    """Say whether a public archive may be told of a page: one that we were shown, at an address for everybody.

    Not one that refused us, since a copy elsewhere would get round that; not one that asks not to be archived.
    """
    robots = " ".join(value for name, value in snapshot.headers if name == "x-robots-tag").lower()
    refused = PageWatch.objects.filter(document__snapshot=snapshot, outcome=Snapshot.Outcome.REFUSED)
    return bool(
        snapshot.origin == Snapshot.Origin.FETCHED
        and snapshot.outcome == Snapshot.Outcome.OK
        and snapshot.part_of_id is None
        and snapshot.final_url
        and why_not_saved(snapshot.final_url) is None
        and why_not_saved(snapshot.requested_url or "") is None
        and "noarchive" not in robots
        and not snapshot.documents.filter(withheld=True).exists()
        and not refused.exists()
    )


def _too_late(lease: work.Lease) -> bool:
    return Work.objects.filter(pk=lease.work_id, created_at__lt=ClockTimestamp() - GIVE_UP).exists()


def _due_for_a_copy() -> list[int]:
    """Return what was cited lately, has no copy yet, and was not tried before (ids)."""
    lately = Evidence.objects.filter(judgment__submitted_at__gt=ClockTimestamp() - RECENT).values("snapshot")
    copies = Attestation.objects.filter(snapshot=OuterRef("pk"), kind=Attestation.Kind.WAYBACK)
    candidates = Snapshot.objects.filter(
        ~Exists(copies), pk__in=lately, origin=Snapshot.Origin.FETCHED, outcome=Snapshot.Outcome.OK
    )
    ids = list(candidates.order_by("pk").values_list("pk", flat=True))
    tried = set(Work.objects.filter(kind=CAPTURE, subject__in=ids).values_list("subject", flat=True)) if ids else set()
    return [pk for pk in ids if pk not in tried][:MOST_AT_ONCE]
