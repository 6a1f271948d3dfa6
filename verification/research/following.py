"""Following sources: each that is enabled is asked for what is new, as often as the desk set, less while it fails.

    follow()             the beat: makes the polls due that are due
    poll(source, lease)  asks one source, stores what it showed, and says when it is asked next
    ask_now              (in `source_keeping`) makes one due at once; the next beat sees it

A source that was never asked, says no, or has nothing new are three things, and the source keeps which it was.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from random import SystemRandom

from django.db import transaction

from claims import work
from claims.capture.asking import Fetch, Interrupted
from claims.capture.outcome import ANSWERED, Outcome
from claims.fetching import PoliteFetch
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from claims.wording import Words, words
from verification.connectors.issuers.contract import BadConfiguration, Connector, Lists, Page, Polls, Window
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source, SourceItem, SourceRun
from verification.research.listing import list_since
from verification.research.source_keeping import connector_of
from verification.research.stretch import POLL
from verification.research.visiting import (
    AskPage,
    SourceChanged,
    Visit,
    go_through,
    locked,
    put_by,
    record,
    rest_of,
    save_validators,
    validators_of,
)

DAY = timedelta(days=1)
# No two sources that were switched on together are asked together for ever.
JITTER = 0.1
# A list of days is asked again for so many days before the newest that was seen: what is published late is not missed.
OVERLAP = timedelta(days=7)
# Of a source's newest entries the longest silence between two tells how long one may last; so many entries tell it.
ENTRIES, FEWEST = 30, 5
PATIENCE, LEAST_PATIENCE = 3, timedelta(days=7)
SEEN_NEW = timedelta(days=2)
OWN_PATIENCE = "stale_days"

_CHANCE = SystemRandom()
_FINE = ANSWERED | {Outcome.STALE}


def follow() -> int:
    """Make due what is due, and end the visits whose workers died each time; returns how many sources are due."""
    _end_hopeless()
    due = Source.objects.filter(enabled=True, next_at__lte=ClockTimestamp(), connector__in=_followed())
    ids = list(due.values_list("pk", flat=True))
    work.enlist(POLL, ids)
    # One whose last visit was set aside was told of then, and its time has come again.
    for row in Work.objects.filter(kind=POLL, subject__in=ids, quarantined_at__isnull=False):
        work.release(row.pk)
    return len(ids)


def can_be_followed(connector: type[Connector] | Connector) -> bool:
    """Tell whether a source with this connector has something that shows what is new."""
    return hasattr(connector, "poll") or hasattr(connector, "list_by_date")


def poll(source: Source, lease: work.Lease) -> None:
    """Ask a source what is new, under a lease; store all it shows, then its validators, and when it is asked next.

    Raises Later where a host is not to be asked yet and LeaseLost where another worker took over: both lose nothing.
    """
    if not source.enabled:
        with transaction.atomic():
            work.complete(lease)
        return
    visit = Visit.of(source, SourceRun.Verb.POLL)
    try:
        question = _question(connector_of(source), source, visit)
        with PoliteFetch(validators=validators_of(source)) as fetch:
            go_through(source, lease, visit, fetch, question)
    except BadConfiguration as error:
        _end(source, lease, visit, Outcome.FAILED, error.sentence)
    except Interrupted as end:
        _end(source, lease, visit, end.outcome, end.sentence)
    except SourceChanged:
        with transaction.atomic():
            work.complete(lease)  # it is due again since it was changed
    else:
        _end(source, lease, visit, visit.outcome)


def _followed() -> list[str]:
    return [key for key, connector in CONNECTORS.items() if can_be_followed(connector)]


def _question(connector: object, source: Source, visit: Visit) -> AskPage:
    """Return what is asked page by page. A source that has no feed is asked for the days since it was seen last."""
    if isinstance(connector, Polls):
        return connector.poll
    if not isinstance(connector, Lists):
        raise BadConfiguration("connector", words("This source has nothing that shows what is new: switch it off."))
    if visit.since is None:
        visit.since = ((source.newest_at or visit.started_at) - OVERLAP).date()
    lists, window = connector, Window(visit.since)

    def ask(fetch: Fetch, cursor: str | None) -> Page:
        return lists.list_by_date(fetch, window, cursor)

    return ask


def _end(source: Source, lease: work.Lease, visit: Visit, outcome: Outcome, broken_off: Words | None = None) -> None:
    """Write down how a visit ended. Only one in which everything was stored gives the source its validators."""
    sentence = broken_off
    with transaction.atomic():
        work.complete(lease)
        try:
            stands = locked(source)
        except SourceChanged:
            return
        newest = max(filter(None, (visit.newest, stands.newest_at)), default=None)
        if broken_off is None and outcome in {Outcome.OK, Outcome.NOT_MODIFIED} and (silent := silence(stands, newest)):
            outcome, sentence = Outcome.STALE, silent
        if broken_off is None:
            save_validators(stands, visit.validators)
        put_by(stands, visit.verb, None if broken_off is None else rest_of(visit))
        if broken_off is None and _has_a_gap(visit, stands):
            list_since(stands, ((stands.newest_at or visit.started_at) - DAY).date())
        told = record(visit, stands, outcome, sentence)
        # Of several feeds one may fail for long: the others are asked as often as ever.
        alone = not visit.pages and not visit.resumed
        _plan_next(stands, outcome, "" if outcome in ANSWERED else told.sentence, newest, backs_off=alone)


def _has_a_gap(visit: Visit, stands: Source) -> bool:
    """Tell whether entries may have passed unseen: nothing that was shown was known, and the source has a list."""
    all_new = bool(visit.fresh) and visit.fresh == visit.shown
    connector = CONNECTORS.get(stands.connector)
    return (
        all_new and stands.newest_at is not None and hasattr(connector, "poll") and hasattr(connector, "list_by_date")
    )


def _plan_next(
    stands: Source, outcome: Outcome, sentence: str, newest: datetime | None, *, backs_off: bool = True
) -> None:
    failures = 0 if outcome in _FINE else min(stands.failures + 1, 1000)
    Source.objects.filter(pk=stands.pk).update(
        asked_at=ClockTimestamp(),
        outcome=outcome,
        sentence=sentence,
        failures=failures,
        newest_at=newest,
        next_at=ClockTimestamp()
        + wait_after(outcome, failures if backs_off else 0, timedelta(minutes=stands.every_minutes)),
    )


def wait_after(outcome: Outcome, failures: int, every: timedelta) -> timedelta:
    """Return how long to leave a source alone after its `failures`-th failure in a row (0: it answered).

    The wait doubles with each failure, up to a day; whoever refused is not asked before a day has passed.
    """
    wait = every
    if outcome not in _FINE:
        wait = max(every, min(every * 2 ** min(failures, 20), DAY))
    if outcome is Outcome.REFUSED:
        wait = max(wait, DAY)
    return wait * _CHANCE.uniform(1, 1 + JITTER)


def silence(source: Source, newest: datetime | None) -> Words | None:
    """Return what to say of a source that shows nothing new for longer than it should; None for any other.

    It should not be silent three times as long as it was at most between its last entries, and a week is nothing. An
    archive, of which no entry was ever seen when it was new, is silent by nature; and where a desk says in a source's
    own settings what is too long, that counts.
    """
    connector = CONNECTORS.get(source.connector)
    if newest is None or (connector and any(setting.name == OWN_PATIENCE for setting in connector.settings)):
        return None
    dated = SourceItem.objects.filter(source=source, published__lte=newest).order_by("-published")
    latest = list(dated.values_list("published", "first_seen_at")[:ENTRIES])
    seen_new = any(seen - published <= SEEN_NEW for published, seen in latest if published)
    if len(latest) < FEWEST or not seen_new:
        return None
    longest = max(later - earlier for (later, _), (earlier, _) in pairwise(latest) if later and earlier)
    silent = read_clock() - newest
    if silent <= max(LEAST_PATIENCE, PATIENCE * longest):
        return None
    return words(
        "It answers, but shows nothing newer than %(day)s: for %(days)s days now, at most for %(most)s before.",
        day=newest.date().isoformat(),
        days=silent.days,
        most=longest.days + 1,
    )


def _end_hopeless() -> None:
    """Write down that visits failed whose rows were set aside after five attempts, each once."""
    for row in Work.objects.filter(kind=POLL, quarantined_at__isnull=False):
        with transaction.atomic():
            source = Source.objects.select_for_update(no_key=True).filter(pk=row.subject).first()
            if source is None or (source.asked_at and row.quarantined_at and source.asked_at > row.quarantined_at):
                continue
            visit = Visit.of(source, SourceRun.Verb.POLL)
            sentence = say(words("Each of five attempts broke off: %(error)s", error=row.last_error))
            put_by(source, visit.verb, None)
            record(visit, source, Outcome.FAILED, sentence)
            _plan_next(source, Outcome.FAILED, sentence, source.newest_at)
