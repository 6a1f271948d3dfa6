"""Reads what was published. Whatever is drafted, approved or embargoed is out of reach: all has a Publication."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from claims.models import Appearance
from verification.matching.marking import quotation_in_place
from verification.models import Change, Publication, SearchRun, Verdict, VerdictEvidence
from verification.publishing.moments import Moment, moment, zone_of
from verification.publishing.plain_text import printable, web_address
from verification.publishing.published import (
    PublishedAppearance,
    PublishedComparison,
    PublishedEvidence,
    PublishedRating,
    PublishedSearch,
    PublishedVerdict,
    PublishedVersion,
)

MOST_WORDS = 8
MOST_SEARCHES = 10
_NEWEST_FIRST = ("-publication__published_at", "-publication__pk")


def current_verdicts(*, words: str = "", rating: str = "") -> QuerySet[Verdict]:
    """Return the current version of each check, newest first.

    With `words`, those whose claim, headline, claimant or evidence has all of them (the first eight count); with
    `rating`, those that carry this label now.
    """
    verdicts = Verdict.objects.filter(publication__current_of__isnull=False).order_by(*_NEWEST_FIRST)
    if rating:
        verdicts = verdicts.filter(rating_label=rating).exclude(change=Change.VOID)
    for word in printable(words).split()[:MOST_WORDS]:
        cited = VerdictEvidence.objects.filter(verdict=OuterRef("pk")).filter(
            Q(document__title__icontains=word) | Q(document__source__name__icontains=word)
        )
        verdicts = verdicts.filter(
            Q(claim_text__icontains=word) | Q(headline__icontains=word) | Q(claimant__icontains=word) | Q(Exists(cited))
        )
    return verdicts


def read(verdicts: QuerySet[Verdict], *, names: bool = False) -> list[PublishedVerdict]:
    """Return published verdicts with evidence and appearances, in three queries however many there are.

    `names` tells whether readers may see who checked and approved.
    """
    evidence = VerdictEvidence.objects.select_related("document__source", "snapshot").defer("document__text")
    appearances = Appearance.objects.select_related("article__outlet", "snapshot").defer("article__text")
    rows = verdicts.select_related("publication", "review__claim").prefetch_related(
        Prefetch("evidence", evidence),
        Prefetch("review__claim__appearances", appearances.order_by("article__published", "pk")),
    )
    return [_verdict(row, names=names) for row in rows]


def read_check(check: UUID, version: int | None = None, *, names: bool = False) -> PublishedVerdict | None:
    """Return a check's current version, or the one asked for, with its history; None where none was published."""
    verdicts = Verdict.objects.filter(review__public=check, publication__isnull=False)
    if version is None:
        verdicts = verdicts.filter(publication__current_of__isnull=False)
    else:
        verdicts = verdicts.filter(version=version)
    found = read(verdicts, names=names)
    if not found:
        return None
    history = Verdict.objects.filter(review__public=check, publication__isnull=False).order_by("-version")
    approved = Verdict.objects.filter(review__public=check, version=found[0].version).values("approved_at")
    return replace(found[0], versions=published_versions(history), searches=searches_until(check, Subquery(approved)))


def published_versions(verdicts: QuerySet[Verdict]) -> tuple[PublishedVersion, ...]:
    """Return published verdicts as lines of a history, in one query."""
    return tuple(_version(row) for row in verdicts.select_related("publication", "review", "supersedes"))


def superseding() -> QuerySet[Verdict]:
    """Return the verdicts that replaced another, newest first."""
    return Verdict.objects.filter(publication__isnull=False).exclude(change=Change.INITIAL).order_by(*_NEWEST_FIRST)


def searches_until(check: UUID, approved: Subquery | datetime) -> tuple[PublishedSearch, ...]:
    """Return the newest searches that were over when a version was approved; later ones are no part of it."""
    runs = SearchRun.objects.filter(claim__review__public=check, finished_at__lte=approved)
    return tuple(
        PublishedSearch(
            source=run.source.name if run.source else None,
            documents=run.documents,
            outcome=run.outcome,
            at=Moment(run.finished_at, zone=_desk_zone()),
        )
        for run in runs.select_related("source").order_by("-finished_at", "-pk")[:MOST_SEARCHES]
    )


def _desk_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _verdict(row: Verdict, *, names: bool) -> PublishedVerdict:
    return as_published(row, row.publication, row.evidence.all(), row.review.claim.appearances.all(), names=names)


def as_published(
    row: Verdict,
    publication: Publication,
    evidence: Iterable[VerdictEvidence],
    appearances: Iterable[Appearance],
    *,
    names: bool = False,
) -> PublishedVerdict:
    """Return a version as readers have it, or will have it: then `publication` is one that was not stored."""
    zone = _desk_zone()
    return PublishedVerdict(
        check=row.review.public,
        version=row.version,
        rating=PublishedRating(
            label=row.rating_label,
            tone=row.rating_tone,
            step=row.rating_step,
            value=row.rating_value,
            worst=row.rating_worst,
            best=row.rating_best,
        ),
        headline=row.headline,
        explanation=row.explanation,
        claim=row.claim_text,
        kind=row.claim_kind,
        claimant=row.claimant,
        said=moment(row.said, row.said_precision, zone),
        language=row.language,
        change=row.change,
        note=row.change_note,
        published=Moment(publication.published_at, zone=zone),
        first_published=Moment(publication.first_published_at, zone=zone),
        current=row.review.publication_id == publication.pk,
        checked_by=row.checked_by if names else "",
        second_by=row.second_by if names else "",
        approved_by=row.approved_by if names else "",
        evidence=tuple(_evidence(item) for item in evidence),
        appearances=tuple(_appearance(item) for item in appearances),
    )


def _evidence(row: VerdictEvidence) -> PublishedEvidence:
    document = row.document
    return PublishedEvidence(
        number=row.number,
        role=row.role,
        stance=row.stance,
        tier=row.tier,
        title=document.title or document.stable_id,
        issuer=document.source.name,
        url=web_address(document.url),
        published=moment(document.published, document.published_precision, zone_of(document.published_offset)),
        exact=row.exact,
        passage=tuple(quotation_in_place(row.exact, row.start, row.quote_check) or [(row.exact, False)]),
        captured=Moment(row.snapshot.taken_at, zone=_desk_zone()),
        sha256=row.snapshot_sha256,
        comparison=PublishedComparison.read(row.quote_check) if row.quote_check else None,
        note=row.note,
    )


def _appearance(row: Appearance) -> PublishedAppearance:
    article = row.article
    return PublishedAppearance(
        title=article.title,
        outlet=article.outlet.name if article.outlet else None,
        url=web_address(article.url),
        published=moment(article.published, article.published_precision, _desk_zone()),
        captured=Moment(row.snapshot.taken_at, zone=_desk_zone()),
        sha256=row.snapshot_sha256,
    )


def _version(row: Verdict) -> PublishedVersion:
    return PublishedVersion(
        check=row.review.public,
        version=row.version,
        change=row.change,
        note=row.change_note,
        published=Moment(row.publication.published_at, zone=_desk_zone()),
        claim=row.claim_text,
        rating=row.rating_label,
        rating_before=row.supersedes.rating_label if row.supersedes else None,
        current=row.review.publication_id == row.publication.pk,
    )
