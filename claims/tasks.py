"""Celery's side of intake: load, call one verb, ring for the next."""

from celery import current_app, shared_task
from django.conf import settings

from claims import work
from claims.extraction.engines import load_engines
from claims.intake import EXTRACT, extract_claims
from claims.models import Article, Submission
from claims.running import run_leased
from claims.submitting import FETCH, fetch_submission


@shared_task(name="claims.sweep")
def sweep() -> None:
    """Ring for every row that is due."""
    for task, work_id in work.sweep():
        current_app.send_task(task, [work_id])


@shared_task(name=FETCH)
def fetch(work_id: int) -> None:
    """Bring in the page of one submission."""

    def verb(lease: work.Lease) -> None:
        fetch_submission(Submission.objects.get(pk=lease.subject), lease)

    run_leased(work_id, verb)


@shared_task(name=EXTRACT)
def extract(work_id: int) -> None:
    """Lift the claims out of one article."""

    def verb(lease: work.Lease) -> None:
        article = Article.objects.select_related("snapshot").get(pk=lease.subject)
        extract_claims(article, load_engines(settings.EXTRACTION_ENGINES), lease)

    run_leased(work_id, verb)
