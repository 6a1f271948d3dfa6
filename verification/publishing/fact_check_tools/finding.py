"""The checks that answer a search: by words in the order of likeness, without words the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from verification.index.collection import PUBLIC
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexQuery
from verification.models import Change, Publication
from verification.publishing.fact_check_tools.asking import Asked

LOOKED_THROUGH: Final = 200
"""Checks that a search by words looks through, the likest ones; further pages end there."""

LEAST: Final = 0.12
"""The share of the score a text could have for a query from which on it answers it: one rare word of several does, a
common one alone does not. Chosen by eye on invented claims; nothing is decided by it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The publications of a page, each with its verdict and case, and whether there are more."""

    publications: Sequence[Publication]
    more: bool


def find(asked: Asked, hosts: frozenset[str], language: str) -> Page:
    """Return a page of what is public and stands; `hosts` are those of the desk's own addresses, its publisher's site.

    `language` is the desk's own, in which words are read where none is asked for. One search and one query.
    """
    if asked.site and asked.site not in hosts:
        return Page((), more=False)
    found = _matching(asked)
    end = asked.start + asked.size
    if not asked.query:
        rows = list(found.order_by("-published_at", "-pk")[asked.start : end + 1])
        return Page(rows[: asked.size], len(rows) > asked.size)
    likeness = likest(asked.query, asked.language or language)
    rows = sorted(found.filter(pk__in=likeness), key=lambda row: (-likeness[row.pk], -row.pk))
    return Page(rows[asked.start : end], len(rows) > end)


def _matching(asked: Asked) -> QuerySet[Publication]:
    standing = Publication.objects.filter(current_of__isnull=False).exclude(verdict__change=Change.VOID)
    if asked.language:
        own = Q(verdict__language__iexact=asked.language) | Q(verdict__language__istartswith=f"{asked.language}-")
        standing = standing.filter(own)
    if asked.max_age:
        since = timezone.now() - timedelta(days=min(asked.max_age, 36500))
        # "Age is determined by either claim date or review date, whichever is newer"; a correction is a new review.
        standing = standing.filter(Q(published_at__gte=since) | Q(verdict__said__gte=since))
    return standing.select_related("verdict", "review")


def likest(text: str, language: str, most: int = LOOKED_THROUGH) -> dict[int, float]:
    """Return the likest publications (by id) to a text, each with its share of the highest score there could be.

    `language` is the one the text is in. There are twice `most` of them at most.
    """
    found = PostgresIndex(PUBLIC).search(IndexQuery(text, language), most)
    return {hit.document_id: score for hit in found.hits if (score := max(hit.body, hit.passage)) >= LEAST}
