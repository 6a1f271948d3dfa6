"""One step of a search plan, done: a live source is asked, what fits is fetched, and the search is written down.

A step's record is stored together with its documents, so that a step is done or it is not; a worker that dies on the
way has it done again. What failed, refused or asked to wait is on record as that, never as "nothing found".
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DatabaseError, InterfaceError, transaction

from claims import work
from claims.capture.asking import Answer, Ask, Fetch, Interrupted, Later
from claims.capture.errors import ArchiveError
from claims.capture.outcome import Outcome
from claims.fetching import PoliteFetch
from claims.models import Claim
from claims.models.clock import read_clock
from claims.translation import say
from claims.wording import Words, store, words
from verification.connectors.fitting import Aim, choose
from verification.connectors.issuers.contract import (
    Captures,
    Lists,
    Page,
    Query,
    Resolves,
    Searches,
    SourceEntry,
)
from verification.connectors.plan import CAPTURE, COUNTERPART, LISTED, PLAN_VERSION, RESOLVE, Claimed, PlanStep
from verification.models import SearchRun, Source, SourceItem
from verification.research.bringing import Brought, bring, store_brought
from verification.research.live_claims import Askable
from verification.research.shown import store_shown
from verification.research.stretch import FETCH_ITEM, keep

logger = logging.getLogger(__name__)

# So many pages of an answer are read, and so many of the entries listed are kept for the library.
MOST_PAGES, MOST_KEPT = 3, 60
# A host that may be asked again within so many seconds is waited for; else the step is over.
PATIENCE = 120.0
# After these a page may lie in an archive of the web. One that refused is for a person to hand in.
MISSING = frozenset({Outcome.NOT_FOUND, Outcome.FAILED})


@dataclass(slots=True)
class Answered:
    """What came of one question: the entries it showed, in their order, how it ended, the last exchange."""

    entries: list[SourceEntry] = field(default_factory=list)
    outcome: Outcome = Outcome.EMPTY
    sentence: Words | None = None
    exchange: int | None = None

    def note(self, answers: Sequence[Answer]) -> None:
        """Remember the last exchange."""
        self.exchange = next((each.snapshot for each in reversed(answers) if each.snapshot), self.exchange)


def asked_as(step: PlanStep) -> dict[str, Any]:
    """Return what a step asks as its search record keeps it: why, and the question in full."""
    query = step.query or Query()
    told = {
        "why": store(step.why),
        "phrase": query.phrase,
        "words": list(query.words),
        "names": list(query.names),
        "identifier": step.identifier,
        "days": [day.isoformat() if day else None for day in (step.window.since, step.window.until)],
    }
    return {name: value for name, value in told.items() if value not in (None, [], [None, None])}


def is_done(step: PlanStep, claim: Claim, since: datetime) -> bool:
    """Tell whether a step was done since a plan was begun (one query)."""
    runs = SearchRun.objects.filter(claim=claim, source=step.issuer.id, step=step.kind, finished_at__gte=since)
    return runs.filter(query=asked_as(step)).exists()


def do_step(
    step: PlanStep,
    askable: Askable,
    claimed: Claimed,
    claim: Claim,
    lease: work.Lease,
    missing: Callable[[Sequence[str]], None] = lambda _urls: None,
) -> None:
    """Ask, fetch what fits, store both. `missing` is told, before, the addresses that did not answer with their page.

    Raises Later where the host may be asked soon, and LeaseLost.
    """
    started = read_clock()
    with PoliteFetch() as fetch:
        answered = _ask(step, askable, claimed, fetch)
        chosen = _chosen(step, answered.entries, claimed)
        items = _stored_entries(step, askable.source, answered, chosen, lease)
        brought = _brought(askable, fetch, items)
    urls = [one.item.url for one in brought if one.outcome in MISSING]
    if answered.outcome in MISSING and (step.identifier or "").startswith("http"):
        urls.append(step.identifier or "")
    if urls:
        missing(urls)
    with transaction.atomic():
        keep(lease)
        stands = Source.objects.select_for_update(no_key=True).get(pk=askable.source.pk)
        store_brought(stands, brought)
        fetched = {one.item.pk for one in brought if not one.again}
        work.enlist(FETCH_ITEM, [item.pk for item in items if item.pk not in fetched])
        _record(step, claim, answered, started)


def _ask(step: PlanStep, askable: Askable, claimed: Claimed, fetch: PoliteFetch) -> Answered:
    answered = Answered()
    try:
        _ask_all(step, askable, claimed, fetch, answered)
    except Interrupted as end:
        # An answer without a word in it does not say that there is nothing.
        answered.outcome = Outcome.FAILED if end.outcome is Outcome.EMPTY else end.outcome
        answered.sentence = end.sentence
    except Later as later:
        if later.seconds <= PATIENCE and fetch.requests == 0:
            raise
        answered.outcome, answered.sentence = Outcome.THROTTLED, later.sentence
    except (ArchiveError, DatabaseError, InterfaceError):
        raise
    except Exception as error:
        # A source that its connector cannot bear must not cost the others.
        logger.exception("%s %s", step.kind, step.issuer.name)
        answered.outcome = Outcome.FAILED
        answered.sentence = words("Its answer could not be read: %(error)s", error=repr(error)[:300])
    return answered


def _ask_all(step: PlanStep, askable: Askable, claimed: Claimed, fetch: PoliteFetch, answered: Answered) -> None:
    connector: object = askable.connector
    remembering = _Remembering(fetch)
    try:
        if step.kind == RESOLVE and isinstance(connector, Resolves):
            answered.entries.append(connector.resolve(remembering, step.identifier or ""))
            answered.outcome = Outcome.OK
        elif step.kind == CAPTURE and isinstance(connector, Captures):
            if memento := connector.find_capture(remembering, step.identifier or "", claimed.said):
                answered.entries.append(connector.entry(memento, claimed.said))
                answered.outcome = Outcome.OK
        else:
            _ask_pages(step, connector, remembering, answered)
    finally:
        answered.note(remembering.answers)


def _ask_pages(step: PlanStep, connector: object, fetch: Fetch, answered: Answered) -> None:
    cursor = None
    for number in range(MOST_PAGES):
        try:
            page = _page(step, connector, fetch, cursor)
        except Later as later:
            if not number:
                raise
            # Asking again would begin anew, and come no further.
            answered.sentence = later.sentence
            return
        answered.entries.extend(page.entries)
        if not number or page.outcome is Outcome.OK:
            answered.outcome, answered.sentence = page.outcome, page.sentence
        cursor = page.next_cursor
        if cursor is None:
            return


def _page(step: PlanStep, connector: object, fetch: Fetch, cursor: str | None) -> Page:
    if step.query is not None and isinstance(connector, Searches):
        return connector.search(fetch, step.query, step.window, cursor)
    if isinstance(connector, Lists):
        return connector.list_by_date(fetch, step.window, cursor)
    raise Interrupted(Outcome.FAILED, words("This source cannot be asked that."))


class _Remembering:
    """A fetch that remembers its answers."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self.answers: list[Answer] = []

    def __call__(self, ask: Ask) -> Answer:
        """Ask."""
        self.answers.append(self._fetch(ask))
        return self.answers[-1]


