"""What programs read: three feeds and ClaimReview. No log-in, no cookie; each says when it need not be sent again."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from verification.publishing import feeds
from verification.publishing import json_feed as json_format
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, chosen
from verification.publishing.claimreview import claim_review, script_json
from verification.publishing.conditional import answer
from verification.publishing.edition import Edition, edition, edition_of
from verification.publishing.entries import Entry, entry
from verification.publishing.kept import kept
from verification.publishing.records import read, read_check

FEED_LENGTH = 50
Writer = Callable[[feeds.FeedHead, Sequence[Entry], Addresses], str]


@require_safe
def rss_feed(request: HttpRequest) -> HttpResponseBase:
    """Return the newest checks as RSS 2.0."""
    return _feed(request, "rss", "application/rss+xml", lambda head, entries, _addresses: feeds.rss(head, entries))


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponseBase:
    """Return the newest checks as Atom."""
    return _feed(request, "atom", "application/atom+xml", lambda head, entries, _addresses: feeds.atom(head, entries))


@require_safe
def json_feed(request: HttpRequest) -> HttpResponseBase:
    """Return the newest checks as JSON Feed."""
    return _feed(request, "json", "application/feed+json", json_format.json_feed)


def _feed(request: HttpRequest, name: str, media_type: str, write: Writer) -> HttpResponseBase:
    now, choice = edition(), Choice.of(request.GET).undated

    def render() -> HttpResponse:
        return HttpResponse(_written(request, now, name, choice, write), content_type=f"{media_type}; charset=utf-8")

    return answer(request, now, lambda: kept(request, now, choice.query, render))


def _written(request: HttpRequest, now: Edition, name: str, choice: Choice, write: Writer) -> str:
    addresses = Addresses.of(request)
    log, own = addresses.page("checkpoint"), addresses.page(name) + choice.query
    home = addresses.page("checks") + choice.query
    head = feeds.feed_head(now.desk, home, own, checkpoint=now.checkpoint, log=log)
    entries = [entry(verdict, now.desk, addresses) for verdict in read(chosen(choice)[:FEED_LENGTH])]
    return write(head, entries, addresses)


@require_safe
def claimreview(request: HttpRequest, check: UUID) -> HttpResponseBase:
    """Return a check's ClaimReview. That of a withdrawn check is gone (410), with the page that says why."""
    now = edition_of(check)
    addresses = Addresses.of(request)
    if now is None:
        raise Http404
    if now.void:
        gone = {"detail": gettext("This check was withdrawn."), "url": addresses.check(check)}
        return JsonResponse(gone, status=410)

    def render() -> HttpResponse:
        verdict = read_check(check)
        if verdict is None:
            raise Http404
        review = claim_review(verdict, now.desk, addresses)
        return HttpResponse(script_json(review), content_type="application/ld+json")

    return answer(request, now, render)
