"""Listing back in time: what a source published between two days, page after page, for the library.

list_back(source, since, until)   makes it due; workers go on with it until all was listed
list_source(source, lease)        one worker's turn at it
"""

from datetime import date

from django.db import transaction

from claims import work
from claims.capture.asking import Fetch, Interrupted
from claims.capture.outcome import Outcome
from claims.fetching import PoliteFetch
from claims.models import Work
from claims.models.clock import read_clock
from claims.translation import say
from claims.wording import Words, words
from verification.connectors.issuers.contract import BadConfiguration, Lists, Page, Window
from verification.models import Source, SourceRun
from verification.research.bringing import AGAIN
from verification.research.source_keeping import connector_of, why_not_on
from verification.research.stretch import LIST
from verification.research.visiting import SourceChanged, Visit, go_through, locked, put_by, record, rest_of
from verification.review.refusals import Refusal, Unmet

LIST_KEPT = SourceRun.Verb.LIST.value


def list_back(source: Source, since: date | None, until: date | None) -> None:
    """Make the listing of a source between two days (both counted in, None is open) due.

    Asked again with the same days it goes on where it is. Raises Unmet where the source cannot be listed, and while
    it is being listed for other days.
    """
    if why := _why_not(source):
        raise Unmet(Refusal("listing", why))
    if since and until and since > until:
        raise Unmet(Refusal("days", words("The first day has to come before the last.")))
    with transaction.atomic():
        stands = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
        row = Work.objects.filter(kind=LIST, subject=source.pk, done_at__isnull=True).first()
        kept = Visit.of(stands, SourceRun.Verb.LIST)
        same = (kept.since, kept.until) == (since, until) and LIST_KEPT in (stands.cursor or {})
        if row and row.quarantined_at is None and not same:
            told = words("It is being listed for other days: wait until that is done, under Work.")
            raise Unmet(Refusal("listing", told))
        if not same:
            visit = Visit(SourceRun.Verb.LIST, read_clock(), since=since, until=until)
            put_by(stands, LIST_KEPT, visit.to_json())
        if row:
            work.release(row.pk)
        work.enlist(LIST, [source.pk])


def list_since(stands: Source, day: date) -> None:
    """Make the listing from a day on due, in the caller's transaction, which holds the source's row.

    While another listing is under way nothing happens.
    """
    if not Work.objects.filter(kind=LIST, subject=stands.pk, done_at__isnull=True).exists():
        put_by(stands, LIST_KEPT, Visit(SourceRun.Verb.LIST, read_clock(), since=day).to_json())
        work.enlist(LIST, [stands.pk])


def list_source(source: Source, lease: work.Lease) -> None:
    """Go on with a listing, under a lease. A page that failed is tried again by the rules of work, and then ends it.

    Asked again for the same days it goes on there. Raises Later and LeaseLost, which lose nothing.
    """
    visit = Visit.of(source, SourceRun.Verb.LIST)
    window = Window(visit.since, visit.until)
    try:
        connector: object = connector_of(source)
        if not isinstance(connector, Lists):
            raise BadConfiguration("connector", words("This source cannot be listed by date."))
        lists = connector

        def ask(fetch: Fetch, cursor: str | None) -> Page:
            return lists.list_by_date(fetch, window, cursor)

        with PoliteFetch() as fetch:
            go_through(source, lease, visit, fetch, ask)
    except BadConfiguration as error:
        _end(source, lease, visit, Outcome.FAILED, error.sentence)
    except Interrupted as end:
        # What a connector concludes by itself it would conclude again.
        _end(source, lease, visit, end.outcome, end.sentence, may_help=end.answer is not None)
    except SourceChanged:
        with transaction.atomic():
            work.complete(lease)
    else:
        _end(source, lease, visit, visit.outcome)


def _why_not(source: Source) -> Words | None:
    if why := why_not_on(source):
        return why
    if not isinstance(connector_of(source), Lists):
        return words("This source cannot be listed by date: it shows only what is newest, or what is searched for.")
    return None


def _end(
    source: Source,
    lease: work.Lease,
    visit: Visit,
    outcome: Outcome,
    sentence: Words | None = None,
    *,
    may_help: bool = False,
) -> None:
    again = may_help and outcome in AGAIN and lease.attempt < work.MAX_ATTEMPTS
    with transaction.atomic():
        if not again:
            work.complete(lease)
        try:
            stands = locked(source)
        except SourceChanged:
            return
        put_by(stands, LIST_KEPT, None if sentence is None else visit.to_json() if again else rest_of(visit))
        if not again:
            record(visit, stands, outcome, sentence)
    if again:
        work.fail(lease, say(sentence) if sentence else outcome.value)
