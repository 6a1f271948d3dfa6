"""Celery's side of verification: load, call one verb."""

from celery import shared_task

from claims import work
from claims.models import Claim
from claims.running import run_leased
from verification.index.collection import CASES, EARLIER
from verification.index.postgres import PostgresIndex
from verification.index.rebuilding import rebuild
from verification.people.notices.mailing import LETTERS, enlist_due, send_due
from verification.people.notices.making import notify
from verification.research.match import research_claim
from verification.review.assignment import close_run_out
from verification.review.checkpoints import make_checkpoint
from verification.review.returning import sweep as sweep_returns
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


@shared_task(name="verification.returns")
def bring_back() -> None:
    """Bring back what waited for its day, and tell of deadlines that passed in silence."""
    sweep_returns()


@shared_task(name="verification.seal")
def seal_log() -> None:
    """Join new events into the global chain."""
    seal()


@shared_task(name="verification.checkpoint")
def sign_log() -> None:
    """Sign the head of the global chain, where that is due."""
    make_checkpoint()


@shared_task(name="verification.merge")
def merge_indexes() -> None:
    """Merge what many small additions left in the index of documents; bring the others up to date.

    After an upgrade or a restore those of cases and earlier checks make themselves; that of documents waits for
    `reindex`.
    """
    PostgresIndex().merge()
    rebuild(collection=CASES)
    rebuild(collection=EARLIER)


@shared_task(name="verification.notify")
def tell_people() -> None:
    """Tell people what happened to their cases, as the log says it."""
    notify()


@shared_task(name="verification.mail")
def mail_notices() -> None:
    """Make the mail due of whoever is to be told by mail."""
    enlist_due()


@shared_task(name=LETTERS)
def send_letters(work_id: int) -> None:
    """Send one person's mail."""
    run_leased(work_id, send_due)


@shared_task(name=RESEARCH)
def research(work_id: int) -> None:
    """Look for what tests one claim."""

    def verb(lease: work.Lease) -> None:
        research_claim(Claim.objects.select_related("speaker").get(pk=lease.subject), lease)

    run_leased(work_id, verb)
