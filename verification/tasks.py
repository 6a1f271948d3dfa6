"""Celery's side of verification: load, call one verb."""

from celery import shared_task

from claims import work
from claims.models import Claim
from claims.running import run_leased
from verification.index.collection import CASES
from verification.index.postgres import PostgresIndex
from verification.index.rebuilding import rebuild
from verification.research.match import research_claim
from verification.review.assignment import close_run_out
from verification.review.sealing import seal
from verification.review.triage import RESEARCH, open_cases


@shared_task(name="verification.adopt")
def adopt() -> None:
    """Open a case for each new claim."""
    open_cases()


@shared_task(name="verification.turns")
def end_turns() -> None:
    """Send back to the queue what lay on a desk too long."""
    close_run_out()


@shared_task(name="verification.seal")
def seal_log() -> None:
    """Join new events into the global chain."""
    seal()


@shared_task(name="verification.merge")
def merge_indexes() -> None:
    """Merge what many small additions left in the index of documents, and bring that of cases up to date.

    Cases are few: after an upgrade or a restore theirs makes itself. That of documents waits for `reindex`.
    """
    PostgresIndex().merge()
    rebuild(collection=CASES)


@shared_task(name=RESEARCH)
def research(work_id: int) -> None:
    """Look for what tests one claim."""

    def verb(lease: work.Lease) -> None:
        research_claim(Claim.objects.select_related("speaker").get(pk=lease.subject), lease)

    run_leased(work_id, verb)
