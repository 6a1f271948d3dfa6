"""The same work as the tasks do, done here and now, for a command: same rows, same leases, same verbs.

When a worker holds the row already, its result is waited for, so that nothing is done twice.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext

from claims import work
from claims.extracting import extract_claims
from claims.extraction.contract import Engine
from claims.intake import EXTRACT
from claims.models import Article, Claim, Submission, Work
from claims.running import run_leased
from claims.submitting import FETCH, fetch_submission
from verification.research.match import research_claim
from verification.review.triage import RESEARCH, open_cases

POLL_SECONDS = 0.2


class WorkFailed(Exception):
    """The work cannot be done; the message is what it stored as its error."""


def fetch_now(submission: Submission) -> None:
    """Bring in the page of a submission, unless a worker has done so; what cannot be read is in `submission.error`."""
    if submission.article_id is None:
        _finish(FETCH, submission.pk, lambda lease: fetch_submission(submission, lease))
    submission.refresh_from_db()


def extract_now(article: Article, engines: Sequence[Engine]) -> list[Claim]:
    """Return the article's claims in the order of the text, lifting them out first if nobody has yet."""
    if article.extracted_by is None:
        _finish(EXTRACT, article.pk, lambda lease: extract_claims(article, engines, lease))
    while open_cases():
        pass
    appearances = article.appearances.select_related("claim__speaker").order_by("start", "end")
    return [appearance.claim for appearance in appearances]


def research_now(claim: Claim, asked_at: datetime) -> None:
    """Search the library for a claim, unless a worker has done so since `asked_at` (the database's time)."""
    if not claim.search_runs.filter(step="", finished_at__gte=asked_at).exists():
        _finish(RESEARCH, claim.pk, lambda lease: research_claim(claim, lease))


def _finish(kind: str, subject: int, verb: Callable[[work.Lease], object]) -> None:
    work.enlist(kind, [subject])
    # The row may be closed by a worker at any moment, so it is remembered by id, not asked for again as "open".
    row = Work.objects.filter(kind=kind, subject=subject).order_by("-pk")[0]
    # Somebody asks for it now: what went wrong before, and how often, is no reason not to try.
    work.release(row.pk)
    while not run_leased(row.pk, verb):
        work.quarantine_spent()
        row.refresh_from_db()
        if row.done_at:
            return
        if row.quarantined_at or (row.last_error and row.token is None):
            raise WorkFailed(gettext("%(what)s failed: %(error)s") % {"what": kind, "error": row.last_error})
        time.sleep(POLL_SECONDS)
