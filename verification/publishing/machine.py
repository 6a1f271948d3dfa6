"""What programs read: the feeds and ClaimReview. No log-in, no cookie; each says when it need not be sent again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from verification.models import Verdict
from verification.publishing import feeds
from verification.publishing import json_feed as json_format
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, chosen, named, outlet_named, speaker_named
from verification.publishing.claimreview import claim_review, script_json
from verification.publishing.conditional import answer, for_all
from verification.publishing.corrected import chosen_corrections
from verification.publishing.cursor import Cursor, CursorUnread
from verification.publishing.edition import Edition, edition, edition_of
from verification.publishing.entries import Entry, correction_entry, entry
from verification.publishing.history import NEWEST_FIRST
from verification.publishing.kept import kept
from verification.publishing.published import PublishedDesk, PublishedVerdict
from verification.publishing.reach.feed_readers import note_reader
from verification.publishing.records import read, read_check
from verification.publishing.websub.hubs import hubs_for

FEED_LENGTH = 50
PLAIN: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Written:
    """One format of feeds: its media type, and what writes it."""

    media_type: str
    write: Callable[[feeds.FeedHead, Sequence[Entry], Addresses], str]


@dataclass(frozen=True, slots=True)
class Told:
    """What feeds tell of: the page that they follow, their rows, and what is said of the feed and of each row."""

    home: str
    rows: Callable[[Choice], QuerySet[Verdict]]
    head: Callable[[PublishedDesk, str, str, Sequence[str]], feeds.FeedHead]
    entry: Callable[[PublishedVerdict, PublishedDesk, Addresses], Entry]


RSS: Final = Written("application/rss+xml", lambda head, entries, _addresses: feeds.rss(head, entries))
ATOM: Final = Written("application/atom+xml", lambda head, entries, _addresses: feeds.atom(head, entries))
JSON: Final = Written("application/feed+json", json_format.json_feed)
CHECKS: Final = Told("checks", chosen, feeds.feed_head, entry)
CORRECTIONS: Final = Told("corrections", chosen_corrections, feeds.corrections_head, correction_entry)


@csrf_exempt
@require_safe
def feed(request: HttpRequest, name: str, told: Told, written: Written) -> HttpResponseBase:
    """Return a page of a feed, named `name` in `urls.py`: the newest, or those that are older than a cursor.

    The address may choose among the checks (`Choice`). A cursor that is none is refused (400), and so is a speaker or
    outlet of whom nothing is published (404); any other choice may have nothing yet.
    """
    try:
        before = Cursor.read(request.GET["before"]) if "before" in request.GET else None
    except CursorUnread:
        why = gettext("“before” is not from this feed: begin with its first page, and follow the links to the next.")
        return for_all(HttpResponseBadRequest(f"{why}\n", content_type=PLAIN))
    now, choice = edition(), Choice.of(request.GET).undated
    query = _query(choice, before)
    if why := _unknown(choice):
        return for_all(HttpResponseNotFound(f"{why}\n", content_type=PLAIN))

    def render() -> HttpResponse:
        addresses = Addresses.of(request)
        page = addresses.page(told.home)
        # The page of corrections shows them all.
        home = page + (choice.query if told is CHECKS else "")
        entries, last = _page(told, choice, before, now, addresses)
        # The words of an address that chooses nothing are a stranger's, and make no title of ours.
        words = named(choice) if entries or chosen(choice).exists() else ()
        head = told.head(now.desk, home, addresses.page(name) + query, words)
        head = replace(
            head,
            id=page + choice.query,
            checkpoint=now.checkpoint,
            log=addresses.page("checkpoint"),
            first=addresses.page(name) + choice.query if before else "",
            following=addresses.page(name) + _query(choice, last) if last else "",
            hubs=() if before else hubs_for(choice, now),
        )
        headers = {"Content-Type": f"{written.media_type}; charset=utf-8", "Link": head.link_header}
        return HttpResponse(written.write(head, entries, addresses), headers=headers)

    response = for_all(answer(request, now, lambda: kept(request, now, query, render)))
    if before is None:
        note_reader(request, response.status_code, choice, now)
    return response


def _query(choice: Choice, before: Cursor | None) -> str:
    pairs = choice.pairs | ({"before": str(before)} if before else {})
    return f"?{urlencode(pairs)}" if pairs else ""


def _unknown(choice: Choice) -> str:
    """Return why there can be no such feed; empty where there can."""
    if choice.speaker and speaker_named(choice.speaker) is None:
        return gettext("Nothing is published of a speaker with this id: look for the feed on the speaker’s list.")
    if choice.outlet and outlet_named(choice.outlet) is None:
        return gettext("Nothing is published of an outlet with this id: look for the feed on the outlet’s list.")
    return ""


def _page(
    told: Told, choice: Choice, before: Cursor | None, now: Edition, addresses: Addresses
) -> tuple[list[Entry], Cursor | None]:
    """Return the entries of a page, and where the next one begins; None after the last."""
    rows = told.rows(choice)
    rows = before.older(rows) if before else rows
    found = list(rows.values_list("pk", "publication__published_at", "publication__pk")[: FEED_LENGTH + 1])
    shown = found[:FEED_LENGTH]
    verdicts = Verdict.objects.filter(pk__in=[pk for pk, _at, _number in shown]).order_by(*NEWEST_FIRST)
    entries = [told.entry(verdict, now.desk, addresses) for verdict in read(verdicts)] if shown else []
    return entries, Cursor(*shown[-1][1:]) if len(found) > FEED_LENGTH else None


@csrf_exempt
@require_safe
def claimreview(request: HttpRequest, check: UUID) -> HttpResponseBase:
    """Return a check's ClaimReview. That of a withdrawn check is gone (410), with the page that says why."""
    now = edition_of(check)
    addresses = Addresses.of(request)
    if now is None:
        raise Http404
    if now.void:
        gone = {"detail": gettext("This check was withdrawn."), "url": addresses.check(check)}
        return for_all(JsonResponse(gone, status=410))

    def render() -> HttpResponse:
        verdict = read_check(check)
        if verdict is None:
            raise Http404
        review = claim_review(verdict, now.desk, addresses)
        return HttpResponse(script_json(review), content_type="application/ld+json")

    return for_all(answer(request, now, render))
