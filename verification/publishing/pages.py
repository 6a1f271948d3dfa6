"""What readers see: the list, checks and their versions, corrections, how the desk works. No log-in, no cookie."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from verification.models import Tier
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice
from verification.publishing.claimreview import claim_review, script_json
from verification.publishing.conditional import answer
from verification.publishing.edition import Edition, edition, edition_of, totals
from verification.publishing.embedding.frame import title_of
from verification.publishing.history import published_versions, superseding
from verification.publishing.labels import class_badge, flag_badge, tier_words
from verification.publishing.listing import chips, day_faults, heading, listed, offered, query_of, words_of
from verification.publishing.paging import Leaf
from verification.publishing.pictures import drawing
from verification.publishing.pictures.serving import GENERAL, card_of
from verification.publishing.plain_text import one_line
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read_check
from verification.publishing.rich_text import evidence_links, rich
from verification.publishing.subscribing.links import takes_subscribers

DESCRIPTION_LENGTH = 300
NEWEST_CORRECTIONS = 3


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """What a network shows beside a link to a page: the picture's absolute address, and what it says."""

    address: str
    alt: str
    width: int = drawing.WIDTH
    height: int = drawing.HEIGHT


@require_safe
def checks(request: HttpRequest) -> HttpResponseBase:
    """Show the checks that stand, newest first; `q` looks for words, the rest is what `Choice` understands."""
    now = edition()

    def show() -> HttpResponse:
        words, choice, counts = words_of(request.GET), Choice.of(request.GET), totals(now)
        found, query = listed(choice, words, now), query_of(choice, words)
        leaf = Leaf.of(request, found.total, query)
        verdicts = found.on(leaf)
        faults = day_faults(request.GET, choice)
        lead = verdicts.pop(0) if verdicts and leaf.number == 1 and not query and not faults else None
        shelf, name = heading(choice, now)
        context = {
            "lead": lead,
            "verdicts": verdicts,
            "leaf": leaf,
            "words": words,
            "choice": choice,
            "chips": chips(choice, words),
            "offered": offered(choice, now),
            "faults": faults,
            "shelf": shelf,
            "name": name,
            "feeds_query": choice.undated.query,
            "totals": counts,
            "current_page": "checks",
            "corrections": published_versions(superseding()[:NEWEST_CORRECTIONS]) if counts.superseding else (),
        }
        title = f"{shelf} {name}" if name else gettext("Fact checks")
        return framed(request, now, "list", title, "", context, query=leaf.here)

    return answer(request, now, show)


@require_safe
def corrections(request: HttpRequest) -> HttpResponseBase:
    """Show every version that replaced another, with what changed and why, newest first."""
    now = edition()

    def show() -> HttpResponse:
        leaf = Leaf.of(request, totals(now).superseding, {})
        versions = published_versions(leaf.cut(superseding()))
        description = gettext("What we changed after it was published, and why.")
        title = gettext("Corrections")
        context = {"versions": versions, "leaf": leaf, "current_page": "corrections"}
        return framed(request, now, "corrections", title, description, context, query=leaf.here)

    return answer(request, now, show)


@require_safe
def how(request: HttpRequest) -> HttpResponseBase:
    """Show how the desk works, in so far as the software holds it to it."""
    now = edition()
    classes = ("exact", "normalised", "spelling", "edited", "altered", "not_found")
    context = {
        "tiers": [tier_words(tier) for tier in Tier],
        "classes": {name: class_badge(name) for name in classes},
        "flags": {name: flag_badge(name) for name in ("stitched", "truncated", "wrong_speaker")},
        "current_page": "how",
    }
    title = gettext("How we check")
    description = gettext("Where our claims and sources come from, who decides, and what our ratings mean.")
    return answer(request, now, lambda: framed(request, now, "how", title, description, context))


@require_safe
def check(request: HttpRequest, check: UUID, version: int | None = None) -> HttpResponseBase:
    """Show a check as it stands, or one of its versions as it was."""
    now = edition_of(check, version)
    if now is None:
        raise Http404

    def show() -> HttpResponse:
        verdict = read_check(check, version, names=now.names_public)
        if verdict is None:
            raise Http404
        return _shown(request, now, verdict)

    return answer(request, now, show)


def _shown(request: HttpRequest, now: Edition, verdict: PublishedVerdict) -> HttpResponse:
    addresses = Addresses.of(request)
    newest = next((item for item in verdict.versions if item.current), None)
    # An old version is read by people; search engines are told of the one that stands, and of none that was withdrawn.
    review = claim_review(verdict, now.desk, addresses) if verdict.current and not verdict.void else None
    context = {
        "verdict": verdict,
        "newest": newest,
        "modified": verdict.edited or verdict.published,
        "prose": rich(verdict.explanation, evidence_links(verdict.numbers)),
        "claimreview": script_json(review) if review else "",
        "citation": _citation(verdict, now, addresses.version(verdict.check, verdict.version)),
        "canonical": addresses.check(verdict.check),
        "picture": _own_picture(verdict, now, addresses),
    }
    title, description = title_of(verdict), verdict.note if verdict.void else verdict.headline
    if not verdict.current:
        # Who is sent the address may see no more than these two.
        old = (
            gettext("Version %(version)s, withdrawn since")
            if now.void
            else gettext("Version %(version)s, replaced since")
        )
        title, description = (f"{old % {'version': verdict.version}}. {text}" for text in (title, description))
    return framed(request, now, "check", title, description, context)


def _own_picture(verdict: PublishedVerdict, now: Edition, addresses: Addresses) -> SharedPicture:
    """Return a version's own picture; the general one where it cannot be drawn, for that is what it would show."""
    if not drawing.can_draw(card_of(verdict, now)):
        return _general_picture(addresses)
    return SharedPicture(addresses.picture(verdict.check, verdict.version), title_of(verdict))


def _citation(verdict: PublishedVerdict, now: Edition, address: str) -> str:
    """Return what to cite: quotation marks inside the headline become single ones. A withdrawn check has its claim."""
    parts = {
        "desk": now.desk.name,
        "headline": verdict.title.replace("“", "‘").replace("”", "’"),
        "day": verdict.published.day,
        "version": verdict.version,
        "address": address,
    }
    if verdict.void:
        return gettext("%(desk)s, “%(headline)s”, withdrawn %(day)s, version %(version)s. %(address)s") % parts
    return gettext("%(desk)s, “%(headline)s”, %(day)s, version %(version)s. %(address)s") % parts


def framed(
    request: HttpRequest,
    now: Edition,
    template: str,
    title: str,
    description: str,
    context: Mapping[str, object],
    *,
    query: str = "",
) -> HttpResponse:
    """Return a page inside the common frame; its address with `query` is its canonical one, if `context` has none."""
    desk = now.desk
    description = description or desk.description or gettext("Claims checked against primary sources.")
    frame = {
        "title": title,
        "description": one_line(description, DESCRIPTION_LENGTH),
        "canonical": Addresses.of(request).base + request.path + query,
        "picture": _general_picture(Addresses.of(request)),
        "desk": desk,
        "edition": now,
        "takes_suggestions": settings.READER_SUBMISSIONS,
        "takes_subscribers": takes_subscribers(),
    }
    return render(request, f"public/{template}.html", {**frame, **context})


def _general_picture(addresses: Addresses) -> SharedPicture:
    address = urljoin(f"{addresses.base}/", static(GENERAL))
    return SharedPicture(address, gettext("Three lines of text with a tick, above a scale of five steps"))