def _chosen(step: PlanStep, entries: Sequence[SourceEntry], claimed: Claimed) -> list[SourceEntry]:
    if step.kind in {RESOLVE, CAPTURE}:
        return list(entries)[: step.documents]
    phrase = step.query.phrase if step.query else None
    aim = Aim.of(claimed, step.window, step.issuer.zone, step.people, phrase)
    return choose(entries, aim, step.documents, searched=step.query is not None)


def _stored_entries(
    step: PlanStep, source: Source, answered: Answered, chosen: Sequence[SourceEntry], lease: work.Lease
) -> list[SourceItem]:
    """Store what is kept of the entries, and return the chosen ones that wait to be fetched.

    Of a source's own list all that is of those days is kept, and fetched by and by; of a search what was chosen.
    """
    listed = step.query is None and step.kind in {LISTED, COUNTERPART}
    with transaction.atomic():
        keep(lease)
        stands = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
        wanted = store_shown(stands, chosen, answered.exchange, step.kind, fetched=False).items or {}
        if listed:
            store_shown(stands, answered.entries[:MOST_KEPT], answered.exchange, step.kind)
    return list(SourceItem.objects.filter(pk__in=wanted.values(), state=SourceItem.State.DUE))


def _brought(askable: Askable, fetch: PoliteFetch, items: Sequence[SourceItem]) -> list[Brought]:
    """Fetch the chosen entries; those whose host is not to be asked now are fetched later by themselves."""
    brought = []
    for item in items:
        try:
            brought.append(bring(askable.connector, fetch, item))
        except Later:
            break
    return brought


def _record(step: PlanStep, claim: Claim, answered: Answered, started: datetime) -> None:
    outcome = answered.outcome
    if (
        outcome not in SearchRun.Outcome.values
    ):  # a page that is not there, and one that tells nothing new, is no answer
        outcome = Outcome.FAILED
    since, until = step.window.since, step.window.until
    SearchRun.objects.create(
        claim=claim,
        source_id=step.issuer.id,
        step=step.kind,
        query=asked_as(step),
        since=_midnight(since, step.issuer.zone) if since else None,
        until=_midnight(until + timedelta(days=1), step.issuer.zone) if until else None,
        documents=len(answered.entries),
        outcome=outcome,
        error=work.storable(say(answered.sentence)) if answered.sentence else "",
        exchange_id=answered.exchange,
        versions={"plan": PLAN_VERSION},
        started_at=started,
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone) if zone else UTC)
