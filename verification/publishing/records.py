"""Reads what was published. Whatever is drafted, approved or embargoed is out of reach: all has a Publication."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext

from claims.models import Appearance, Attestation, Precision
from claims.speakers import standing_for
from claims.translation import say
from verification.connectors.places import at_place
from verification.connectors.places import told as place_words
from verification.matching.marking import by_paragraph, quotation_in_place
from verification.models import Challenge, Publication, Topic, Verdict, VerdictEvidence, VerdictPackage, VerdictSearch
from verification.publishing.history import (
    changes_that_stand,
    published_versions,
    rating_before,
)
from verification.publishing.moments import Moment, moment, zone_of
from verification.publishing.package.erased import erased_since
from verification.publishing.parts import PublishedParts
from verification.publishing.plain_text import web_address
from verification.publishing.published import (
    PublishedAppearance,
    PublishedComparison,
    PublishedEvidence,
    PublishedPackage,
    PublishedRating,
    PublishedVerdict,
)
from verification.publishing.searches import attached_searches, desk_zone, searches_until
from verification.publishing.two_parts import two_parts_of
from verification.review.appearances import appearances_of


def read(verdicts: QuerySet[Verdict], *, names: bool = False) -> list[PublishedVerdict]:
    """Return published verdicts with evidence and appearances, in four queries at most however many there are.

    `names` tells whether readers may see who checked and approved.
    """
    evidence = VerdictEvidence.objects.select_related("document__source", "snapshot").defer("document__text")
    found = verdicts.select_related("publication", "review__claim__speaker__joined_to", "supersedes")
    rows = list(found.annotate(about=_topics()).prefetch_related(Prefetch("evidence", evidence)))
    seen, stands = appearances_of({row.review_id for row in rows}), changes_that_stand(rows)
    return [
        replace(
            as_published(
                row,
                row.publication,
                row.evidence.all(),
                seen.get(row.review_id, ()),
                names=names,
                told=stands.get(row.pk),
            ),
            topics=tuple(row.about),
        )
        for row in rows
    ]


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
    approved = Verdict.objects.filter(review__public=check, version=found[0].version)
    records = list(VerdictSearch.objects.filter(verdict__in=approved).select_related("search_run__source"))
    cited = VerdictEvidence.objects.filter(verdict__in=approved).values_list("document", flat=True) if records else ()
    attached = attached_searches(records, set(cited))
    searches = searches_until(check, Subquery(approved.values("approved_at")), attached)
    doubts = Challenge.objects.filter(review__public=check, outcome=Challenge.Outcome.OPEN)
    origins = set(doubts.values_list("origin", flat=True)) if found[0].current else set()
    row = approved.select_related("package", "publication").annotate(copies=_copies()).get()
    package: VerdictPackage | None = getattr(row, "package", None)
    if package and erased_since(row, package):
        package = None  # asked for, it would be refused
    copies = {copy["number"]: web_address(copy["address"]) for copy in row.copies}
    return replace(
        found[0],
        evidence=tuple(replace(each, archived=copies.get(each.number)) for each in found[0].evidence),
        versions=published_versions(history),
        attached=attached,
        searches=searches,
        two_parts=two_parts_of(row, names=names),
        package=PublishedPackage(package.sha256, package.size) if package else None,
        challenged=bool(origins),
        source_changed=Challenge.Origin.WATCH in origins,
    )


def _topics() -> ArraySubquery:
    """Return the names of what a version's case is about."""
    return ArraySubquery(Topic.objects.filter(reviews=OuterRef("review")).order_by("name").values("name"))


def _copies() -> ArraySubquery:
    """Return where a web archive keeps copies of what a version cites, with the evidence's number, newest last."""
    kept = VerdictEvidence.objects.filter(verdict=OuterRef("pk"), snapshot__attestations__kind=Attestation.Kind.WAYBACK)
    told = JSONObject(number="number", address="snapshot__attestations__reference")
    return ArraySubquery(kept.order_by("snapshot__attestations").values(told=told))


