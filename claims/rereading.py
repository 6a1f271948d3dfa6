"""Articles read again, for what was changed in them afterwards: often at first, then ever less, for thirty days.

    enlist_rereads()          the beat: watches what came from an address, and makes due what is due
    reread(watch, lease)      reads one article again

A changed article is a new Snapshot and a new Article that `replaces` the former. A claim whose words still stand is in
both; of the others is told what stands there now, and what is new in the text becomes new claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims import work
from claims.archiving import Handed
from claims.capture.asking import Ask, Later
from claims.capture.errors import ArchiveError, CaptureError
from claims.capture.outcome import Outcome
from claims.capture.same_page import is_same_page
from claims.extraction.contract import Selector, selector
from claims.extraction.fates import Fate, PassageFate, fates_of
from claims.fetching import ARCHIVE_FULL_SECONDS, Brought, NotAsked, PoliteFetch
from claims.intake import DuplicateArticle, ReadArticle, article_in, store_article
from claims.models import Appearance, AppearanceFate, Article, ArticleWatch, OutletItem, Snapshot, Submission
from claims.models.clock import ClockTimestamp, read_clock

REREAD = "claims.reread"
AFTER: Final = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 3 * 24, 7 * 24, 30 * 24))
"""When an article is read again after it came in: corrections are made within hours or days, and after a month an
outlet's page changes by its furniture only."""
RETRY: Final = timedelta(hours=6)
"""A reading that failed says nothing, so it is made up for sooner than the next one is due."""
DAY: Final = timedelta(days=1)
SURE_AFTER: Final = timedelta(hours=1)
"""A page that is missing twice, so far apart, is missing."""
AHEAD: Final = 3.0
"""Seconds: a worker waits for a moment of a host's lane that is no further off."""
AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page as it was seen: `ready` is the article in it, None where there was none to read."""

    brought: Brought
    ready: ReadArticle | None = None
    elsewhere: bool = False

    @property
    def outcome(self) -> Outcome:
        return self.brought.outcome


def enlist_rereads() -> int:
    """Watch the articles that came from an address, and make due those to be read again; return how many those are."""
    with transaction.atomic():
        _watch_new()
        due = ArticleWatch.objects.filter(next_at__lte=ClockTimestamp(), looks__lt=len(AFTER))
        ids = list(due.order_by("next_at").values_list("pk", flat=True)[:AT_ONCE])
        work.enlist(REREAD, ids)
    return len(ids)


def reread(watch: ArticleWatch, lease: work.Lease) -> None:
    """Read an article again, under a lease, and store what became of each place where a claim stands in it, once.

    Raises Later where its host may not be asked yet, and LeaseLost where another worker took over.
    """
    former = watch.article
    url = former.snapshot.final_url or former.url or ""
    try:
        with PoliteFetch(validators=lambda _url: _validators(former.snapshot), ahead=AHEAD) as polite:
            brought = polite.bring(Ask(url, conditional=True))
        if isinstance(brought.error, NotAsked) and brought.error.later:
            raise brought.error.later
        seen, kept = _see(brought, url), brought.kept(url)
    except ArchiveError as error:
        raise Later(ARCHIVE_FULL_SECONDS, error.sentence) from error
    places = list(former.appearances.order_by("start", "end"))
    fates: Sequence[PassageFate] = ()
    changed = seen.ready is not None and seen.ready.text_sha256 != former.text_sha256
    if seen.ready and changed:
        fates = fates_of([_selector(place) for place in places], former.text, seen.ready.page.text)
        if seen.elsewhere and all(fate.fate is Fate.GONE for fate in fates):
            seen, changed = _Seen(brought, elsewhere=True), False
    with transaction.atomic():
        work.complete(lease)
        ArticleWatch.objects.select_for_update(no_key=True).get(pk=watch.pk)
        if seen.ready and changed:
            _replace(watch, seen.ready, places, fates, kept)
        elif _is_missing(seen):
            _miss(watch, places, kept)
        elif seen.ready or seen.outcome is Outcome.NOT_MODIFIED:
            _come_back(places, former, kept)
            _keep(watch, seen.outcome, looks=watch.looks + 1, missing_since=None)
        elif seen.outcome is Outcome.OK:
            _fail(watch, Outcome.EMPTY)  # the page came, and there is no article in it
        else:
            _fail(watch, seen.outcome)


def _watch_new() -> None:
    by_feed = OutletItem.objects.filter(article=OuterRef("pk"))
    by_person = Submission.objects.filter(article=OuterRef("pk"), url__isnull=False)
    new = Article.objects.filter(
        Exists(by_feed) | Exists(by_person),
        Q(url__istartswith="http://") | Q(url__istartswith="https://"),
        watch__isnull=True,
        replaced_by__isnull=True,
        registered_at__gt=ClockTimestamp() - AFTER[-1],
    )
    rows = new.values_list("pk", "registered_at")[: 10 * AT_ONCE]
    ArticleWatch.objects.bulk_create(
        (ArticleWatch(article_id=pk, next_at=at + AFTER[0]) for pk, at in rows), ignore_conflicts=True
    )


def _see(brought: Brought, url: str) -> _Seen:
    capture = brought.capture
    if capture is None or brought.outcome is not Outcome.OK:
        return _Seen(brought)
    elsewhere = not is_same_page(url, capture.final_url)
    try:
        ready = article_in(Handed(capture.body, Snapshot.Origin.FETCHED, capture.media_type, capture=capture))
    except ArchiveError:
        raise
    except CaptureError:
        ready = None
    return _Seen(brought, ready, elsewhere)


def _validators(snapshot: Snapshot) -> tuple[str, str]:
    headers = {name.lower(): value for name, value in snapshot.headers}
    return headers.get("etag", ""), headers.get("last-modified", "")


def _selector(place: Appearance) -> Selector:
    return Selector(place.exact, place.prefix, place.suffix, place.start, place.end)


def _is_missing(seen: _Seen) -> bool:
    return seen.outcome is Outcome.NOT_FOUND or (seen.elsewhere and seen.ready is None)


def _replace(
    watch: ArticleWatch,
    ready: ReadArticle,
    places: Sequence[Appearance],
    fates: Sequence[PassageFate],
    kept: Snapshot | None,
) -> None:
    """Store the article as it reads now, what became of each claim's place, and where those stand that still do."""
    former = watch.article
    try:
        article = store_article(ready, outlet=former.outlet, replaces=former, snapshot=kept)
    except DuplicateArticle as duplicate:
        # It reads again as it did before, or somebody handed the new text in.
        article = duplicate.article
        handed_in = Article.objects.filter(pk=article.pk, pk__gt=former.pk, replaces__isnull=True)
        handed_in.update(replaces=former)
    copy = kept or article.snapshot
    AppearanceFate.objects.bulk_create(
        AppearanceFate(
            appearance=place,
            snapshot=copy,
            article=article,
            fate=fate.fate,
            exact=fate.exact,
            start=fate.start,
            end=fate.end,
        )
        for place, fate in zip(places, fates, strict=True)
    )
    taken = set(article.appearances.values_list("start", "end"))
    standing = []
    for place, fate in zip(places, fates, strict=True):
        if fate.fate not in {Fate.SAME, Fate.MOVED} or fate.start is None or fate.end is None:
            continue
        if (fate.start, fate.end) not in taken:
            taken.add((fate.start, fate.end))
            standing.append(_standing(place, article, fate.start, fate.end))
    Appearance.objects.bulk_create(standing)
    if ArticleWatch.objects.filter(article=article).exclude(pk=watch.pk).exists():
        _keep(watch, Outcome.OK, looks=len(AFTER))  # it is watched as another article already
    else:
        _keep(watch, Outcome.OK, looks=watch.looks + 1, article=article, missing_since=None)


