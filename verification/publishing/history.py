"""The versions of a check as lines of its history: what each changed and why, and which change stands after an edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from verification.models import Change, Verdict
from verification.publishing.labels import change_words
from verification.publishing.moments import Moment
from verification.publishing.searches import desk_zone

NEWEST_FIRST = ("-publication__published_at", "-publication__pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVersion:
    """A line of a check's history. `rating_before` is the rating of the version it replaced."""

    check: UUID
    version: int
    change: str
    note: str
    published: Moment
    claim: str
    rating: str
    rating_before: str | None
    current: bool

    @property
    def change_label(self) -> str:
        """What kind of version this is, in words."""
        return change_words(self.change)

    @property
    def void(self) -> bool:
        """Whether this version withdrew the check."""
        return self.change == Change.VOID

    @property
    def rating_change(self) -> str:
        """What became of the rating, in words; empty for the first version and for a minor edit."""
        return rating_change(self.change, self.rating_before, self.rating)


def rating_change(change: str, before: str | None, rating: str) -> str:
    """Return what a change did to the rating, in words; empty where there was none before or none could change."""
    if change == Change.VOID:
        return gettext("withdrawn")
    if before is None or change == Change.MINOR:
        return ""
    if before == rating:
        return gettext("rating unchanged")
    return gettext("rating changed from %(before)s to %(after)s") % {"before": before, "after": rating}


def rating_before(row: Verdict) -> str | None:
    """Return what a version's rating was before, in words; None for a first version."""
    if row.supersedes is None:
        return None
    return gettext("withdrawn") if row.supersedes.change == Change.VOID else row.supersedes.rating_label


def published_versions(verdicts: QuerySet[Verdict]) -> tuple[PublishedVersion, ...]:
    """Return published verdicts as lines of a history, in one query."""
    return tuple(published_version(row) for row in verdicts.select_related("publication", "review", "supersedes"))


def superseding() -> QuerySet[Verdict]:
    """Return the verdicts that replaced another and are told to readers as such, newest first."""
    told = Verdict.objects.filter(publication__isnull=False).exclude(change__in=[Change.INITIAL, Change.MINOR])
    return told.order_by(*NEWEST_FIRST)


def changes_that_stand(rows: Iterable[Verdict]) -> dict[int, Verdict]:
    """Return, by the id of each minor edit, the version that it edits: whose change readers are told (one query).

    No query is made where there is no minor edit.
    """
    edits = [row for row in rows if row.change == Change.MINOR]
    if not edits:
        return {}
    told = Verdict.objects.filter(review__in={row.review_id for row in edits}, publication__isnull=False)
    newest_last = list(told.exclude(change=Change.MINOR).select_related("supersedes").order_by("version"))
    return {
        row.pk: [each for each in newest_last if each.review_id == row.review_id and each.version < row.version][-1]
        for row in edits
    }


def published_version(row: Verdict) -> PublishedVersion:
    """Return a published verdict as a line of its history; publication, case and what it replaced are at hand."""
    out = row.publication
    return PublishedVersion(
        check=row.review.public,
        version=row.version,
        change=row.change,
        note=row.change_note,
        published=Moment(out.edited_at or out.published_at, zone=desk_zone()),
        claim=row.claim_text,
        rating=row.rating_label,
        rating_before=rating_before(row),
        current=row.review.publication_id == out.pk,
    )
