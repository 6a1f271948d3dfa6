"""What networks fetch beside a link: the picture of one version of a check.

Networks keep pictures for long. Each version has an address of its own, so that a correction is a new picture; the old
one, asked for again, says that it no longer stands.
"""

from pathlib import Path
from typing import Final
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from verification.models import Change, Verdict
from verification.publishing.conditional import answer
from verification.publishing.edition import Edition, edition_of
from verification.publishing.pictures.drawing import Card, draw
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read

GENERAL: Final = "readout/card.png"
"""The static file with the picture of whatever has none of its own; as large as the others."""
PNG: Final = "image/png"


@require_safe
def picture(request: HttpRequest, check: UUID, version: int) -> HttpResponseBase:
    """Return the picture of a version, as PNG; the general one where its words are in letters that the font lacks."""
    now = edition_of(check, version)
    if now is None:
        raise Http404

    def render() -> HttpResponse:
        out = Verdict.objects.filter(review__public=check, publication__isnull=False, version=version)
        found = read(out)
        if not found:
            raise Http404
        return HttpResponse(draw(card_of(found[0], now)) or _general(), content_type=PNG)

    return answer(request, now, render)


def card_of(verdict: PublishedVerdict, now: Edition) -> Card:
    """Return what the picture of a version shows.

    The claim stands there as on the page, without quotation marks of ours: the desk may have worded it.
    """
    rating, void = verdict.rating, verdict.void
    return Card(
        desk=printable(now.desk.name),
        rating=gettext("Withdrawn") if void else printable(rating.label),
        mark="absent" if void else rating.meter or "",
        tone="quiet" if void else rating.tone,
        claim=printable(verdict.claim),
        by=_by(verdict),
        said=f"{gettext('said')} {verdict.said.day}" if verdict.said else "",
        dated=_dated(verdict),
        notice=" · ".join(_notices(verdict, now)),
    )


def _by(verdict: PublishedVerdict) -> str:
    if not verdict.claimant:
        return ""
    told = gettext("Printed as the words of") if verdict.kind == "quotation" else gettext("Claimed by")
    return f"{told} {printable(verdict.claimant)}"


def _dated(verdict: PublishedVerdict) -> str:
    """Return which version it is and since when; a minor edit leaves that as it was."""
    told = {"version": verdict.changed_in, "day": verdict.published.day}
    match verdict.change:
        case Change.CORRECTION:
            return gettext("Version %(version)s, corrected %(day)s") % told
        case Change.UPDATE:
            return gettext("Version %(version)s, updated %(day)s") % told
        case Change.VOID:
            return gettext("Version %(version)s, withdrawn %(day)s") % told
    return gettext("Published %(day)s") % told


def _notices(verdict: PublishedVerdict, now: Edition) -> list[str]:
    """Return what a reader must know before anything else."""
    notices = []
    if not verdict.current:
        old = gettext("Version %(version)s no longer stands") % {"version": verdict.version}
        notices.append(gettext("This check has been withdrawn") if now.void else old)
    if now.desk.sample:
        notices.append(gettext("Sample desk: invented institutions"))
    return notices


def _general() -> bytes:
    path = finders.find(GENERAL)
    if not isinstance(path, str):
        raise FileNotFoundError(GENERAL)
    return Path(path).read_bytes()
