"""The checks that answer a search: by words in the order of likeness, without words the newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact
from django.utils import timezone

from verification.index.collection import PUBLIC
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexQuery
from verification.models import Change, Publication
from verification.models.verdict import primary_subtag
from verification.publishing.fact_check_tools.asking import Asked

MOST_LISTED: Final = 200
"""Checks that a search by words names, the likest of those that match; further pages end there."""

FIRST_LOOK: Final = 500
LOOK_ON: Final = 5
"""So many of the likest are asked first whether they match, so many times more in each step until a page is full."""
FEW: Final = 2000
"""Where no more than these match at all, all of them are read, rather than all that are like asked."""

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

    `language` is the desk's own, in which words are read where none is asked for. One search and one query; of what is
    narrowed down one more, and further ones where few of the likest match.
    """
    if asked.site and asked.site not in hosts:
        return Page((), more=False)
    found, end = _standing().filter(_matching(asked)), asked.start + asked.size
    if not asked.query:
        rows = list(found.order_by("-published_at", "-pk")[asked.start : end + 1])
        return Page(rows[: asked.size], len(rows) > asked.size)
    order = list(likest(asked.query, asked.language or language))
    listed = list(islice(_those_matching(asked, order), min(end + 1, MOST_LISTED)))
    page = found.in_bulk(listed[asked.start : end])
    return Page([page[pk] for pk in listed[asked.start : end] if pk in page], len(listed) > end)


def _standing() -> QuerySet[Publication]:
    standing = Publication.objects.filter(current_of__isnull=False).exclude(verdict__change=Change.VOID)
    return standing.select_related("verdict", "review")


def _matching(asked: Asked) -> Q:
    """Return the condition that a publication is in the language, and as new, as was asked for."""
    matching = Q()
    if asked.language:
        matching &= Q(Exact(primary_subtag("verdict__language"), asked.language.upper()))
    if asked.max_age:
        since = timezone.now() - timedelta(days=min(asked.max_age, 36500))
        # "Age is determined by either claim date or review date, whichever is newer"; a correction is a new review.
        matching &= Q(published_at__gte=since) | Q(verdict__said__gte=since)
    return matching


def _those_matching(asked: Asked, order: Sequence[int]) -> Iterator[int]:
    """List what matches of an order, in it. That it stands is known: nothing else is in the index."""
    matching, at, step = _matching(asked), 0, FIRST_LOOK
    if not matching:
        yield from order
        return
    there = Publication.objects.filter(matching).values_list("pk", flat=True)
    while at < len(order):
        looked_at = order[at : at + step]
        found = set(there.filter(pk__in=_each_of(looked_at)))
        yield from (pk for pk in looked_at if pk in found)
        at, step = at + step, step * LOOK_ON
        if at == FIRST_LOOK and len(order) - at > FEW:
            found = set(there[: FEW + 1])
            if len(found) <= FEW:
                yield from (pk for pk in order[at:] if pk in found)
                return


def _each_of(ids: Sequence[int]) -> RawSQL:
    """Return a query of these very numbers, which is sent as one parameter: so many by themselves take long to read."""
    return RawSQL("SELECT unnest(%s::bigint[])", (list(ids),))  # nosec B611 (nothing of a stranger's)


def likest(text: str, language: str, most: int | None = None) -> dict[int, float]:
    """Return the likest publications (by id) to a text, each with its share of the highest score there could be.

    The likest come first, `most` of them at most. `language` is the one the text is in.
    """
    return dict(PostgresIndex(PUBLIC).likest(IndexQuery(text, language), LEAST)[:most])