def as_published(
    row: Verdict,
    publication: Publication,
    evidence: Iterable[VerdictEvidence],
    appearances: Iterable[Appearance],
    *,
    names: bool = False,
    told: Verdict | None = None,
) -> PublishedVerdict:
    """Return a version as readers have it, or will have it: then `publication` is one that was not stored.

    `told` is the version whose change readers are told of; its own, when it is left out.
    """
    zone, told = desk_zone(), told or row
    speaker = standing_for(row.review.claim.speaker) if row.claimant and row.review.claim.speaker else None
    return PublishedVerdict(
        check=row.review.public,
        public=row.public,
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
        change=told.change,
        note=told.change_note,
        changed_in=told.version,
        rating_before=rating_before(told),
        edited=moment(publication.edited_at, zone=zone),
        as_of=moment(datetime.combine(row.as_of, time.min, UTC), Precision.DAY) if row.as_of else None,
        published=Moment(publication.published_at, zone=zone),
        first_published=Moment(publication.first_published_at, zone=zone),
        current=row.review.publication_id == publication.pk,
        checked_by=row.checked_by if names else "",
        second_by=row.second_by if names else "",
        approved_by=row.approved_by if names else "",
        evidence=tuple(_evidence(item) for item in evidence),
        appearances=tuple(_appearance(item) for item in _each_article_once(appearances)),
        parts=PublishedParts.read(row.parts) if row.parts else None,
        claimant_kind=speaker.kind if speaker else "",
        claimant_same_as=tuple(filter(None, map(web_address, speaker.same_as))) if speaker else (),
        claimant_id=speaker.public if speaker else None,
    )


def _evidence(row: VerdictEvidence) -> PublishedEvidence:
    document, check = row.document, _shown_check(row)
    return PublishedEvidence(
        number=row.number,
        role=row.role,
        stance=row.stance,
        tier=row.tier,
        title=document.title or (gettext("a letter") if document.withheld else document.stable_id),
        issuer=document.source.name,
        url=at_place(address, row.place) if (address := web_address(document.url)) else None,
        place=say(place) if (place := place_words(row.place)) else "",
        withheld=document.withheld,
        published=moment(document.published, document.published_precision, zone_of(document.published_offset)),
        exact=row.exact,
        passage=tuple(by_paragraph(quotation_in_place(row.exact, row.start, check) or [(row.exact, False)])),
        captured=Moment(row.snapshot.taken_at, zone=desk_zone()),
        sha256=row.snapshot_sha256,
        comparison=PublishedComparison.read(check) if check else None,
        note=row.note,
        prefix="" if document.withheld else row.prefix,
        suffix="" if document.withheld else row.suffix,
        start=None if document.withheld else row.start,
        end=None if document.withheld else row.end,
    )


def _shown_check(row: VerdictEvidence) -> dict[str, Any] | None:
    """Return the quote check as readers may see it.

    Of a document that is withheld they see the cited passage alone: nothing around it, and no comparison with words
    that the check found elsewhere in it.
    """
    check: dict[str, Any] | None = row.quote_check
    if not check or not row.document.withheld:
        return check
    start, end = check.get("start"), check.get("end")
    cited = start is not None and end is not None and row.start <= start <= end <= row.end
    return {**check, "before": "", "after": "", "turn_speaker": None} if cited else None


def _each_article_once(appearances: Iterable[Appearance]) -> Iterable[Appearance]:
    """Leave out where the claim stands again in the same article, be it in the words of a claim that joined."""
    first: dict[int, Appearance] = {}
    for appearance in appearances:
        first.setdefault(appearance.article_id, appearance)
    return first.values()


def _appearance(row: Appearance) -> PublishedAppearance:
    article = row.article
    return PublishedAppearance(
        title=article.title,
        outlet=article.outlet.name if article.outlet else None,
        url=web_address(article.url),
        published=moment(article.published, article.published_precision, desk_zone()),
        captured=Moment(row.snapshot.taken_at, zone=desk_zone()),
        sha256=row.snapshot_sha256,
        outlet_id=article.outlet.public if article.outlet else None,
    )
