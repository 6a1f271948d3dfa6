"""Celery's side of intake: load, call one verb, ring for the next."""

from celery import current_app, shared_task
from django.conf import settings

from claims import work
from claims.archiving import archive
from claims.extracting import extract_claims
from claims.extraction.engines import load_engines
from claims.fetching import PoliteFetch
from claims.intake import EXTRACT
from claims.measuring import measure
from claims.models import Article, ArticleWatch, OutletFeed, OutletItem, Snapshot, Submission
from claims.outlets import FETCH_ITEM, POLL, fetch_item, follow, poll
from claims.rereading import REREAD, enlist_rereads, reread
from claims.running import run_leased
from claims.stamping import STAMP, stamp
from claims.submitting import FETCH, fetch_submission


@shared_task(name="claims.sweep")
def sweep() -> None:
    """Ring for every row that is due."""
    for task, work_id in work.sweep():
        current_app.send_task(task, [work_id])


@shared_task(name="claims.measure")
def measure_archive() -> None:
    """Count what the archive holds."""
    measure(archive())


@shared_task(name=STAMP)
def stamp_snapshot(work_id: int) -> None:
    """Have what was archived stamped by an authority."""

    def verb(lease: work.Lease) -> None:
        with PoliteFetch() as fetch:
            stamp(Snapshot.objects.get(pk=lease.subject), archive(), fetch, lease)

    run_leased(work_id, verb)


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


@shared_task(name="claims.follow")
def follow_outlets() -> None:
    """Make due the outlets' feeds that are to be asked again, what they showed, and the articles to be read again."""
    follow()
    enlist_rereads()


@shared_task(name=POLL)
def poll_outlet(work_id: int) -> None:
    """Ask one feed or sitemap of an outlet what is new."""
    run_leased(work_id, lambda lease: poll(OutletFeed.objects.get(pk=lease.subject), lease))


@shared_task(name=FETCH_ITEM)
def fetch_outlet_item(work_id: int) -> None:
    """Bring in one article that an outlet listed."""
    items = OutletItem.objects.select_related("feed__outlet")
    run_leased(work_id, lambda lease: fetch_item(items.get(pk=lease.subject), lease))


@shared_task(name=REREAD)
def reread_article(work_id: int) -> None:
    """Read one article again."""
    watches = ArticleWatch.objects.select_related("article__snapshot", "article__outlet")
    run_leased(work_id, lambda lease: reread(watches.get(pk=lease.subject), lease))
