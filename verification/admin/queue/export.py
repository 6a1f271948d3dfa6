"""The list as a table for spreadsheets: all cases of the search and the filters in force, with the columns shown.

It says what the list says and nothing else, so that it is as blind: no rating, and no name that the list keeps back.
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from verification.admin.pages import Route, desk_page, person_of
from verification.admin.queue.columns import COLUMNS
from verification.admin.queue.rows import rows_of, with_parts
from verification.admin.queue.views import columns_for
from verification.models import Review
from verification.publishing.spreadsheets import lines

# So many cases are read at once, in a number of queries that does not depend on how many they are.
AT_ONCE: Final = 500
# These stand below the claim in the list, so the table has them too, whatever columns somebody chose.
BELOW_THE_CLAIM: Final = ("speaker", "outlet")


@desk_page("queue")
def table(request: HttpRequest) -> HttpResponse:
    """Answer with the table, as it is read: no list of very many cases is ever held whole."""
    try:
        # The list that the page itself shows: what the address means, and who may see which cases, is said once.
        queue = admin.site.get_model_admin(Review).get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect("admin:verification_review_changelist")
    cases = list(queue.queryset.values_list("pk", flat=True))
    chosen = columns_for(request)
    columns = [*(key for key in BELOW_THE_CLAIM if key not in chosen), *chosen]
    heads = [head for key in columns for head in COLUMNS[key].heads]
    rows = _rows(cases, columns, person_of(request), translation.get_language() or "")
    answer = StreamingHttpResponse(lines(["number", "claim", *heads], rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="queue-{timezone.localdate():%Y-%m-%d}.csv"'
    return cast(HttpResponse, answer)  # of another branch of Django's tree; pages do not tell them apart


def _rows(cases: Sequence[int], columns: Sequence[str], person: User, language: str) -> Iterator[Sequence[object]]:
    for first in range(0, len(cases), AT_ONCE):
        with translation.override(language):  # what is streamed is read when the request's own language is over
            cells = list(_cells(cases[first : first + AT_ONCE], columns, person))
        yield from cells


def _cells(cases: Sequence[int], columns: Sequence[str], person: User) -> Iterator[Sequence[object]]:
    read = {review.pk: review for review in with_parts(Review.objects.filter(pk__in=cases))}
    found = [read[case] for case in cases if case in read]
    if "topic" in columns:
        prefetch_related_objects(found, "topics")
    for row in rows_of(found, person, timezone.now()):
        shown = [cell for key in columns for cell in COLUMNS[key].cells(row)]
        yield [row.review.number, row.review.wording, *shown]


ROUTES: list[Route] = [("queue.csv", table, "queue_csv")]
