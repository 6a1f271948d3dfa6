"""Celery's side of verification: load, call one verb."""

from celery import current_app, shared_task

from claims import work
from claims.fetching import PoliteFetch
from claims.models import Claim, Snapshot, Weighing
from claims.running import run_leased
from verification.index.collection import CASES, EARLIER, PUBLIC
from verification.index.postgres import PostgresIndex
from verification.index.rebuilding import rebuild
from verification.models import KeyedRequest, PageWatch, Source, SourceItem, Verdict
from verification.people.notices.mailing import LETTERS, enlist_due, send_due
from verification.people.notices.making import notify
from verification.people.presence import sweep_presence
from verification.publishing.package.building import PACKAGE, enlist_packages, package
from verification.publishing.reach.forgetting import forget_unseen
from verification.publishing.subscribing import sending as subscribers
from verification.publishing.subscribing.asking import forget_unconfirmed
from verification.publishing.webhooks.delivering import DELIVER, deliver
from verification.publishing.webhooks.delivering import enlist_due as enlist_messages
from verification.publishing.webhooks.forgetting import forget_settled
from verification.publishing.webhooks.making import make_messages
from verification.publishing.websub import telling as hubs
from verification.research.attesting import CAPTURE, archive_in_use, capture_elsewhere, enlist_attestations
from verification.research.following import follow, poll
from verification.research.items import fetch_item, fetch_items
from verification.research.listing import list_source
from verification.research.live_search import enlist_searches, search_live
from verification.research.match import research_claim
from verification.research.page_look import look_again
from verification.research.page_watch import LOOK, enlist_looks
from verification.research.stretch import FETCH_ITEM, FETCH_ITEMS, LIST, POLL, SEARCH_LIVE
from verification.review.assignment import close_run_out
from verification.review.checkpoints import make_checkpoint
from verification.review.remarks import tell_appearances
from verification.review.returning import sweep as sweep_returns
from verification.review.sealing import seal
from verification.review.triage import RESEARCH, open_cases
from verification.review.weighing import WEIGH, weigh_undecided


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
    """Bring back what waited for its day, tell of deadlines that passed in silence, forget who was where, and keys."""
    sweep_returns()
    sweep_presence()
    KeyedRequest.forget_old()


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

    After an upgrade or a restore those of cases, earlier and published checks make themselves; that of documents waits
    for `reindex`.
    """
    PostgresIndex().merge()
    rebuild(collection=CASES)
    rebuild(collection=EARLIER)
    rebuild(collection=PUBLIC)


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


@shared_task(name="verification.webhooks")
def tell_webhooks() -> None:
    """Make the messages of what was published, and ring at once for what is to be sent."""
    make_messages()
    enlist_messages()
    for task, work_id in work.sweep():
        current_app.send_task(task, [work_id])


@shared_task(name=DELIVER)
def send_to_webhook(work_id: int) -> None:
    """Send one webhook what is due."""
    run_leased(work_id, deliver)


@shared_task(name="verification.subscribers")
def tell_subscribers() -> None:
    """Make the mail due of what was published; forget who did not confirm or was not seen for long, and what is old."""
    subscribers.enlist_due()
    forget_unconfirmed()
    forget_unseen()
    forget_settled()


@shared_task(name=subscribers.MAIL)
def write_to_subscribers(work_id: int) -> None:
    """Write to whoever subscribes."""
    run_leased(work_id, subscribers.send_due)


@shared_task(name="verification.hubs")
def tell_hubs() -> None:
    """Make due the hubs that were not told of what was published."""
    hubs.enlist_due()


@shared_task(name=hubs.TELL)
def tell_hub(work_id: int) -> None:
    """Tell one hub which feeds changed."""
    run_leased(work_id, hubs.tell)


@shared_task(name="verification.packages")
def make_packages() -> None:
    """Make due the packages of what was published."""
    enlist_packages()


@shared_task(name=PACKAGE)
def build_package(work_id: int) -> None:
    """Build one version's package."""
    with PoliteFetch() as fetch:
        run_leased(work_id, lambda lease: package(Verdict.objects.get(pk=lease.subject), fetch, lease))


@shared_task(name=RESEARCH)
def research(work_id: int) -> None:
    """Look for what tests one claim."""

    def verb(lease: work.Lease) -> None:
        research_claim(Claim.objects.select_related("speaker").get(pk=lease.subject), lease)

    run_leased(work_id, verb)


@shared_task(name="verification.follow")
def follow_sources() -> None:
    """Make due the sources that are to be asked again, and the cases they were not asked about yet."""
    follow()
    enlist_searches()


@shared_task(name=POLL)
def poll_source(work_id: int) -> None:
    """Ask one source what is new."""
    run_leased(work_id, lambda lease: poll(Source.objects.get(pk=lease.subject), lease))


@shared_task(name=LIST)
def list_one_source(work_id: int) -> None:
    """Go on listing one source back in time."""
    run_leased(work_id, lambda lease: list_source(Source.objects.get(pk=lease.subject), lease))


@shared_task(name=FETCH_ITEMS)
def fetch_items_of_source(work_id: int) -> None:
    """Fetch what waits of one source."""
    run_leased(work_id, lambda lease: fetch_items(Source.objects.get(pk=lease.subject), lease))


@shared_task(name=FETCH_ITEM)
def fetch_one_item(work_id: int) -> None:
    """Fetch one entry's document, again."""
    run_leased(
        work_id,
        lambda lease: fetch_item(SourceItem.objects.select_related("source").get(pk=lease.subject), lease),
    )


@shared_task(name=SEARCH_LIVE)
def search_live_sources(work_id: int) -> None:
    """Ask live sources about one claim."""
    run_leased(work_id, lambda lease: search_live(Claim.objects.select_related("speaker").get(pk=lease.subject), lease))


@shared_task(name="verification.watch")
def watch_pages() -> None:
    """Make due the looks at what is cited, and tell cases of the articles that were changed."""
    enlist_looks()
    tell_appearances()


@shared_task(name=LOOK)
def look_at_page(work_id: int) -> None:
    """Look at one cited page again."""
    watches = PageWatch.objects.select_related("document__snapshot", "snapshot")
    run_leased(work_id, lambda lease: look_again(watches.get(pk=lease.subject), lease))


@shared_task(name="verification.attest")
def attest() -> None:
    """Make due the stamps and public copies of what is cited."""
    enlist_attestations()


@shared_task(name=CAPTURE)
def capture_one_elsewhere(work_id: int) -> None:
    """Have a public copy of one cited page."""

    def verb(lease: work.Lease) -> None:
        with PoliteFetch() as fetch:
            capture_elsewhere(Snapshot.objects.get(pk=lease.subject), archive_in_use(), fetch, lease)

    run_leased(work_id, verb)


@shared_task(name=WEIGH)
def weigh(work_id: int) -> None:
    """Weigh what waits in triage by other weights."""
    run_leased(work_id, lambda lease: weigh_undecided(Weighing.objects.get(pk=lease.subject), lease))
