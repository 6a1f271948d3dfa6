"""Every check that stands as one schema.org DataFeed of ClaimReviews, for aggregators that take them all at once.

https://schema.org/DataFeed. It is streamed, so that its length costs no memory: which versions stand is read once, by
a cursor that the database keeps, and their words in batches as the reader takes them. Versions never change, so what
is sent is what stood when the answer began, whatever is published meanwhile. A check that was withdrawn says so by
`dateDeleted` and has no ClaimReview; its item is the page that tells why.
"""

import json
from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from verification.models import Verdict
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, chosen, named
from verification.publishing.claimreview import CONTEXT, claim_review_part
from verification.publishing.conditional import answer, for_all
from verification.publishing.edition import Edition, edition
from verification.publishing.history import NEWEST_FIRST, published_versions
from verification.publishing.moments import Moment
from verification.publishing.newsroom import newsroom
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read
from verification.publishing.streams import NotNow, stream

BATCH = 200
"""Checks whose words are in memory at one time."""


@csrf_exempt
@require_safe
def data_feed(request: HttpRequest) -> HttpResponseBase:
    """Stream all checks, or those that the address chooses (`choosing.Choice`), newest first; or say when to ask."""
    now, choice, addresses = edition(), Choice.of(request.GET), Addresses.of(request)

    def render() -> HttpResponseBase:
        head = json.dumps(_head(now, choice, addresses), ensure_ascii=False)
        texts = stream(request, _written(head, now, choice, addresses))
        return StreamingHttpResponse(texts, content_type="application/ld+json")

    try:
        response = answer(request, now, render)
    except NotNow as error:
        headers = {"Retry-After": str(error.seconds), "Cache-Control": "no-store"}
        response = HttpResponse(f"{error}\n", "text/plain; charset=utf-8", error.status, headers=headers)
    return for_all(response)


def _written(head: str, now: Edition, choice: Choice, addresses: Addresses) -> Generator[str, None, None]:
    yield f'{head[:-1]}, "dataFeedElement": [\n'
    comma = ""
    found = iter(chosen(choice).values_list("pk", flat=True).iterator(chunk_size=10 * BATCH))
    while keys := list(islice(found, BATCH)):
        items = [json.dumps(_item(verdict, now, addresses), ensure_ascii=False) for verdict in _with_history(keys)]
        yield comma + ",\n".join(items)
        comma = ",\n"
    yield "\n]}\n"


def _head(now: Edition, choice: Choice, addresses: Addresses) -> dict[str, object]:
    name = gettext("%(desk)s: fact checks") % {"desk": printable(now.desk.name)}
    head: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": ": ".join((name, *map(printable, named(choice)))),
        "url": addresses.page("data_feed") + choice.query,
        "publisher": newsroom(now.desk, addresses),
    }
    if now.newest:
        head["dateModified"] = Moment(now.newest).iso
    if now.desk.licence:
        head["copyrightNotice"] = printable(now.desk.licence)
    return head


def _item(verdict: PublishedVerdict, now: Edition, addresses: Addresses) -> dict[str, object]:
    told: dict[str, object] = {
        "@type": "DataFeedItem",
        "dateCreated": verdict.first_published.iso,
        "dateModified": (verdict.edited or verdict.published).iso,
    }
    if verdict.void:
        page = {"@type": "WebPage", "url": addresses.check(verdict.check)}
        return told | {"dateDeleted": verdict.published.iso, "item": page}
    return told | {"item": claim_review_part(verdict, now.desk, addresses)}


def _with_history(keys: Sequence[int]) -> list[PublishedVerdict]:
    """Return versions by their keys, newest first, each with the versions of its check until then (five queries)."""
    history = defaultdict(list)
    published = Verdict.objects.filter(publication__isnull=False, review__verdicts__in=keys)
    for line in published_versions(published.order_by("-version")):
        history[line.check].append(line)
    return [
        replace(verdict, versions=tuple(line for line in history[verdict.check] if line.version <= verdict.version))
        for verdict in read(Verdict.objects.filter(pk__in=keys).order_by(*NEWEST_FIRST))
    ]
