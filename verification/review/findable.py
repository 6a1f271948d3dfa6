"""Keeps the indexes in step: that of cases, by which a claim is known again, and that of what readers search."""

import copy
from collections.abc import Collection, Mapping

from verification.index.collection import CASES, PUBLIC
from verification.index.postgres import PostgresIndex
from verification.models import Change, Publication, Review

# What a case is found by.
READ_BY = ("wording", "publication")


def make_found(cases: Collection[Review]) -> None:
    """Index cases that were just opened, in the caller's transaction."""
    if cases:
        rows = CASES.texts().filter(pk__in=[case.pk for case in cases])
        PostgresIndex(CASES).add([CASES.text_of(row) for row in rows])


def keep_found(review: Review, changes: Mapping[str, object]) -> None:
    """Index a case anew, in the caller's transaction, where these changes of its row make it read otherwise.

    Called before the row is changed: a new publication locks the row's key, and a merge of the index, which has the
    index's own rows locked by then, would wait for that.
    """
    read_by = {name: changes[name] for name in READ_BY if name in changes}
    if all(getattr(review, name) == value for name, value in read_by.items()):
        return
    changed = copy.copy(review)
    for name, value in read_by.items():
        setattr(changed, name, value)
    PostgresIndex(CASES).add([CASES.text_of(changed)])
    if isinstance(publication := read_by.get("publication"), Publication):
        _make_public(review.publication_id, publication)


def _make_public(before: int | None, publication: Publication) -> None:
    """Let readers find the version that goes out, in the place of the one before it; none that is void."""
    if before is not None:
        PostgresIndex(PUBLIC).remove([before])
    if publication.verdict.change != Change.VOID:
        PostgresIndex(PUBLIC).add([PUBLIC.text_of(publication)])


def tidy() -> None:
    """Merge what many small changes left in the index; outside any transaction of the caller's."""
    PostgresIndex(CASES).merge()
    PostgresIndex(PUBLIC).merge()