def _standing(place: Appearance, article: Article, start: int, end: int) -> Appearance:
    """Return where a claim stands in the newer text; its speaker's mention as far as that moved along with it."""
    found, by = selector(article.text, start, end), start - place.start
    mention: tuple[int | None, int | None] = (None, None)
    if place.mention_start is not None and place.mention_end is not None:
        there = (place.mention_start + by, place.mention_end + by)
        if there[0] >= 0 and article.text[there[0] : there[1]] == place.mention:
            mention = there
    return Appearance(
        claim_id=place.claim_id,
        article=article,
        snapshot_id=article.snapshot_id,
        snapshot_sha256=article.snapshot.sha256,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
        start=start,
        end=end,
        mention=place.mention,
        mention_start=mention[0],
        mention_end=mention[1],
    )


def _miss(watch: ArticleWatch, places: Sequence[Appearance], kept: Snapshot | None) -> None:
    """Note that the page is not there; the second time, an hour later, every claim in it is gone."""
    now = read_clock()
    since = watch.missing_since
    sure = since is not None and now - since >= SURE_AFTER
    if sure and kept:
        gone = _last_fates(places)
        AppearanceFate.objects.bulk_create(
            AppearanceFate(appearance=place, snapshot=kept, fate=Fate.GONE)
            for place in places
            if gone.get(place.pk) != Fate.GONE
        )
    if sure:
        _keep(watch, Outcome.NOT_FOUND, looks=watch.looks + 1)
    else:
        wait = SURE_AFTER if since is None else SURE_AFTER - (now - since)
        _keep(watch, Outcome.NOT_FOUND, looks=watch.looks, wait=wait, missing_since=since or now)


def _come_back(places: Sequence[Appearance], former: Article, kept: Snapshot | None) -> None:
    """Note of claims that were gone with their page that they stand there again."""
    last = _last_fates(places) if kept else {}
    AppearanceFate.objects.bulk_create(
        AppearanceFate(
            appearance=place,
            snapshot=kept,
            article=former,
            fate=Fate.SAME,
            exact=place.exact,
            start=place.start,
            end=place.end,
        )
        for place in places
        if last.get(place.pk) == Fate.GONE and kept
    )


def _last_fates(places: Sequence[Appearance]) -> dict[int, str]:
    return dict(AppearanceFate.objects.filter(appearance__in=places).order_by("pk").values_list("appearance", "fate"))


def _fail(watch: ArticleWatch, outcome: Outcome) -> None:
    gap = _gap_after(watch.looks)
    _keep(watch, outcome, looks=watch.looks, wait=max(gap, DAY) if outcome is Outcome.REFUSED else min(gap, RETRY))


def _keep(watch: ArticleWatch, outcome: Outcome, *, looks: int, wait: timedelta | None = None, **values: Any) -> None:
    """Write down how a reading ended, and when the next one is due."""
    next_at = ClockTimestamp() + (_gap_after(looks) if wait is None else wait)
    values |= {"looks": looks, "looked_at": ClockTimestamp(), "outcome": outcome, "next_at": next_at}
    ArticleWatch.objects.filter(pk=watch.pk).update(**values)


def _gap_after(looks: int) -> timedelta:
    gaps = [later - earlier for earlier, later in pairwise((timedelta(0), *AFTER))]
    return gaps[min(looks, len(gaps) - 1)]
